/**
 * Filling: what a fill covers is found by a worker, and becomes one op, or as many as it takes.
 *
 * @import { Session } from "./session.js"
 * @import { Mirrored } from "./mirror.js"
 * @import { Names } from "./names.js"
 * @import { Pixels } from "./pixels.js"
 * @import { AreaStyle } from "../engine/ops.js"
 * @import { Place } from "./view.js"
 * @typedef {Omit<AreaStyle, "contours">} Paint how an area looks
 * @typedef {{session: Session, names: Names, pixels: Pixels, startWorker: () => Worker}} Ties
 */

import { area } from "../engine/ops.js";
import { placesOf } from "./mirror.js";

const TOLERANCE = 48; // of 255: the soft edge of a line is not the line

export class Pouring {
  #ties;
  /** @type {Worker | null} */
  #worker = null;
  /** @type {Paint[]} of the fills that are being looked for, in their order */
  #poured = [];

  /** @param {Ties} ties */
  constructor(ties) {
    this.#ties = ties;
  }

  /**
   * Fill what is around a place, and around where it is in a mirror.
   * @param {Place} place
   * @param {Paint} paint
   * @param {Mirrored} mirrored
   */
  pour(place, paint, mirrored) {
    const pixels = this.#ties.pixels.all();
    const places = placesOf(place, mirrored, pixels);
    this.#poured.push(paint);
    this.#started().postMessage({ pixels, places, tolerance: TOLERANCE }, [pixels.data.buffer]);
  }

  #started() {
    if (this.#worker) return this.#worker;
    this.#worker = this.#ties.startWorker();
    this.#worker.addEventListener("message", ({ data }) => this.#settle(data));
    return this.#worker;
  }

  /** @param {number[][][]} areas several, to be undone as one, where there are too many edges for one */
  #settle(areas) {
    const paint = this.#poured.shift();
    if (paint === undefined) return;
    const { session, names } = this.#ties;
    const name = areas.length > 1 ? names.gesture() : () => names.next();
    for (const contours of areas) session.propose(area({ ...paint, id: name(), contours }));
  }
}
