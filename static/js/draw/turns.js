/**
 * Whose turn a frame is. While one draws, what the others do comes in every second frame: theirs is spread over the
 * whole paper, and to show it takes the browser longer than the ink under one's own pen.
 */

export class Turns {
  /** Whether one draws oneself. */
  isDrawing = false;
  #time = -1; // of the frame that was asked about last
  #isTheirs = true;

  /**
   * Say whether the others have their turn in a frame; whoever asks about the same one hears the same.
   * @param {number} time as the frame's callbacks are told
   */
  isTheirs(time) {
    if (time !== this.#time) {
      this.#time = time;
      this.#isTheirs = !this.isDrawing || !this.#isTheirs;
    }
    return this.#isTheirs;
  }
}
