/**
 * Drawing by hand: what pen, marker and eraser do between pen down and pen up.
 *
 * @import { Brush } from "../engine/ops.js"
 * @import { Draft, Touch } from "./draft.js"
 * @import { Hand, Studio } from "./tools.js"
 */

const SPACING = 0.75; // CSS px between points: a 1000 Hz mouse says the same place many times

/**
 * Return what starts a stroke of a brush.
 * @param {Brush} brush
 * @returns {(studio: Studio, touch: Touch, hasPressure: boolean) => Hand}
 */
export function freehand(brush) {
  return (studio, touch, hasPressure) =>
    new Freehand(studio, studio.brushes.style(brush, hasPressure), touch);
}

/** @implements {Hand} */
class Freehand {
  #studio;
  #style;
  #last;
  /** @type {Draft} */
  #draft;

  /**
   * @param {Studio} studio
   * @param {import("../engine/ops.js").Style} style
   * @param {Touch} touch
   */
  constructor(studio, style, touch) {
    this.#studio = studio;
    this.#style = style;
    this.#last = touch;
    this.#draft = this.#begin(touch);
  }

  /** @param {readonly Touch[]} touches */
  draw(touches) {
    for (const touch of touches) {
      this.#last = touch;
      this.#draft.grow(touch);
      if (this.#draft.isFull) this.#goOn(touch);
    }
    this.#studio.drafts.grown(this.#draft);
  }

  end() {
    this.#draft.close(this.#last);
    this.#studio.drafts.finish(this.#draft);
  }

  giveUp() {
    this.#studio.drafts.giveUp(this.#draft);
  }

  /** @param {Touch} touch */
  #begin(touch) {
    const draft = this.#studio.drafts.begin(this.#style, SPACING / this.#studio.scale);
    draft.grow(touch);
    this.#studio.drafts.grown(draft);
    return draft;
  }

  /** @param {Touch} touch */
  #goOn(touch) {
    this.#studio.drafts.finish(this.#draft);
    this.#draft = this.#begin(touch);
  }
}
