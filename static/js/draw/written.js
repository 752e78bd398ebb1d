/**
 * A text while it is being written.
 *
 * @import { TextStyle } from "../engine/ops.js"
 * @typedef {Omit<TextStyle, "text">} Script how a text looks, and where it stands
 */

import { text } from "../engine/ops.js";

export class Written {
  /** What it grows by: another list when the letters or the style are others, so that it is known to have changed. */
  points = [""];

  /**
   * @param {string} id the id its op will have
   * @param {Script} style
   */
  constructor(id, style) {
    this.id = id;
    this.style = style;
  }

  get letters() {
    return this.points[0];
  }

  set letters(letters) {
    this.points = [letters];
  }

  get isEmpty() {
    return this.letters.trim() === "";
  }

  /** What is to be seen of it so far. */
  get mark() {
    return this.toOp();
  }

  /** Return the op it becomes. */
  toOp() {
    return text({ ...this.style, id: this.id, text: this.letters });
  }
}
