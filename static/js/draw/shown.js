/**
 * A mark on its way, as a painter takes what is growing: it is another one each time.
 *
 * @import { Mark } from "../engine/ops.js"
 */

export class Shown {
  /** @param {Mark} mark */
  constructor(mark) {
    this.id = mark.id;
    this.mark = mark;
    this.points = [mark];
  }

  /**
   * Look like this from now on.
   * @param {Mark} mark
   */
  become(mark) {
    this.mark = mark;
    this.points = [mark]; // another list, so that it is known to have changed
  }

  toOp() {
    return this.mark;
  }
}
