/** What is being drawn comes to the screen: one's own at once, the others' as there is room. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { intersection } from "../../../static/js/draw/boxes.js";
import { Damage } from "../../../static/js/draw/damage.js";
import { Draft } from "../../../static/js/draw/draft.js";
import { Shown } from "../../../static/js/draw/shown.js";
import { Sketches } from "../../../static/js/draw/sketches.js";
import { Veil } from "../../../static/js/draw/veil.js";
import { point, shape } from "../../../static/js/engine/ops.js";

const WHOLE = { left: 0, top: 0, right: 2000, bottom: 2000 };
const STYLE = { brush: "pen", colour: "#102030", alpha: 255, width: 64, layer: 0, pressure: false };

function draft(...places) {
  const made = new Draft("ann.1", STYLE);
  go(made, ...places);
  return made;
}

/** A stroke of a pencil in the making. */
function pencilled(...places) {
  const made = new Draft("ann.3", { ...STYLE, brush: "pencil", pressure: true, leans: false });
  go(made, ...places);
  return made;
}

function go(made, ...places) {
  for (const [x, y] of places) made.grow({ x, y, pressure: 0.5 });
}

/** A straight line, from place to place. */
function line(x1, y1, x2, y2) {
  const look = { kind: "line", colour: "#102030", fill: null, alpha: 255, width: 64, layer: 0 };
  const points = [point(x1 * 16, y1 * 16), point(x2 * 16, y2 * 16)];
  return shape({ ...look, id: "ann.2", points });
}

/** The boxes a frame paints. */
function frame(sketches) {
  const damage = new Damage(WHOLE);
  sketches.growOwn(damage);
  sketches.growOthers(damage);
  return damage.take();
}

function covers(boxes, x, y) {
  const spot = { left: x, top: y, right: x + 1, bottom: y + 1 };
  return boxes.some((box) => intersection(box, spot) !== null);
}

test("only what has grown is painted again", () => {
  const sketches = new Sketches();
  const stroke = draft([10, 10], [20, 10], [30, 10], [40, 10], [50, 10]);
  sketches.show(stroke);
  assert.ok(covers(frame(sketches), 10, 10));
  assert.deepEqual(frame(sketches), []);
  go(stroke, [200, 10]);
  sketches.show(stroke);
  const boxes = frame(sketches);
  assert.ok(covers(boxes, 200, 10) && !covers(boxes, 10, 10));
});

test("one's own ink is painted however much the others draw", () => {
  const sketches = new Sketches();
  const others = [0, 1, 2].map((i) => draft([0, 600 * i], [1900, 600 * i + 500]));
  for (const one of others) sketches.showOthers(one);
  sketches.show(draft([1990, 1990]));
  const boxes = frame(sketches);
  assert.ok(covers(boxes, 1990, 1990));
  assert.equal(others.filter((_, i) => covers(boxes, 1900, 600 * i + 500)).length, 1);
  assert.ok(sketches.isUnfinished);
});

test("the others' ink that found no room comes first in the next frame", () => {
  const sketches = new Sketches();
  sketches.show(draft([1990, 1990]));
  const [first, second] = [0, 1].map((i) => draft([0, 800 * i], [1900, 800 * i + 700]));
  for (const one of [first, second]) sketches.showOthers(one);
  assert.ok(!covers(frame(sketches), 1900, 1500));
  go(first, [5, 5]);
  sketches.showOthers(first);
  const boxes = frame(sketches);
  assert.ok(covers(boxes, 1900, 1500) && !covers(boxes, 5, 5));
  assert.ok(covers(frame(sketches), 5, 5));
  assert.ok(!sketches.isUnfinished);
});

test("who does not draw sees all of it at once", () => {
  const sketches = new Sketches();
  for (const i of [0, 1, 2]) sketches.showOthers(draft([0, 600 * i], [1900, 600 * i + 500]));
  const boxes = frame(sketches);
  for (const i of [0, 1, 2]) assert.ok(covers(boxes, 1900, 600 * i + 500));
  assert.ok(!sketches.isUnfinished);
});

test("ink is seen where the pen is expected, until it turns out otherwise", () => {
  const sketches = new Sketches();
  const stroke = draft([10, 10], [20, 10], [30, 10]);
  stroke.lookAhead([{ x: 300, y: 10, pressure: 0.5 }]);
  sketches.show(stroke);
  assert.ok(covers(frame(sketches), 300, 10));
  assert.ok(sketches.isUnfinished);
  assert.ok(covers(frame(sketches), 300, 10));
  assert.equal(stroke.mark.points.length, 3);
  assert.ok(!sketches.isUnfinished);
});

test("what is expected is no part of the op", () => {
  const stroke = draft([10, 10], [20, 10]);
  stroke.lookAhead([{ x: 300, y: 10, pressure: 0.5 }]);
  assert.equal(stroke.mark.points.length, 3);
  assert.equal(stroke.toOp().points.length, 2);
});

test("what is let go is to be seen until what takes its place is painted, and holds up nobody's ink", () => {
  const sketches = new Sketches();
  const moved = new Shown(line(10, 10, 300, 300));
  sketches.show(moved);
  frame(sketches);
  sketches.release(moved);
  assert.ok(sketches.isReleasing && !sketches.isDrawing && sketches.isEmpty);
  assert.deepEqual(sketches.within(WHOLE), [moved.mark]);
  assert.ok(covers(sketches.forgetReleased(), 300, 300));
  assert.deepEqual(sketches.within(WHOLE), []);
  assert.ok(!sketches.isReleasing);
});

test("a stroke that is forgotten is painted over wherever it was", () => {
  const sketches = new Sketches();
  const stroke = draft([10, 10], [500, 10], [500, 500]);
  sketches.show(stroke);
  frame(sketches);
  const left = sketches.forget(stroke);
  for (const [x, y] of [
    [10, 10],
    [500, 10],
    [500, 500],
  ])
    assert.ok(covers([left], x, y));
  assert.ok(sketches.isEmpty);
  assert.equal(sketches.forget(stroke), null);
});

test("a pencil's stroke that is a mark now is painted only where it has grown since", () => {
  const sketches = new Sketches();
  const stroke = pencilled([10, 10], [500, 10], [500, 500], [500, 520], [500, 540]);
  sketches.show(stroke);
  frame(sketches);
  go(stroke, [500, 900]);
  assert.ok(sketches.shows(stroke.toOp()));
  const { box } = sketches.land(stroke);
  assert.ok(covers([box], 500, 900) && !covers([box], 10, 10));
  assert.ok(sketches.isEmpty);
});

test("a mark that is another than was drawn is not on the screen", () => {
  const sketches = new Sketches();
  const stroke = pencilled([10, 10], [500, 10]);
  sketches.show(stroke);
  frame(sketches);
  const op = stroke.toOp();
  for (const other of [
    { layer: 1 },
    { leans: true },
    { id: "ann.9" },
    { points: op.points.slice(1) },
    { points: [op.points[0], point(8000, 170, 128)] },
  ])
    assert.ok(!sketches.shows({ ...op, ...other }), Object.keys(other)[0]);
  stroke.lookAhead([{ x: 600, y: 10, pressure: 0.5 }]);
  assert.ok(!sketches.shows(op));
  assert.ok(!sketches.shows(line(10, 10, 60, 10)));
});

test("what looks otherwise is painted where it was and where it is, once", () => {
  const sketches = new Sketches();
  const shown = new Shown(line(10, 10, 60, 10));
  sketches.showOthers(shown);
  assert.ok(covers(frame(sketches), 30, 10));
  shown.become(line(910, 900, 960, 900));
  sketches.showOthers(shown);
  const boxes = frame(sketches);
  assert.ok(covers(boxes, 30, 10) && covers(boxes, 930, 900));
  assert.deepEqual(frame(sketches), []);
  assert.ok(!covers([sketches.forget(shown)], 30, 10));
});

test("while one draws, a sketch that finds no room is seen as it was until it does", () => {
  const sketches = new Sketches();
  sketches.show(draft([1990, 1990]));
  const shown = new Shown(line(10, 10, 60, 10));
  sketches.showOthers(shown);
  frame(sketches);
  const [large, spot] = [
    draft([0, 800], [1900, 1500]),
    { left: 20, top: 5, right: 30, bottom: 15 },
  ];
  sketches.showOthers(large);
  shown.become(line(10, 20, 60, 20));
  sketches.showOthers(shown);
  frame(sketches);
  assert.ok(sketches.isUnfinished);
  assert.equal(sketches.within(spot).length, 1);
});

test("texts are found where they are on the screen", () => {
  const sketches = new Sketches();
  const shown = new Shown(line(10, 10, 60, 10));
  for (const one of [shown, draft([500, 500])]) sketches.showOthers(one);
  frame(sketches);
  const found = sketches.where((mark) => mark.t === "shape");
  assert.equal(found.length, 1);
  assert.ok(covers(found, 30, 10));
  assert.deepEqual(
    sketches.where((mark) => mark.t === "text"),
    [],
  );
});

test("in a box one's own lies over the others', and what is elsewhere does not count", () => {
  const sketches = new Sketches();
  const [own, other, far] = [draft([10, 10]), draft([12, 10]), draft([900, 900])];
  for (const one of [other, far]) sketches.showOthers(one);
  sketches.show(own);
  frame(sketches);
  const seen = sketches.within({ left: 0, top: 0, right: 100, bottom: 100 });
  assert.deepEqual(
    seen.map(({ points }) => points),
    [other.points, own.points],
  );
});

test("a mark is left out as long as anybody has it left out", () => {
  const veil = new Veil();
  assert.deepEqual(veil.lay("others", new Set(["a", "b"])), ["a", "b"]);
  assert.deepEqual(veil.lay("own", new Set(["b", "c"])), ["c"]);
  assert.deepEqual(veil.lay("others", new Set()), ["a"]);
  assert.deepEqual(
    ["a", "b", "c"].map((id) => veil.has(id)),
    [false, true, true],
  );
  assert.deepEqual(veil.lay("own", new Set()), ["b", "c"]);
});
