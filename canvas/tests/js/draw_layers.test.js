/** Layers brought elsewhere, copied and merged; and what is drawn in a mirror. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { duplicated, merged, NOT_ALIKE, TOO_MANY } from "../../../static/js/draw/copying.js";
import { Draft } from "../../../static/js/draw/draft.js";
import { copiesOf, twinsOf } from "../../../static/js/draw/mirror.js";
import { Names } from "../../../static/js/draw/names.js";
import { stepFor } from "../../../static/js/draw/rulers.js";
import { moved } from "../../../static/js/draw/stacking.js";
import { layer, point, shape } from "../../../static/js/engine/ops.js";
import { Scene } from "../../../static/js/engine/scene.js";
import { mark } from "./marks.js";

/** Return a scene with a mark on each of so many layers. */
function layered(count) {
  const scene = new Scene();
  for (let i = 0; i < count; i += 1) does(scene, mark(`ann.${i}`, { layer: i }));
  return scene;
}

function does(scene, op) {
  scene.apply(scene.head + 1, op);
}

function bring(scene, number, place) {
  const all = moved(scene.stack(), number, place);
  for (const said of all) does(scene, layer(`ann.m${scene.head}`, said.number, said.properties));
  return all.length;
}

const order = (scene) => scene.stack().map(({ number }) => number);

test("a layer is brought to any place, most often by one op", () => {
  const scene = layered(4);
  assert.equal(bring(scene, 0, 2), 1);
  assert.deepEqual(order(scene), [1, 2, 0, 3]);
  assert.equal(bring(scene, 3, 1), 1);
  assert.deepEqual(order(scene), [1, 3, 2, 0]);
  assert.equal(bring(scene, 3, 1), 0);
});

test("below the lowest there is room too", () => {
  const scene = layered(3);
  bring(scene, 2, 0);
  assert.deepEqual(order(scene), [2, 0, 1]);
  bring(scene, 1, 0);
  assert.deepEqual(order(scene), [1, 2, 0]);
});

const newId = () => new Names("ann", "12345678").gesture();

test("a copy of a layer lies above it, with its marks and its looks", () => {
  const scene = layered(2);
  does(scene, layer("ann.l", 0, { opacity: 100, blend: "multiply" }));
  const [said, ...marks] = duplicated(scene, { number: 0, name: "Sky copy" }, newId());
  for (const op of [said, ...marks]) does(scene, op);
  assert.deepEqual(order(scene), [0, said.layer, 1]);
  const { name, opacity, blend } = scene.level(said.layer);
  assert.deepEqual([name, opacity, blend], ["Sky copy", 100, "multiply"]);
  assert.deepEqual(marks.length, 1);
});

test("two layers merge where that looks the same", () => {
  const scene = layered(2);
  for (const op of merged(scene, 1, newId())) does(scene, op);
  assert.deepEqual(order(scene), [0]);
  assert.equal(scene.strokes().filter(({ layer: on }) => on === 0).length, 2);
});

test("what would look otherwise is not merged", () => {
  assert.equal(merged(layered(2), 0, newId()), NOT_ALIKE);
  for (const properties of [
    { opacity: 9 },
    { blend: "screen" },
    { hidden: true },
    { locked: true },
  ])
    for (const number of [0, 1]) {
      const scene = layered(2);
      does(scene, layer("ann.l", number, properties));
      assert.equal(merged(scene, 1, newId()), NOT_ALIKE);
    }
  const erased = layered(2);
  does(erased, mark("ann.e", { brush: "eraser", layer: 1 }));
  assert.equal(merged(erased, 1, newId()), NOT_ALIKE);
});

test("what is too much to copy is left", () => {
  const scene = layered(2);
  for (let i = 0; i < 500; i += 1) does(scene, mark(`ann.x${i}`, { layer: 1 }));
  assert.equal(merged(scene, 1, newId()), TOO_MANY);
  assert.equal(duplicated(scene, { number: 1, name: "" }, newId()), TOO_MANY);
});

test("a twin is where the mirror shows the stroke, as far as that has come", () => {
  const draft = new Draft("ann.tabz1", { ...mark("ann.1"), pressure: true });
  const twins = twinsOf(draft, "both", { width: 200, height: 100 });
  draft.grow({ x: 10, y: 20, pressure: 0.2 });
  for (const twin of twins) twin.follow();
  draft.grow({ x: 30, y: 20, pressure: 1 });
  for (const twin of twins) twin.follow();
  assert.deepEqual(
    twins.map(({ points }) => points.map(({ x, y }) => [x / 16, y / 16])),
    [
      [
        [190, 20],
        [170, 20],
      ],
      [
        [190, 80],
        [170, 80],
      ],
      [
        [10, 80],
        [30, 80],
      ],
    ],
  );
  assert.equal(twins[0].points[1].pressure, draft.points[1].pressure);
  assert.deepEqual(twins[0].toOp().points[0], point(190 * 16, 20 * 16, 51));
  assert.deepEqual(
    twins.map(({ id }) => id),
    ["ann.tabz2", "ann.tabz3", "ann.tabz4"],
  );
});

test("a copy of a shape lies in the world, however far away the shape is", () => {
  const look = { kind: "line", colour: "#102030", fill: null, alpha: 255, width: 64, layer: 0 };
  const line = shape({ ...look, id: "ann.tabz1", points: [point(0, 0), point(65_535, 16)] });
  const [copy] = copiesOf(line, "across", { width: 200, height: 100 });
  assert.equal(copy.id, "ann.tabz2");
  assert.deepEqual(copy.points, [point(3200, 0), point(-32_768, 16)]);
});

test("a ruler's numbers are round, and never crowded", () => {
  assert.deepEqual([0.05, 0.1, 0.6, 1, 3, 32].map(stepFor), [2000, 1000, 200, 100, 50, 5]);
});
