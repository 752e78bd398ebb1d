/**
 * What is in the hand: the tool, its size and strength, the colour. Remembered for the next visit.
 *
 * @import { Brush, Style } from "../engine/ops.js"
 * @import { Memory } from "./memory.js"
 * @typedef {Readonly<{tool: string, colour: string, recent: string[], widths: Record<string, number>,
 *   alphas: Record<string, number>}>} Kept
 */

import { POINT_UNIT } from "../engine/geometry.js";
import { FULL_ALPHA } from "../engine/ops.js";
import { Emitter } from "./emitter.js";

export const THINNEST = 1; // px
export const WIDEST = 160;
const WIDTH_STEP = 1.2; // what one press of a key does
export const RECENT = 6; // colours

const NAME = "brushes";
/** @type {Kept} */
const FIRST = Object.freeze({
  tool: "pen",
  colour: "#1b2038",
  recent: [],
  widths: { pen: 6, marker: 32, eraser: 48 },
  alphas: { marker: 115 },
});

/** @extends {Emitter<{change: []}>} */
export class Brushes extends Emitter {
  #memory;
  #kept;

  /** @param {Memory} memory */
  constructor(memory) {
    super();
    this.#memory = memory;
    this.#kept = recalled(memory.recall(NAME));
  }

  get tool() {
    return this.#kept.tool;
  }

  set tool(tool) {
    this.#change({ tool });
  }

  get colour() {
    return this.#kept.colour;
  }

  set colour(colour) {
    this.#change({ colour: colour.toLowerCase() });
  }

  /** The colours drawn with last, the newest first. */
  get recent() {
    return this.#kept.recent;
  }

  /** How wide the tool draws, in px. */
  get width() {
    return this.#kept.widths[this.tool];
  }

  set width(width) {
    const held = Math.min(WIDEST, Math.max(THINNEST, Math.round(width)));
    this.#change({ widths: { ...this.#kept.widths, [this.tool]: held } });
  }

  /** How much the tool covers, 1 to 255. */
  get alpha() {
    return this.#kept.alphas[this.tool] ?? FULL_ALPHA;
  }

  set alpha(alpha) {
    const held = Math.min(FULL_ALPHA, Math.max(1, Math.round(alpha)));
    this.#change({ alphas: { ...this.#kept.alphas, [this.tool]: held } });
  }

  /** Whether the tool has a strength of its own. */
  get hasAlpha() {
    return this.tool in FIRST.alphas;
  }

  /** Whether the tool draws in a colour. */
  get hasColour() {
    return this.tool !== "eraser";
  }

  grow() {
    this.width = Math.max(this.width + 1, this.width * WIDTH_STEP);
  }

  shrink() {
    this.width = Math.min(this.width - 1, this.width / WIDTH_STEP);
  }

  /** Remember that the colour has been drawn with. */
  use() {
    const { colour, recent } = this.#kept;
    if (!this.hasColour || recent[0] === colour) return;
    this.#change({ recent: [colour, ...recent.filter((one) => one !== colour)].slice(0, RECENT) });
  }

  /**
   * Return how a stroke of this brush looks.
   * @param {Brush} brush
   * @param {boolean} pressure
   * @returns {Style}
   */
  style(brush, pressure) {
    const { colour, widths, alphas } = this.#kept;
    const width = widths[brush] * POINT_UNIT;
    return { brush, colour, alpha: alphas[brush] ?? FULL_ALPHA, width, layer: 0, pressure };
  }

  /** @param {Partial<Kept>} changed */
  #change(changed) {
    this.#kept = { ...this.#kept, ...changed };
    this.#memory.keep(NAME, this.#kept);
    this.emit("change");
  }
}

/**
 * Return what was remembered, with whatever is missing or not as it should be as on the first day.
 * @param {unknown} kept
 * @returns {Kept}
 */
function recalled(kept) {
  const { tool, colour, recent, widths, alphas } = { ...FIRST, .../** @type {object} */ (kept) };
  return {
    tool: tool in FIRST.widths ? tool : FIRST.tool,
    colour: isColour(colour) ? colour : FIRST.colour,
    recent: Array.isArray(recent) ? recent.filter(isColour).slice(0, RECENT) : FIRST.recent,
    widths: numbers(widths, FIRST.widths, WIDEST),
    alphas: numbers(alphas, FIRST.alphas, FULL_ALPHA),
  };
}

/** @param {unknown} value */
function isColour(value) {
  return typeof value === "string" && /^#[0-9a-f]{6}$/.test(value);
}

/**
 * Return the numbers found, within 1 to most; the first ones where there are none.
 * @param {Record<string, unknown>} found
 * @param {Record<string, number>} first
 * @param {number} most
 */
function numbers(found, first, most) {
  const all = Object.keys(first).map((name) => {
    const value = Number(found?.[name]);
    return [name, value >= 1 && value <= most ? Math.round(value) : first[name]];
  });
  return Object.fromEntries(all);
}
