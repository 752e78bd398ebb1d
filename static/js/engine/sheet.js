/**
 * The marks of one layer, and those clears that cover them.
 *
 * @import { Clear, Mark, Move } from "./ops.js"
 */

import { isSame, MOST_MOVES, Placing, placed } from "./moves.js";
import { Held } from "./stack.js";

/**
 * A mark in the scene, as it was drawn and as its moves have left it.
 * @extends {Held<Mark>}
 */
export class Drawn extends Held {
  /** @type {Held<Move>[]} */
  #moves = [];
  /** @type {Placing | null} */
  #placing = null;

  /**
   * @param {number} seq
   * @param {Mark} op
   */
  constructor(seq, op) {
    super(seq, op);
    this.now = op;
  }

  /**
   * Move the mark once more.
   * @param {Held<Move>} held
   */
  move(held) {
    if (this.#moves.length >= MOST_MOVES) return;
    this.#moves.push(held);
    this.#go(this.#placing ?? new Placing(this.op), [held]);
  }

  /**
   * Take back the last move, if it was this one.
   * @param {Held<Move>} held
   */
  unmove(held) {
    if (this.#moves.at(-1) !== held) return;
    this.#moves.pop();
    this.replace();
  }

  /** Put the mark where those of its moves lead that are in force. */
  replace() {
    this.#go(new Placing(this.op), this.#moves);
  }

  /**
   * Be again what the mark was before an op that is taken back.
   * @param {Mark} was
   */
  restore(was) {
    this.now = was;
  }

  /**
   * @param {Placing} placing
   * @param {readonly Held<Move>[]} moves
   */
  #go(placing, moves) {
    const was = this.#placing?.matrix;
    for (const { op, hidden } of moves) if (!hidden) placing.move(op.matrix);
    this.#placing = placing;
    if (!was || !isSame(placing.matrix, was)) this.now = placed(this.op, placing.matrix);
  }
}

/** The marks and clears of a layer, by seq; a mark before its horizon is not seen. */
export class Sheet {
  /** @type {Drawn[]} */
  marks = [];
  /** @type {Held<Clear>[]} */
  clears = [];
  horizon = 0;

  /** Whether any mark is seen. */
  get isUsed() {
    const last = this.marks.findLast((mark) => !mark.hidden);
    return last !== undefined && last.seq > this.horizon;
  }

  /** Move the horizon to the last clear in force; return the marks that uncovers or covers. */
  settle() {
    const was = this.horizon;
    this.horizon = this.clears.findLast((held) => !held.hidden)?.seq ?? 0;
    return {
      uncovered: this.#between(this.horizon, was),
      covered: this.#between(was, this.horizon),
    };
  }

  /**
   * @param {number} low
   * @param {number} high
   */
  #between(low, high) {
    if (low >= high) return [];
    const within = this.marks.slice(this.#indexOf(low), this.#indexOf(high));
    return within.filter((mark) => !mark.hidden);
  }

  /**
   * Return how many marks come before seq.
   * @param {number} seq
   */
  #indexOf(seq) {
    let low = 0;
    let high = this.marks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.marks[middle].seq < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
