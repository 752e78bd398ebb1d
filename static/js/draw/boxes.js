/**
 * Boxes of whole px, to say which part of a picture has changed.
 *
 * @import { Inked } from "../engine/coats.js"
 * @import { Box, Point } from "../engine/geometry.js"
 * @import { Part } from "../engine/grain.js"
 * @import { Typeface } from "../engine/lettering.js"
 * @import { Mark, Text } from "../engine/ops.js"
 * @typedef {Pick<Part, "sure" | "fallen">} Grown
 *   How many points of a stroke will stay as they are, and what has fallen along them.
 */

import { box, broadest, OUTLINE_UNIT, POINT_UNIT, widened } from "../engine/geometry.js";
import { fray } from "../engine/grain.js";
import { letters } from "../engine/lettering.js";
import { bounds } from "../engine/render.js";

const WIDEST_RADIUS = 0.575; // of the width: geometry's LIGHTEST + PRESSURE_GAIN, halved
const MARGIN = 2; // px: antialiasing, and the rounding of an outline
const CURVE = 3; // points back to the first that a new one has no part in
const TAPER = 2; // how far back along the path, in radii, a new point may narrow what is there

/**
 * Return the box that a mark cannot leave.
 * @param {Mark | Inked} stroke
 */
export function strokeBox(stroke) {
  return bounds(stroke);
}

/**
 * Return the box around the letters of a text; around where it begins when there are none to be seen.
 * @param {Text} text
 * @param {Typeface} typeface
 * @returns {Box}
 */
export function letteredBox(text, typeface) {
  const [x, y] = text.matrix.slice(4).map((one) => (one * OUTLINE_UNIT) / POINT_UNIT);
  const around = box([x, y, ...letters(text, typeface).flat()]);
  return {
    left: Math.floor(around.left / OUTLINE_UNIT),
    top: Math.floor(around.top / OUTLINE_UNIT),
    right: Math.ceil(around.right / OUTLINE_UNIT) + 1,
    bottom: Math.ceil(around.bottom / OUTLINE_UNIT) + 1,
  };
}

/**
 * Return the box in which a growing stroke has changed since it had `count` points; of anything else, all of it.
 * @param {Mark | Inked} stroke
 * @param {number} count
 */
export function growthBox(stroke, count) {
  if ("t" in stroke) return bounds(stroke);
  return around(stroke.points, Math.max(0, count - CURVE), influence(stroke) + MARGIN);
}

/**
 * Return as much of a growing stroke as it takes to paint a box as all of it would, or null; anything else is whole.
 * @template {Mark | Inked} Kind
 * @param {Kind} stroke
 * @param {Box} box
 * @param {Grown} grown
 * @returns {Kind | null}
 */
export function partWithin(stroke, box, grown) {
  if ("t" in stroke) return stroke;
  const { points } = stroke;
  const near = widened(box, influence(stroke) + MARGIN, POINT_UNIT);
  let from = 0;
  while (from < points.length && !isNear(points, from, near)) from += 1;
  if (from === points.length) return null;
  let to = points.length - 1;
  while (!isNear(points, to, near)) to -= 1;
  // A curve is another where its end comes nearer than three points.
  const first = Math.max(0, from - CURVE);
  return {
    ...stroke,
    part: { ...grown, whole: points, within: box },
    points: points.slice(first, to + CURVE + 1),
  };
}

/**
 * Return the box around both.
 * @param {Box | null} a
 * @param {Box | null} b
 */
export function union(a, b) {
  if (a === null || b === null) return a ?? b;
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

/**
 * Return what a and b have in common, or null.
 * @param {Box | null} a
 * @param {Box | null} b
 */
export function intersection(a, b) {
  if (a === null || b === null) return null;
  const common = {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
  return common.left < common.right && common.top < common.bottom ? common : null;
}

/**
 * Return how many px there are in a box; none has none.
 * @param {Box | null} box
 */
export function area(box) {
  return box === null ? 0 : (box.right - box.left) * (box.bottom - box.top);
}

/**
 * Return how far from where it is a point may change what is to be seen, in px.
 * @param {Inked} stroke
 */
function influence(stroke) {
  return radius(stroke) * (stroke.pressure ? 1 + TAPER : 1) + fray(stroke);
}

/** @param {Inked} stroke */
function radius(stroke) {
  return (stroke.width / POINT_UNIT) * WIDEST_RADIUS * broadest(stroke);
}

/**
 * @param {readonly Point[]} points
 * @param {number} from the first point that counts
 * @param {number} margin px
 */
function around(points, from, margin) {
  let { x: left, y: top } = points[from];
  let [right, bottom] = [left, top];
  for (let i = from + 1; i < points.length; i += 1) {
    left = Math.min(left, points[i].x);
    top = Math.min(top, points[i].y);
    right = Math.max(right, points[i].x);
    bottom = Math.max(bottom, points[i].y);
  }
  return {
    left: Math.floor(left / POINT_UNIT - margin),
    top: Math.floor(top / POINT_UNIT - margin),
    right: Math.ceil(right / POINT_UNIT + margin),
    bottom: Math.ceil(bottom / POINT_UNIT + margin),
  };
}

/**
 * Say whether the way to a point and on to the next may lead through a box.
 * @param {readonly Point[]} points
 * @param {number} index
 * @param {Box} box
 */
function isNear(points, index, { left, top, right, bottom }) {
  const a = points[Math.max(0, index - 1)];
  const b = points[index];
  const c = points[Math.min(points.length - 1, index + 1)];
  return (
    Math.min(a.x, b.x, c.x) <= right &&
    Math.max(a.x, b.x, c.x) >= left &&
    Math.min(a.y, b.y, c.y) <= bottom &&
    Math.max(a.y, b.y, c.y) >= top
  );
}
