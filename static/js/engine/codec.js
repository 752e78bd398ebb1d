/**
 * Ops and ink as they travel. What comes from the server has been through its codec.py, so it is trusted.
 *
 * Points travel as one flat list: x and y of the first, then differences; with pressure, each is followed by
 * its pressure, which is not a difference.
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
      return { ...op, points: encodePoints(op.points, op.pressure) };
    case "shape":
      return { ...op, points: encodePoints(op.points, false) };
    case "area":
      return { ...op, contours: op.contours.map(stepsOf) };
    default:
      return op;
  }
}

/**
 * Return the op that has travelled as wire.
 * @param {WireOp} wire
 * @returns {Op}
 */
export function decode(wire) {
  switch (wire.t) {
    case "stroke":
      return stroke({ ...wire, points: decodePoints(wire.points, wire.pressure) });
    case "shape":
      return shape({ ...wire, points: decodePoints(wire.points, false) });
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
  const flat = encodePoints(points, style.pressure);
  return { type: "ink", id, stroke: style, start, points: flat, ...mirrored(mirror) };
}

/**
 * Return the ink that has travelled as wire.
 * @param {WireInk} wire
 * @returns {Ink}
 */
export function decodeInk({ id, stroke: style, start, points, mirror }) {
  if (style === null) return { id, stroke: null, start: 0, points: [] };
  const places = decodePoints(points, style.pressure);
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
 * Return points as one flat list.
 * @param {readonly Point[]} points
 * @param {boolean} pressure
 */
export function encodePoints(points, pressure) {
  /** @type {number[]} */
  const flat = [];
  let last = { x: 0, y: 0 };
  for (const one of points) {
    flat.push(one.x - last.x, one.y - last.y);
    if (pressure) flat.push(one.pressure);
    last = one;
  }
  return flat;
}

/**
 * Return the points a flat list stands for.
 * @param {readonly number[]} flat
 * @param {boolean} pressure
 */
export function decodePoints(flat, pressure) {
  /** @type {Point[]} */
  const points = [];
  const stride = pressure ? 3 : 2;
  let x = 0;
  let y = 0;
  for (let i = 0; i < flat.length; i += stride) {
    x += flat[i];
    y += flat[i + 1];
    points.push(point(x, y, pressure ? flat[i + 2] : FULL_PRESSURE));
  }
  return points;
}
