/**
 * What a mark puts on its layer: coats of one colour each, in both languages alike.
 *
 * @import { Mark, Shape, Style } from "./ops.js"
 * @import { Pencilled } from "./grain.js"
 * @import { Typeface } from "./lettering.js"
 * @typedef {readonly (readonly number[])[]} Contours in 1/64 px; vertices are flat lists
 * @typedef {object} Coat
 *   Contours that are filled together, nonzero, or taken away.
 * @property {Contours} contours
 * @property {string | null} colour null where it is an image that fills them
 * @property {number} alpha
 * @property {boolean} erases
 * @typedef {Pick<Style, "brush" | "colour" | "alpha"> & Pencilled & Readonly<{made?: Contours}>} Inked
 *   A stroke, or one in the making; its contours, where they are made already.
 */

import { outline } from "./geometry.js";
import { grained } from "./grain.js";
import { frame } from "./images.js";
import { letters } from "./lettering.js";
import { shaded } from "./shading.js";
import { edges, inside } from "./shapes.js";

/**
 * Return the coats of a mark, the lowest first. A text has none as long as there is no typeface.
 * @param {Mark | Inked} mark
 * @param {Typeface | null} [typeface]
 * @returns {Coat[]}
 */
export function coats(mark, typeface = null) {
  if (!("t" in mark)) return [strokeCoat(mark)];
  switch (mark.t) {
    case "stroke":
      return [strokeCoat(mark)];
    case "shape":
      return shapeCoats(mark);
    case "area":
      return [added(mark.contours, mark.colour, mark.alpha)];
    case "image":
      return [added([frame(mark)], null, mark.alpha)];
    case "text":
      return typeface ? [added(letters(mark, typeface), mark.colour, mark.alpha)] : [];
  }
}

/**
 * Say whether a mark takes away instead of adding.
 * @param {Mark | Inked} mark
 */
export function erases(mark) {
  return "brush" in mark && mark.brush === "eraser";
}

/**
 * Return the coats of a mark as one points at it: whole, without the grain of a pencil.
 * @param {Mark | Inked} mark
 * @param {Typeface | null} typeface
 */
export function solid(mark, typeface) {
  return "brush" in mark ? [coatOf(mark, [outline(mark)])] : coats(mark, typeface);
}

/**
 * @param {Inked} stroke
 * @returns {Coat}
 */
function strokeCoat(stroke) {
  if (stroke.made) return coatOf(stroke, stroke.made);
  if (stroke.leans) return coatOf(stroke, shaded(stroke));
  const edge = outline(stroke);
  return coatOf(stroke, stroke.brush === "pencil" ? grained(stroke, edge) : [edge]);
}

/**
 * @param {Inked} stroke
 * @param {Contours} contours
 * @returns {Coat}
 */
function coatOf(stroke, contours) {
  const { colour, alpha } = stroke;
  return { contours, colour, alpha, erases: erases(stroke) };
}

/**
 * Return what fills a shape, then its line.
 * @param {Shape} shape
 */
function shapeCoats(shape) {
  const { colour, fill, alpha } = shape;
  const found = [];
  if (fill !== null) found.push(added(inside(shape), fill, alpha));
  if (colour !== null) found.push(added(edges(shape), colour, alpha));
  return found;
}

/**
 * Return a coat of contours that may lie over each other.
 * @param {Contours} contours
 * @param {string | null} colour
 * @param {number} alpha
 * @returns {Coat}
 */
function added(contours, colour, alpha) {
  return { contours, colour, alpha, erases: false };
}
