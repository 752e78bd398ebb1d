/** A log can be watched from its beginning, from its end, and from anywhere between. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { strokeAt, strokeNear } from "../../../static/js/draw/hit.js";
import { clear, hide, point, remove, shape, show } from "../../../static/js/engine/ops.js";
import { Scene } from "../../../static/js/engine/scene.js";
import { Bitmaps } from "../../../static/js/replay/bitmaps.js";
import { allowed, countUpTo, lasting } from "../../../static/js/replay/entries.js";
import { Past } from "../../../static/js/replay/past.js";
import { Timeline } from "../../../static/js/replay/timeline.js";
import { ids, mark } from "./marks.js";

/** Return ops as the log has them, a second apart. */
function entries(...ops) {
  return ops.map((op, i) => ({ seq: i + 1, time: 1000 * i, op }));
}

/** Return a log with everything in it. */
function everything() {
  return entries(
    mark("ann.1"),
    mark("bob.1"),
    hide("ann.2", ["ann.1"]),
    mark("ann.3"),
    clear("bob.2", 0),
    mark("bob.3"),
    show("ann.4", ["ann.1"]),
    hide("bob.4", ["bob.2"]),
    mark("ann.5", { layer: 2 }),
    hide("ann.6", ["ann.5"]),
  );
}

/** Return the scene of the first ops of a log, made anew. */
function sceneOf(log, count) {
  const scene = new Scene();
  for (const { seq, op } of log.slice(0, count)) scene.apply(seq, op);
  return scene;
}

test("wherever a past has been before, it shows the scene of that moment", () => {
  const log = everything();
  const past = new Past(log);
  for (const count of [10, 3, 4, 0, 7, 6, 10, 9, 1, 8, 5, 2]) {
    past.goTo(count);
    assert.equal(past.count, count);
    assert.deepEqual(ids(past.scene.strokes()), ids(sceneOf(log, count).strokes()));
  }
});

test("what a past passes is enough to keep a picture right", () => {
  const log = everything();
  for (let from = 0; from < log.length; from += 1) {
    for (let to = from; to <= log.length; to += 1) {
      const past = new Past(log);
      past.goTo(from);
      const seen = new Set(ids(past.scene.strokes()));
      const { drawn, turned } = past.pass(to);
      const now = ids(past.scene.strokes());
      const touched = new Set([...ids(drawn), ...ids(turned)]);
      const changed = [...now.filter((id) => !seen.has(id)), ...seen].filter(
        (id) => now.includes(id) !== seen.has(id),
      );
      assert(changed.every((id) => touched.has(id)));
      assert(ids(drawn).every((id) => now.includes(id)));
    }
  }
});

test("what was undone can be left out, but not what was redone or cleared", () => {
  const shown = lasting(everything());
  assert.deepEqual(ids(shown.map(({ op }) => op)), ["ann.1", "bob.1", "ann.3", "bob.3"]);
  assert.deepEqual(
    shown.map(({ seq }) => seq),
    [1, 2, 4, 6],
  );
});

test("a clear that nobody took back stays", () => {
  const log = entries(mark("ann.1"), clear("ann.2", 0), mark("ann.3"));
  assert.deepEqual(lasting(log), log);
});

test("what was deleted can be left out, but not what was brought back", () => {
  const [first, second] = [remove("ann.4", ["ann.1"]), remove("ann.5", ["ann.2"])];
  const log = entries(mark("ann.1"), mark("ann.2"), first, second, hide("ann.6", ["ann.5"]));
  assert.deepEqual(ids(lasting(log).map(({ op }) => op)), ["ann.2"]);
  assert.deepEqual(allowed(log), log);
});

test("what a moderator took out of the picture is shown at no moment, until it is brought back", () => {
  const log = entries(
    mark("ann.1"),
    mark("bob.1"),
    clear("bob.2", 0),
    mark("ann.2"),
    remove("sue.1", null, "bob"),
    mark("bob.3"),
    remove("sue.2", ["ann.2"]),
  );
  assert.deepEqual(ids(allowed(log).map(({ op }) => op)), ["ann.1", "bob.3"]);
  assert.deepEqual(
    ids(sceneOf(allowed(log), 9).strokes()),
    ids(sceneOf(log, log.length).strokes()),
  );
  const back = [...log, { seq: 8, time: 8, op: hide("sue.3", ["sue.1"]) }];
  assert.deepEqual(ids(allowed(back).map(({ op }) => op)).slice(0, 3), ["ann.1", "bob.1", "bob.2"]);
});

test("a seq leads to its op, though others are missing", () => {
  const log = entries(mark("ann.1"), mark("ann.2"), mark("ann.3"));
  log.splice(1, 1);
  assert.deepEqual(
    [0, 1, 2, 3, 9].map((seq) => countUpTo(log, seq)),
    [0, 1, 1, 2, 2],
  );
});

test("pauses are cut short, and each op has a time of its own", () => {
  const log = entries(mark("ann.1"), mark("ann.2"), clear("ann.3", 0));
  log[1].time = 3_600_000;
  log[2].time = 3_600_001;
  const timeline = new Timeline(log);
  assert(timeline.length < 2000);
  for (const count of [0, 1, 2, 3]) {
    assert.deepEqual(timeline.at(timeline.endOf(count)), { count, share: 0 });
  }
});

test("a long stroke takes longer than a short one, and grows", () => {
  const long = mark("ann.1", { points: [point(0, 0), point(16_000, 0)] });
  const timeline = new Timeline(entries(long, mark("ann.2")));
  assert(timeline.endOf(1) > timeline.length / 2);
  const { count, share } = timeline.at(timeline.endOf(1) / 4);
  assert.equal(count, 0);
  assert(Math.abs(share - 0.25) < 1e-9);
});

test("a log whose clock went back plays on", () => {
  const log = entries(mark("ann.1"), mark("ann.2"));
  log[1].time = -5000;
  const timeline = new Timeline(log);
  assert(timeline.endOf(2) > timeline.endOf(1));
});

test("an empty log takes no time", () => {
  const timeline = new Timeline([]);
  assert.equal(timeline.length, 0);
  assert.deepEqual(timeline.at(0), { count: 0, share: 0 });
});

test("bitmaps keep to their room, further and further apart", () => {
  const bitmaps = new Bitmaps(10, 40);
  for (let count = 10; count <= 100; count += 10) {
    if (bitmaps.lacks(count)) bitmaps.keep(count, `at ${count}`, 10);
  }
  assert.equal(bitmaps.spacing, 40);
  assert.deepEqual(bitmaps.before(100), { count: 80, picture: "at 80" });
  assert.deepEqual(bitmaps.before(79), { count: 40, picture: "at 40" });
  assert.deepEqual(bitmaps.before(39), { count: 0, picture: null });
});

test("a picture larger than all the room is not kept", () => {
  const bitmaps = new Bitmaps(10, 40);
  bitmaps.keep(10, "huge", 50);
  assert.deepEqual(bitmaps.before(10), { count: 0, picture: null });
});

/** Return a stroke along y = 100, 20 px wide. */
function line(id, style = {}) {
  return mark(id, { points: [point(160, 1600), point(3200, 1600)], width: 320, ...style });
}

test("the topmost stroke of a place is the one that was drawn last", () => {
  const strokes = [line("ann.1"), line("bob.1")];
  assert.equal(strokeAt(strokes, { x: 100.5, y: 100.5 })?.id, "bob.1");
  assert.equal(strokeAt(strokes, { x: 100.5, y: 120.5 }), null);
  assert.equal(strokeAt(strokes, { x: 300.5, y: 100.5 }), null);
});

test("a stroke of a higher layer is on top, whenever it was drawn", () => {
  const strokes = [line("ann.1", { layer: 3 }), line("bob.1")];
  assert.equal(strokeAt(strokes, { x: 100.5, y: 100.5 })?.id, "ann.1");
});

test("where something was erased, nobody drew what is not there", () => {
  const strokes = [line("ann.1"), line("bob.1", { brush: "eraser" })];
  assert.equal(strokeAt(strokes, { x: 100.5, y: 100.5 }), null);
  assert.equal(strokeAt([...strokes, line("ann.2")], { x: 100.5, y: 100.5 })?.id, "ann.2");
});

test("an eraser takes nothing from the layer below", () => {
  const strokes = [line("ann.1"), line("bob.1", { brush: "eraser", layer: 1 })];
  assert.equal(strokeAt(strokes, { x: 100.5, y: 100.5 })?.id, "ann.1");
});

test("what was erased in part can still be seen", () => {
  const strokes = [line("ann.1"), line("bob.1", { brush: "eraser", alpha: 128 })];
  assert.equal(strokeAt(strokes, { x: 100.5, y: 100.5 })?.id, "ann.1");
});

test("a loop does not cover what it goes around", () => {
  const square = [point(160, 160), point(3200, 160), point(3200, 3200), point(160, 3200)];
  const loop = line("ann.1", { points: [...square, square[0]], width: 64 });
  assert.equal(strokeAt([loop], { x: 100.5, y: 100.5 }), null);
});

test("a figure covers what it fills, or its edge alone", () => {
  const points = [point(160, 160), point(3200, 160), point(3200, 3200)];
  const figure = { kind: "rectangle", colour: "#102030", alpha: 255, width: 64, layer: 0, points };
  const edge = shape({ ...figure, id: "ann.1", fill: null });
  const filled = shape({ ...figure, id: "bob.1", fill: "#aabbcc" });
  const inside = { x: 100.5, y: 100.5 };
  assert.equal(strokeAt([edge], inside), null);
  assert.equal(strokeAt([edge], { x: 100.5, y: 10.5 })?.id, "ann.1");
  assert.equal(strokeAt([edge, filled], inside)?.id, "bob.1");
});

test("a finger may miss a thin stroke by a little", () => {
  const thin = line("ann.1", { width: 16 });
  assert.equal(strokeNear([thin], { x: 100.5, y: 106.5 }, 7)?.id, "ann.1");
  assert.equal(strokeNear([thin], { x: 100.5, y: 120.5 }, 7), null);
});
