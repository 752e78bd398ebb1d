/**
 * A layer once more, or two as one: copies of its marks, drawn by whoever asks for it, and what becomes of the layer.
 *
 * @import { Mark, Op } from "../engine/ops.js"
 * @import { Scene } from "../engine/scene.js"
 * @import { Level } from "../engine/stack.js"
 */

import { erases } from "../engine/coats.js";
import { FULL_ALPHA, layer, NORMAL } from "../engine/ops.js";
import { added } from "./stacking.js";

export const MOST_COPIES = 500; // marks: each is an op
export const TOO_MANY = "too-many";
export const NOT_ALIKE = "not-alike";

/**
 * Return the ops that make a copy of a layer above it, or why there is none.
 * @param {Scene} scene
 * @param {{number: number, name: string}} original
 * @param {() => string} newId
 * @returns {Op[] | typeof TOO_MANY}
 */
export function duplicated(scene, { number, name }, newId) {
  const said = added(scene, number);
  const marks = marksOn(scene, number);
  if (said === null || marks.length > MOST_COPIES) return TOO_MANY;
  const { opacity, blend, hidden } = scene.level(number);
  const properties = { ...said.properties, name, opacity, blend, hidden };
  return [layer(newId(), said.number, properties), ...copies(marks, said.number, newId)];
}

/**
 * Return the ops that make one of a layer and the one below, or why that cannot look the same.
 * @param {Scene} scene
 * @param {number} number
 * @param {() => string} newId
 * @returns {Op[] | typeof TOO_MANY | typeof NOT_ALIKE}
 */
export function merged(scene, number, newId) {
  const stack = scene.stack();
  const place = stack.findIndex((level) => level.number === number);
  const [below, upper] = [stack[place - 1], stack[place]];
  const marks = marksOn(scene, number);
  if (below === undefined || !(isPlain(below) && isPlain(upper))) return NOT_ALIKE;
  // On the other layer, an eraser would take away what is there.
  if (marks.some(erases)) return NOT_ALIKE;
  if (marks.length > MOST_COPIES) return TOO_MANY;
  return [...copies(marks, below.number, newId), layer(newId(), number, { deleted: true })];
}

/**
 * @param {Scene} scene
 * @param {number} number
 */
function marksOn(scene, number) {
  return scene.strokes().filter((mark) => mark.layer === number);
}

/**
 * @param {readonly Mark[]} marks
 * @param {number} number of the layer they come on
 * @param {() => string} newId
 */
function copies(marks, number, newId) {
  return marks.map((mark) => ({ ...mark, id: newId(), layer: number }));
}

/** @param {Level} level */
function isPlain({ opacity, blend, hidden, locked }) {
  return opacity === FULL_ALPHA && blend === NORMAL && !hidden && !locked;
}
