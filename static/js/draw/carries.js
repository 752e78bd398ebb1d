/**
 * Marks the others are carrying elsewhere just now: shown where the hand has them, and left out where they lie, unless it
 * is copies that are carried.
 *
 * A carry is a move that nobody has numbered yet: what is carried again before the first move comes is shown where both
 * take it, and stays there when it comes. Copies are marks that nobody has numbered yet, each shown until it comes.
 *
 * @import { Matrix } from "../engine/matrix.js"
 * @import { Mark, Move, TakenImage } from "../engine/ops.js"
 * @import { Carry } from "../engine/presence.js"
 * @import { Replica } from "../engine/replica.js"
 * @typedef {{move: Move, from: string, copies: readonly string[]}} Carried copies are the ids these will have
 * @typedef {{mark: Mark, matrix: Matrix, shown: Shown}} Shift a mark as it lies, and what is shown in its place
 */

import { IDENTITY } from "../engine/matrix.js";
import { isSame, Placing, placed } from "../engine/moves.js";
import { Emitter } from "./emitter.js";
import { following } from "./names.js";
import { Shown } from "./shown.js";
import { LIGHT, weight } from "./weight.js";

const MOST = 50; // carries that nobody has numbered: a hand has one, and the one before on its way

/** @extends {Emitter<{shown: [mark: Shown], gone: [mark: Shown], veiled: [ids: ReadonlySet<string>]}>} */
export class Carries extends Emitter {
  #replica;
  /** @type {Map<string, Carried>} in the order they began */
  #all = new Map();
  /** @type {Map<string, Shift>} */
  #shifts = new Map();

  /** @param {Replica} replica */
  constructor(replica) {
    super();
    this.#replica = replica;
  }

  /**
   * Take in where marks are being taken.
   * @param {Carry} carry
   * @param {string} from
   */
  receive({ move, copies = false }, from) {
    const carried = { move, from, copies: copies ? copyIds(move) : [] };
    const isNew = !this.#all.has(move.id);
    if (isNew && (this.#all.size === MOST || this.#hasCome(carried))) return;
    this.#all.set(move.id, carried);
    this.#show();
  }

  /**
   * Forget what was given up.
   * @param {string} id of a move, or of a copy: what was carried along with that comes, or goes, by itself
   */
  forget(id) {
    for (const [first, { copies }] of this.#all)
      if (first === id || copies.includes(id)) this.#all.delete(first);
    this.#show();
  }

  /**
   * Forget what a participant was carrying.
   * @param {string} from
   */
  forgetFrom(from) {
    for (const [id, carry] of this.#all) if (carry.from === from) this.#all.delete(id);
    this.#show();
  }

  /** Forget everything. */
  clear() {
    this.#all.clear();
    this.#show();
  }

  /** Follow the log: what is an op now is carried no more, and marks come and go. */
  follow() {
    if (this.#all.size === 0) return;
    for (const [id, carried] of this.#all) if (this.#hasCome(carried)) this.#all.delete(id);
    this.#show();
  }

  /** @param {Carried} carried */
  #hasCome({ move, copies }) {
    const { confirmed } = this.#replica;
    return copies.length > 0 ? copies.every((id) => confirmed.knows(id)) : confirmed.knows(move.id);
  }

  #show() {
    const { placings, copied } = this.#placed();
    for (const [mark, { matrix }] of placings) this.#shift(mark.id, mark, matrix);
    for (const [id, { mark, matrix }] of copied) this.#shift(id, mark, matrix);
    const moved = new Set([...placings.keys()].map(({ id }) => id));
    for (const [id, { shown }] of this.#shifts)
      if (!moved.has(id) && !copied.has(id)) this.#end(id, shown);
    this.emit("veiled", moved);
  }

  /** Return where what is carried has come, each mark by every move it is in; what is too heavy stays where it lies. */
  #placed() {
    /** @type {Map<Mark, Placing>} */
    const placings = new Map();
    /** @type {Map<string, {mark: Mark, matrix: Matrix}>} by the id the copy will have */
    const copied = new Map();
    let room = LIGHT;
    for (const { move, copies } of this.#all.values()) {
      const marks = this.#marksOf(move);
      const taken = weight(marks, move.matrix);
      if (taken > room) continue;
      room -= taken;
      if (copies.length > 0) this.#copy(move, copies, { placings, copied });
      else for (const mark of marks) place(mark, move.matrix, placings);
    }
    return { placings, copied };
  }

  /**
   * Take copies to where they are carried, from where the marks have come.
   * @param {Move} move
   * @param {readonly string[]} copies
   * @param {{placings: Map<Mark, Placing>, copied: Map<string, {mark: Mark, matrix: Matrix}>}} found
   */
  #copy({ ops, matrix }, copies, { placings, copied }) {
    for (const [i, id] of copies.entries()) {
      const mark = this.#replica.scene.seen(ops[i]);
      if (mark === null || this.#replica.confirmed.knows(id)) continue;
      const placing = new Placing(mark);
      placing.move(placings.get(mark)?.matrix ?? IDENTITY);
      placing.move(matrix);
      copied.set(id, { mark, matrix: placing.matrix });
    }
  }

  /** @param {Move} move */
  #marksOf({ ops }) {
    const found = [...new Set(ops)].map((id) => this.#replica.scene.seen(id));
    return found.filter((mark) => mark !== null);
  }

  /**
   * Show a mark where a map takes it, or a copy of it, unless it is there.
   * @param {string} id
   * @param {Mark} mark
   * @param {Matrix} matrix
   */
  #shift(id, mark, matrix) {
    const before = this.#shifts.get(id);
    if (before?.mark === mark && isSame(before.matrix, matrix)) return;
    const there = { ...taken(mark, matrix), id };
    const shown = before?.shown ?? new Shown(there);
    shown.become(there);
    this.#shifts.set(id, { mark, matrix, shown });
    this.emit("shown", shown);
  }

  /**
   * @param {string} id
   * @param {Shown} shown
   */
  #end(id, shown) {
    this.#shifts.delete(id);
    this.emit("gone", shown);
  }
}

/**
 * Return the ids that copies will have of what a move names.
 * @param {Move} move
 */
function copyIds({ id, ops }) {
  const name = following(id);
  return ops.map(() => name());
}

/**
 * Take a mark on from where it has come.
 * @param {Mark} mark
 * @param {Matrix} matrix
 * @param {Map<Mark, Placing>} placings
 */
function place(mark, matrix, placings) {
  const placing = placings.get(mark) ?? new Placing(mark);
  placing.move(matrix);
  placings.set(mark, placing);
}

/**
 * Return a mark where a map takes it; of an image, the pixels are not made anew for every place it comes by.
 * @param {Mark} mark
 * @param {Matrix} matrix
 * @returns {Mark}
 */
function taken(mark, matrix) {
  const there = placed(mark, matrix);
  if (mark.t !== "image" || there.t !== "image") return there;
  return /** @type {TakenImage} */ ({ ...there, taken: { from: mark, by: matrix } });
}
