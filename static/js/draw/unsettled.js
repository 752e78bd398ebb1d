/**
 * Marks that are to be seen before they are settled pixels: one's own at once, a few of the others', too.
 *
 * A pencil's stroke is painted anew wherever something happens near it, until it settles. Its contours are made once,
 * and from what fell along it while it was drawn.
 *
 * @import { Contours } from "../engine/coats.js"
 * @import { Box } from "../engine/geometry.js"
 * @import { Mark as Drawn, Stroke } from "../engine/ops.js"
 * @import { Mark } from "./layers.js"
 */

import { coats } from "../engine/coats.js";
import { EVERYWHERE, Fallen, reaching } from "../engine/grain.js";
import { isPencil } from "./weight.js";

const FEW = 50; // of the others' that are shown before they settle; a long log is not
const MOST_MADE = 64; // strokes whose contours are kept: of a thousand points, some 2 MB each

export class Unsettled {
  /** @type {Map<string, Drawn>} one's own, not confirmed */
  #early = new Map();
  /** @type {Map<string, Drawn>} those that are confirmed, in paint order */
  #waiting = new Map();
  /** @type {Map<string, Fallen>} */
  #fallen = new Map();
  /** @type {Map<string, Contours>} of pencils' strokes */
  #made = new Map();

  /** Those that are confirmed and may settle, in paint order. */
  get waiting() {
    return this.#waiting.values();
  }

  /** Whether none is left that may settle. */
  get isDone() {
    return this.#waiting.size === 0;
  }

  /** Those that are to be seen, in no order. */
  get seen() {
    const few = this.#waiting.size <= FEW ? this.#waiting : [];
    return [...new Map([...few, ...this.#early]).values()];
  }

  /**
   * See a mark of one's own before it is confirmed.
   * @param {Drawn} mark
   */
  show(mark) {
    this.#early.set(mark.id, mark);
  }

  /**
   * Have a confirmed mark settle when its turn comes.
   * @param {Drawn} mark
   */
  await(mark) {
    this.#waiting.set(mark.id, mark);
  }

  /** @param {string} id */
  awaits(id) {
    return this.#waiting.has(id);
  }

  /**
   * Return a mark of one's own that is not confirmed, if it is there.
   * @param {string} id
   */
  early(id) {
    return this.#early.get(id) ?? null;
  }

  /**
   * Remember what fell along a stroke while it was drawn.
   * @param {string} id
   * @param {Fallen} fallen
   */
  remember(id, fallen) {
    if (this.#fallen.size < MOST_MADE) this.#fallen.set(id, fallen);
  }

  /**
   * Let a mark go: it has settled, or is gone.
   * @param {string} id
   */
  drop(id) {
    this.#early.delete(id);
    this.#waiting.delete(id);
    this.#fallen.delete(id);
    this.#made.delete(id);
  }

  /**
   * Return as much of a mark as it takes to paint a box as all of it would.
   * @param {Drawn} mark
   * @param {Box} box
   * @returns {Mark}
   */
  partOf(mark, box) {
    return isPencil(mark) ? { ...mark, made: reaching(box, this.#contoursOf(mark)) } : mark;
  }

  /**
   * Return all of a mark, to be settled.
   * @param {Drawn} mark
   * @returns {Mark}
   */
  wholeOf(mark) {
    return isPencil(mark) ? { ...mark, made: this.#contoursOf(mark) } : mark;
  }

  /** @param {Stroke} stroke */
  #contoursOf(stroke) {
    const known = this.#made.get(stroke.id);
    if (known) return known;
    const { id, points } = stroke;
    const fallen = this.#fallen.get(id) ?? new Fallen();
    const part = { whole: points, sure: points.length, fallen, within: EVERYWHERE };
    const { contours } = coats({ ...stroke, part })[0];
    this.#fallen.delete(id);
    if (this.#made.size < MOST_MADE) this.#made.set(id, contours);
    return contours;
  }
}
