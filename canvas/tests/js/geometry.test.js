/** A stroke's outline is the one Python gives. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { coats } from "../../../static/js/engine/coats.js";
import { decode } from "../../../static/js/engine/codec.js";
import { box, length, outline } from "../../../static/js/engine/geometry.js";
import { point, text } from "../../../static/js/engine/ops.js";
import { cases } from "./cases.js";

const typeface = JSON.parse(
  readFileSync(new URL("../../../static/fonts/inter.json", import.meta.url), "utf8"),
);

cases("geometry.json", "outline", ({ op, outline: expected }) => {
  assert.deepEqual(outline(decode(op)), expected);
});

cases("geometry.json", "coats", ({ op, coats: expected }) => {
  assert.deepEqual(coats(decode(op), typeface), expected);
});

test("a text has no coat until there is a typeface", () => {
  const matrix = [65_536, 0, 0, 65_536, 0, 0];
  const look = { colour: "#102030", alpha: 255, size: 384, layer: 0, matrix };
  assert.deepEqual(coats(text({ id: "ann.1", text: "Hello", ...look })), []);
});

test("a box goes round all points", () => {
  assert.deepEqual(box([5, 1, -2, 9, 3, -4]), { left: -2, top: -4, right: 5, bottom: 9 });
});

test("the length of a path is measured in pixels", () => {
  assert.equal(length([point(0, 0)]), 0);
  assert.equal(length([point(0, 0), point(48, 64), point(48, 0)]), 9);
});
