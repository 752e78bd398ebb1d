/**
 * What the others are drawing just now: strokes that grow by ink, and are forgotten once they are ops.
 *
 * @import { Ink } from "../engine/codec.js"
 * @typedef {{draft: Draft, from: string, next: number}} Growing
 *   A stroke of the participant `from`, and the index of the point it needs next.
 */

import { Draft } from "./draft.js";
import { Emitter } from "./emitter.js";

/** @extends {Emitter<{grown: [draft: Draft, from: string], gone: [draft: Draft]}>} */
export class Inks extends Emitter {
  /** @type {Map<string, Growing>} */
  #growing = new Map();

  /**
   * Take in points of a stroke, or that it was given up.
   * @param {Ink} ink
   * @param {string} from
   */
  receive(ink, from) {
    if (ink.stroke === null) this.forget(ink.id);
    else this.#grow(this.#growing.get(ink.id) ?? this.#begin(ink, from), ink);
  }

  /**
   * Forget a stroke: it is an op now, or was given up.
   * @param {string} id
   */
  forget(id) {
    const growing = this.#growing.get(id);
    if (growing === undefined) return;
    this.#growing.delete(id);
    this.emit("gone", growing.draft);
  }

  /**
   * Forget what a participant was drawing.
   * @param {string} from
   */
  forgetFrom(from) {
    for (const [id, growing] of this.#growing) if (growing.from === from) this.forget(id);
  }

  /** Forget everything. */
  clear() {
    for (const id of this.#growing.keys()) this.forget(id);
  }

  /**
   * @param {Ink} ink
   * @param {string} from
   */
  #begin({ id, stroke, start }, from) {
    const style = /** @type {NonNullable<typeof stroke>} */ (stroke);
    const growing = { draft: new Draft(id, style), from, next: start };
    this.#growing.set(id, growing);
    return growing;
  }

  /**
   * Add the points that are new. Some may have been dropped on the way: the gap is drawn straight across,
   * until the op itself comes.
   * @param {Growing} growing
   * @param {Ink} ink
   */
  #grow(growing, { start, points }) {
    const fresh = points.slice(Math.max(0, growing.next - start));
    if (fresh.length === 0) return;
    growing.draft.points.push(...fresh);
    growing.next = start + points.length;
    this.emit("grown", growing.draft, growing.from);
  }
}
