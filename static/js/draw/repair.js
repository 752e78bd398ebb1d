/**
 * Paints a box of the settled pixels anew, aside and some strokes a frame, and puts it in its place when done.
 *
 * @import { Box } from "../engine/geometry.js"
 * @import { Mark as Drawn } from "../engine/ops.js"
 * @import { Layers } from "./layers.js"
 * @typedef {{box: Box, marks: readonly Drawn[], boxOf: (mark: Drawn) => Box}} Damage
 *   The box, the marks that may reach into it in paint order, and what tells how far each reaches.
 */

import { intersection, union } from "./boxes.js";

export class Repair {
  #layers;
  #lay;
  #boxOf;
  #looked;
  #reach;
  /** @type {Drawn[]} */
  #met = [];
  #painted = this.#met.values();
  /** @type {Layers | null} */
  #aside = null;

  /**
   * @param {Layers} layers
   * @param {Damage} damage
   * @param {(aside: Layers) => void} lay lays what is below these marks
   */
  constructor(layers, { box, marks, boxOf }, lay) {
    this.box = box;
    this.#layers = layers;
    this.#lay = lay;
    this.#boxOf = boxOf;
    this.#looked = marks.values();
    this.#reach = box;
  }

  /**
   * Go on for a while; say whether it is done.
   * @param {number} end when to stop
   */
  goOn(end) {
    if (!each(this.#looked, this.#look, end)) return false;
    const aside = this.#aside ?? this.#begin();
    if (!each(this.#painted, (mark) => aside.settle(mark), end)) return false;
    this.#layers.adopt(aside);
    return true;
  }

  /** See whether a mark reaches into the box. */
  #look = (/** @type {Drawn} */ mark) => {
    const box = this.#boxOf(mark);
    if (intersection(this.box, box) === null) return;
    this.#met.push(mark);
    this.#reach = /** @type {Box} */ (union(this.#reach, box));
  };

  #begin() {
    this.#aside = this.#layers.aside(this.box, this.#reach);
    this.#lay(this.#aside);
    return this.#aside;
  }
}

/**
 * Do something with those that are left, as long as there is time; say whether none is left.
 * @param {Iterator<Drawn>} left
 * @param {(mark: Drawn) => void} does
 * @param {number} end when to stop
 */
function each(left, does, end) {
  for (let next = left.next(); !next.done; next = left.next()) {
    does(next.value);
    if (performance.now() > end) return false;
  }
  return true;
}
