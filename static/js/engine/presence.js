/**
 * What participants tell each other and no log keeps, as it travels (protocol P25, P27 to P29, P72, P74).
 *
 * @import { Mirror, WireShape } from "./codec.js"
 * @import { Point } from "./geometry.js"
 * @import { Move, Op, Shape, Text } from "./ops.js"
 * @typedef {{mark: Shape | Text, mirror?: Mirror, instead?: string}} Sketch
 *   A shape or a text still being made, as the op it would be now; instead of an older mark, if of any.
 * @typedef {Omit<Sketch, "mark"> & {type: "sketch", mark: WireShape | Text}} WireSketch
 * @typedef {{move: Move, copies?: boolean}} Carry
 *   Where marks are being taken just now, or copies of them, as the move it would be.
 * @typedef {Carry & {type: "carry"}} WireCarry
 * @typedef {Readonly<{id: string, layer: number, opacity: number}>} Fade
 *   The opacity somebody is choosing for a layer just now; the id is that of the op it will be.
 * @typedef {Fade & {type: "fade"}} WireFade
 * @typedef {{type: "laser", points: number[]}} WireLaser
 * @typedef {{type: "view", x: number, y: number, width: number, height: number}} WireView
 * @typedef {Readonly<{x: number, y: number, width: number, height: number}>} Part of the paper, in px
 */

import { decode, decodePoints, encode, encodePoints, mirrored, PLACE } from "./codec.js";
import { POINT_UNIT } from "./geometry.js";
import { LEAST_COORDINATE, MOST_COORDINATE, point, Rejected } from "./ops.js";

export const MOST_CARRIED = 100; // marks in one carry; presence.py has the same
const LONGEST_LASER = 200; // points in one message; presence.py has the same
const FARTHEST = 2 ** 24; // 1/16 px

/**
 * Return a sketch as it travels.
 * @param {Sketch} sketch
 * @returns {WireSketch}
 */
export function encodeSketch({ mark, mirror, instead }) {
  const wire = /** @type {WireShape | Text} */ (encode(mark));
  return { type: "sketch", mark: wire, ...mirrored(mirror), ...inPlaceOf(instead) };
}

/**
 * Return the sketch that has travelled as wire.
 * @param {Omit<WireSketch, "type">} wire
 * @returns {Sketch}
 */
export function decodeSketch({ mark: wire, mirror, instead }) {
  const mark = decode(wire);
  if (!isSketched(mark)) throw new Rejected("malformed");
  return { mark, ...mirrored(mirror), ...inPlaceOf(instead) };
}

/**
 * @param {Op} op
 * @returns {op is Shape | Text}
 */
function isSketched(op) {
  return op.t === "shape" || op.t === "text";
}

/** @param {string | undefined} instead */
function inPlaceOf(instead) {
  return instead === undefined ? {} : { instead };
}

/**
 * Return a carry as it travels.
 * @param {Carry} carry
 * @returns {WireCarry}
 */
export function encodeCarry({ move, copies }) {
  return { type: "carry", move, ...copied(copies) };
}

/**
 * Return the carry that has travelled as wire.
 * @param {Omit<WireCarry, "type">} wire
 * @returns {Carry}
 */
export function decodeCarry({ move: wire, copies }) {
  const move = decode(wire);
  if (move.t !== "move" || move.ops.length > MOST_CARRIED) throw new Rejected("malformed");
  return { move, ...copied(copies) };
}

/** @param {boolean} [copies] */
function copied(copies) {
  return copies ? { copies } : {};
}

/**
 * Return where a laser has been as it travels; of too many places, the last ones.
 * @param {readonly {x: number, y: number}[]} places in px
 * @returns {WireLaser}
 */
export function encodeLaser(places) {
  const points = places
    .slice(-LONGEST_LASER)
    .map(({ x, y }) => point(coordinate(x), coordinate(y)));
  return { type: "laser", points: encodePoints(points, PLACE) };
}

/**
 * Return the places in px that a laser has been at.
 * @param {Pick<WireLaser, "points">} wire
 */
export function decodeLaser({ points }) {
  return decodePoints(points, PLACE).map(({ x, y }) => ({
    x: x / POINT_UNIT,
    y: y / POINT_UNIT,
  }));
}

/**
 * Return a part of the paper as it travels.
 * @param {Part} part
 * @returns {WireView}
 */
export function encodeView({ x, y, width, height }) {
  return {
    type: "view",
    x: within(x, -FARTHEST),
    y: within(y, -FARTHEST),
    width: within(width, 1),
    height: within(height, 1),
  };
}

/**
 * Return the part of the paper, in px, that a view tells of.
 * @param {Part} wire
 * @returns {Part}
 */
export function decodeView({ x, y, width, height }) {
  return {
    x: x / POINT_UNIT,
    y: y / POINT_UNIT,
    width: width / POINT_UNIT,
    height: height / POINT_UNIT,
  };
}

/** @param {number} px */
function coordinate(px) {
  return Math.min(MOST_COORDINATE, Math.max(LEAST_COORDINATE, Math.round(px * POINT_UNIT)));
}

/**
 * @param {number} px
 * @param {number} least
 */
function within(px, least) {
  return Math.min(FARTHEST, Math.max(least, Math.round(px * POINT_UNIT)));
}
