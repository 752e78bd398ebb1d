/**
 * How heavy marks are to paint: what others move is painted anew again and again, and must not hold up anybody's pen.
 *
 * @import { Matrix } from "../engine/matrix.js"
 * @import { Mark, Stroke } from "../engine/ops.js"
 */

import { broadest, length } from "../engine/geometry.js";
import { scale, stretch } from "../engine/matrix.js";

export const LIGHT = 5000; // points of a pen: 15 ms on a small machine
const PENCIL = 5; // points that a px of pencil weighs as much as, upright
const LETTER = 10;
const CORNER = 0.5; // of an area
const PIXEL = 0.001; // of an image
const LARGEST = 2000; // of an image: no more of it is painted than there is paper

/**
 * Return what marks weigh where a map takes them, in points of a pen.
 * @param {readonly Mark[]} marks
 * @param {Matrix} matrix
 */
export function weight(marks, matrix) {
  const grown = Math.max(1, stretch(matrix) / Math.SQRT2);
  return marks.reduce((sum, mark) => sum + weigh(mark, grown), 0);
}

/**
 * @param {Mark} mark
 * @param {number} grown how many times as long it becomes
 */
function weigh(mark, grown) {
  switch (mark.t) {
    case "text":
      return mark.text.length * LETTER;
    case "area":
      return (mark.contours.flat().length / 2) * CORNER;
    case "image":
      return Math.min(
        LARGEST,
        mark.width * mark.height * (scale(mark.matrix) * grown) ** 2 * PIXEL,
      );
    default:
      return isPencil(mark)
        ? length(mark.points) * grown * PENCIL * broadest(mark)
        : mark.points.length;
  }
}

/**
 * Say whether a mark is a pencil's stroke.
 * @param {object} mark
 * @returns {mark is Stroke}
 */
export function isPencil(mark) {
  return "brush" in mark && mark.brush === "pencil";
}
