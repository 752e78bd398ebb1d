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

/**
 * Draw for some frames, each painted so many ms after it began; return the numbers of those that went by.
 * @param {number} count
 * @param {(number: number) => number} took
 */
function drawn(count, took) {
  const turns = new Turns();
  turns.isDrawing = true;
  const lulls = [];
  for (let number = 1; number <= count; number += 1) {
    const time = number * 16;
    if (turns.isLull(time)) lulls.push(number);
    else turns.painted(time, time + took(number));
  }
  return lulls;
}

test("now and then a frame goes by while one draws, and no ink is painted between it and the one before", () => {
  const turns = new Turns();
  turns.isDrawing = true;
  const frames = Array.from({ length: 200 }, (_, i) => i * 16);
  const seen = frames.map((time) => ({ isLull: turns.isLull(time), isInks: turns.isInks(time) }));
  const lulls = frames.filter((_, i) => seen[i].isLull);
  assert.deepEqual(new Set(lulls.slice(1).map((time, i) => time - lulls[i])), new Set([32 * 16]));
  assert.ok(lulls.every((time) => !seen[time / 16 - 1].isInks));
});

test("soon after a frame that was late one goes by, so that the next ones are in time", () => {
  const lulls = drawn(200, (number) => (number === 51 || number === 52 ? 9 : 2));
  assert.deepEqual(lulls, [32, 52, 84, 116, 148, 180]);
});

test("where every frame is late, most of them are painted all the same", () => {
  const lulls = drawn(100, () => 15);
  assert.deepEqual(lulls, [8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96]);
});

test("a stroke that begins late lets a frame go by at once", () => {
  const turns = new Turns();
  for (let time = 16; time <= 640; time += 16) turns.isLull(time);
  turns.painted(640, 660);
  turns.isDrawing = true;
  assert.deepEqual(
    [656, 672, 688].map((time) => turns.isLull(time)),
    [false, true, false],
  );
});

test("the first frames of a stroke do not go by, however long nobody drew", () => {
  const turns = new Turns();
  for (let time = 16; time <= 640; time += 16) turns.isLull(time);
  turns.isDrawing = true;
  const first = Array.from({ length: 16 }, (_, i) => turns.isLull(656 + i * 16));
  assert.ok(!first.includes(true));
});

test("no frame goes by for whoever looks on", () => {
  const turns = new Turns();
  assert.ok(!Array.from({ length: 200 }, (_, i) => turns.isLull(i * 16)).includes(true));
});
