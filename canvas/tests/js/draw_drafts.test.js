/** What one draws, as the others see it meanwhile, becomes the ops they are told of (P28, P29, P31). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Brushes } from "../../../static/js/draw/brushes.js";
import { OwnDrafts } from "../../../static/js/draw/drafts.js";
import { Memory } from "../../../static/js/draw/memory.js";
import { IDENTITY } from "../../../static/js/engine/matrix.js";
import { Server, Visitor } from "./draw_server.js";
import { watched } from "./draw_watched.js";

const PAPER = { width: 200, height: 100 };
const SCRIPT = { colour: "#102030", alpha: 255, size: 768, layer: 0, matrix: IDENTITY };

/** Ann, who draws, and Bob, who sees what she draws as it comes. */
async function ann(mirror = "none") {
  const server = new Server();
  const visitor = new Visitor(server, "ann", { tab: "tabtabta" });
  visitor.connect();
  await server.settle();
  const seen = new Map();
  const outlet = watched(seen, PAPER);
  const brushes = new Brushes(new Memory(null));
  brushes.mirror = mirror;
  const painter = { show: () => {}, forget: () => {}, release: () => {}, veil: () => {} };
  const { session, names } = visitor;
  const drafts = new OwnDrafts({ session, painter, outlet, brushes, names, paper: PAPER });
  const proposed = () => visitor.replica.ops.map((op) => op);
  return { drafts, brushes, seen, proposed };
}

function marks(seen) {
  return [...seen.values()].map(({ mark: { t: _, ...mark } }) => mark);
}

function without({ t: _, ...op }) {
  return op;
}

for (const [mirror, count] of [
  ["none", 1],
  ["across", 2],
  ["down", 2],
  ["both", 4],
]) {
  test(`a stroke is the ops it was seen as, mirror: ${mirror}`, async () => {
    const { drafts, brushes, seen, proposed } = await ann(mirror);
    const draft = drafts.begin({ ...brushes.style("pencil", true), leans: true }, 0);
    for (const x of [10, 20, 30]) draft.grow({ x, y: 20, pressure: 0.5, lean: x / 30 });
    drafts.grown(draft);
    assert.equal(seen.size, count);
    const before = marks(seen);
    drafts.finish(draft);
    assert.deepEqual(before, proposed().map(without));
  });

  test(`a shape is the ops it was seen as, mirror: ${mirror}`, async () => {
    const { drafts, brushes, seen, proposed } = await ann(mirror);
    const figure = drafts.beginShape(brushes.shapeStyle("line"));
    for (const x of [20, 40.03])
      drafts.reshape(figure, [
        { x: 10.04, y: 10 },
        { x, y: 20 },
      ]);
    drafts.reshape(figure, [
      { x: 10.04, y: 10 },
      { x: 40.03, y: 20 },
    ]);
    assert.equal(seen.size, count);
    const before = marks(seen);
    drafts.finish(figure);
    assert.deepEqual(before, proposed().map(without));
  });

  test(`what is given up is seen no more, mirror: ${mirror}`, async () => {
    const { drafts, brushes, seen, proposed } = await ann(mirror);
    const draft = drafts.begin(brushes.style("pen", false), 0);
    draft.grow({ x: 10, y: 20, pressure: 0.5 });
    drafts.grown(draft);
    drafts.giveUp(draft);
    assert.deepEqual([seen.size, proposed()], [0, []]);
  });

  test(`what never touched the paper is seen no more, mirror: ${mirror}`, async () => {
    const { drafts, brushes, seen, proposed } = await ann(mirror);
    const draft = drafts.begin(brushes.style("pen", false), 0);
    draft.grow({ x: -500, y: -500, pressure: 0.5 });
    drafts.grown(draft);
    assert.equal(seen.size, count);
    drafts.finish(draft);
    assert.deepEqual([seen.size, proposed()], [0, []]);
  });
}

test("a text is the op it was seen as, as much of it as a drawing takes", async () => {
  const { drafts, seen, proposed } = await ann();
  const written = drafts.beginText(SCRIPT);
  drafts.rewrite(written, `a\t${"b".repeat(600)}`);
  const before = marks(seen);
  drafts.finish(written);
  assert.deepEqual(before, proposed().map(without));
  assert.equal(before[0].text.length, 500);
});

test("a text written anew takes the name of the op it becomes, and undo knows both as one", async () => {
  const { drafts, seen, proposed } = await ann();
  const first = drafts.beginText(SCRIPT);
  drafts.rewrite(first, "old");
  drafts.finish(first);
  const [{ id: old }] = proposed();
  seen.clear();
  const written = drafts.beginText(SCRIPT, old);
  drafts.rewrite(written, "new");
  const [{ id, text }] = marks(seen);
  drafts.exchange(written);
  const [, removed, changed] = proposed();
  assert.deepEqual([removed.t, removed.ops], ["remove", [old]]);
  assert.deepEqual([changed.id, changed.text], [id, text]);
  assert.equal(removed.id.replace(/1$/, "2"), changed.id);
});
