/**
 * A browser's copy of a drawing: what the server has confirmed, then what it has yet to.
 *
 * @import { Mark, Op } from "./ops.js"
 * @import { Change } from "./scene.js"
 * @typedef {typeof STALE | typeof NEXT | typeof GAP} Place
 * @typedef {object} News
 *   What a painter and an outbox have to know. Only the net difference: what came and went again at once
 *   is not there. A stroke that stays but is now painted before another one is both removed and added.
 * @property {Mark[]} added in paint order
 * @property {Mark[]} removed
 * @property {Op[]} confirmed
 * @property {{op: Op, code: string}[]} rejected
 * @typedef {(news: News) => void} Listener
 */

import { Scene } from "./scene.js";

export const STALE = "stale";
export const NEXT = "next";
export const GAP = "gap";

/**
 * Say how an op numbered incoming stands to the last one applied.
 * @param {number} incoming
 * @param {number} applied
 * @returns {Place}
 */
export function place(incoming, applied) {
  if (incoming <= applied) return STALE;
  return incoming === applied + 1 ? NEXT : GAP;
}

/** A scene that guesses: everything confirmed, and on top of it everything pending. */
export class Replica {
  /** @type {Op[]} */
  #pending = [];
  // What the pending ops changed in the scene, as far as they are in it. Each has there the seq it would get
  // if it came next, so the first of them is in the right place already when the server agrees.
  /** @type {Change[]} */
  #changes = [];
  /** @type {Set<Listener>} */
  #listeners = new Set();

  /** @param {ReadonlySet<number>} [layers] */
  constructor(layers) {
    this.confirmed = new Scene(layers);
    this.scene = new Scene(layers);
  }

  /** The ops the server has yet to confirm. */
  get pending() {
    return [...this.#pending];
  }

  /** Every op, those pending last. */
  get ops() {
    return this.scene.ops();
  }

  /**
   * Tell listener of every change from now on; return what ends that.
   * @param {Listener} listener
   */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Draw at once; the server will number it later. An op kept over a reload may be confirmed already.
   * @param {Op} op
   */
  propose(op) {
    const draft = new Draft();
    if (this.confirmed.knows(op.id)) {
      draft.confirmed.push(op);
    } else if (!this.scene.knows(op.id)) {
      this.#pending.push(op);
      this.#lay(draft);
    }
    this.#tell(draft);
  }

  /**
   * Apply the ops the server has numbered, up to the first that does not follow; say how they stand.
   * @param {Iterable<{seq: number, op: Op}>} entries
   * @returns {Place}
   */
  receive(entries) {
    const draft = new Draft();
    let stand = /** @type {Place} */ (STALE);
    for (const { seq, op } of entries) {
      const found = place(seq, this.confirmed.head);
      if (found !== STALE) stand = found;
      if (found === GAP) break;
      if (found === NEXT) this.#confirm(seq, op, draft);
    }
    this.#lay(draft);
    this.#tell(draft);
    return stand;
  }

  /**
   * Take back an op the server will not have.
   * @param {string} id
   * @param {string} code
   */
  reject(id, code) {
    const op = this.#pending.find((one) => one.id === id);
    if (op === undefined) return;
    const draft = new Draft();
    this.#lift(draft);
    this.#drop(id);
    this.#lay(draft);
    draft.rejected.push({ op, code });
    this.#tell(draft);
  }

  /**
   * @param {number} seq
   * @param {Op} op
   * @param {Draft} draft
   */
  #confirm(seq, op, draft) {
    this.confirmed.apply(seq, op);
    draft.confirmed.push(op);
    const waited = this.#pending.findIndex((one) => one.id === op.id);
    if (waited === 0 && this.#changes.length > 0) {
      this.#changes.shift();
    } else {
      this.#lift(draft);
      draft.count(this.scene.apply(seq, op), 1);
    }
    if (waited > 0) draft.overtook.add(op.id);
    if (waited >= 0) this.#pending.splice(waited, 1);
  }

  /**
   * Take the pending ops out of the scene, the last first.
   * @param {Draft} draft
   */
  #lift(draft) {
    for (let i = this.#changes.length - 1; i >= 0; i -= 1) {
      this.scene.revert(this.#pending[i], this.#changes[i]);
      draft.count(this.#changes[i], -1);
    }
    this.#changes = [];
  }

  /**
   * Put those pending ops into the scene that are not in it.
   * @param {Draft} draft
   */
  #lay(draft) {
    for (const op of this.#pending.slice(this.#changes.length)) {
      const change = this.scene.apply(this.scene.head + 1, op);
      this.#changes.push(change);
      draft.count(change, 1);
    }
  }

  /** @param {string} id */
  #drop(id) {
    this.#pending = this.#pending.filter((op) => op.id !== id);
  }

  /** @param {Draft} draft */
  #tell(draft) {
    const news = draft.news(this.scene);
    const isNews = Object.values(news).some((list) => list.length > 0);
    if (isNews) for (const listener of this.#listeners) listener(news);
  }
}

/** News in the making. */
class Draft {
  /** @type {Op[]} */
  confirmed = [];
  /** @type {{op: Op, code: string}[]} */
  rejected = [];
  /** @type {Set<string>} */
  overtook = new Set();
  /** @type {Map<string, {stroke: Mark, times: number}>} */
  #counts = new Map();

  /**
   * Count a change made (sign 1) or taken back (sign -1).
   * @param {Change} change
   * @param {1 | -1} sign
   */
  count({ added, removed }, sign) {
    for (const stroke of added) this.#add(stroke, sign);
    for (const stroke of removed) this.#add(stroke, -sign);
  }

  /**
   * Return what differs in the end.
   * @param {Scene} scene
   * @returns {News}
   */
  news(scene) {
    const added = [];
    const removed = [];
    for (const { stroke, times } of this.#counts.values()) {
      const moved = times === 0 && this.overtook.has(stroke.id) && scene.shows(stroke.id);
      if (times > 0 || moved) added.push(stroke);
      if (times < 0 || moved) removed.push(stroke);
    }
    added.sort((a, b) => scene.seqOf(a.id) - scene.seqOf(b.id));
    return { added, removed, confirmed: this.confirmed, rejected: this.rejected };
  }

  /**
   * @param {Mark} stroke
   * @param {number} times
   */
  #add(stroke, times) {
    const before = this.#counts.get(stroke.id)?.times ?? 0;
    this.#counts.set(stroke.id, { stroke, times: before + times });
  }
}
