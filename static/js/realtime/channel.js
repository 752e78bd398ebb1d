/** A channel one stays in: joined again, by itself, whenever the connection comes back. */

import { Disconnected, Refused } from "./socket.js";

/** @typedef {import("./socket.js").Socket} Socket */
/** @typedef {"away" | "joining" | "joined" | "refused"} State */
/** @typedef {(...args: any[]) => void} Listener */

export class Channel {
  #socket;
  /** @type {Map<string, Set<Listener>>} */
  #listeners = new Map();
  /** @type {(() => void)[]} */
  #stops = [];
  /** @type {State} */
  #state = "away";
  #attempt = 0;

  /**
   * @param {Socket} socket
   * @param {string} name
   */
  constructor(socket, name) {
    this.#socket = socket;
    this.name = name;
  }

  /** `away` without a connection or before `join`, `joining`, `joined`, or `refused` for good. */
  get state() {
    return this.#state;
  }

  /**
   * Listen for `state` (state, code), `joined`, `refused` (code), `away` or `message` (value).
   *
   * @param {string} name
   * @param {Listener} listener
   * @returns {() => void} stops listening
   */
  on(name, listener) {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Enter the channel now, or when there is a connection, and again after each loss of it. */
  join() {
    if (this.#stops.length) return this;
    this.#stops = [
      this.#socket.on("connect", () => this.#enter()),
      this.#socket.on("disconnect", () => this.#become("away")),
      this.#socket.on("message", (value, channel) => this.#hear(value, channel)),
    ];
    if (this.#socket.connected) this.#enter();
    return this;
  }

  /** Leave the channel and stay out. */
  leave() {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    const wasIn = this.#state === "joined" || this.#state === "joining";
    this.#become("away");
    if (!wasIn || !this.#socket.connected) return Promise.resolve();
    return this.#socket.unsubscribe(this.name).catch(unlessGone);
  }

  async #enter() {
    const attempt = ++this.#attempt;
    this.#become("joining");
    try {
      await this.#socket.subscribe(this.name);
      if (attempt === this.#attempt) this.#become("joined");
    } catch (error) {
      if (attempt !== this.#attempt || error instanceof Disconnected) return;
      if (!(error instanceof Refused)) throw error;
      this.#become("refused", error.code);
    }
  }

  /**
   * @param {State} state
   * @param {string} [code]
   */
  #become(state, code) {
    if (state !== "joining" && state !== "joined" && state !== "refused") this.#attempt += 1;
    if (state === this.#state) return;
    this.#state = state;
    this.#tell("state", state, code);
    this.#tell(state, code);
  }

  /**
   * @param {any} value
   * @param {string} [channel]
   */
  #hear(value, channel) {
    if (channel === this.name) this.#tell("message", value);
  }

  /**
   * @param {string} name
   * @param {...any} args
   */
  #tell(name, ...args) {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(...args);
  }
}

/**
 * Who leaves as the connection goes has left.
 *
 * @param {Error} error
 */
function unlessGone(error) {
  if (!(error instanceof Disconnected || error instanceof Refused)) throw error;
}
