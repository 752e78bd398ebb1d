/**
 * Strokes onto a 2D context, as render.py fills them on the server: the same outlines, the same rule.
 *
 * @import { Coat, Inked } from "./coats.js"
 * @import { Box } from "./geometry.js"
 * @import { Typeface } from "./lettering.js"
 * @import { Matrix } from "./matrix.js"
 * @import { Image, Mark, Shape, Stroke, TakenImage, Text } from "./ops.js"
 * @import { Level } from "./stack.js"
 * @typedef {Pick<Path2D, "moveTo" | "lineTo">} Pen
 * @typedef {Pen & Pick<CanvasRenderingContext2D, "fillStyle" | "globalCompositeOperation" | "beginPath" | "fill"
 *   | "globalAlpha" | "drawImage" | "save" | "transform" | "restore">} Context
 * @typedef {{picture: CanvasImageSource, left: number, top: number, by?: Matrix}} Stamp
 *   The pixels an image shows, with nothing around it, and where on the paper they go; if elsewhere, what takes them.
 * @typedef {{stamp: (image: TakenImage) => Stamp | null}} Stamps null as long as an image is not to be had
 */

import { coats, solid } from "./coats.js";
import { box, broadest, LIGHTEST, OUTLINE_UNIT, POINT_UNIT, PRESSURE_GAIN } from "./geometry.js";
import { fray } from "./grain.js";
import { frame } from "./images.js";
import { extent } from "./lettering.js";
import { IDENTITY, moved, ONE } from "./matrix.js";
import { FULL_ALPHA, NORMAL } from "./ops.js";
import { HEAD_LEAST, HEAD_LENGTH, HEAD_SPREAD } from "./shapes.js";

/**
 * What to ask a context for. Chromium then fills on the CPU, as the server does; its GPU rounds every edge
 * in its own way, and one pixel in thirty comes out visibly different.
 */
export const CONTEXT_SETTINGS = Object.freeze({ willReadFrequently: true });

/**
 * Paint a mark over what is there, or let an eraser take away from it.
 * @param {Context} context
 * @param {Mark | Inked} mark
 * @param {Typeface | null} [typeface] without one, texts are left out
 * @param {Stamps | null} [stamps] without any, images are left out
 */
export function paint(context, mark, typeface = null, stamps = null) {
  if ("image" in mark) return paintImage(context, mark, stamps);
  for (const coat of coats(mark, typeface)) {
    context.globalCompositeOperation = coat.erases ? "destination-out" : "source-over";
    context.fillStyle = ink(coat);
    context.beginPath();
    trace(context, coat.contours);
    context.fill("nonzero");
  }
  context.globalCompositeOperation = "source-over";
}

/**
 * @param {Context} context
 * @param {Image} image
 * @param {Stamps | null} stamps
 */
function paintImage(context, image, stamps) {
  const stamp = stamps?.stamp(image);
  if (!stamp) return;
  const [a, b, c, d, e, f] = stamp.by ?? IDENTITY;
  context.save();
  context.globalAlpha = image.alpha / FULL_ALPHA;
  context.transform(a / ONE, b / ONE, c / ONE, d / ONE, e / POINT_UNIT, f / POINT_UNIT);
  context.drawImage(stamp.picture, stamp.left, stamp.top);
  context.restore();
}

/**
 * Lay a layer over those below it.
 * @param {Pick<CanvasRenderingContext2D, "drawImage" | "globalAlpha" | "globalCompositeOperation">} context
 * @param {CanvasImageSource} picture what is on the layer
 * @param {Pick<Level, "opacity" | "blend">} level
 * @param {{x: number, y: number}} [place] where it goes
 */
export function lay(context, picture, { opacity, blend }, { x, y } = { x: 0, y: 0 }) {
  context.globalAlpha = opacity / FULL_ALPHA;
  context.globalCompositeOperation = blend === NORMAL ? "source-over" : blend;
  context.drawImage(picture, x, y);
  context.globalAlpha = 1;
  context.globalCompositeOperation = "source-over";
}

/**
 * Return the path around a mark, to be filled nonzero or drawn along.
 * @template {Pen & Pick<Path2D, "closePath">} Path
 * @param {Mark | Inked} mark
 * @param {new () => Path} Path the browser's Path2D, which this module does not know
 * @param {Typeface | null} [typeface]
 */
export function path(mark, Path, typeface = null) {
  const traced = new Path();
  for (const contour of solid(mark, typeface).flatMap(({ contours }) => contours)) {
    trace(traced, [contour]);
    traced.closePath();
  }
  return traced;
}

/**
 * Draw contours with a pen, in px, to be filled. Filling closes them; Chromium's closePath looks at all that was traced
 * before, and a pencil has thousands.
 * @param {Pen} pen
 * @param {readonly (readonly number[])[]} contours
 */
export function trace(pen, contours) {
  for (const points of contours) {
    pen.moveTo(points[0] / OUTLINE_UNIT, points[1] / OUTLINE_UNIT);
    for (let i = 2; i < points.length; i += 2) {
      pen.lineTo(points[i] / OUTLINE_UNIT, points[i + 1] / OUTLINE_UNIT);
    }
  }
}

/**
 * Return a colour and alpha as CSS writes them.
 * @param {Pick<Coat, "colour" | "alpha">} coat
 */
export function ink({ colour, alpha }) {
  return (colour ?? "") + alpha.toString(16).padStart(2, "0");
}

/**
 * Return a box in px that a mark is sure not to leave.
 * @param {Mark | Inked} mark
 * @returns {Box}
 */
export function bounds(mark) {
  if ("text" in mark) return textBounds(mark);
  if ("contours" in mark) return touched(mark.contours.flat());
  if ("image" in mark) return touched(frame(mark));
  // One more pixel, because outlines are rounded to their grid and edges are antialiased.
  const far = reach(mark) + POINT_UNIT;
  const around = span(cornered(mark));
  return {
    left: Math.floor((around.left - far) / POINT_UNIT),
    top: Math.floor((around.top - far) / POINT_UNIT),
    right: Math.ceil((around.right + far) / POINT_UNIT),
    bottom: Math.ceil((around.bottom + far) / POINT_UNIT),
  };
}

/**
 * Return a box in px that a text is sure not to leave.
 * @param {Text} text
 * @returns {Box}
 */
function textBounds(text) {
  const { left, top, right, bottom } = extent(text);
  const corners = [Math.floor(left), Math.ceil(right)].flatMap((x) =>
    [Math.floor(top), Math.ceil(bottom)].map((y) => moved(text.matrix, { x, y })),
  );
  const around = span(corners);
  return {
    left: Math.floor(around.left / POINT_UNIT) - 1,
    top: Math.floor(around.top / POINT_UNIT) - 1,
    right: Math.floor(around.right / POINT_UNIT) + 2,
    bottom: Math.floor(around.bottom / POINT_UNIT) + 2,
  };
}

/**
 * Return the whole px that the corners of contours in 1/64 px lie between.
 * @param {readonly number[]} corners
 * @returns {Box}
 */
function touched(corners) {
  const { left, top, right, bottom } = box(corners);
  return {
    left: Math.floor(left / OUTLINE_UNIT),
    top: Math.floor(top / OUTLINE_UNIT),
    right: Math.ceil(right / OUTLINE_UNIT),
    bottom: Math.ceil(bottom / OUTLINE_UNIT),
  };
}

/**
 * Return the smallest box around points.
 * @param {readonly {x: number, y: number}[]} points
 */
function span(points) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { left, top, right, bottom };
}

/**
 * Return points that a mark lies between, but for the width of its line.
 * @param {Stroke | Shape | Inked} mark
 * @returns {readonly {x: number, y: number}[]}
 */
function cornered(mark) {
  if (!("kind" in mark) || (mark.kind !== "rectangle" && mark.kind !== "ellipse")) {
    return mark.points;
  }
  const [a, b, c] = mark.points;
  return [a, b, c, { x: a.x + c.x - b.x, y: a.y + c.y - b.y }];
}

/**
 * Return how far from its points a mark may be seen, in 1/16 px.
 * @param {Stroke | Shape | Inked} mark
 */
function reach(mark) {
  if ("kind" in mark && mark.kind === "arrow") {
    const length = HEAD_LENGTH * mark.width + HEAD_LEAST * POINT_UNIT;
    return Math.max(mark.width / 2, length * HEAD_SPREAD);
  }
  if ("kind" in mark) return mark.width / 2;
  const heaviest = mark.pressure ? LIGHTEST + PRESSURE_GAIN : 1;
  return (mark.width * heaviest * broadest(mark)) / 2 + fray(mark) * POINT_UNIT;
}
