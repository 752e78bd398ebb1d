/**
 * How a replica gets what it lacks: the ops after its head, the long past over HTTP (protocol P36, P37, P50).
 *
 * @import { Entry } from "../engine/codec.js"
 * @import { Replica } from "../engine/replica.js"
 * @typedef {object} Source
 * @property {(seq: number) => Promise<boolean>} askSince whether the question was taken in
 * @property {(chunk: number) => Promise<Entry[]>} readChunk a full chunk of the log
 * @property {(callback: () => void) => void} later
 * @property {() => void} done
 */

import { GAP } from "../engine/replica.js";

const CHUNK = 1000; // ops

/** A chunk of the log could not be read now; it may be, later. */
export class NotNow extends Error {}

export class CatchUp {
  #replica;
  #source;
  #newest = 0; // the highest seq heard of
  #isAsking = false; // whether an answer is on its way
  #turn = 0; // what was begun in an earlier turn has nothing to say in this one

  /**
   * @param {Replica} replica
   * @param {Source} source
   */
  constructor(replica, source) {
    this.#replica = replica;
    this.#source = source;
  }

  /**
   * Begin anew on a new connection.
   * @param {number} head the last seq there is
   */
  begin(head) {
    this.stop();
    this.#hearOf(head);
    this.#ask();
  }

  /** Expect no answer any more: the connection has gone. */
  stop() {
    this.#turn += 1;
    this.#isAsking = false;
  }

  /** @param {Entry[]} entries */
  receive(entries) {
    this.#hearOf(entries[entries.length - 1]?.seq ?? 0);
    if (this.#replica.receive(entries) === GAP) this.#ask();
  }

  /**
   * Hear that everything asked for has come, up to head.
   * @param {number} head
   */
  caughtUp(head) {
    this.#isAsking = false;
    this.#hearOf(head);
    if (this.#replica.confirmed.head < this.#newest) this.#ask();
    else this.#source.done();
  }

  /**
   * Read the full chunks of the log that are missing, then ask for the rest.
   * @param {number} head
   */
  async behind(head) {
    const turn = this.#turn;
    const last = Math.floor(head / CHUNK);
    for (let chunk = this.#chunk; chunk < last; chunk = this.#chunk) {
      const entries = await this.#read(chunk);
      if (turn !== this.#turn) return;
      if (entries === null) return this.#source.later(() => this.#readAgain(turn, head));
      this.#replica.receive(entries);
    }
    this.#isAsking = false;
    this.#ask();
  }

  /** The chunk with the first op that is missing. */
  get #chunk() {
    return Math.floor(this.#replica.confirmed.head / CHUNK);
  }

  /**
   * Return a chunk's entries, or null when they are not to be had now.
   * @param {number} chunk
   */
  async #read(chunk) {
    try {
      return await this.#source.readChunk(chunk);
    } catch (error) {
      if (error instanceof NotNow) return null;
      throw error;
    }
  }

  /**
   * @param {number} turn
   * @param {number} head
   */
  #readAgain(turn, head) {
    if (turn === this.#turn) this.behind(head);
  }

  async #ask() {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const turn = this.#turn;
    const isTaken = await this.#source.askSince(this.#replica.confirmed.head);
    if (!isTaken && turn === this.#turn) this.#source.later(() => this.#askAgain(turn));
  }

  /** @param {number} turn */
  #askAgain(turn) {
    if (turn !== this.#turn) return;
    this.#isAsking = false;
    this.#ask();
  }

  /** @param {number} seq */
  #hearOf(seq) {
    this.#newest = Math.max(this.#newest, seq);
  }
}
