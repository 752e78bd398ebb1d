/** What is chosen, where it is taken hold of, what dragging does to it; and what is copied and pasted. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { mapped, turned } from "../../../static/js/draw/affine.js";
import { clipOf, marksIn } from "../../../static/js/draw/clip.js";
import { Emitter } from "../../../static/js/draw/emitter.js";
import { gripAt, knob } from "../../../static/js/draw/grips.js";
import { Names } from "../../../static/js/draw/names.js";
import { broken } from "../../../static/js/draw/pastedtext.js";
import { mapOf } from "../../../static/js/draw/select.js";
import { Selection } from "../../../static/js/draw/selection.js";
import { NO_SUPPLY } from "../../../static/js/draw/supplies.js";
import { toolNamed } from "../../../static/js/draw/tools.js";
import { area, point, shape, text } from "../../../static/js/engine/ops.js";
import { Replica } from "../../../static/js/engine/replica.js";
import { undo } from "../../../static/js/engine/rules.js";
import { mark } from "./marks.js";

const BOX = { left: 100, top: 100, right: 300, bottom: 200 };

function near(a, b) {
  assert.ok(Math.hypot(a.x - b.x, a.y - b.y) < 1e-9, `${a.x} ${a.y}, not ${b.x} ${b.y}`);
}

test("corners, knob and inside are taken hold of, and beside them nothing", () => {
  const { at, opposite, kind } = gripAt(BOX, { x: 303, y: 198 }, 1);
  assert.equal(kind, "corner");
  assert.deepEqual(
    [at, opposite],
    [
      { x: 300, y: 200 },
      { x: 100, y: 100 },
    ],
  );
  assert.equal(gripAt(BOX, knob(BOX, 1), 1).kind, "knob");
  assert.equal(gripAt(BOX, { x: 200, y: 150 }, 1).kind, "inside");
  assert.equal(gripAt(BOX, { x: 350, y: 150 }, 1), null);
});

test("text from elsewhere is broken between words, and cut where a text ends", () => {
  assert.equal(broken(" One line\r\nand\tone "), "One line\nand one");
  const lines = broken("four ".repeat(20)).split("\n");
  assert.deepEqual(
    lines.map(({ length }) => length),
    [39, 39, 19],
  );
  assert.equal(broken("x".repeat(2000)).length, 500);
});

test("a grip is 40 px wide to a finger, however large the paper is shown", () => {
  for (const scale of [0.5, 1, 4]) {
    const beside = (px) => ({ x: 300 + px / scale, y: 200 });
    assert.equal(gripAt(BOX, beside(19.5), scale).kind, "corner");
    assert.equal(gripAt(BOX, beside(20.5), scale), null);
  }
});

test("what is small is moved by its inside, and enlarged by its corners", () => {
  const small = { left: 100, top: 100, right: 120, bottom: 120 };
  assert.equal(gripAt(small, { x: 113, y: 113 }, 1).kind, "inside");
  assert.equal(gripAt(small, { x: 119, y: 119 }, 1).kind, "corner");
  assert.equal(gripAt(small, { x: 126, y: 126 }, 1).kind, "corner");
});

test("a corner keeps the sides alike and the other corner in its place; with shift it does as it likes", () => {
  const grip = gripAt(BOX, { x: 300, y: 200 }, 1);
  const both = mapOf(grip, BOX, { x: 300, y: 200 }, { x: 500, y: 210 });
  near(mapped(both, { x: 100, y: 100 }), { x: 100, y: 100 });
  near(mapped(both, { x: 300, y: 200 }), { x: 500, y: 300 });
  const free = mapOf(grip, BOX, { x: 300, y: 200 }, { x: 500, y: 150, shift: true });
  near(mapped(free, { x: 300, y: 200 }), { x: 500, y: 150 });
});

test("however far a corner is dragged, nothing vanishes or turns over", () => {
  const grip = gripAt(BOX, { x: 300, y: 200 }, 1);
  const { a, d } = mapOf(grip, BOX, { x: 300, y: 200 }, { x: -900, y: -900 });
  assert.ok(a > 0 && d > 0);
});

test("the knob turns about the middle, with shift by steps", () => {
  const from = knob(BOX, 1);
  const grip = gripAt(BOX, from, 1);
  const map = mapOf(grip, BOX, from, { x: 900, y: 150 });
  near(mapped(map, { x: 200, y: 150 }), { x: 200, y: 150 });
  near(mapped(map, { x: 200, y: 100 }), { x: 250, y: 150 });
  const stepped = mapOf(grip, BOX, from, { x: 900, y: 170, shift: true });
  near(mapped(stepped, { x: 200, y: 100 }), { x: 250, y: 150 });
});

/** Ann's selection among marks of hers. */
function choosing(...marks) {
  const replica = new Replica();
  const session = Object.assign(new Emitter(), { mine: new Set(["ann"]) });
  session.propose = (op) => {
    replica.propose(op);
    session.emit("change", {});
  };
  for (const one of marks) replica.propose(one);
  const names = new Names("ann", "12345678");
  const selection = new Selection({ session, replica, names, type: NO_SUPPLY });
  return { replica, selection, scale: 1 };
}

const dot = (id, x, y) => mark(id, { points: [point(x * 16, y * 16)] });

test("a lasso chooses what lies wholly within it", () => {
  const long = mark("ann.3", { points: [point(1600, 1600), point(9600, 1600)] });
  const made = choosing(dot("ann.1", 100, 100), dot("ann.2", 300, 300), long);
  const hand = toolNamed("lasso").start(made, { x: 50, y: 50 }, false);
  const line = [
    [150, 50],
    [150, 150],
    [50, 150],
  ];
  hand.draw(line.map(([x, y]) => ({ x, y })));
  assert.equal(made.selection.line.length, 4);
  hand.end();
  assert.deepEqual(
    made.selection.marks.map(({ id }) => id),
    ["ann.1"],
  );
});

test("what is turned is turned by one op that undo takes back", () => {
  const { replica, selection } = choosing(dot("ann.1", 100, 100), dot("ann.2", 200, 100));
  selection.chooseWithin({ left: 0, top: 0, right: 500, bottom: 500 });
  selection.transform(turned(Math.PI / 2, { x: 100, y: 100 }));
  const [, second] = replica.scene.strokes();
  assert.deepEqual([second.points[0].x, second.points[0].y], [1600, 3200]);
  assert.deepEqual(undo(replica.scene, new Set(["ann"])).length, 1);
});

test("what is pasted is chosen, and one thing to undo", () => {
  const { replica, selection } = choosing();
  const clip = clipOf([dot("bob.1", 100, 100), dot("bob.2", 200, 100)]);
  selection.add(marksIn(clip), { a: 1, b: 0, c: 0, d: 1, e: 24, f: 0 });
  const made = replica.scene.strokes();
  assert.deepEqual(
    made.map(({ id, points: [{ x }] }) => [id.split(".")[0], x / 16]),
    [
      ["ann", 124],
      ["ann", 224],
    ],
  );
  assert.equal(selection.marks.length, 2);
  assert.equal(undo(replica.scene, new Set(["ann"])).length, 2);
});

const LOOK = { colour: "#102030", alpha: 255, layer: 0 };
const ALL = [
  dot("ann.1", 5, 6),
  shape({
    ...LOOK,
    id: "ann.2",
    kind: "line",
    fill: null,
    width: 64,
    points: [point(0, 0), point(9, 9)],
  }),
  text({ ...LOOK, id: "ann.3", text: "Hi", size: 640, matrix: [65536, 0, 0, 65536, 5, 6] }),
  area({ ...LOOK, id: "ann.4", contours: [[0, 0, 64, 0, 64, 64]] }),
];

test("every kind of mark is copied as it is", () => {
  assert.deepEqual(marksIn(clipOf(ALL)), ALL);
});

test("what is no mark is not pasted, wherever it came from", () => {
  const [line] = JSON.parse(clipOf(ALL));
  const wrong = [
    { ...line, t: "hide", ops: ["ann.1"] },
    { ...line, t: "toString" },
    { ...line, colour: "url(x)" },
    { ...line, points: ["a", "b"] },
    { ...line, points: 7 },
    { ...line, brush: "broom" },
    { ...line, alpha: null },
    null,
    [],
    "mark",
  ];
  assert.deepEqual(marksIn(JSON.stringify(wrong)), []);
  for (const clip of ["", "{", "7", "{}"]) assert.deepEqual(marksIn(clip), []);
});

test("a touch chooses the mark that is there, not one whose box reaches there", () => {
  const slash = mark("ann.2", { points: [point(0, 0), point(3200, 3200)] });
  const below = dot("ann.1", 150, 40);
  const { selection } = choosing(below, slash);
  selection.chooseAt({ x: 150, y: 40 });
  assert.deepEqual(
    selection.marks.map(({ id }) => id),
    ["ann.1"],
  );
  selection.chooseAt({ x: 150, y: 150 });
  assert.deepEqual(
    selection.marks.map(({ id }) => id),
    ["ann.2"],
  );
});
