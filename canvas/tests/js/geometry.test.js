/** A stroke's outline is the one Python gives. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { coats } from "../../../static/js/engine/coats.js";
import { decode } from "../../../static/js/engine/codec.js";
import { box, length, outline } from "../../../static/js/engine/geometry.js";
import { point } from "../../../static/js/engine/ops.js";
import { cases } from "./cases.js";

cases("geometry.json", "outline", ({ op, outline: points, simple }) => {
  assert.deepEqual(outline(decode(op)), { points, simple });
});

cases("geometry.json", "coats", ({ op, coats: expected }) => {
  assert.deepEqual(coats(decode(op)), expected);
});

test("a box goes round all points", () => {
  assert.deepEqual(box([5, 1, -2, 9, 3, -4]), { left: -2, top: -4, right: 5, bottom: 9 });
});

test("the length of a path is measured in pixels", () => {
  assert.equal(length([point(0, 0)]), 0);
  assert.equal(length([point(0, 0), point(48, 64), point(48, 0)]), 9);
});
