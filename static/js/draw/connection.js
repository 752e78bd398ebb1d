/**
 * Keeps a session's line to the server, and tells it how that stands.
 *
 * @import { Line, Session } from "./session.js"
 */

import { Channel } from "../realtime/channel.js";
import { Socket } from "../realtime/socket.js";

// What refuses a channel for a moment only: the database is away, or the server made a mistake.
const NOT_NOW = new Set(["try-again", "error"]);
const RETRY = 1000; // ms, and up to as much again: a whole room does not come back in step

export class Connection {
  #socket = new Socket();
  #channel;

  /** @param {string} channel the drawing's */
  constructor(channel) {
    this.#channel = new Channel(this.#socket, channel);
  }

  /** @returns {Line} */
  get line() {
    return this.#socket;
  }

  /**
   * Connect, and stay so as far as that can be done.
   * @param {Session} session
   */
  open(session) {
    // Some messages come down the channel, some to this socket alone; with one drawing a socket, all are the session's.
    this.#socket.on("message", (message) => session.receive(message));
    this.#socket.on("refused", (code) => {
      if (!this.#socket.connected) session.refuse(code); // not let in; else it was about some ink
    });
    this.#channel.on("away", () => session.lose());
    this.#channel.on("refused", (code) => this.#refuse(session, code));
    session.on("notice", ({ type }) => {
      if (type === "reopened") this.#reconnect(); // to be let in as somebody who may draw
    });
    for (const event of ["offline", "online"]) addEventListener(event, () => this.#reconnect());
    this.#channel.join();
    this.#socket.connect();
  }

  /**
   * @param {Session} session
   * @param {string} code
   */
  #refuse(session, code) {
    if (!NOT_NOW.has(code)) return session.refuse(code);
    this.#channel.leave(); // tells that it is away
    setTimeout(() => this.#channel.join(), RETRY * (1 + Math.random()));
  }

  /**
   * Connect anew at once: the browser knows of a lost network long before a heartbeat is missed. It does not know
   * whether the server is reached by that network, so there is always another attempt.
   */
  #reconnect() {
    this.#socket.disconnect();
    this.#socket.connect();
  }
}
