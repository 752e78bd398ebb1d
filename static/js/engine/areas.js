/**
 * From places on a picture to the areas a fill covers there: flood, trace, simplify; and cut, where there are more
 * edges than one area may have. A fill that left some out would cover what lies within them.
 *
 * @import { Mask, Pixels } from "./flood.js"
 * @typedef {[x: number, y: number]} Corner in px
 * @typedef {Readonly<{left: number, top: number, right: number, bottom: number}>} Part of a mask, in whole px
 */

import { area, flood, grown, simplified, trace } from "./flood.js";
import { OUTLINE_UNIT, perimeter } from "./geometry.js";
import { LONGEST_PATH, MOST_CONTOURS, MOST_CORNERS } from "./ops.js";

const FINEST = 0.75; // px a simplified edge may stray: what turns the stairs of pixels into slopes
const NEARBY = 1; // px that a fill goes under the edge it has come to, which is half seen through
const MOST_CUTS = 4; // one after the other: sixteen areas are enough for a page full of dots

/**
 * Return the areas that a fill covers that begins at some places, each as contours in 1/64 px; none outside of the
 * picture.
 * @param {Pixels} pixels
 * @param {readonly {x: number, y: number}[]} places in px
 * @param {number} tolerance by how much a channel may differ from that of its place, 0 to 255
 */
export function fill(pixels, places, tolerance) {
  const mask = grown(flood(pixels, places, tolerance), NEARBY);
  const whole = { left: 0, top: 0, right: mask.width, bottom: mask.height };
  return areasIn(mask, whole, MOST_CUTS);
}

/**
 * Return the areas that a part of a mask makes.
 * @param {Mask} mask
 * @param {Part} part
 * @param {number} cuts how many times it may be cut yet
 * @returns {number[][][]}
 */
function areasIn(mask, part, cuts) {
  const rings = trace(cut(mask, part)).map((ring) => shifted(ring, part));
  if (rings.length === 0) return [];
  const isFixed = cuts === MOST_CUTS ? () => false : isAtEdgeOf(part);
  const contours = contoursOf(rings, FINEST, isFixed);
  if (rings.length <= MOST_CONTOURS && fits(contours)) return [contours];
  if (cuts === 0) return [bounded(rings, isFixed)];
  return halves(part).flatMap((half) => areasIn(mask, half, cuts - 1));
}

/**
 * Return a part of a mask by itself.
 * @param {Mask} mask
 * @param {Part} part
 * @returns {Mask}
 */
function cut({ inside, width }, { left, top, right, bottom }) {
  const wide = right - left;
  const piece = new Uint8Array(wide * (bottom - top));
  for (let y = top; y < bottom; y += 1) {
    piece.set(inside.subarray(y * width + left, y * width + right), (y - top) * wide);
  }
  return { inside: piece, width: wide, height: bottom - top };
}

/**
 * @param {Corner[]} ring
 * @param {Part} part
 * @returns {Corner[]}
 */
function shifted(ring, { left, top }) {
  return ring.map(([x, y]) => [x + left, y + top]);
}

/**
 * Return the two halves of a part, beside each other or one above the other.
 * @param {Part} part
 * @returns {Part[]}
 */
function halves(part) {
  const { left, top, right, bottom } = part;
  if (right - left > bottom - top) {
    const middle = Math.floor((left + right) / 2);
    return [
      { ...part, right: middle },
      { ...part, left: middle },
    ];
  }
  const middle = Math.floor((top + bottom) / 2);
  return [
    { ...part, bottom: middle },
    { ...part, top: middle },
  ];
}

/**
 * Return what tells of a corner that it stays where it is: along a cut, two areas have to meet without a gap.
 * @param {Part} part
 * @returns {(corner: Corner) => boolean}
 */
function isAtEdgeOf({ left, top, right, bottom }) {
  return ([x, y]) => x === left || x === right || y === top || y === bottom;
}

/**
 * Return rings as contours of an op.
 * @param {Corner[][]} rings
 * @param {number} finest px that an edge may stray
 * @param {(corner: Corner) => boolean} isFixed
 */
function contoursOf(rings, finest, isFixed) {
  const simple = rings.map((ring) => simplified(ring, finest, isFixed));
  const seen = simple.filter((ring) => ring.length > 2);
  return seen.map((ring) => ring.flat().map((px) => px * OUTLINE_UNIT));
}

/**
 * Return rings as contours simple enough for an op: ever coarser, and no more than there may be.
 * @param {Corner[][]} rings
 * @param {(corner: Corner) => boolean} isFixed
 */
function bounded(rings, isFixed) {
  const largest = [...rings].sort((a, b) => Math.abs(area(b)) - Math.abs(area(a)));
  const kept = largest.slice(0, MOST_CONTOURS);
  for (let finest = FINEST; ; finest *= 2) {
    // So many corners may lie along the cuts that they alone are too many.
    const contours = contoursOf(kept, finest, finest > FINEST ? () => false : isFixed);
    if (fits(contours)) return contours;
  }
}

/** @param {number[][]} contours */
function fits(contours) {
  return contours.flat().length / 2 <= MOST_CORNERS && perimeter(contours) <= LONGEST_PATH;
}
