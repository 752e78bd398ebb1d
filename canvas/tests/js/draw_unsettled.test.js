/** What is to be seen before it settles, and how little of it is made anew. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Unsettled } from "../../../static/js/draw/unsettled.js";
import { coats } from "../../../static/js/engine/coats.js";
import { EVERYWHERE, Fallen } from "../../../static/js/engine/grain.js";
import { stroke } from "../../../static/js/engine/ops.js";
import { ids, mark } from "./marks.js";
import { assertAlikeIn, strokes, windowOn } from "./wandering.js";

/** Strokes of pencils, each with a name of its own. */
function pencils() {
  const some = strokes().filter(({ brush }) => brush === "pencil");
  return some.map((one, i) => stroke({ ...one, id: `ann.${i}` }));
}

test("one's own is seen at once, and until it has settled", () => {
  const unsettled = new Unsettled();
  const [own, other] = [mark("ann.1"), mark("bob.1")];
  unsettled.show(own);
  assert.deepEqual(ids(unsettled.seen), ["ann.1"]);
  assert.ok(unsettled.isDone);
  for (const one of [own, other]) unsettled.await(one);
  assert.deepEqual(ids([...unsettled.waiting]), ["ann.1", "bob.1"]);
  assert.ok(unsettled.awaits("ann.1") && !unsettled.isDone);
  for (const one of [own, other]) unsettled.drop(one.id);
  assert.deepEqual(unsettled.seen, []);
  assert.ok(unsettled.isDone);
});

test("of a long log only what one has drawn oneself is seen before it settles", () => {
  const unsettled = new Unsettled();
  unsettled.show(mark("ann.1"));
  for (let i = 0; i < 60; i += 1) unsettled.await(mark(`bob.${i}`));
  assert.deepEqual(ids(unsettled.seen), ["ann.1"]);
});

test("in a box a pencil's stroke has all its edges and flecks, and no others", () => {
  const unsettled = new Unsettled();
  let less = 0;
  for (const one of pencils()) {
    const window = windowOn(one);
    const part = unsettled.partOf(one, window);
    assertAlikeIn(window, part, one);
    less += coats(part)[0].contours.length < coats(one)[0].contours.length;
  }
  assert.ok(less > 100, `${less}`);
});

test("what fell along it while it was drawn makes no other stroke of it", () => {
  for (const one of pencils()) {
    const unsettled = new Unsettled();
    const fallen = new Fallen();
    for (let sure = 1; sure <= one.points.length; sure += 4) coats(grown(one, sure, fallen));
    unsettled.remember(one.id, fallen);
    assert.deepEqual(coats(unsettled.wholeOf(one)), coats(one));
  }
});

/** A stroke as it was when it had so many points. */
function grown(one, sure, fallen) {
  const points = one.points.slice(0, sure);
  return { ...one, points, part: { whole: points, sure, fallen, within: EVERYWHERE } };
}

test("a stroke that was drawn again under its name is made anew", () => {
  const unsettled = new Unsettled();
  const [one, other] = pencils().slice(0, 2);
  unsettled.wholeOf(one);
  unsettled.drop(one.id);
  const again = { ...other, id: one.id };
  assert.deepEqual(coats(unsettled.wholeOf(again)), coats(again));
});

test("however many wait, each is seen as it is", () => {
  const unsettled = new Unsettled();
  const many = pencils().slice(0, 150);
  for (const one of many) unsettled.remember(one.id, new Fallen());
  for (const _ of [1, 2])
    for (const one of many) assertAlikeIn(windowOn(one), unsettled.partOf(one, windowOn(one)), one);
});

test("a pen is painted whole", () => {
  const pen = mark("ann.1");
  assert.equal(new Unsettled().partOf(pen, windowOn(pen)), pen);
});
