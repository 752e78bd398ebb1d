/** An op reads the same however it comes (P38 to P43, P47 to P49, P66), and so do ink, sketches and carries (P21, P22, P28, P29, P72). */

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  decode,
  decodeEntries,
  decodeInk,
  encode,
  encodeInk,
} from "../../../static/js/engine/codec.js";
import { clear, point } from "../../../static/js/engine/ops.js";
import {
  decodeCarry,
  decodeSketch,
  encodeCarry,
  encodeSketch,
} from "../../../static/js/engine/presence.js";
import { cases } from "./cases.js";

cases("codec.json", "op", ({ wire, op }) => {
  assert.deepEqual(decode(wire), written(op));
  assert.deepEqual(encode(decode(wire)), wire);
});

cases("codec.json", "ink", ({ wire, ink }) => {
  assert.deepEqual(decodeInk(wire), written(ink));
  assert.deepEqual(encodeInk(decodeInk(wire)), wire);
});

cases("codec.json", "sketch", ({ wire, sketch }) => {
  assert.deepEqual(decodeSketch(wire), { ...sketch, mark: written(sketch.mark) });
  assert.deepEqual(encodeSketch(decodeSketch(wire)), wire);
});

cases("codec.json", "carry", ({ wire, carry }) => {
  assert.deepEqual(
    decodeCarry(wire),
    wire.copies ? { move: carry, copies: true } : { move: carry },
  );
  assert.deepEqual(encodeCarry(decodeCarry(wire)), wire);
});

test("a carry of anything but moves, or of more than a hundred marks, is turned away", () => {
  const hide = { t: "hide", id: "ann.2", ops: ["ann.1"] };
  const ops = Array.from({ length: 101 }, (_, i) => `ann.${i}`);
  const many = { t: "move", id: "bob.1", ops, matrix: [65536, 0, 0, 65536, 0, 0] };
  for (const move of [hide, many])
    assert.throws(() => decodeCarry({ move }), { code: "malformed" });
});

test("a mirror or a sketch of a kind this page has never heard of is turned away", () => {
  const style = {
    brush: "pen",
    colour: "#102030",
    alpha: 255,
    width: 64,
    layer: 0,
    pressure: false,
  };
  const ink = { id: "ann.tabtabta1z1", stroke: style, start: 0, points: [1, 2], mirror: "round" };
  assert.throws(() => decodeInk(ink), { code: "malformed" });
  const mark = { t: "clear", id: "ann.1", layer: 0 };
  assert.throws(() => decodeSketch({ mark }), { code: "malformed" });
});

test("what travels is plain JSON", () => {
  const wire = { t: "clear", id: "ann.1", layer: 0 };
  assert.equal(JSON.stringify(encode(clear("ann.1", 0))), JSON.stringify(wire));
});

test("entries come with their seq and their time", () => {
  const entries = decodeEntries([[7, 1_700_000_000_000, { t: "clear", id: "ann.1", layer: 0 }]]);
  assert.deepEqual(entries, [{ seq: 7, time: 1_700_000_000_000, op: clear("ann.1", 0) }]);
});

test("an op of a type this page has never heard of is turned away", () => {
  assert.throws(() => decode({ t: "explode", id: "ann.1" }), { code: "malformed" });
});

/** Return an op or ink that the cases write with points as lists of numbers, and nothing of what does not lean. */
function written(value) {
  if (value.contours)
    return { ...value, contours: value.contours.map((corners) => corners.flat()) };
  if (!value.points) return value;
  const points = value.points.map((numbers) => point(...numbers));
  return { ...(value.t === "stroke" && { leans: false }), ...value, points };
}
