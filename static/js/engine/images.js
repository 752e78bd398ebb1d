/**
 * Where an image lies on the paper: the same numbers here and in images.py.
 *
 * @import { Matrix } from "./matrix.js"
 * @typedef {Readonly<{width: number, height: number}>} Sized in px
 * @typedef {Sized & Readonly<{matrix: Matrix}>} Placed
 */

import { OUTLINE_UNIT, POINT_UNIT } from "./geometry.js";
import { IDENTITY, moved } from "./matrix.js";
import { LARGEST_IMAGE } from "./ops.js";

const FINER = OUTLINE_UNIT / POINT_UNIT;

/**
 * Return how large an image is kept that is so large in its file: at most so many px a side, in its own shape.
 * @param {Sized} size
 * @returns {Sized}
 */
export function sizeKept({ width, height }) {
  const share = Math.min(1, LARGEST_IMAGE / Math.max(width, height));
  const side = (/** @type {number} */ px) => Math.max(1, Math.round(px * share));
  return { width: side(width), height: side(height) };
}

/**
 * Return where an image lies. One that is neither turned nor made larger or smaller lies on whole pixels: it shows
 * its own, and not what is between them.
 * @param {Placed} image
 * @returns {Matrix}
 */
export function seat({ matrix }) {
  const [a, b, c, d, e, f] = matrix;
  const isOnlyMoved = [a, b, c, d].every((factor, i) => factor === IDENTITY[i]);
  return isOnlyMoved ? [a, b, c, d, whole(e), whole(f)] : matrix;
}

/**
 * Return a number of 1/16 px as that of the nearest whole pixel.
 * @param {number} shift
 */
function whole(shift) {
  return Math.floor((shift + POINT_UNIT / 2) / POINT_UNIT) * POINT_UNIT;
}

/**
 * Return where a map takes the corners of an image, in 1/16 px, one after the other.
 * @param {Sized} image
 * @param {Matrix} matrix
 */
export function corners(image, matrix) {
  return oblong(image, POINT_UNIT).map((corner) => moved(matrix, corner));
}

/**
 * Return the contour of what an image covers, in 1/64 px, as one flat list.
 * @param {Placed} image
 */
export function frame(image) {
  const [a, b, c, d, e, f] = seat(image);
  /** @type {Matrix} */
  const finer = [a, b, c, d, e * FINER, f * FINER];
  return oblong(image, OUTLINE_UNIT).flatMap((corner) => {
    const { x, y } = moved(finer, corner);
    return [x, y];
  });
}

/**
 * Return the corners of an image that has not been placed, in 1/unit px.
 * @param {Sized} image
 * @param {number} unit
 */
function oblong({ width, height }, unit) {
  const [right, bottom] = [width * unit, height * unit];
  return [
    { x: 0, y: 0 },
    { x: right, y: 0 },
    { x: right, y: bottom },
    { x: 0, y: bottom },
  ];
}
