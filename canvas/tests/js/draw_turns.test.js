/** While one draws, the others have every second frame. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Turns } from "../../../static/js/draw/turns.js";

function asked(turns, ...times) {
  return times.map((time) => turns.isTheirs(time));
}

test("who only looks on sees the others in every frame", () => {
  assert.deepEqual(asked(new Turns(), 0, 16, 33), [true, true, true]);
});

test("who draws sees them in every second, and then in every one again", () => {
  const turns = new Turns();
  turns.isDrawing = true;
  assert.deepEqual(asked(turns, 0, 16, 33, 50), [false, true, false, true]);
  turns.isDrawing = false;
  assert.deepEqual(asked(turns, 66, 83), [true, true]);
});

test("all that belongs to the others moves in the same frames", () => {
  const turns = new Turns();
  turns.isDrawing = true;
  assert.deepEqual(asked(turns, 0, 0, 16, 16, 16, 33), [false, false, true, true, true, false]);
});
