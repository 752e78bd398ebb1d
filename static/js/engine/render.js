/**
 * Strokes onto a 2D context, as render.py fills them on the server: the same outlines, the same rule.
 *
 * @import { Style } from "./ops.js"
 * @import { Outline, Shape } from "./geometry.js"
 * @typedef {Pick<Style, "brush" | "colour" | "alpha">} Look
 * @typedef {Pick<Path2D, "moveTo" | "lineTo" | "closePath">} Pen
 * @typedef {Pen & Pick<CanvasRenderingContext2D, "fillStyle" | "globalCompositeOperation" | "beginPath" | "fill">} Context
 */

import { OUTLINE_UNIT, outline } from "./geometry.js";

/**
 * What to ask a context for. Chromium then fills on the CPU, as the server does; its GPU rounds every edge
 * in its own way, and one pixel in thirty comes out visibly different.
 */
export const CONTEXT_SETTINGS = Object.freeze({ willReadFrequently: true });

/**
 * Paint a stroke over what is there, or let an eraser take away from it.
 * @param {Context} context
 * @param {Look & Shape} stroke
 * @param {Outline} [shape] its outline, where the caller has kept it
 */
export function paint(context, stroke, shape = outline(stroke)) {
  context.globalCompositeOperation = stroke.brush === "eraser" ? "destination-out" : "source-over";
  context.fillStyle = ink(stroke);
  context.beginPath();
  trace(context, shape);
  context.fill("nonzero");
  context.globalCompositeOperation = "source-over";
}

/**
 * Return the path a stroke fills, to be filled nonzero.
 * @template {Pen} Path
 * @param {Shape} stroke
 * @param {new () => Path} Path the browser's Path2D, which this module does not know
 */
export function path(stroke, Path) {
  const traced = new Path();
  trace(traced, outline(stroke));
  return traced;
}

/**
 * Draw an outline with a pen, in px.
 * @param {Pen} pen
 * @param {Outline} outline
 */
export function trace(pen, { points }) {
  pen.moveTo(points[0] / OUTLINE_UNIT, points[1] / OUTLINE_UNIT);
  for (let i = 2; i < points.length; i += 2) {
    pen.lineTo(points[i] / OUTLINE_UNIT, points[i + 1] / OUTLINE_UNIT);
  }
  pen.closePath();
}

/**
 * Return the colour and alpha of a stroke as CSS writes them.
 * @param {Look} look
 */
export function ink({ colour, alpha }) {
  return colour + alpha.toString(16).padStart(2, "0");
}
