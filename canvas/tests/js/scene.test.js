/** What one sees after which ops (P41 to P43, P48, P49). */

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { decode, encode } from "../../../static/js/engine/codec.js";
import { clear, hide, show } from "../../../static/js/engine/ops.js";
import { Scene } from "../../../static/js/engine/scene.js";
import { cases } from "./cases.js";
import { ids, mark } from "./marks.js";

cases("scene.json", "strokes", ({ ops, changes, strokes }) => {
  const scene = new Scene();
  const made = ops.map((wire, i) => scene.apply(i + 1, decode(wire)));
  assert.deepEqual(
    made.map(({ added, removed }) => [ids(added), ids(removed)]),
    changes,
  );
  assert.deepEqual(ids(scene.strokes()), strokes);
  assert.equal(scene.head, ops.length);
});

cases("scene.json", "stack", ({ ops, stack }) => {
  assert.deepEqual(sceneOf(...ops.map(decode)).stack(), stack);
});

cases("scene.json", "wires", ({ ops, wires }) => {
  const scene = sceneOf(...ops.map(decode));
  assert.deepEqual(scene.strokes().map(encode), wires);
  for (const mark of scene.strokes()) assert.equal(scene.seen(mark.id), mark);
});

describe("the last op can be taken back:", () => cases("scene.json", "strokes", takesBack));

function takesBack({ ops }) {
  const scene = new Scene();
  const seen = [];
  const made = [];
  ops.map(decode).forEach((op, i) => {
    seen.push(look(scene));
    made.push([op, scene.apply(i + 1, op)]);
  });
  while (made.length > 0) {
    scene.revert(...made.pop());
    assert.deepEqual(look(scene), seen.pop());
    assert.equal(scene.head, made.length);
    assert.deepEqual(ids(scene.ops()), ids(made.map(([op]) => op)));
  }
}

test("it says what is painted over a stroke, whatever the layer", () => {
  const scene = sceneOf(mark("ann.1"), mark("bob.1", { layer: 1 }), mark("ann.2"), mark("bob.2"));
  scene.apply(5, hide("ann.3", ["ann.2"]));
  assert.deepEqual(ids(scene.above("ann.1")), ["bob.1", "bob.2"]);
  assert.deepEqual(ids(scene.above("ann.2")), ["bob.2"]);
  assert.deepEqual(scene.above("bob.2"), []);
});

test("it keeps who made what", () => {
  const scene = sceneOf(mark("ann.1"), clear("bob.1", 0), hide("ann.2", ["ann.1"]));
  assert(scene.has(["ann.1", "bob.1"]));
  assert(!scene.has(["ann.1", "ann.2"]));
  assert(scene.knows("ann.2"));
  assert(!scene.knows("ann.3"));
  assert.deepEqual(scene.authors(["ann.1", "bob.1"]), new Set(["ann", "bob"]));
  assert.deepEqual(
    ["ann.1", "bob.1", "ann.2"].map((id) => scene.seqOf(id)),
    [1, 2, 0],
  );
});

test("it says which strokes are seen and which clears are in force", () => {
  const scene = sceneOf(mark("ann.1"), clear("ann.2", 0), mark("ann.3"));
  assert.deepEqual(
    ["ann.1", "ann.2", "ann.3", "ann.4"].map((id) => scene.shows(id)),
    [false, true, true, false],
  );
  scene.apply(4, hide("ann.5", ["ann.2", "ann.3"]));
  assert.deepEqual(
    ["ann.1", "ann.2", "ann.3"].map((id) => scene.shows(id)),
    [true, false, false],
  );
  scene.apply(5, show("ann.6", ["ann.2", "ann.3"]));
  assert.deepEqual(
    ["ann.1", "ann.2", "ann.3"].map((id) => scene.shows(id)),
    [false, true, true],
  );
});

function look(scene) {
  return { marks: scene.strokes().map(encode), stack: scene.stack() };
}

function sceneOf(...ops) {
  const scene = new Scene();
  ops.forEach((op, i) => {
    scene.apply(i + 1, op);
  });
  return scene;
}
