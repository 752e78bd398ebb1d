/**
 * Affine maps in whole numbers: the same results here and in matrix.py.
 *
 * A map is [a, b, c, d, e, f]: x becomes a*x + c*y + e, y becomes b*x + d*y + f. The first four count in
 * 1/65,536, the last two in 1/16 px. All products stay below 2**53, so they are exact.
 *
 * @typedef {readonly [number, number, number, number, number, number]} Matrix
 */

export const ONE = 65_536;
const HALF = ONE / 2;
/** @type {Matrix} */
export const IDENTITY = Object.freeze([ONE, 0, 0, ONE, 0, 0]);

export const MOST_FACTOR = 64 * ONE; // of a, b, c and d
export const MOST_SHIFT = 2 ** 23; // of e and f: 524,288 px

/**
 * Return the map that does before, then after.
 * @param {Matrix} after
 * @param {Matrix} before
 * @returns {Matrix}
 */
export function compose([a, b, c, d, e, f], [p, q, r, s, t, u]) {
  return [
    rounded(a * p + c * q),
    rounded(b * p + d * q),
    rounded(a * r + c * s),
    rounded(b * r + d * s),
    rounded(a * t + c * u) + e,
    rounded(b * t + d * u) + f,
  ];
}

/**
 * Return where a map takes a place, in 1/16 px.
 * @param {Matrix} matrix
 * @param {{x: number, y: number}} place
 */
export function moved([a, b, c, d, e, f], { x, y }) {
  return { x: rounded(a * x + c * y) + e, y: rounded(b * x + d * y) + f };
}

/**
 * Return a number of 1/65,536 as the nearest whole one.
 * @param {number} number
 */
export function rounded(number) {
  return Math.floor((number + HALF) / ONE) + 0; // + 0: no -0
}

/**
 * Say whether a map can be told.
 * @param {Matrix} matrix
 */
export function withinLimits(matrix) {
  return (
    matrix.slice(0, 4).every((factor) => Math.abs(factor) <= MOST_FACTOR) &&
    matrix.slice(4).every((shift) => Math.abs(shift) <= MOST_SHIFT)
  );
}

/**
 * Return a number that no line becomes more times as long than.
 * @param {Matrix} matrix
 */
export function stretch([a, b, c, d]) {
  return Math.sqrt(a * a + b * b + c * c + d * d) / ONE;
}

/**
 * Return how many times as large a map makes things, on the whole.
 * @param {Matrix} matrix
 */
export function scale([a, b, c, d]) {
  return Math.sqrt(Math.abs(a * d - b * c)) / ONE;
}

/**
 * Return a map given in fractions, as near as it can be told.
 * @param {Readonly<{a: number, b: number, c: number, d: number, e: number, f: number}>} map e and f in px
 * @returns {Matrix}
 */
export function toMatrix({ a, b, c, d, e, f }) {
  const factor = (/** @type {number} */ one) => within(one * ONE, MOST_FACTOR);
  const shift = (/** @type {number} */ px) => within(px * 16, MOST_SHIFT);
  return [factor(a), factor(b), factor(c), factor(d), shift(e), shift(f)];
}

/**
 * @param {number} value
 * @param {number} most
 */
function within(value, most) {
  return Math.round(Math.max(-most, Math.min(most, value))) + 0;
}
