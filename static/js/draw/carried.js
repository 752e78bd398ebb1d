/**
 * Marks while they are dragged: left out where they lie, and shown where the hand takes them.
 *
 * @import { Mark } from "../engine/ops.js"
 * @import { Affine } from "./affine.js"
 * @import { Painter } from "./painter.js"
 */

import { toMatrix } from "../engine/matrix.js";
import { placed } from "../engine/moves.js";
import { Shown } from "./shown.js";

const MOST = 100; // marks that are shown on the way: of more, only the frame

export class Carried {
  #painter;
  #marks;
  /** @type {Shown[]} */
  #shown = [];

  /**
   * @param {Painter} painter
   * @param {readonly Mark[]} marks
   */
  constructor(painter, marks) {
    this.#painter = painter;
    this.#marks = marks.length <= MOST ? marks : [];
  }

  /**
   * Show the marks where a map takes them.
   * @param {Affine} map
   */
  to(map) {
    if (this.#shown.length === 0) this.#painter.veil(new Set(this.#marks.map(({ id }) => id)));
    this.#forget();
    const matrix = toMatrix(map);
    this.#shown = this.#marks.map((mark) => new Shown(placed(mark, matrix)));
    for (const one of this.#shown) this.#painter.show(one);
  }

  /** Show the marks where they lie. */
  letGo() {
    this.#forget();
    this.#painter.veil(new Set());
  }

  #forget() {
    for (const one of this.#shown) this.#painter.forget(one);
  }
}
