/**
 * Where what is chosen can be taken hold of: its corners enlarge it, its sides stretch it, the knob above it turns it, its
 * inside moves it.
 *
 * @import { Box } from "../engine/geometry.js"
 * @import { Place } from "./view.js"
 * @typedef {{kind: "corner" | "side", at: Place, opposite: Place} | {kind: "knob"} | {kind: "inside"}} Grip
 */

const NEAR = 20; // CSS px from a grip: a finger hits what is twice as wide
const KNOB = 30; // CSS px the knob stands above
const SHARE = 0.25; // of the shorter side: within a small box, a grip reaches no further
const LONG = 4 * NEAR; // CSS px: a shorter side has no grip of its own between those of its corners

/**
 * Return what is taken hold of at a place, or null.
 * @param {Box} box
 * @param {Place} place
 * @param {number} scale how many CSS px a paper px takes
 * @returns {Grip | null}
 */
export function gripAt(box, place, scale) {
  const shorter = Math.min(box.right - box.left, box.bottom - box.top) * scale;
  const near = isIn(place, box) ? Math.min(NEAR, shorter * SHARE) : NEAR;
  const isNear = (/** @type {Place} */ one) =>
    Math.hypot(one.x - place.x, one.y - place.y) * scale <= near;
  if (isNear(knob(box, scale))) return { kind: "knob" };
  const all = cornersOf(box);
  const corner = all.findIndex(isNear);
  if (corner >= 0) return { kind: "corner", at: all[corner], opposite: all[(corner + 2) % 4] };
  const side = sidesOf(box, scale).find(({ at }) => isNear(at));
  if (side) return { kind: "side", ...side };
  return isIn(place, box) ? { kind: "inside" } : null;
}

/**
 * Return the middles of a box's sides that are long enough to have a grip there, each with that opposite.
 * @param {Box} box
 * @param {number} scale
 */
export function sidesOf(box, scale) {
  const { left, top, right, bottom } = box;
  const { x, y } = middleOf(box);
  const across = [
    { x, y: top },
    { x, y: bottom },
  ];
  const down = [
    { x: right, y },
    { x: left, y },
  ];
  const ends = [];
  if ((right - left) * scale >= LONG) ends.push(across);
  if ((bottom - top) * scale >= LONG) ends.push(down);
  return ends.flatMap(([a, b]) => [
    { at: a, opposite: b },
    { at: b, opposite: a },
  ]);
}

/**
 * Return the corners of a box in turn, from the upper left.
 * @param {Box} box
 * @returns {Place[]}
 */
export function cornersOf({ left, top, right, bottom }) {
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
}

/**
 * Return where the knob stands that turns what is in a box.
 * @param {Box} box
 * @param {number} scale
 * @returns {Place}
 */
export function knob({ left, right, top }, scale) {
  return { x: (left + right) / 2, y: top - KNOB / scale };
}

/**
 * Return the middle of a box.
 * @param {Box} box
 * @returns {Place}
 */
export function middleOf({ left, top, right, bottom }) {
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

/**
 * @param {Place} place
 * @param {Box} box
 */
function isIn({ x, y }, { left, top, right, bottom }) {
  return x >= left && x <= right && y >= top && y <= bottom;
}
