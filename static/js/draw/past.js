/**
 * What a replica that began at a checkpoint lacks: the log up to there, read once something asks for it.
 *
 * @import { Replica } from "../engine/replica.js"
 * @import { Facts } from "./checkpoint.js"
 * @import { Sent } from "./log.js"
 * @typedef {(chunk: number, isFull: boolean) => Promise<Sent[]>} ReadPart
 */

import { Scene } from "../engine/scene.js";
import { NotNow } from "./catchup.js";
import { CHUNK } from "./log.js";
import { Shelf } from "./shelf.js";

const AHEAD = 3; // parts on their way while one is taken in
const UNDONE = new Set(["hide", "show"]);

export class Past {
  #replica;
  #readPart;
  #later;
  /** @type {ReadonlyMap<string, string>} */
  #authors = new Map();
  /** @type {Promise<void> | null} */
  #reading = null;

  /**
   * @param {Replica} replica
   * @param {ReadPart} readPart
   * @param {(callback: () => void) => void} later
   */
  constructor(replica, readPart, later) {
    this.#replica = replica;
    this.#readPart = readPart;
    this.#later = later;
  }

  /**
   * Have the replica begin at a checkpoint.
   * @param {Facts} checkpoint
   */
  begin({ seq, known, authors }) {
    this.#authors = authors;
    this.#replica.begin(seq, known);
  }

  /** Whether there is anything the replica lacks. */
  get isMissing() {
    return this.#replica.since > 0;
  }

  /**
   * Say whether somebody with these author keys has an op in what is missing.
   * @param {ReadonlySet<string>} mine
   */
  hasOf(mine) {
    return this.isMissing && [...mine].some((author) => this.#authors.has(author));
  }

  /**
   * Say whether what they did last in it may be an undo.
   * @param {ReadonlySet<string>} mine
   */
  endsUndone(mine) {
    const ends = (/** @type {string} */ author) => UNDONE.has(this.#authors.get(author) ?? "");
    return this.isMissing && [...mine].some(ends);
  }

  /** Have the replica complete; whoever asks while it is being read waits for the same. */
  async read() {
    if (!this.isMissing) return;
    this.#reading ??= this.#readAll(this.#replica.since);
    await this.#reading;
  }

  /** @param {number} until the last seq that is missing */
  async #readAll(until) {
    const [confirmed, scene] = [new Scene(), new Scene()];
    const shelf = new Shelf();
    for await (const part of this.#parts(until)) {
      for (const [seq, , wire] of part) {
        if (wire === null || seq > until) continue;
        const op = shelf.put(wire);
        confirmed.apply(seq, op);
        scene.apply(seq, op);
      }
    }
    this.#replica.complete(confirmed, scene);
  }

  /**
   * Give the parts of the log in their order, a few being read ahead.
   * @param {number} until
   */
  async *#parts(until) {
    const full = Math.floor(until / CHUNK);
    const count = Math.ceil(until / CHUNK);
    /** @type {Promise<Sent[]>[]} */
    const ahead = [];
    for (let chunk = 0; chunk < count + AHEAD; chunk += 1) {
      if (chunk < count) ahead.push(this.#readPatiently(chunk, chunk < full));
      if (chunk >= AHEAD) yield/** @type {Promise<Sent[]>} */ (ahead.shift());
    }
  }

  /**
   * @param {number} chunk
   * @param {boolean} isFull
   * @returns {Promise<Sent[]>}
   */
  async #readPatiently(chunk, isFull) {
    try {
      return await this.#readPart(chunk, isFull);
    } catch (error) {
      if (!(error instanceof NotNow)) throw error;
    }
    await new Promise((/** @type {(value?: unknown) => void} */ resolve) => this.#later(resolve));
    return this.#readPatiently(chunk, isFull);
  }
}
