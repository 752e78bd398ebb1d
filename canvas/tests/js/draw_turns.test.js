/** While one draws, the others' ink and their cursors are shown in turn. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Turns } from "../../../static/js/draw/turns.js";

test("whoever draws sees the others' ink and their cursors in turn", () => {
  const turns = new Turns();
  turns.isDrawing = true;
  const frames = [0, 16, 33, 50].map((time) => [turns.isInks(time), turns.isCursors(time)]);
  const [ink, cursors] = [
    [true, false],
    [false, true],
  ];
  assert.deepEqual(frames, [cursors, ink, cursors, ink]);
});

test("whoever looks on sees both in every frame", () => {
  const turns = new Turns();
  for (const time of [0, 16, 33]) {
    assert.ok(turns.isInks(time));
    assert.ok(turns.isCursors(time));
  }
});

test("whoever asks about the same frame hears the same", () => {
  const turns = new Turns();
  turns.isDrawing = true;
  const asked = [0, 0, 16, 16].map((time) => turns.isInks(time));
  assert.deepEqual(asked, [false, false, true, true]);
});
