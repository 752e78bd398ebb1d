/**
 * Which stroke is seen at a place.
 *
 * @import { Coat } from "../engine/coats.js"
 * @import { Typeface } from "../engine/lettering.js"
 * @import { Mark } from "../engine/ops.js"
 * @typedef {Readonly<{x: number, y: number}>} Place in px of the drawing
 */

import { erases, solid } from "../engine/coats.js";
import { OUTLINE_UNIT } from "../engine/geometry.js";
import { FULL_ALPHA } from "../engine/ops.js";
import { strokeBox } from "./boxes.js";

const WAYS = 8; // directions to look in where there is nothing at the place itself

/**
 * Return the topmost stroke at a place, or one close by, or null.
 * @param {readonly Mark[]} strokes those one sees, in paint order
 * @param {Place} place
 * @param {number} [reach] in px
 * @param {Typeface | null} [typeface] without it, no text is found
 */
export function strokeNear(strokes, place, reach = 0, typeface = null) {
  for (const one of around(place, reach)) {
    const found = strokeAt(strokes, one, typeface);
    if (found) return found;
  }
  return null;
}

/**
 * Return the topmost stroke at a place, or null where nothing is left of any.
 * @param {readonly Mark[]} strokes those one sees, in paint order
 * @param {Place} place
 * @param {Typeface | null} [typeface]
 */
export function strokeAt(strokes, place, typeface = null) {
  const there = strokes.filter((stroke) => covers(stroke, place, typeface)).reverse();
  const layers = new Set(there.map(({ layer }) => layer));
  for (const number of [...layers].sort((a, b) => b - a)) {
    const own = there.filter(({ layer }) => layer === number);
    const found = own.find((mark) => !erases(mark) || mark.alpha === FULL_ALPHA);
    if (found && !erases(found)) return found;
  }
  return null;
}

/**
 * Say whether a stroke covers a place.
 * @param {Mark} stroke
 * @param {Place} place
 * @param {Typeface | null} typeface
 */
export function covers(stroke, { x, y }, typeface) {
  const { left, top, right, bottom } = strokeBox(stroke);
  if (x < left || x > right || y < top || y > bottom) return false;
  const found = solid(stroke, typeface);
  return found.some((coat) => isInside(coat, x * OUTLINE_UNIT, y * OUTLINE_UNIT));
}

/**
 * Say whether a place is inside the contours of a coat together.
 * @param {Coat} coat
 * @param {number} x
 * @param {number} y
 */
function isInside({ contours }, x, y) {
  return contours.reduce((count, points) => count + turns(points, x, y), 0) !== 0;
}

/**
 * Return how many times a polygon winds around a place.
 * @param {readonly number[]} points x, y, x, y, …
 * @param {number} x
 * @param {number} y
 */
function turns(points, x, y) {
  let count = 0;
  let [ax, ay] = points.slice(-2);
  for (let i = 0; i < points.length; i += 2) {
    const [bx, by] = [points[i], points[i + 1]];
    const side = (bx - ax) * (y - ay) - (x - ax) * (by - ay);
    if (ay <= y && by > y && side > 0) count += 1;
    if (ay > y && by <= y && side < 0) count -= 1;
    [ax, ay] = [bx, by];
  }
  return count;
}

/**
 * Return a place and those at a distance around it.
 * @param {Place} place
 * @param {number} reach
 */
function around({ x, y }, reach) {
  const places = [{ x, y }];
  for (let way = 0; reach > 0 && way < WAYS; way += 1) {
    const angle = (way / WAYS) * 2 * Math.PI;
    places.push({ x: x + reach * Math.cos(angle), y: y + reach * Math.sin(angle) });
  }
  return places;
}
