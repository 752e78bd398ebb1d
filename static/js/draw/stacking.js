/**
 * What can be done to the layers of a drawing, each as one op.
 *
 * @import { Properties } from "../engine/ops.js"
 * @import { Scene } from "../engine/scene.js"
 * @import { Level } from "../engine/stack.js"
 * @typedef {Readonly<{number: number, properties: Partial<Properties>}>} Said of a layer
 */

import { LAYER_STEP, LAYERS, MOST_POSITION } from "../engine/ops.js";
import { positionAbove } from "../engine/rules.js";

/**
 * Return what makes a new layer above another, or null when there are as many as there may be.
 * @param {Scene} scene
 * @param {number} below the number of the layer below the new one
 * @returns {Said | null}
 */
export function added(scene, below) {
  const stack = scene.stack();
  const number = unused(scene, stack);
  const position = above(stack, placeOf(stack, below));
  if (number === undefined || position === null) return null;
  return { number, properties: { deleted: false, position } };
}

/**
 * Return what puts a layer one place higher, or lower; null at the ends.
 * @param {readonly Level[]} stack the lowest first
 * @param {number} number
 * @param {1 | -1} by
 * @returns {Said | null}
 */
export function raised(stack, number, by) {
  const place = placeOf(stack, number);
  const neighbour = stack[place + by];
  if (place < 0 || neighbour === undefined) return null;
  // Below the first layer there is no room, but the first layer can be put above.
  return put(stack, number, place + by) ?? put(stack, neighbour.number, place);
}

/**
 * Return what brings a layer to a place in the stack: most often one op, and where there is no room, one for each.
 * @param {readonly Level[]} stack the lowest first
 * @param {number} number
 * @param {number} place among the others, from below
 * @returns {Said[]}
 */
export function moved(stack, number, place) {
  const others = stack.filter((level) => level.number !== number);
  if (stack.findIndex((level) => level.number === number) === place) return [];
  const said = put(stack, number, place);
  if (said) return [said];
  const wanted = [...others.slice(0, place), stack[placeOf(stack, number)], ...others.slice(place)];
  return wanted.map((level, i) => ({
    number: level.number,
    properties: { position: (i + 1) * LAYER_STEP },
  }));
}

/**
 * Return what puts a layer at a place in the stack, or null when there is no room.
 * @param {readonly Level[]} stack
 * @param {number} number
 * @param {number} place
 * @returns {Said | null}
 */
function put(stack, number, place) {
  const others = stack.filter((level) => level.number !== number);
  const position = above(others, place - 1);
  return position === null ? null : { number, properties: { position } };
}

/**
 * Return the layer to draw on when this one is not there any more: the one that took its place in the stack.
 * @param {readonly Level[]} stack
 * @param {number} number
 */
export function nearest(stack, number) {
  const isThere = placeOf(stack, number) >= 0;
  return isThere ? number : stack[stack.length - 1].number;
}

/**
 * Return the layer that takes what is being drawn on one that is locked or gone: the uppermost that can be drawn on,
 * one that is seen if there is any; null where there is none.
 * @param {readonly Level[]} stack
 */
export function refuge(stack) {
  const open = stack.filter(({ locked }) => !locked);
  return open.findLast(({ hidden }) => !hidden) ?? open.at(-1) ?? null;
}

/**
 * Return the position right above a place in the stack. On top there is always room for a whole step: halving the
 * rest would use it up after some forty layers.
 * @param {readonly Level[]} stack
 * @param {number} place
 */
function above(stack, place) {
  const onTop = (stack[place]?.position ?? MOST_POSITION) + LAYER_STEP;
  const isTop = place === stack.length - 1;
  return isTop && onTop <= MOST_POSITION ? onTop : positionAbove(stack, place);
}

/**
 * Return the number of a layer nobody has drawn on.
 * @param {Scene} scene
 * @param {readonly Level[]} stack
 */
function unused(scene, stack) {
  const all = [...Array(LAYERS).keys()];
  const free = all.filter((number) => placeOf(stack, number) < 0);
  // One that was deleted would bring back what was on it.
  return free.find((number) => !scene.level(number).deleted);
}

/**
 * @param {readonly Level[]} stack
 * @param {number} number
 */
function placeOf(stack, number) {
  return stack.findIndex((level) => level.number === number);
}
