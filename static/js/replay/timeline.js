/**
 * When each op happens in a replay: strokes take as long as a hand needs, pauses are cut short.
 *
 * @import { Entry } from "../engine/codec.js"
 * @import { Op } from "../engine/ops.js"
 */

import { length } from "../engine/geometry.js";

const PACE = 1.2; // px a hand draws in a ms
const SHORTEST = 80; // ms a stroke takes
const LONGEST = 1600;
const MOMENT = 300; // ms any other op takes
const LONGEST_PAUSE = 500; // ms

export class Timeline {
  #starts;
  #ends;

  /** @param {readonly Entry[]} entries */
  constructor(entries) {
    this.#starts = new Float64Array(entries.length);
    this.#ends = new Float64Array(entries.length);
    let now = 0;
    entries.forEach(({ time, op }, i) => {
      const takes = duration(op);
      const rest = i === 0 ? 0 : time - entries[i - 1].time - takes;
      this.#starts[i] = now + Math.min(LONGEST_PAUSE, Math.max(0, rest));
      now = this.#starts[i] + takes;
      this.#ends[i] = now;
    });
  }

  /** How many ms all of it takes. */
  get length() {
    return this.endOf(this.#ends.length);
  }

  /**
   * Return when so many ops are whole.
   * @param {number} count
   */
  endOf(count) {
    return count > 0 ? this.#ends[count - 1] : 0;
  }

  /**
   * Return how many ops are whole at a time, and what share of the next one there is.
   * @param {number} time
   */
  at(time) {
    let low = 0;
    let high = this.#ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ends[middle] <= time) low = middle + 1;
      else high = middle;
    }
    return { count: low, share: this.#shareOf(low, time) };
  }

  /**
   * @param {number} i
   * @param {number} time
   */
  #shareOf(i, time) {
    if (i === this.#ends.length || time <= this.#starts[i]) return 0;
    return (time - this.#starts[i]) / (this.#ends[i] - this.#starts[i]);
  }
}

/** @param {Op} op */
function duration(op) {
  if (op.t !== "stroke") return MOMENT;
  return Math.min(LONGEST, Math.max(SHORTEST, length(op.points) / PACE));
}
