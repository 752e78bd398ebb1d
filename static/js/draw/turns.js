/**
 * Whose turn a frame is. While one draws, the others' ink and their cursors have every second frame each, one after the
 * other: frames that show both at once take a fifth longer, and the longest ones decide how late a browser is.
 */

export class Turns {
  /** Whether one draws oneself. */
  isDrawing = false;
  #time = -1; // of the frame that was asked about last
  #isInks = true;

  /**
   * Say whether the others' ink has its turn in a frame.
   * @param {number} time as the frame's callbacks are told
   */
  isInks(time) {
    return this.#begin(time) || !this.isDrawing;
  }

  /**
   * Say whether the others' cursors have their turn in a frame.
   * @param {number} time
   */
  isCursors(time) {
    return !this.#begin(time) || !this.isDrawing;
  }

  /**
   * Begin a frame, unless it has begun; say whether it is that of the ink.
   * @param {number} time
   */
  #begin(time) {
    if (time !== this.#time) this.#isInks = !this.#isInks;
    this.#time = time;
    return this.#isInks;
  }
}
