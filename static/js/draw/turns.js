/**
 * What a frame is for while one draws, besides one's own ink.
 *
 * The others' ink and their cursors have every second frame each, one after the other: frames that show both at once
 * take a fifth longer. And now and then a frame goes by with nothing new in it. A browser that was late once begins
 * each frame before the last one is seen, and goes on so, all of them one frame late, until it is given that pause.
 * So it has one soon after a frame that was late here; and one every half second, for what was late where a page
 * cannot see it.
 */

const LULL = 32; // frames from one that goes by to the next; even, so that no ink is painted right before it
const LATE = 6; // ms into a frame: what is painted then may be too late for it
const REST = 8; // frames that a page gets done, however slow it is, between two that go by

export class Turns {
  /** Whether one draws oneself. */
  isDrawing = false;
  #time = -1; // of the frame that was asked about last
  #count = 0;
  #lull = 0; // the number of the last one
  #late = 0; // the number of the last one that was painted late

  /**
   * Say whether a frame is to go by.
   * @param {number} time as the frame's callbacks are told
   */
  isLull(time) {
    const number = this.#number(time);
    const passed = number - this.#lull;
    const isLate = this.#late > this.#lull && number - this.#late <= REST;
    const isDue = passed >= LULL || (isLate && passed >= REST);
    // The first frames of a stroke do not go by, unless they would be late.
    if (!this.isDrawing) this.#lull = Math.max(this.#lull, number - REST);
    else if (isDue && number % 2 === 0) this.#lull = number;
    return number === this.#lull;
  }

  /**
   * Hear that a frame's own ink is painted.
   * @param {number} time of the frame
   * @param {number} now
   */
  painted(time, now) {
    if (now - time > LATE) this.#late = this.#number(time);
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
