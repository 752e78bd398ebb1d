/**
 * Paints a box of the settled pixels anew, aside and some strokes a frame, and puts it in its place when done.
 *
 * @import { Box } from "../engine/geometry.js"
 * @import { Mark as Drawn } from "../engine/ops.js"
 * @import { Layers } from "./layers.js"
 * @typedef {{box: Box, marks: readonly Drawn[], meets: (box: Box, mark: Drawn) => boolean}} Damage
 *   The box, the marks that may reach into it in paint order, and what tells which do.
 */

export class Repair {
  #layers;
  #aside;
  #marks;
  #meets;

  /**
   * @param {Layers} layers
   * @param {Damage} damage
   * @param {(aside: Layers) => void} lay lays what is below these marks
   */
  constructor(layers, { box, marks, meets }, lay) {
    this.box = box;
    this.#layers = layers;
    this.#aside = layers.aside(box);
    this.#marks = marks.values();
    this.#meets = meets;
    lay(this.#aside);
  }

  /**
   * Go on for a while; say whether it is done.
   * @param {number} end when to stop
   */
  goOn(end) {
    for (let next = this.#marks.next(); !next.done; next = this.#marks.next()) {
      if (this.#meets(this.box, next.value)) this.#aside.settle(next.value);
      if (performance.now() > end) return false;
    }
    this.#layers.adopt(this.#aside);
    return true;
  }
}
