/**
 * The pixels of each layer's confirmed strokes, and how layers add up.
 *
 * @import { Box } from "../engine/geometry.js"
 * @import { Stroke } from "../engine/ops.js"
 * @typedef {Pick<Stroke, "brush" | "colour" | "alpha" | "width" | "layer" | "pressure" | "points">} Mark
 *   A stroke, or one in the making.
 * @typedef {ReadonlyMap<number, HTMLCanvasElement>} Kept
 *   What was settled at some moment, layer by layer.
 */

import { CONTEXT_SETTINGS, paint } from "../engine/render.js";

export class Layers {
  /** @type {Map<number, CanvasRenderingContext2D>} */
  #settled = new Map();
  #scratch;
  #size;

  /** @param {Readonly<{width: number, height: number}>} size */
  constructor(size) {
    this.#size = size;
    this.#scratch = newContext({ width: 1, height: 1 });
  }

  /**
   * Paint a confirmed stroke over those of its layer.
   * @param {Mark} stroke
   */
  settle(stroke) {
    paint(this.#layer(stroke.layer), stroke);
  }

  /**
   * Paint a box of every layer anew from the strokes that reach into it.
   * @param {Box} box
   * @param {readonly Mark[]} strokes in paint order
   */
  repair(box, strokes) {
    for (const context of this.#settled.values()) {
      context.save();
      clip(context, box);
      wipe(context, box);
    }
    for (const stroke of strokes) this.settle(stroke);
    for (const context of this.#settled.values()) context.restore();
  }

  /**
   * Put a box of the picture together: each layer's settled pixels, its unsettled strokes over them.
   * @param {CanvasRenderingContext2D} target
   * @param {Box} box
   * @param {readonly Mark[]} unsettled in paint order
   */
  compose(target, box, unsettled) {
    for (const stroke of unsettled) this.#layer(stroke.layer);
    target.save();
    clip(target, box);
    wipe(target, box);
    for (const number of [...this.#settled.keys()].sort((a, b) => a - b)) {
      const own = unsettled.filter((stroke) => stroke.layer === number);
      this.#composeLayer(target, number, box, own);
    }
    target.restore();
  }

  /**
   * @param {CanvasRenderingContext2D} target
   * @param {number} number
   * @param {Box} box
   * @param {readonly Mark[]} unsettled
   */
  #composeLayer(target, number, box, unsettled) {
    const lowest = Math.min(...this.#settled.keys());
    const erases = unsettled.some((stroke) => stroke.brush === "eraser");
    // Only an eraser above another layer needs the layer on its own first: it may not reach through.
    const sheet = erases && number !== lowest ? this.#blank(box) : target;
    copy(this.#layer(number), sheet, box);
    for (const stroke of unsettled) paint(sheet, stroke);
    if (sheet !== target) copy(sheet, target, box);
  }

  /**
   * Return a copy of what is settled.
   * @returns {Kept}
   */
  keep() {
    /** @type {Map<number, HTMLCanvasElement>} */
    const kept = new Map();
    for (const [number, { canvas }] of this.#settled) {
      const context = newContext(this.#size);
      context.drawImage(canvas, 0, 0);
      kept.set(number, context.canvas);
    }
    return kept;
  }

  /**
   * Settle again what was kept.
   * @param {Kept} kept
   */
  restore(kept) {
    for (const context of this.#settled.values()) {
      context.clearRect(0, 0, this.#size.width, this.#size.height);
    }
    for (const [number, canvas] of kept) this.#layer(number).drawImage(canvas, 0, 0);
  }

  /** @param {Box} box */
  #blank(box) {
    const { canvas } = this.#scratch;
    canvas.width = this.#size.width; // empties it, too
    canvas.height = this.#size.height;
    clip(this.#scratch, box);
    return this.#scratch;
  }

  /** @param {number} number */
  #layer(number) {
    const context = this.#settled.get(number) ?? newContext(this.#size);
    this.#settled.set(number, context);
    return context;
  }
}

/** @param {Readonly<{width: number, height: number}>} size */
function newContext({ width, height }) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return contextOf(canvas);
}

/**
 * Return the context of a canvas whose pixels are to equal the server's.
 * @param {HTMLCanvasElement} canvas
 */
export function contextOf(canvas) {
  /** @type {CanvasRenderingContext2DSettings} */
  const settings = CONTEXT_SETTINGS;
  const context = canvas.getContext("2d", settings);
  if (context === null) throw new Error("This browser has no 2D canvas.");
  return context;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 */
function clip(context, { left, top, right, bottom }) {
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 */
function wipe(context, { left, top, right, bottom }) {
  context.clearRect(left, top, right - left, bottom - top);
}

/**
 * @param {CanvasRenderingContext2D} from
 * @param {CanvasRenderingContext2D} to
 * @param {Box} box
 */
function copy(from, to, { left, top, right, bottom }) {
  const width = right - left;
  const height = bottom - top;
  to.drawImage(from.canvas, left, top, width, height, left, top, width, height);
}
