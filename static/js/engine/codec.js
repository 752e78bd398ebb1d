/**
 * Ops and ink as they travel. What comes from the server has been through its codec.py, so it is trusted.
 *
 * Points travel as one flat list: x and y of the first, then differences; with pressure, each is followed by
 * its pressure, and where the pen leans by its lean, which are none.
 *
 * @import { Point } from "./geometry.js"
 * @import { Op, Shape, Stroke, Style } from "./ops.js"
 * @typedef {Omit<Stroke, "points"> & {points: number[]}} WireStroke
 * @typedef {Omit<Shape, "points"> & {points: number[]}} WireShape
 * @typedef {WireStroke | WireShape | Exclude<Op, Stroke | Shape>} WireOp
 * @typedef {{seq: number, time: number, op: Op}} Entry an op in the log; time in ms since 1970
 * @typedef {"across" | "down" | "both"} Mirror in which something is drawn
 * @typedef {{id: string, stroke: Readonly<Style> | null, start: number, points: readonly Point[], mirror?: Mirror}} Ink
 *   Points of a stroke still being drawn, from index start; no style: it was given up.
 * @typedef {Omit<Ink, "points"> & {type: "ink", points: number[]}} WireInk
 */

import { FULL_PRESSURE } from "./geometry.js";
import {
  area,
  clear,
  hide,
  image,
  layer,
  move,
  point,
  Rejected,
  remove,
  shape,
  show,
  stroke,
  text,
} from "./ops.js";

// How many numbers tell of a point: where it is, then its pressure, then its lean.
export const PLACE = 2;
const PRESSED = 3;
const LEANT = 4;

/** @type {readonly Mirror[]} */
const MIRRORS = Object.freeze(["across", "down", "both"]);

/**
 * Return an op as it travels.
 * @param {Op} op
 * @returns {WireOp}
 */
export function encode(op) {
  switch (op.t) {
    case "stroke":
      return encodeStroke(op);
    case "shape":
      return { ...op, points: encodePoints(op.points, PLACE) };
    case "area":
      return { ...op, contours: op.contours.map(stepsOf) };
    default:
      return op;
  }
}

/**
 * Return a stroke as it travels: that it does not lean is not said.
 * @param {Stroke} op
 * @returns {WireStroke}
 */
function encodeStroke(op) {
  const { leans, ...plain } = op;
  const points = encodePoints(op.points, strideOf(op));
  return leans ? { ...plain, leans, points } : { ...plain, points };
}

/**
 * Return the op that has travelled as wire.
 * @param {WireOp} wire
 * @returns {Op}
 */
export function decode(wire) {
  switch (wire.t) {
    case "stroke":
      return stroke({ ...wire, points: decodePoints(wire.points, strideOf(wire)) });
    case "shape":
      return shape({ ...wire, points: decodePoints(wire.points, PLACE) });
    case "text":
      return text(wire);
    case "image":
      return image(wire);
    case "area":
      return area({ ...wire, contours: wire.contours.map(cornersOf) });
    case "hide":
      return hide(wire.id, wire.ops);
    case "show":
      return show(wire.id, wire.ops);
    case "clear":
      return clear(wire.id, wire.layer);
    case "layer":
      return layer(wire.id, wire.layer, wire);
    case "move":
      return move(wire.id, wire.ops, wire.matrix);
    case "remove":
      return remove(wire.id, wire.ops, wire.author);
    default:
      throw new Rejected("malformed");
  }
}

/**
 * Return the entries of a list of [seq, time, op].
 * @param {readonly [number, number, WireOp | null][]} list
 * @returns {Entry[]}
 */
export function decodeEntries(list) {
  return list.map(([seq, time, wire]) => ({ seq, time, op: wire ? decode(wire) : nothing(seq) }));
}

/**
 * Return what stands for a damaged row: an op that keeps its seq and changes nothing.
 * @param {number} seq
 */
function nothing(seq) {
  return hide(`damaged.${seq.toString(36)}`, []);
}

/**
 * Return ink as it travels.
 * @param {Ink} ink
 * @returns {WireInk}
 */
export function encodeInk({ id, stroke: style, start, points, mirror }) {
  if (style === null) return { type: "ink", id, stroke: null, start: 0, points: [] };
  const flat = encodePoints(points, strideOf(style));
  return { type: "ink", id, stroke: style, start, points: flat, ...mirrored(mirror) };
}

/**
 * Return the ink that has travelled as wire.
 * @param {WireInk} wire
 * @returns {Ink}
 */
export function decodeInk({ id, stroke: style, start, points, mirror }) {
  if (style === null) return { id, stroke: null, start: 0, points: [] };
  const places = decodePoints(points, strideOf(style));
  return { id, stroke: style, start, points: places, ...mirrored(mirror) };
}

/**
 * Return the part of a message that tells of a mirror: none where there is no mirror (P29).
 * @param {Mirror | undefined} mirror
 */
export function mirrored(mirror) {
  if (mirror === undefined) return {};
  if (!MIRRORS.includes(mirror)) throw new Rejected("malformed");
  return { mirror };
}

/**
 * Return the corners of a contour as steps from each to the next.
 * @param {readonly number[]} corners
 */
function stepsOf(corners) {
  return corners.map((number, i) => number - (corners[i - 2] ?? 0));
}

/**
 * Return the corners of a contour that is told in steps.
 * @param {readonly number[]} steps
 */
function cornersOf(steps) {
  /** @type {number[]} */
  const corners = [];
  for (const step of steps) corners.push(step + (corners[corners.length - 2] ?? 0));
  return corners;
}

/**
 * Return how many numbers tell of a point of a stroke.
 * @param {Pick<Style, "pressure" | "leans">} style
 */
function strideOf({ pressure, leans }) {
  if (leans) return LEANT;
  return pressure ? PRESSED : PLACE;
}

/**
 * Return points as one flat list.
 * @param {readonly Point[]} points
 * @param {number} stride
 */
export function encodePoints(points, stride) {
  /** @type {number[]} */
  const flat = [];
  let last = { x: 0, y: 0 };
  for (const one of points) {
    flat.push(one.x - last.x, one.y - last.y);
    if (stride >= PRESSED) flat.push(one.pressure);
    if (stride >= LEANT) flat.push(one.lean);
    last = one;
  }
  return flat;
}

/**
 * Return the points a flat list stands for.
 * @param {readonly number[]} flat
 * @param {number} stride
 */
export function decodePoints(flat, stride) {
  /** @type {Point[]} */
  const points = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i < flat.length; i += stride) {
    x += flat[i];
    y += flat[i + 1];
    const pressure = stride >= PRESSED ? flat[i + 2] : FULL_PRESSURE;
    points.push(point(x, y, pressure, stride >= LEANT ? flat[i + 3] : 0));
  }
  return points;
}
