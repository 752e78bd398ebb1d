/**
 * A browser's copy of a drawing: what the server has confirmed, then what it has yet to.
 *
 * @import { Mark, Op } from "./ops.js"
 * @import { Change } from "./scene.js"
 * @typedef {typeof STALE | typeof NEXT | typeof GAP} Place
 * @typedef {object} News
 *   What a painter and an outbox have to know. Only the net difference: what came and went again at once
 *   is not there. A mark that stays but is moved, or now painted before another one, is both removed and added.
 * @property {Mark[]} added in paint order
 * @property {Mark[]} removed
 * @property {boolean} layers whether layers may have changed
 * @property {Op[]} confirmed
 * @property {{op: Op, code: string}[]} rejected
 * @typedef {(news: News) => void} Listener
 * @typedef {(op: Op) => Op | null} Become
 */

import { Scene } from "./scene.js";

export const STALE = "stale";
export const NEXT = "next";
export const GAP = "gap";
export const WITHDRAWN = "withdrawn"; // the code of an op that was taken back here before it was sent

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

/**
 * Return one's own copy of an op; the op itself where the copy still names the file another tab has sent.
 * @param {Op} op
 * @param {Op | undefined} own
 */
function sameAs(op, own) {
  if (own === undefined) return op;
  return own.t === "image" && op.t === "image" && own.image !== op.image ? op : own;
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
  /** The seq of the checkpoint this began at: what is not after it is missing, until it is completed. */
  since = 0;
  /** Whether an op speaks of what is missing: its checkpoint does not show the truth. */
  lacks = false;
  /** @type {{seq: number, op: Op}[]} the ops confirmed while something was missing */
  #tail = [];

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
   * Begin at a checkpoint, knowing only a few ops of those it shows.
   * @param {number} seq
   * @param {readonly {seq: number, op: Op}[]} known
   */
  begin(seq, known) {
    for (const scene of [this.confirmed, this.scene]) {
      for (const entry of known) scene.apply(entry.seq, entry.op);
      scene.head = seq;
    }
    this.since = seq;
  }

  /**
   * Take in all there was up to the checkpoint, as two scenes of it.
   * @param {Scene} confirmed
   * @param {Scene} scene
   */
  complete(confirmed, scene) {
    const draft = new Draft();
    draft.count({ added: [], removed: this.scene.strokes(), layers: true, turned: [] }, 1);
    for (const { seq, op } of this.#tail) {
      confirmed.apply(seq, op);
      draft.count(scene.apply(seq, op), 1);
    }
    Object.assign(this, { confirmed, scene, since: 0, lacks: false });
    this.#tail = [];
    this.#changes = [];
    this.#lay(draft);
    this.#tell(draft);
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
      if (found === STALE) this.#recognise(op, draft);
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
   * Have pending ops say something else, or be there no more; return those that say something else.
   * @param {Become} become what each of them becomes, in their order; null: nothing
   */
  amend(become) {
    const draft = new Draft();
    this.#lift(draft);
    const before = this.#pending;
    const after = before.map(become);
    this.#pending = after.filter((op) => op !== null);
    this.#lay(draft);
    const gone = before.filter((_, i) => after[i] === null);
    draft.rejected.push(...gone.map((op) => ({ op, code: WITHDRAWN })));
    this.#tell(draft);
    return this.#pending.filter((op) => !before.includes(op));
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
    // One's own copy, so that what comes again is known to be what went.
    const known = sameAs(op, this.#pending[waited]);
    this.#follow(seq, known);
    if (waited === 0 && this.#changes.length > 0 && known === this.#pending[0]) {
      this.#changes.shift();
    } else {
      this.#lift(draft);
      draft.count(this.scene.apply(seq, known), 1);
    }
    if (waited > 0) draft.overtook.add(op.id);
    if (waited >= 0) this.#pending.splice(waited, 1);
  }

  /**
   * Keep what is needed to complete this one day.
   * @param {number} seq
   * @param {Op} op
   */
  #follow(seq, op) {
    if (this.since === 0) return;
    this.#tail.push({ seq, op });
    this.#heed(op);
  }

  /**
   * Notice when an op speaks of what is missing.
   * @param {Op} op
   */
  #heed(op) {
    if (this.since === 0 || !("ops" in op)) return;
    this.lacks ||= op.ops === null || op.ops.some((id) => !this.scene.knows(id));
  }

  /**
   * Wait no longer for an op that was confirmed before the checkpoint, which shows it.
   * @param {Op} op
   * @param {Draft} draft
   */
  #recognise(op, draft) {
    if (!this.#pending.some(({ id }) => id === op.id)) return;
    this.#lift(draft);
    this.#drop(op.id);
    draft.confirmed.push(op);
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
      this.#heed(op);
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
    const lists = [news.added, news.removed, news.confirmed, news.rejected];
    // What a clear takes of the part that is missing is in none of the lists.
    const isNews = this.since > 0 || news.layers || lists.some((list) => list.length > 0);
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
  layers = false;
  /** @type {Map<Mark, number>} */
  #counts = new Map();

  /**
   * Count a change made (sign 1) or taken back (sign -1).
   * @param {Change} change
   * @param {1 | -1} sign
   */
  count({ added, removed, layers }, sign) {
    for (const mark of added) this.#add(mark, sign);
    for (const mark of removed) this.#add(mark, -sign);
    this.layers ||= layers;
  }

  /**
   * Return what differs in the end.
   * @param {Scene} scene
   * @returns {News}
   */
  news(scene) {
    const added = [];
    const removed = [];
    for (const [mark, times] of this.#counts) {
      const sank = times === 0 && this.overtook.has(mark.id) && scene.seen(mark.id) === mark;
      if (times > 0 || sank) added.push(mark);
      if (times < 0 || sank) removed.push(mark);
    }
    added.sort((a, b) => scene.seqOf(a.id) - scene.seqOf(b.id));
    const { confirmed, rejected, layers } = this;
    return { added, removed, layers, confirmed, rejected };
  }

  /**
   * @param {Mark} mark
   * @param {number} times
   */
  #add(mark, times) {
    this.#counts.set(mark, (this.#counts.get(mark) ?? 0) + times);
  }
}
