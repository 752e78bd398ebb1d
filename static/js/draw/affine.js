/**
 * Maps of the paper onto itself in px, as hands make them: plain values, rounded only when they become an op.
 *
 * @import { Place } from "./view.js"
 * @typedef {Readonly<{a: number, b: number, c: number, d: number, e: number, f: number}>} Affine
 *   x becomes a*x + c*y + e, y becomes b*x + d*y + f.
 */

/** @type {Affine} */
export const STILL = Object.freeze({ a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 });

/**
 * @param {number} e
 * @param {number} f
 * @returns {Affine}
 */
export function shifted(e, f) {
  return { ...STILL, e, f };
}

/**
 * Return the map that enlarges about a place.
 * @param {number} a across
 * @param {number} d down
 * @param {Place} about
 * @returns {Affine}
 */
export function enlarged(a, d, about) {
  return fixed({ ...STILL, a, d }, about);
}

/**
 * Return the map that turns about a place.
 * @param {number} angle to the right, in radians
 * @param {Place} about
 * @returns {Affine}
 */
export function turned(angle, about) {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return fixed({ ...STILL, a: cos, b: sin, c: -sin, d: cos }, about);
}

/**
 * Return where a map takes a place.
 * @param {Affine} map
 * @param {Place} place
 * @returns {Place}
 */
export function mapped({ a, b, c, d, e, f }, { x, y }) {
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}

/**
 * Return a map that leaves a place where it is, and does otherwise as this one.
 * @param {Affine} map
 * @param {Place} place
 * @returns {Affine}
 */
function fixed(map, place) {
  const { x, y } = mapped({ ...map, e: 0, f: 0 }, place);
  return { ...map, e: place.x - x, f: place.y - y };
}
