/** What is chosen, where it is taken hold of, what dragging does to it; and what is copied and pasted. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { mapped, shifted, turned } from "../../../static/js/draw/affine.js";
import { Brought, bring, isForeign } from "../../../static/js/draw/brought.js";
import { clipOf, marksIn } from "../../../static/js/draw/clip.js";
import { Emitter } from "../../../static/js/draw/emitter.js";
import { gripAt, knob } from "../../../static/js/draw/grips.js";
import { following, Names } from "../../../static/js/draw/names.js";
import { broken } from "../../../static/js/draw/pastedtext.js";
import { mapOf } from "../../../static/js/draw/select.js";
import { Selection } from "../../../static/js/draw/selection.js";
import { NO_SUPPLY } from "../../../static/js/draw/supplies.js";
import { toolNamed } from "../../../static/js/draw/tools.js";
import { area, clear, image, layer, point, shape, text } from "../../../static/js/engine/ops.js";
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

test("a corner keeps the sides alike, with shift too, and the other corner in its place", () => {
  const grip = gripAt(BOX, { x: 300, y: 200 }, 1);
  for (const shift of [false, true]) {
    const both = mapOf(grip, BOX, { x: 300, y: 200 }, { x: 500, y: 210, shift });
    near(mapped(both, { x: 100, y: 100 }), { x: 100, y: 100 });
    near(mapped(both, { x: 300, y: 200 }), { x: 500, y: 300 });
  }
});

test("a side stretches, and the other side stays in its place", () => {
  const grip = gripAt(BOX, { x: 305, y: 150 }, 1);
  assert.equal(grip.kind, "side");
  const map = mapOf(grip, BOX, { x: 300, y: 150 }, { x: 500, y: 190 });
  near(mapped(map, { x: 100, y: 100 }), { x: 100, y: 100 });
  near(mapped(map, { x: 300, y: 200 }), { x: 500, y: 200 });
});

test("a side too short for a grip of its own has none", () => {
  const flat = { left: 100, top: 100, right: 300, bottom: 160 };
  assert.equal(gripAt(flat, { x: 310, y: 130 }, 1), null);
  assert.equal(gripAt(flat, { x: 310, y: 130 }, 2).kind, "side");
  assert.equal(gripAt(flat, { x: 200, y: 170 }, 1).kind, "side");
});

test("with alt, corners and sides go from the middle", () => {
  const corner = gripAt(BOX, { x: 300, y: 200 }, 1);
  const both = mapOf(corner, BOX, { x: 300, y: 200 }, { x: 400, y: 210, alt: true });
  near(mapped(both, { x: 100, y: 100 }), { x: 0, y: 50 });
  near(mapped(both, { x: 300, y: 200 }), { x: 400, y: 250 });
  const side = gripAt(BOX, { x: 200, y: 200 }, 1);
  const down = mapOf(side, BOX, { x: 200, y: 200 }, { x: 200, y: 250, alt: true });
  near(mapped(down, { x: 100, y: 100 }), { x: 100, y: 50 });
});

test("with shift, what is dragged goes straight across or down", () => {
  const grip = gripAt(BOX, { x: 200, y: 150 }, 1);
  const across = mapOf(grip, BOX, { x: 200, y: 150 }, { x: 290, y: 170, shift: true });
  near(mapped(across, { x: 100, y: 100 }), { x: 190, y: 100 });
  const down = mapOf(grip, BOX, { x: 200, y: 150 }, { x: 190, y: 120, shift: true });
  near(mapped(down, { x: 100, y: 100 }), { x: 100, y: 70 });
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
  session.propose = (op) => replica.propose(op);
  replica.listen((news) => session.emit("change", news));
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

/** What a selection tells when something is done while one of Ann's marks is dragged, or not yet. */
function toldOnTheWay(op, { isDragged }) {
  const { replica, selection } = choosing(dot("ann.1", 100, 100));
  const told = [];
  selection.on("barred", () => told.push("barred"));
  selection.chooseAll();
  if (isDragged) selection.map = shifted(5, 5);
  replica.propose(op);
  assert.equal(selection.isEmpty, true);
  return told;
}

test("one is told when a layer is locked or hidden while one moves something there", () => {
  for (const said of [{ locked: true }, { hidden: true }]) {
    const op = layer("bob.1", 0, said);
    assert.deepEqual(toldOnTheWay(op, { isDragged: true }), ["barred"]);
    assert.deepEqual(toldOnTheWay(op, { isDragged: false }), []);
  }
  assert.deepEqual(toldOnTheWay(clear("bob.1", 0), { isDragged: true }), []);
});

test("what is turned is turned by one op that undo takes back", () => {
  const { replica, selection } = choosing(dot("ann.1", 100, 100), dot("ann.2", 200, 100));
  selection.chooseWithin({ left: 0, top: 0, right: 500, bottom: 500 });
  selection.transform(turned(Math.PI / 2, { x: 100, y: 100 }));
  const [, second] = replica.scene.strokes();
  assert.deepEqual([second.points[0].x, second.points[0].y], [1600, 3200]);
  assert.deepEqual(undo(replica.scene, new Set(["ann"])).length, 1);
});

const HERE = "/d/here/images/";
const LOOK = { colour: "#102030", alpha: 255, layer: 0 };
const AT_100 = [65536, 0, 0, 65536, 1600, 1600];
const LEFT = { left: 0, top: 0, right: 150, bottom: 500 };
const ids = ({ selection }) => selection.marks.map(({ id }) => id);

test("what is turned over twice is as it was, and keeps its place", () => {
  for (const flip of ["flipAcross", "flipDown"]) {
    const made = choosing(dot("ann.1", 100, 100), dot("ann.2", 300, 140), dot("ann.3", 140, 200));
    made.selection.chooseAll();
    const { box } = made.selection;
    const before = made.selection.marks;
    made.selection[flip]();
    assert.deepEqual(made.selection.box, box);
    assert.notDeepEqual(made.selection.marks, before);
    made.selection[flip]();
    assert.deepEqual(made.selection.marks, before);
  }
});

test("however much is selected, what is done to it is one thing to undo", () => {
  const many = Array.from({ length: 1001 }, (_, i) => dot(`ann.${i}`, 100 + (i % 9), 100));
  const acts = [(selection) => selection.flipAcross(), (selection) => selection.remove()];
  for (const act of acts) {
    const { replica, selection } = choosing(...many);
    selection.chooseAll();
    assert.equal(selection.marks.length, 1001);
    act(selection);
    assert.equal(undo(replica.scene, new Set(["ann"])).length, 2);
  }
});

test("the ops of a gesture are named after its first, whatever letters its author has (P31)", () => {
  const names = new Names("zoezoezoezoe", "12345678");
  const name = names.gesture();
  const all = Array.from({ length: 40 }, name);
  assert.deepEqual([all[0], all[39]], ["zoezoezoezoe.123456781z1", "zoezoezoezoe.123456781z15"]);
  const again = following(all[0]);
  assert.deepEqual(Array.from({ length: 40 }, again), all);
});

test("shift chooses more, and lets go of what it touches again", () => {
  const made = choosing(dot("ann.1", 100, 100), dot("ann.2", 300, 300));
  made.selection.chooseWithin(LEFT);
  made.selection.toggleAt({ x: 300, y: 300 });
  assert.deepEqual(ids(made), ["ann.1", "ann.2"]);
  made.selection.toggleAt({ x: 100, y: 100 });
  assert.deepEqual(ids(made), ["ann.2"]);
  made.selection.chooseWithin(LEFT, true);
  assert.deepEqual(ids(made), ["ann.2", "ann.1"]);
  made.selection.toggleAt({ x: 700, y: 700 });
  assert.deepEqual(ids(made), ["ann.2", "ann.1"]);
});

/** Ann's hand on what she has chosen, with what came of it. */
function touching(made, from) {
  const edited = [];
  const carried = { id: "ann.1234567891z1", to: () => {}, finish: () => {}, giveUp: () => {} };
  const studio = { ...made, drafts: { carry: () => carried }, edit: (place) => edited.push(place) };
  toolNamed("select").start(studio, from, false).end();
  return edited;
}

test("of several that are selected, the one that is touched again stays so alone", () => {
  const made = choosing(dot("ann.1", 100, 100), dot("ann.2", 300, 300));
  made.selection.chooseAll();
  touching(made, { x: 300, y: 300 });
  assert.deepEqual(ids(made), ["ann.2"]);
});

test("a double click on a text edits it, alone or among others", () => {
  const words = text({ ...LOOK, id: "ann.3", text: "Hi", size: 1600, matrix: AT_100 });
  const made = choosing(words, dot("ann.1", 100, 400));
  made.selection.chooseAll();
  const place = { x: 110, y: 90 };
  assert.deepEqual(touching(made, place), []);
  assert.deepEqual(ids(made), ["ann.3"]);
  assert.deepEqual(touching(made, place), [place]);
});

test("what is pasted is chosen, and one thing to undo", () => {
  const { replica, selection } = choosing();
  const clip = clipOf([dot("bob.1", 100, 100), dot("bob.2", 200, 100)], HERE);
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
  assert.deepEqual(marksIn(clipOf(ALL, HERE)), ALL);
});

test("what is no mark is not pasted, wherever it came from", () => {
  const [line] = JSON.parse(clipOf(ALL, HERE));
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

const PHOTO = image({
  ...LOOK,
  id: "ann.5",
  image: "f".repeat(64),
  width: 9,
  height: 7,
  matrix: AT_100,
});

test("an image is copied with where it is, and is another drawing's only there", () => {
  const [copied] = marksIn(clipOf([PHOTO], HERE));
  assert.deepEqual(copied, { ...PHOTO, from: HERE });
  assert.deepEqual([isForeign(copied, HERE), isForeign(copied, "/d/other/images/")], [false, true]);
});

test("images of one file that are brought along have it once, under a name of their own", () => {
  const taken = { file: new File([], "photo"), pixels: { width: 9, height: 7 } };
  const added = [];
  const images = { add: (name) => added.push(name) };
  const brought = new Brought(new Map([[PHOTO.image, taken]]), images);
  const made = [PHOTO, { ...PHOTO, id: "ann.6" }, dot("ann.7", 1, 1)].map((op) => brought.own(op));
  assert.deepEqual(
    made.map(({ op, file }) => [op.image, file]),
    [
      ["ann.5", taken.file],
      ["ann.5", null],
      [undefined, null],
    ],
  );
});

test("nothing is fetched but the images of drawings here", async () => {
  const wrong = ["https://elsewhere.test/d/k/images/", "//elsewhere/d/k/images/", "/d/../images/x"];
  for (const from of wrong) {
    const ties = { address: HERE, replica: null, images: null };
    await assert.rejects(bring([{ ...PHOTO, from }], ties), { code: "elsewhere" });
    const odd = { ...PHOTO, image: "../../elsewhere", from: "/d/k/images/" };
    await assert.rejects(bring([odd], ties), { code: "elsewhere" });
  }
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
