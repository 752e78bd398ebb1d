/**
 * Marks the others are carrying elsewhere just now: shown where the hand has them, and left out where they lie.
 *
 * A carry is a move that nobody has numbered yet: what is carried again before the first move comes is shown where both
 * take it, and stays there when it comes.
 *
 * @import { Matrix } from "../engine/matrix.js"
 * @import { Mark, Move, Op, TakenImage } from "../engine/ops.js"
 * @import { Replica } from "../engine/replica.js"
 * @typedef {{mark: Mark, matrix: Matrix, shown: Shown}} Shift a mark as it lies, and what is shown in its place
 */

import { isSame, Placing, placed } from "../engine/moves.js";
import { Emitter } from "./emitter.js";
import { Shown } from "./shown.js";
import { LIGHT, weight } from "./weight.js";

const MOST = 50; // carries that nobody has numbered: a hand has one, and the one before on its way

/** @extends {Emitter<{shown: [mark: Shown], gone: [mark: Shown], veiled: [ids: ReadonlySet<string>]}>} */
export class Carries extends Emitter {
  #replica;
  /** @type {Map<string, {move: Move, from: string}>} in the order they began */
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
   * @param {Move} move the op it would be
   * @param {string} from
   */
  receive(move, from) {
    const isNew = !this.#all.has(move.id);
    if (isNew && (this.#all.size === MOST || this.#replica.confirmed.knows(move.id))) return;
    this.#all.set(move.id, { move, from });
    this.#show();
  }

  /**
   * Forget what was given up.
   * @param {string} id
   */
  forget(id) {
    if (this.#all.delete(id)) this.#show();
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

  /**
   * Follow the log: what is an op now is carried no more, and marks come and go.
   * @param {readonly Op[]} confirmed
   */
  follow(confirmed) {
    if (this.#all.size === 0) return;
    for (const { id } of confirmed) this.#all.delete(id);
    this.#show();
  }

  #show() {
    const placings = this.#placings();
    for (const [mark, { matrix }] of placings) this.#shift(mark, matrix);
    const ids = new Set([...placings.keys()].map(({ id }) => id));
    for (const [id, { shown }] of this.#shifts) if (!ids.has(id)) this.#end(id, shown);
    this.emit("veiled", ids);
  }

  /** Return where what is carried has come, each mark by every move it is in; what is too heavy stays where it lies. */
  #placings() {
    /** @type {Map<Mark, Placing>} */
    const placings = new Map();
    let room = LIGHT;
    for (const { move } of this.#all.values()) {
      const marks = this.#marksOf(move);
      const taken = weight(marks, move.matrix);
      if (taken > room) continue;
      room -= taken;
      for (const mark of marks) place(mark, move.matrix, placings);
    }
    return placings;
  }

  /** @param {Move} move */
  #marksOf({ ops }) {
    const found = [...new Set(ops)].map((id) => this.#replica.scene.seen(id));
    return found.filter((mark) => mark !== null);
  }

  /**
   * Show a mark where a map takes it, unless it is there.
   * @param {Mark} mark
   * @param {Matrix} matrix
   */
  #shift(mark, matrix) {
    const before = this.#shifts.get(mark.id);
    if (before?.mark === mark && isSame(before.matrix, matrix)) return;
    const there = taken(mark, matrix);
    const shown = before?.shown ?? new Shown(there);
    shown.become(there);
    this.#shifts.set(mark.id, { mark, matrix, shown });
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
