/**
 * Where a picture is wrong: a few boxes that do not meet, so that little is painted anew though much has changed.
 *
 * @import { Box } from "../engine/geometry.js"
 */

import { area, intersection, union } from "./boxes.js";

const MOST = 16; // boxes: each costs a clip and a copy, however small it is

export class Damage {
  #whole;
  /** @type {Box[]} */
  #boxes = [];

  /** @param {Box} whole the picture */
  constructor(whole) {
    this.#whole = whole;
  }

  /** Whether nothing is wrong. */
  get isNone() {
    return this.#boxes.length === 0;
  }

  /**
   * Know of a box that is wrong, as far as it lies in the picture.
   * @param {Box | null} box
   */
  add(box) {
    let wrong = intersection(box, this.#whole);
    if (wrong === null) return;
    for (let met = this.#met(wrong); met >= 0; met = this.#met(wrong)) {
      wrong = grown(this.#remove(met), wrong);
    }
    this.#boxes.push(wrong);
    if (this.#boxes.length > MOST) this.add(this.#join());
  }

  /** Return the boxes, and begin anew. */
  take() {
    const taken = this.#boxes;
    this.#boxes = [];
    return taken;
  }

  /**
   * Return the place of a box that meets another, or -1.
   * @param {Box} other
   */
  #met(other) {
    return this.#boxes.findIndex((box) => intersection(box, other) !== null);
  }

  /** Return the last box together with that which it enlarges least. */
  #join() {
    const last = this.#remove(this.#boxes.length - 1);
    const costs = this.#boxes.map((box) => area(grown(box, last)) - area(box));
    return grown(this.#remove(costs.indexOf(Math.min(...costs))), last);
  }

  /** @param {number} index */
  #remove(index) {
    return this.#boxes.splice(index, 1)[0];
  }
}

/**
 * @param {Box} a
 * @param {Box} b
 */
function grown(a, b) {
  return /** @type {Box} */ (union(a, b));
}
