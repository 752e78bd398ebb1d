/** One connection to the server: messages, acknowledgements, channels. */

import { io } from "socket.io-client";

/** The other side turned something down; `code` says why. */
export class Refused extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code);
    this.name = "Refused";
    this.code = code;
  }
}

/** The connection went, or was not there, before an answer came. */
export class Disconnected extends Error {
  constructor() {
    super("disconnected");
    this.name = "Disconnected";
  }
}

/**
 * @typedef {{ok?: any, refused?: string}} Answer
 * @typedef {(...args: any[]) => void} Listener
 * @typedef {"connect" | "disconnect" | "message" | "refused"} Name
 */

const OPTIONS = {
  autoConnect: false,
  transports: ["websocket", "polling"],
  tryAllTransports: true,
  reconnectionDelay: 500,
  reconnectionDelayMax: 10_000,
  // Full jitter: after a restart a whole room comes back spread out, not in step.
  randomizationFactor: 1,
};

export class Socket {
  #io;
  /** @type {Map<string, Set<Listener>>} */
  #listeners = new Map();
  /** @type {Set<(error: Error) => void>} */
  #waiting = new Set();

  /**
   * @param {string} [url]
   * @param {object} [options] as socket.io-client's
   */
  constructor(url = "", options = {}) {
    this.#io = io(url, { ...OPTIONS, ...options });
    this.#io.on("connect", () => this.#tell("connect"));
    this.#io.on("disconnect", (reason) => this.#disconnected(reason));
    this.#io.on("connect_error", (error) => this.#notLetIn(error));
    this.#io.on("message", (value, channel) => this.#tell("message", value, channel));
    this.#io.on("refused", (code) => this.#tell("refused", code));
  }

  get connected() {
    return this.#io.connected;
  }

  /** The name others know this connection by, while there is one. */
  get id() {
    return this.#io.id;
  }

  connect() {
    this.#io.connect();
    return this;
  }

  disconnect() {
    this.#io.disconnect();
    return this;
  }

  /**
   * Listen for `connect`, `disconnect` (reason), `message` (value, channel) or `refused` (code).
   *
   * @param {Name} name
   * @param {Listener} listener
   * @returns {() => void} stops listening
   */
  on(name, listener) {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /**
   * Send a message; nothing is kept for later when there is no connection.
   *
   * @param {any} value
   * @returns {Promise<any>} what the server's handler answered
   */
  send(value) {
    return this.#ask("message", value);
  }

  /**
   * Send a message that may be lost: dropped unless it can go now.
   *
   * @param {any} value
   */
  sendVolatile(value) {
    if (this.connected) this.#io.volatile.emit("message", value);
  }

  /**
   * @param {string} channel
   * @returns {Promise<any>}
   */
  subscribe(channel) {
    return this.#ask("subscribe", channel);
  }

  /**
   * @param {string} channel
   * @returns {Promise<any>}
   */
  unsubscribe(channel) {
    return this.#ask("unsubscribe", channel);
  }

  /**
   * @param {string} name
   * @param {any} value
   * @returns {Promise<any>}
   */
  #ask(name, value) {
    if (!this.connected) return Promise.reject(new Disconnected());
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      this.#io.emit(name, value, (/** @type {Answer} */ answer) => {
        this.#waiting.delete(reject);
        if (answer.refused === undefined) resolve(answer.ok);
        else reject(new Refused(answer.refused));
      });
    });
  }

  /** @param {string} reason */
  #disconnected(reason) {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const reject of waiting) reject(new Disconnected());
    this.#tell("disconnect", reason);
  }

  /**
   * The server refused the connection itself, or could not be reached; only the first is final.
   *
   * @param {Error} error
   */
  #notLetIn(error) {
    if (!this.#io.active) this.#tell("refused", error.message);
  }

  /**
   * @param {string} name
   * @param {...any} args
   */
  #tell(name, ...args) {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(...args);
  }
}
