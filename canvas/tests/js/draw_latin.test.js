/** Shortcuts on the keyboards of the world. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { latin } from "../../../static/js/draw/latin.js";

test("a key of another alphabet is the one that is there on a Latin keyboard", () => {
  for (const [key, code, meant] of [
    ["я", "KeyZ", "z"],
    ["Я", "KeyZ", "z"],
    ["ש", "KeyA", "a"],
    ["х", "BracketLeft", "["],
    ["ю", "Period", "."],
  ]) {
    assert.equal(latin({ key, code }), meant);
  }
});

test("a key that writes a Latin letter or a sign is what it writes, wherever it is", () => {
  for (const [key, code] of [
    ["a", "KeyQ"],
    ["Z", "KeyW"],
    ["ö", "Semicolon"],
    ["?", "Slash"],
    ["0", "Digit0"],
    ["ж", "Semicolon"],
    ["Enter", "Enter"],
    ["ArrowUp", "ArrowUp"],
  ]) {
    assert.equal(latin({ key, code }), key);
  }
});
