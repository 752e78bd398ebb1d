/**
 * Sends the pending ops in their order: each once a connection, a few at a time.
 *
 * @import { Op } from "../engine/ops.js"
 * @import { Replica } from "../engine/replica.js"
 */

import { isUnsent } from "./unsent.js";

const WINDOW = 50; // ops on their way at once: a long absence must not come back as a flood

export class Outbox {
  #replica;
  #send;
  #isOpen = false;
  /** @type {Set<string>} the ids of ops that left by this connection */
  #sent = new Set();
  #unanswered = 0;

  /**
   * @param {Replica} replica
   * @param {(op: Op) => Promise<void>} send
   */
  constructor(replica, send) {
    this.#replica = replica;
    this.#send = send;
  }

  /** Send everything pending, and what comes after it. */
  open() {
    this.#sent.clear();
    this.#isOpen = true;
    this.pump();
  }

  /** Send nothing more. */
  close() {
    this.#isOpen = false;
  }

  /** Send what has not been sent yet, up to an image whose file has to go first: what is drawn on it comes after it. */
  pump() {
    if (!this.#isOpen) return;
    for (const op of this.#replica.pending) {
      if (this.#unanswered >= WINDOW || isUnsent(op)) return;
      if (!this.#sent.has(op.id)) this.#sendOne(op);
    }
  }

  /** @param {Op} op */
  async #sendOne(op) {
    this.#sent.add(op.id);
    this.#unanswered += 1;
    await this.#send(op);
    this.#unanswered -= 1;
    this.pump();
  }
}
