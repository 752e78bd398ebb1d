/**
 * How text becomes outlines: the same integers here and in lettering.py.
 *
 * Letters stand one after the other on a baseline, kerned by pairs; nothing is shaped, so scripts that join their
 * letters are set apart. What the font lacks is a box.
 *
 * @import { Node } from "./geometry.js"
 * @import { Matrix } from "./matrix.js"
 * @typedef {[number, number[][]]} Glyph advance and contours
 * @typedef {object} Typeface
 *   The letters of a font, in units of 1/unit em: static/fonts/inter.json, which whoever paints text has read.
 * @property {number} unit
 * @property {number} line
 * @property {Glyph} missing
 * @property {Readonly<Record<string, Glyph>>} glyphs
 * @property {Readonly<Record<string, number>>} kern
 * @typedef {Readonly<{text: string, size: number, matrix: Matrix}>} Lettered
 *   As much of a text as its outlines need; size in 1/16 px.
 * @typedef {{factors: [number, number, number, number], scale: number, x: number, y: number}} Placing
 *   A map from units of the font to px.
 */

import { flatten, POINT_UNIT, quantise } from "./geometry.js";
import { ONE } from "./matrix.js";

const ON = 1; // the lowest bit of an x says that the point is on the curve

const WIDEST = 1.5; // em: no letter advances further
const ABOVE = 1.3; // em: no letter reaches further from its baseline
const BELOW = 0.5;
const LINE = 1.21; // em from baseline to baseline

/**
 * Return the contours of a text, to be filled together.
 * @param {Lettered} text
 * @param {Typeface} font
 */
export function letters(text, font) {
  const placed = placing(text, font);
  const contours = [];
  for (const { x, y, glyph } of laidOut(text.text, font)) {
    for (const steps of glyph[1]) contours.push(bent(walked(steps, { x, y }, placed)));
  }
  return contours;
}

/**
 * Give each glyph of a text, and where it stands.
 * @param {string} text
 * @param {Typeface} font
 */
function* laidOut(text, font) {
  for (const [row, line] of text.split("\n").entries()) {
    let x = 0;
    let last = "";
    for (const character of line) {
      const glyph = own(font.glyphs, character) ?? font.missing;
      x += own(font.kern, last + character) ?? 0;
      yield { x, y: row * font.line, glyph, character };
      x += glyph[0];
      last = character;
    }
  }
}

/**
 * @template Value
 * @param {Readonly<Record<string, Value>>} table
 * @param {string} key
 */
function own(table, key) {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/**
 * Say whether a font has not all the letters of a text.
 * @param {string} text
 * @param {Typeface} font
 */
export function isLacking(text, font) {
  return [...text].some((letter) => letter !== "\n" && own(font.glyphs, letter) === undefined);
}

/**
 * Return how the letters of a text are placed.
 * @param {Lettered} text
 * @param {Typeface} font
 * @returns {Placing}
 */
function placing({ size, matrix }, { unit }) {
  const [a, b, c, d, e, f] = matrix;
  const scale = size / (POINT_UNIT * unit * ONE);
  return { factors: [a, b, c, d], scale, x: e / POINT_UNIT, y: f / POINT_UNIT };
}

/**
 * Return the points of a contour in px, and whether each is on the curve.
 * @param {readonly number[]} steps
 * @param {{x: number, y: number}} at
 * @param {Placing} placed
 */
function walked(steps, at, { factors: [a, b, c, d], scale, x: shiftX, y: shiftY }) {
  let { x, y } = at;
  const points = [];
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i] >> 1;
    y += steps[i + 1];
    const node = {
      x: (a * x + c * y) * scale + shiftX,
      y: (b * x + d * y) * scale + shiftY,
      radius: 0,
    };
    points.push({ node, on: (steps[i] & ON) === ON });
  }
  return points;
}

/**
 * Return a contour of a glyph, its curves cut into short straight steps.
 * @param {{node: Node, on: boolean}[]} points
 */
function bent([start, ...points]) {
  const nodes = [start.node];
  /** @type {Node | null} */
  let control = null;
  for (const { node, on } of [...points, start]) {
    if (!on) {
      control = node;
    } else if (control === null) {
      nodes.push(node);
    } else {
      flatten(nodes, nodes[nodes.length - 1], control, node);
      control = null;
    }
  }
  return quantise(
    nodes.flatMap(({ x, y }) => [x, y]),
    [],
  );
}

/**
 * Return where a caret stands before each UTF-16 unit of a text and after its last, in px before its matrix.
 * @param {Pick<Lettered, "text" | "size">} text
 * @param {Typeface} font
 * @returns {{x: number, y: number}[]} on the baseline
 */
export function carets({ text, size }, font) {
  const em = size / (POINT_UNIT * font.unit);
  return text.split("\n").flatMap((line, row) => {
    const y = row * font.line * em;
    return stops(line, font).map((x) => ({ x: x * em, y }));
  });
}

/**
 * Return where each unit of a line begins, and where the line ends, in units of the font.
 * @param {string} line
 * @param {Typeface} font
 */
function stops(line, font) {
  const found = [];
  let end = 0;
  for (const { x, glyph, character } of laidOut(line, font)) {
    found.push(...Array(character.length).fill(x));
    end = x + glyph[0];
  }
  return [...found, end];
}

/**
 * Return the box that a text keeps within, unmoved, in 1/16 px.
 * @param {Lettered} text
 */
export function extent({ text, size }) {
  const lines = text.split("\n");
  const longest = Math.max(...lines.map((line) => [...line].length));
  return {
    left: -0.5 * size,
    top: -ABOVE * size,
    right: (WIDEST * longest + 0.5) * size,
    bottom: (LINE * (lines.length - 1) + BELOW) * size,
  };
}
