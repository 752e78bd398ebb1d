/**
 * Paints a box of the settled pixels anew, aside and some strokes a frame, and puts it in its place when done.
 *
 * @import { Box } from "../engine/geometry.js"
 * @import { Layers, Mark } from "./layers.js"
 */

export class Repair {
  #layers;
  #aside;
  #strokes;

  /**
   * @param {Layers} layers
   * @param {Box} box
   * @param {readonly Mark[]} strokes those that reach into the box, in paint order
   */
  constructor(layers, box, strokes) {
    this.box = box;
    this.#layers = layers;
    this.#aside = layers.aside(box);
    this.#strokes = strokes.values();
  }

  /**
   * Go on for a while; say whether it is done.
   * @param {number} end when to stop
   */
  goOn(end) {
    for (let next = this.#strokes.next(); !next.done; next = this.#strokes.next()) {
      this.#aside.settle(next.value);
      if (performance.now() > end) return false;
    }
    this.#layers.adopt(this.#aside);
    return true;
  }
}
