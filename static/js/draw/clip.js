/**
 * What was copied: marks that can be pasted here and into another drawing.
 *
 * Pasted marks come from anywhere, so each is looked at before it is believed.
 *
 * @import { Mark } from "../engine/ops.js"
 * @import { Copied } from "./brought.js"
 */

import { decode, encode } from "../engine/codec.js";
import { BRUSHES, CORNERS, MOST_TARGETS } from "../engine/ops.js";

export const CLIP = "application/x-drawnby+json"; // how a clipboard names it

/**
 * Return marks as they are copied.
 * @param {readonly Mark[]} marks
 * @param {string} from where the images of their drawing are
 */
export function clipOf(marks, from) {
  const wires = marks.map((mark) =>
    mark.t === "image" ? { ...encode(mark), from } : encode(mark),
  );
  return JSON.stringify(wires);
}

/**
 * Return the marks in what was copied; none where it is anything else.
 * @param {string} clip
 * @returns {Copied[]}
 */
export function marksIn(clip) {
  const found = parsed(clip);
  const wires = Array.isArray(found) ? found.slice(0, MOST_TARGETS) : [];
  return wires.filter(isMarkLike).map(copied);
}

/**
 * @param {Parameters<typeof decode>[0] & {from?: string}} wire
 * @returns {Copied}
 */
function copied(wire) {
  const mark = /** @type {Mark} */ (decode(wire));
  return mark.t === "image" ? { ...mark, from: wire.from } : mark;
}

/** @param {string} clip */
function parsed(clip) {
  try {
    return JSON.parse(clip);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const isText = (/** @type {unknown} */ one) => typeof one === "string";
const isNumber = (/** @type {unknown} */ one) => Number.isFinite(one);
const isColour = (/** @type {unknown} */ one) => isText(one) && /^#[0-9a-f]{6}$/.test(String(one));
const isNumbers = (/** @type {unknown} */ one) => Array.isArray(one) && one.every(isNumber);
const isMatrix = (/** @type {unknown} */ one) =>
  isNumbers(one) && /** @type {unknown[]} */ (one).length === 6;
const orNull = (/** @type {(one: unknown) => boolean} */ is) => (/** @type {unknown} */ one) =>
  one === null || is(one);
const oneOf = (/** @type {readonly string[]} */ names) => (/** @type {unknown} */ one) =>
  names.includes(/** @type {string} */ (one));

/** @type {Readonly<Record<string, Readonly<Record<string, (one: unknown) => boolean>>>>} */
const LIKE = Object.freeze({
  stroke: {
    brush: oneOf(BRUSHES),
    colour: isColour,
    width: isNumber,
    pressure: (one) => typeof one === "boolean",
    points: isNumbers,
  },
  shape: {
    kind: oneOf(Object.keys(CORNERS)),
    colour: orNull(isColour),
    fill: orNull(isColour),
    width: isNumber,
    points: isNumbers,
  },
  text: { text: isText, colour: isColour, size: isNumber, matrix: isMatrix },
  area: { colour: isColour, contours: (one) => Array.isArray(one) && one.every(isNumbers) },
  image: { image: isText, width: isNumber, height: isNumber, matrix: isMatrix, from: isText },
});

/** @param {unknown} wire */
function isMarkLike(wire) {
  if (typeof wire !== "object" || wire === null) return false;
  const found = /** @type {Record<string, unknown>} */ (wire);
  const like = Object.hasOwn(LIKE, String(found.t)) ? LIKE[String(found.t)] : null;
  if (like === null || !isNumber(found.alpha)) return false;
  return Object.entries(like).every(([name, is]) => is(found[name]));
}
