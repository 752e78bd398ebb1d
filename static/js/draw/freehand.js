/**
 * Drawing by hand: what pen, pencil, marker and eraser do between pen down and pen up.
 *
 * @import { Brush, Style } from "../engine/ops.js"
 * @import { Draft, Touch } from "./draft.js"
 * @import { Hand, Studio } from "./tools.js"
 */

import { paced } from "./pace.js";
import { steadied } from "./steady.js";

const LONGEST_STRING = 60; // CSS px the steadiest hand draws behind the pen
const SPACING = 0.75; // CSS px between points: a 1000 Hz mouse says the same place many times

/**
 * Return what starts a stroke of a brush.
 * @param {Brush} brush
 * @returns {(studio: Studio, touch: Touch, hasPressure: boolean) => Hand}
 */
export function freehand(brush) {
  return (studio, touch, hasPressure) => {
    const { bySpeed, steadiness } = studio.brushes;
    const plain = studio.brushes.style(brush, hasPressure || bySpeed);
    // Any pen may be rolled over later on.
    const style = brush === "pencil" && hasPressure ? { ...plain, leans: true } : plain;
    const string = (steadiness * LONGEST_STRING) / studio.scale;
    const steadily = steadied(touch, string);
    const felt = bySpeed && !hasPressure ? paced(touch, studio.scale) : same;
    return new Freehand(studio, style, felt(touch), { steadily, felt, isSteady: string > 0 });
  };
}

/** @param {Touch} touch */
function same(touch) {
  return touch;
}

/** @implements {Hand} */
class Freehand {
  #studio;
  #last;
  #ways;
  /** @type {Draft} */
  #draft;

  /**
   * @param {Studio} studio
   * @param {Style} style
   * @param {Touch} touch
   * @param {{steadily: (touch: Touch) => Touch, felt: (touch: Touch) => Touch,
   *   isSteady: boolean}} ways from the pen to the stroke
   */
  constructor(studio, style, touch, ways) {
    this.#studio = studio;
    this.#last = touch;
    this.#ways = ways;
    this.#draft = this.#begin(style, touch);
  }

  /** @param {readonly Touch[]} touches */
  draw(touches) {
    this.#draft.lookAhead([]);
    for (const touch of touches) {
      this.#last = this.#ways.felt(touch);
      const drawn = this.#ways.steadily(this.#last);
      this.#draft.grow(drawn);
      if (this.#draft.isFull) this.#goOn(drawn);
    }
    this.#studio.drafts.grown(this.#draft);
  }

  /**
   * Reach ahead; not to take away, for that would flicker, and not where the stroke is to lag behind.
   * @param {readonly Touch[]} touches
   */
  expect(touches) {
    if (this.#draft.style.brush === "eraser" || this.#ways.isSteady) return;
    const { pressure, lean } = this.#last;
    this.#draft.lookAhead(touches.map((touch) => ({ ...touch, pressure, lean })));
    this.#studio.drafts.reached(this.#draft);
  }

  end() {
    this.#draft.lookAhead([]);
    this.#draft.close(this.#last);
    this.#studio.drafts.finish(this.#draft);
  }

  giveUp() {
    this.#studio.drafts.giveUp(this.#draft);
  }

  /**
   * @param {Style} style
   * @param {Touch} touch
   */
  #begin(style, touch) {
    const draft = this.#studio.drafts.begin(style, SPACING / this.#studio.scale);
    draft.grow(touch);
    this.#studio.drafts.grown(draft);
    return draft;
  }

  /** @param {Touch} touch */
  #goOn(touch) {
    this.#studio.drafts.finish(this.#draft);
    this.#draft = this.#begin(this.#draft.style, touch);
  }
}
