/** From touches to strokes: the tools, what they remember, what their strokes are called. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Brushes, WIDEST } from "../../../static/js/draw/brushes.js";
import { Draft } from "../../../static/js/draw/draft.js";
import { Memory } from "../../../static/js/draw/memory.js";
import { Names } from "../../../static/js/draw/names.js";
import { positionOf, widthAt } from "../../../static/js/draw/toolbar.js";
import { TOOLS, toolNamed } from "../../../static/js/draw/tools.js";
import { MOST_POINTS } from "../../../static/js/engine/ops.js";

/** A browser's storage, of the same behaviour as localStorage. */
function storage(kept = new Map()) {
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => kept.set(name, value),
  };
}

function brushes(kept) {
  return new Brushes(new Memory(storage(kept)));
}

/** A studio whose drafts are only listed. */
function studio(scale = 1) {
  const names = new Names("ann", "tab");
  const finished = [];
  const drafts = {
    begin: (style, spacing) => new Draft(names.next(), style, spacing),
    grown: () => {},
    finish: (draft) => finished.push(draft.toStroke()),
    giveUp: () => {},
  };
  return { drafts, brushes: brushes(), scale, finished };
}

function touch(x, y = 0, pressure = 0.5) {
  return { x, y, pressure };
}

test("each tool draws in its own way", () => {
  for (const name of ["pen", "marker", "eraser"]) {
    const made = studio();
    const hand = toolNamed(name).start(made, touch(1, 2), false);
    hand.draw([touch(10, 2), touch(20, 2.5)]);
    hand.end();
    const [stroke] = made.finished;
    assert.equal(stroke.brush, name);
    assert.deepEqual(
      stroke.points.map(({ x, y }) => [x, y]),
      [
        [16, 32],
        [160, 32],
        [320, 40],
      ],
    );
  }
});

test("no two tools share a name or a key", () => {
  assert.equal(new Set(TOOLS.map((tool) => tool.name)).size, TOOLS.length);
  assert.equal(new Set(TOOLS.map((tool) => tool.key)).size, TOOLS.length);
});

test("a tap is a dot", () => {
  const made = studio();
  toolNamed("pen").start(made, touch(3, 4), false).end();
  assert.equal(made.finished[0].points.length, 1);
});

test("a pen presses, a mouse does not", () => {
  const made = studio();
  toolNamed("pen")
    .start(made, touch(0, 0, 0.2), true)
    .end();
  toolNamed("pen")
    .start(made, touch(0, 0, 0.2), false)
    .end();
  const pressed = made.finished.map(({ pressure, points }) => [pressure, points[0].pressure]);
  assert.deepEqual(pressed, [
    [true, 51],
    [false, 255],
  ]);
});

test("points that would hardly be told apart are left out, the last one never", () => {
  const made = studio();
  const hand = toolNamed("pen").start(made, touch(0), false);
  hand.draw([touch(0.25), touch(0.5), touch(2), touch(2.25)]);
  hand.end();
  assert.deepEqual(
    made.finished[0].points.map(({ x }) => x / 16),
    [0, 2, 2.25],
  );
});

test("a stroke that gets too long goes on in another", () => {
  const made = studio();
  const hand = toolNamed("pen").start(made, touch(0), false);
  hand.draw(Array.from({ length: 2500 }, (_, i) => touch((i % 900) + 1, i)));
  hand.end();
  const lengths = made.finished.map(({ points }) => points.length);
  assert.deepEqual(lengths, [MOST_POINTS, MOST_POINTS, 503]);
  const [first, second] = made.finished;
  assert.deepEqual(second.points[0], first.points[MOST_POINTS - 1]);
  assert.equal(new Set(made.finished.map(({ id }) => id)).size, 3);
});

test("tool, colour and sizes are remembered", () => {
  const kept = new Map();
  const before = brushes(kept);
  before.tool = "marker";
  before.width = 50;
  before.colour = "#ABCDEF";
  before.use();
  const after = brushes(kept);
  assert.deepEqual([after.tool, after.width, after.colour], ["marker", 50, "#abcdef"]);
  assert.deepEqual(after.recent, ["#abcdef"]);
});

test("what was remembered and makes no sense is forgotten", () => {
  const wrong = {
    tool: "chainsaw",
    colour: "red",
    recent: ["#fff", 3],
    widths: { pen: 1e9 },
    alphas: null,
  };
  const found = brushes(new Map([["brushes", JSON.stringify(wrong)]]));
  const first = brushes();
  assert.deepEqual(
    [found.tool, found.colour, found.width],
    [first.tool, first.colour, first.width],
  );
  assert.deepEqual(found.recent, []);
  assert.equal(brushes(new Map([["brushes", "{"]])).tool, first.tool);
});

test("a brush grows and shrinks within its limits", () => {
  const one = brushes();
  for (let i = 0; i < 100; i += 1) one.grow();
  assert.equal(one.width, WIDEST);
  for (let i = 0; i < 100; i += 1) one.shrink();
  assert.equal(one.width, 1);
});

test("the pen turned round erases with the eraser's size", () => {
  const one = brushes();
  one.tool = "eraser";
  one.width = 77;
  one.tool = "pen";
  assert.equal(one.style("eraser", true).width, 77 * 16);
});

test("every width has its place on the slider", () => {
  assert.deepEqual([widthAt(0), widthAt(100)], [1, WIDEST]);
  for (let position = 0; position <= 100; position += 5) {
    assert.ok(Math.abs(positionOf(widthAt(position)) - position) <= 5);
  }
});

test("no two ops share a name, from whichever tab they come", () => {
  const tabs = Array.from({ length: 20 }, () => new Names("k3j9x2m1p0qa"));
  const names = tabs.flatMap((tab) => Array.from({ length: 50 }, () => tab.next()));
  assert.equal(new Set(names).size, names.length);
  for (const name of names) assert.match(name, /^k3j9x2m1p0qa\.[a-z0-9]{1,16}$/);
});
