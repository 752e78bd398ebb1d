/**
 * What is in the hand: the tool, its size and strength, the colour. Remembered for the next visit.
 *
 * @import { Brush, ShapeKind, ShapeStyle, Style, Text } from "../engine/ops.js"
 * @import { Memory } from "./memory.js"
 * @import { Mirrored } from "./mirror.js"
 * @typedef {"outlined" | "filled" | "both"} Figured how closed shapes are drawn
 * @typedef {Readonly<{tool: string, colour: string, second: string, figured: Figured, recent: string[],
 *   widths: Record<string, number>, alphas: Record<string, number>, steady: number, bySpeed: boolean,
 *   presets: readonly Preset[]}>} Kept
 * @typedef {Readonly<{tool: string, colour: string, width: number, alpha: number, bySpeed: boolean}>} Preset
 */

import { POINT_UNIT } from "../engine/geometry.js";
import { BRUSHES, CORNERS, FULL_ALPHA, LEAST_SIZE, OPEN_SHAPES } from "../engine/ops.js";
import { Emitter } from "./emitter.js";
import { toolNamed } from "./tools.js";

export const THINNEST = 1; // px
export const WIDEST = 160;
const WIDTH_STEP = 1.2; // what one press of a key does
export const RECENT = 6; // colours
const STEADIEST = 100; // of the slider for smoothing

/** @type {readonly Figured[]} */
export const FIGURED = Object.freeze(["outlined", "filled", "both"]);
const SHAPE = "shape"; // all shapes share a size and a strength

const NAME = "brushes";
/** @type {Kept} */
const FIRST = Object.freeze({
  tool: "pen",
  colour: "#1b2038",
  second: "#f7c948",
  figured: "outlined",
  recent: [],
  widths: { pen: 6, pencil: 5, marker: 32, eraser: 48, text: 48, [SHAPE]: 6 },
  alphas: { pencil: 215, marker: 115, fill: FULL_ALPHA, text: FULL_ALPHA, [SHAPE]: FULL_ALPHA },
  steady: 0,
  bySpeed: false,
  presets: [
    { tool: "pen", colour: "#1b2038", width: 2, alpha: FULL_ALPHA, bySpeed: false },
    { tool: "pen", colour: "#1b2038", width: 16, alpha: FULL_ALPHA, bySpeed: true },
    { tool: "pencil", colour: "#1b2038", width: 4, alpha: 215, bySpeed: true },
    { tool: "marker", colour: "#f7c948", width: 40, alpha: 115, bySpeed: false },
    { tool: "marker", colour: "#6b7280", width: 110, alpha: 40, bySpeed: false },
  ],
});
const MOST_PRESETS = 10;

/** @extends {Emitter<{change: [], layer: []}>} */
export class Brushes extends Emitter {
  #memory;
  #kept;
  #layer = 0; // of this drawing, so it is not remembered
  /** @type {Mirrored} */
  #mirror = "none"; // nor this: who comes back does not expect it
  #before; // the tool before this one

  /** @param {Memory} memory */
  constructor(memory) {
    super();
    this.#memory = memory;
    this.#kept = recalled(memory.recall(NAME));
    this.#before = FIRST.tool;
  }

  get tool() {
    return this.#kept.tool;
  }

  set tool(tool) {
    if (tool !== this.tool) this.#before = this.tool;
    this.#change({ tool });
  }

  /** Take the tool again that was in the hand before. */
  putBack() {
    this.tool = this.#before;
  }

  get colour() {
    return this.#kept.colour;
  }

  set colour(colour) {
    this.#change({ colour: colour.toLowerCase() });
  }

  /** What fills a shape that is both outlined and filled. */
  get second() {
    return this.#kept.second;
  }

  set second(second) {
    this.#change({ second: second.toLowerCase() });
  }

  /** The number of the layer that is drawn on. */
  get layer() {
    return this.#layer;
  }

  set layer(layer) {
    this.#layer = layer;
    this.emit("layer");
  }

  /** On which sides of the paper's middle one draws at once. */
  get mirror() {
    return this.#mirror;
  }

  set mirror(mirror) {
    this.#mirror = mirror;
    this.emit("change");
  }

  swap() {
    this.#change({ colour: this.second, second: this.colour });
  }

  /** How closed shapes are drawn. */
  get figured() {
    return this.#kept.figured;
  }

  set figured(figured) {
    this.#change({ figured });
  }

  /** Whether the tool draws shapes that can be filled. */
  get hasFill() {
    return isShape(this.tool) && !OPEN_SHAPES.includes(this.tool);
  }

  /** How much a stroke is smoothed while it is drawn, 0 to STEADIEST. */
  get steady() {
    return this.#kept.steady;
  }

  set steady(steady) {
    this.#change({ steady: held(steady, STEADIEST) });
  }

  /** The same as a share of the most. */
  get steadiness() {
    return this.steady / STEADIEST;
  }

  /** Whether a fast hand draws thinner, where nothing is pressed. */
  get bySpeed() {
    return this.#kept.bySpeed;
  }

  set bySpeed(bySpeed) {
    this.#change({ bySpeed });
  }

  /** The brushes kept ready. */
  get presets() {
    return this.#kept.presets;
  }

  /** The preset that is in the hand, if one is. */
  get preset() {
    const now = this.#asPreset;
    return this.presets.find((one) => isAlike(one, now)) ?? null;
  }

  /** Whether what is in the hand can be kept ready: it is a brush, and is not there yet. */
  get mayKeepPreset() {
    const isBrush = /** @type {readonly string[]} */ (BRUSHES).includes(this.tool);
    return isBrush && this.preset === null && this.presets.length < MOST_PRESETS;
  }

  keepPreset() {
    if (this.mayKeepPreset) this.#change({ presets: [...this.presets, this.#asPreset] });
  }

  forgetPreset() {
    const { preset } = this;
    this.#change({ presets: this.presets.filter((one) => one !== preset) });
  }

  /**
   * Take a preset into the hand.
   * @param {Preset} preset
   */
  takePreset({ tool, colour, width, alpha, bySpeed }) {
    const { widths, alphas } = this.#kept;
    if (tool !== this.tool) this.#before = this.tool;
    const alphasNow = tool in FIRST.alphas ? { ...alphas, [tool]: alpha } : alphas;
    const widthsNow = { ...widths, [tool]: width };
    this.#change({ tool, colour, bySpeed, widths: widthsNow, alphas: alphasNow });
  }

  /** @returns {Preset} */
  get #asPreset() {
    const { tool, colour, width, alpha, bySpeed } = this;
    return { tool, colour, width, alpha, bySpeed };
  }

  /** The colours drawn with last, the newest first. */
  get recent() {
    return this.#kept.recent;
  }

  /** How wide the tool draws, in px. */
  get width() {
    return this.#kept.widths[slot(this.tool)] ?? 0;
  }

  set width(width) {
    const held = Math.min(WIDEST, Math.max(THINNEST, Math.round(width)));
    if (this.hasWidth) this.#change({ widths: { ...this.#kept.widths, [slot(this.tool)]: held } });
  }

  /** How much the tool covers, 1 to 255. */
  get alpha() {
    return this.#kept.alphas[slot(this.tool)] ?? FULL_ALPHA;
  }

  set alpha(alpha) {
    const held = Math.min(FULL_ALPHA, Math.max(1, Math.round(alpha)));
    this.#change({ alphas: { ...this.#kept.alphas, [slot(this.tool)]: held } });
  }

  /** Whether the tool has a strength of its own. */
  get hasAlpha() {
    return slot(this.tool) in FIRST.alphas;
  }

  /** Whether the tool has a size. */
  get hasWidth() {
    return slot(this.tool) in FIRST.widths;
  }

  /** Whether its size is that of a round tip. */
  get isRound() {
    return this.hasWidth && this.tool !== "text";
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
    return {
      brush,
      colour,
      alpha: alphas[brush] ?? FULL_ALPHA,
      width,
      layer: this.#layer,
      pressure,
    };
  }

  /**
   * Return how a shape looks.
   * @param {ShapeKind} kind
   * @returns {ShapeStyle}
   */
  shapeStyle(kind) {
    const { colour, second, figured, widths, alphas } = this.#kept;
    const look = {
      kind,
      alpha: alphas[SHAPE],
      width: widths[SHAPE] * POINT_UNIT,
      layer: this.#layer,
    };
    if (OPEN_SHAPES.includes(kind) || figured === "outlined")
      return { ...look, colour, fill: null };
    if (figured === "filled") return { ...look, colour: null, fill: colour };
    return { ...look, colour, fill: second };
  }

  /** Return how a filled area looks. */
  fillStyle() {
    const { colour, alphas } = this.#kept;
    return { colour, alpha: alphas.fill, layer: this.#layer };
  }

  /** Return how a text looks. */
  textStyle() {
    const { colour, widths, alphas } = this.#kept;
    const size = Math.max(LEAST_SIZE, widths.text * POINT_UNIT);
    return { colour, alpha: alphas.text, size, layer: this.#layer };
  }

  /**
   * Write on as a text was written.
   * @param {Text} text
   */
  takeUp({ colour, size, alpha }) {
    const { widths, alphas } = this.#kept;
    const text = Math.min(WIDEST, Math.round(size / POINT_UNIT));
    this.#change({ colour, widths: { ...widths, text }, alphas: { ...alphas, text: alpha } });
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
  const found = { ...FIRST, .../** @type {object} */ (kept) };
  const { tool, colour, second, figured, recent, widths, alphas } = found;
  return {
    tool: toolNamed(tool).name,
    colour: isColour(colour) ? colour : FIRST.colour,
    second: isColour(second) ? second : FIRST.second,
    figured: FIGURED.includes(figured) ? figured : FIRST.figured,
    recent: Array.isArray(recent) ? recent.filter(isColour).slice(0, RECENT) : FIRST.recent,
    widths: numbers(widths, FIRST.widths, WIDEST),
    alphas: numbers(alphas, FIRST.alphas, FULL_ALPHA),
    steady: held(Number(found.steady), STEADIEST),
    bySpeed: found.bySpeed === true,
    presets: Array.isArray(found.presets)
      ? found.presets.filter(isPreset).slice(0, MOST_PRESETS)
      : FIRST.presets,
  };
}

/**
 * Say whether what was remembered is a preset.
 * @param {unknown} kept
 */
function isPreset(kept) {
  const { tool, colour, width, alpha, bySpeed } = { .../** @type {Partial<Preset>} */ (kept) };
  const isBrush = /** @type {readonly unknown[]} */ (BRUSHES).includes(tool);
  const isSized = Number(width) >= THINNEST && Number(width) <= WIDEST;
  const isStrong = Number(alpha) >= 1 && Number(alpha) <= FULL_ALPHA;
  return isBrush && isColour(colour) && isSized && isStrong && typeof bySpeed === "boolean";
}

/**
 * Say whether two presets draw alike.
 * @param {Preset} a
 * @param {Preset} b
 */
function isAlike(a, b) {
  const isSame = a.tool === b.tool && a.width === b.width && a.alpha === b.alpha;
  return isSame && a.colour === b.colour && a.bySpeed === b.bySpeed;
}

/**
 * Return the whole number from 0 to most nearest to value; 0 for what is no number.
 * @param {number} value
 * @param {number} most
 */
function held(value, most) {
  return Math.min(most, Math.max(0, Math.round(value) || 0));
}

/**
 * Say whether a tool draws a shape.
 * @param {string} tool
 * @returns {tool is ShapeKind}
 */
function isShape(tool) {
  return tool in CORNERS;
}

/**
 * Return the name under which a tool's size and strength are kept.
 * @param {string} tool
 */
function slot(tool) {
  return isShape(tool) ? SHAPE : tool;
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
