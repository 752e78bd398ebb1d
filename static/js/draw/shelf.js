/**
 * Marks of long ago, kept as they travelled: a hundred thousand of them as points would fill a phone's memory.
 *
 * @import { WireOp, WireShape, WireStroke } from "../engine/codec.js"
 * @import { Point } from "../engine/geometry.js"
 * @import { Op } from "../engine/ops.js"
 * @typedef {WireStroke | WireShape} WireMark
 */

import { decode } from "../engine/codec.js";

/** Has at hand the points of the mark that was looked at last. */
export class Shelf {
  /** @type {Folded | null} */
  #open = null;
  /** @type {readonly Point[]} */
  #points = [];

  /**
   * Return the op that has travelled as wire; a mark's points are made whenever somebody looks at them.
   * @param {WireOp} wire
   * @returns {Op}
   */
  put(wire) {
    if (!("points" in wire)) return decode(wire);
    return /** @type {Op} */ (/** @type {unknown} */ (new Folded(wire, this)));
  }

  /**
   * Return the points of a mark.
   * @param {Folded} mark
   * @param {number[]} flat
   */
  unfold(mark, flat) {
    if (this.#open !== mark) {
      this.#points = pointsOf(/** @type {WireMark} */ ({ ...mark, points: flat }));
      this.#open = mark;
    }
    return this.#points;
  }
}

/** A mark whose points are folded up. */
class Folded {
  #flat;
  #shelf;

  /**
   * @param {WireMark} wire
   * @param {Shelf} shelf
   */
  constructor({ points, ...style }, shelf) {
    Object.assign(this, style);
    this.#flat = points;
    this.#shelf = shelf;
  }

  get points() {
    return this.#shelf.unfold(this, this.#flat);
  }
}

/** @param {WireMark} wire */
function pointsOf(wire) {
  const op = decode(wire);
  return "points" in op ? op.points : [];
}
