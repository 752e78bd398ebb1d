/**
 * A text while it is being written.
 *
 * @import { TextStyle } from "../engine/ops.js"
 * @typedef {Omit<TextStyle, "text">} Script how a text looks, and where it stands
 */

import { text } from "../engine/ops.js";

export class Written {
  letters = "";

  /**
   * @param {string} id the id its op will have
   * @param {Script} style
   */
  constructor(id, style) {
    this.id = id;
    this.style = style;
  }

  get isEmpty() {
    return this.letters.trim() === "";
  }

  /** What it grows by. */
  get points() {
    return [this.letters];
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
