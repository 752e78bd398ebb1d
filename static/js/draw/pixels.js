/**
 * The paper as it looks: what is drawn, on white.
 *
 * @import { Place } from "./view.js"
 */

import { contextOf } from "./layers.js";

const WHITE = 255;

export class Pixels {
  #context;

  /** @param {HTMLCanvasElement} paper */
  constructor(paper) {
    this.#context = contextOf(paper);
  }

  /** Return all of what is drawn, without white. */
  all() {
    const { width, height } = this.#context.canvas;
    return this.#context.getImageData(0, 0, width, height);
  }

  /**
   * Return the colour at a place, or null beside the paper.
   * @param {Place} place
   */
  colourAt({ x, y }) {
    const { width, height } = this.#context.canvas;
    const [column, row] = [Math.floor(x), Math.floor(y)];
    if (column < 0 || row < 0 || column >= width || row >= height) return null;
    const [red, green, blue, alpha] = this.#context.getImageData(column, row, 1, 1).data;
    const parts = [red, green, blue].map((part) => onWhite(part, alpha));
    return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  }
}

/**
 * @param {number} part of a colour, 0 to 255
 * @param {number} alpha 0 to 255
 */
function onWhite(part, alpha) {
  return Math.round((part * alpha + WHITE * (WHITE - alpha)) / WHITE);
}
