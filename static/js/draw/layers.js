/**
 * The pixels of each layer's settled strokes, and how layers add up.
 *
 * @import { Contours } from "../engine/coats.js"
 * @import { Box } from "../engine/geometry.js"
 * @import { Mark as Drawn, Stroke } from "../engine/ops.js"
 * @import { Level } from "../engine/stack.js"
 * @import { Supply } from "./supplies.js"
 * @typedef {(Drawn | Omit<Stroke, "t">) & Readonly<{made?: Contours}>} Mark
 *   What one sees, or a stroke in the making; a pencil's contours, where they are made already.
 * @typedef {Readonly<{box: Box, marks: readonly Mark[]}>} Patch
 *   A box of the picture, and what reaches into it that has not settled, in paint order.
 * @typedef {CanvasRenderingContext2D} Context
 * @typedef {ReadonlyMap<number, HTMLCanvasElement>} Kept
 *   What was settled at some moment, layer by layer.
 */

import { erases } from "../engine/coats.js";
import { FULL_ALPHA, NORMAL } from "../engine/ops.js";
import { CONTEXT_SETTINGS, lay, paint } from "../engine/render.js";
import { plain } from "../engine/stack.js";
import { intersection, union } from "./boxes.js";
import { NO_SUPPLY } from "./supplies.js";

export class Layers {
  /** @type {Map<number, Context>} */
  #settled = new Map();
  /** @type {Box} the part of the picture these are for */
  #box;
  /** @type {Box} the part of it that is to be put in place */
  #part;
  #supply;

  /**
   * @param {Readonly<{width: number, height: number}>} size
   * @param {Supply} [supply] letters and images
   * @param {Readonly<{left: number, top: number}>} [corner] where in the picture they lie
   */
  constructor({ width, height }, supply = NO_SUPPLY, { left, top } = { left: 0, top: 0 }) {
    this.#supply = supply;
    this.#box = { left, top, right: left + width, bottom: top + height };
    this.#part = this.#box;
  }

  /**
   * Paint a stroke over those of its layer, for good.
   * @param {Mark} stroke
   */
  settle(stroke) {
    this.#paint(this.#layer(stroke.layer), stroke);
  }

  /**
   * Return empty layers to paint a box of the picture on, aside, with room for the whole of what is painted: where a
   * canvas cuts an outline, a browser rounds its edges otherwise, and those in the box would be others than before.
   * @param {Box} box
   * @param {Box} reach a box that no mark will leave
   */
  aside(box, reach) {
    const room = /** @type {Box} */ (intersection(union(box, reach), this.#box));
    const size = { width: room.right - room.left, height: room.bottom - room.top };
    const aside = new Layers(size, this.#supply, room);
    aside.#part = box;
    return aside;
  }

  /**
   * Put in place what was painted aside.
   * @param {Layers} aside
   */
  adopt(aside) {
    for (const number of aside.#settled.keys()) this.#layer(number);
    for (const [number, context] of this.#settled) {
      wipe(context, aside.#part);
      const painted = aside.#settled.get(number);
      if (painted) copy(painted, context, aside.#part, aside.#box);
    }
  }

  /**
   * Paint a box of every layer anew from the strokes that reach into it.
   * @param {Box} box
   * @param {readonly Mark[]} strokes in paint order
   * @param {Box} reach a box that none of them leaves
   */
  repair(box, strokes, reach) {
    const aside = this.aside(box, reach);
    for (const stroke of strokes) aside.settle(stroke);
    this.adopt(aside);
  }

  /**
   * Return a copy of what is settled.
   * @returns {Kept}
   */
  keep() {
    /** @type {Map<number, HTMLCanvasElement>} */
    const kept = new Map();
    for (const [number, { canvas }] of this.#settled) {
      const context = newContext(this.#box);
      context.drawImage(canvas, 0, 0);
      kept.set(number, context.canvas);
    }
    return kept;
  }

  /**
   * Settle again what was kept.
   * @param {ReadonlyMap<number, CanvasImageSource>} kept
   */
  restore(kept) {
    for (const context of this.#settled.values()) wipe(context, this.#box);
    for (const [number, canvas] of kept) this.#layer(number).drawImage(canvas, 0, 0);
  }

  /** The numbers of the layers there is anything on. */
  get numbers() {
    return [...this.#settled.keys()];
  }

  /** The canvases of the layers as they are, to be looked at only. */
  get canvases() {
    return new Map([...this.#settled].map(([number, { canvas }]) => [number, canvas]));
  }

  /**
   * Copy what others, of the whole picture, have settled here, but for some layers.
   * @param {Layers} others
   * @param {ReadonlySet<number>} except
   */
  copy(others, except) {
    for (const [number, context] of others.#settled) {
      if (!except.has(number)) copy(context, this.#layer(number), this.#part, others.#box);
    }
  }

  /**
   * Put boxes of the picture together: each layer's settled pixels, its other marks over them.
   * @param {Context} target
   * @param {readonly Patch[]} patches
   * @param {(number: number) => Level} [levelOf] how a layer stands
   */
  compose(target, patches, levelOf = plain) {
    for (const { marks } of patches) for (const { layer } of marks) this.#layer(layer);
    const levels = this.#shown(levelOf);
    for (const patch of patches) this.#composePatch(target, patch, levels);
  }

  /**
   * @param {Context} target
   * @param {Patch} patch
   * @param {readonly Level[]} levels
   */
  #composePatch(target, { box, marks }, levels) {
    target.save();
    clip(target, box);
    wipe(target, box);
    for (const level of levels) {
      const own = marks.filter(({ layer }) => layer === level.number);
      // An eraser may not reach through to the layers below.
      const isDirect = isPlain(level) && (level === levels[0] || !own.some(erases));
      if (isDirect) this.#composeLayer(target, level.number, box, own);
      else this.#composeApart(target, level, box, own);
    }
    target.restore();
  }

  /**
   * Return how those layers stand that are to be seen, the lowest first.
   * @param {(number: number) => Level} levelOf
   */
  #shown(levelOf) {
    const levels = this.numbers.map(levelOf).filter(({ hidden, deleted }) => !hidden && !deleted);
    return levels.sort((a, b) => a.position - b.position || a.number - b.number);
  }

  /**
   * @param {Context} target
   * @param {number} number
   * @param {Box} box
   * @param {readonly Mark[]} unsettled
   */
  #composeLayer(target, number, box, unsettled) {
    copy(this.#layer(number), target, box, this.#box);
    for (const stroke of unsettled) this.#paint(target, stroke);
  }

  /**
   * Put a layer together on a sheet of its own, and lay that over those below.
   * @param {Context} target
   * @param {Level} level
   * @param {Box} box
   * @param {readonly Mark[]} unsettled
   */
  #composeApart(target, level, box, unsettled) {
    const sheet = newContext(box);
    this.#composeLayer(sheet, level.number, box, unsettled);
    lay(target, sheet.canvas, level, { x: box.left, y: box.top });
  }

  /**
   * @param {Context} context
   * @param {Mark} mark
   */
  #paint(context, mark) {
    paint(context, mark, this.#supply.typeface, this.#supply);
  }

  /** @param {number} number */
  #layer(number) {
    const context = this.#settled.get(number) ?? newContext(this.#box);
    this.#settled.set(number, context);
    return context;
  }
}

/**
 * Say whether a layer simply covers those below.
 * @param {Level} level
 */
function isPlain({ opacity, blend }) {
  return opacity === FULL_ALPHA && blend === NORMAL;
}

/**
 * Return an empty context for a box of the picture, with the picture's coordinates.
 * @param {Box} box
 */
function newContext({ left, top, right, bottom }) {
  const canvas = document.createElement("canvas");
  canvas.width = right - left;
  canvas.height = bottom - top;
  const context = contextOf(canvas);
  context.translate(-left, -top);
  return context;
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
 * @param {Context} context
 * @param {Box} box
 */
function clip(context, { left, top, right, bottom }) {
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
}

/**
 * @param {Context} context
 * @param {Box} box
 */
function wipe(context, { left, top, right, bottom }) {
  context.clearRect(left, top, right - left, bottom - top);
}

/**
 * Copy a box of the picture from a context to another.
 * @param {Context} from
 * @param {Context} to
 * @param {Box} box
 * @param {Box} held what of the picture the first one holds
 */
function copy(from, to, { left, top, right, bottom }, held) {
  const size = /** @type {const} */ ([right - left, bottom - top]);
  to.drawImage(from.canvas, left - held.left, top - held.top, ...size, left, top, ...size);
}
