/**
 * What a frame is for while one draws, besides one's own ink.
 *
 * The others' ink and their cursors have every second frame each, one after the other: frames that show both at once
 * take a fifth longer. And now and then a frame goes by with nothing new in it. A browser that was late once begins
 * each frame before the last one is seen, and goes on so, all of them one frame late, until it is given that pause.
 */

const LULL = 32; // frames from one that goes by to the next; even, so that no ink is painted right before it

export class Turns {
  /** Whether one draws oneself. */
  isDrawing = false;
  #time = -1; // of the frame that was asked about last
  #count = 0;

  /**
   * Say whether a frame is to go by.
   * @param {number} time as the frame's callbacks are told
   */
  isLull(time) {
    return this.isDrawing && this.#number(time) % LULL === 0;
  }

  /**
   * Say whether the others' ink has its turn in a frame.
   * @param {number} time
   */
  isInks(time) {
    return !this.isDrawing || this.#number(time) % 2 === 0;
  }

  /**
   * Say whether the others' cursors have their turn in a frame.
   * @param {number} time
   */
  isCursors(time) {
    return !this.isDrawing || this.#number(time) % 2 === 1;
  }

  /**
   * Return how many frames there were.
   * @param {number} time of this one
   */
  #number(time) {
    if (time !== this.#time) this.#count += 1;
    this.#time = time;
    return this.#count;
  }
}
