/** What is painted anew is never less than what has changed. */

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  growthBox,
  intersection,
  partWithin,
  strokeBox,
  union,
} from "../../../static/js/draw/boxes.js";
import { coats } from "../../../static/js/engine/coats.js";
import { box, OUTLINE_UNIT } from "../../../static/js/engine/geometry.js";
import { Fallen } from "../../../static/js/engine/grain.js";
import { point } from "../../../static/js/engine/ops.js";
import { assertAlikeIn, isIn, strokes, vertices, windowOn } from "./wandering.js";

test("a stroke never leaves its box", () => {
  for (const stroke of strokes()) {
    const around = box(coats(stroke)[0].contours.flat());
    const kept = strokeBox(stroke);
    assert.ok(kept.left < around.left / OUTLINE_UNIT && kept.right > around.right / OUTLINE_UNIT);
    assert.ok(kept.top < around.top / OUTLINE_UNIT && kept.bottom > around.bottom / OUTLINE_UNIT);
  }
});

test("a growing stroke changes nothing outside the box of its growth", () => {
  for (const stroke of strokes()) {
    const count = Math.max(1, stroke.points.length - 1);
    const before = vertices({ ...stroke, points: stroke.points.slice(0, count) });
    const after = vertices(stroke);
    const changed = growthBox(stroke, count);
    const differ = [
      ...[...before].filter(([place]) => !after.has(place)),
      ...[...after].filter(([place]) => !before.has(place)),
    ];
    for (const [, vertex] of differ) assert.ok(isIn(changed, vertex));
  }
});

test("the part of a stroke that reaches into a box has all the edges and flecks in it, and no others", () => {
  let [parts, none] = [0, 0];
  for (const stroke of strokes()) {
    const window = windowOn(stroke);
    const part = partWithin(stroke, window, { sure: 0, fallen: new Fallen() });
    if (part === null) none += 1;
    else if (part.points.length < stroke.points.length) parts += 1;
    assertAlikeIn(window, part, stroke);
  }
  assert.ok(parts > 20 && none > 5, `${parts} parts, ${none} elsewhere`);
});

test("so it has while it grows, whatever else was expected of it meanwhile", () => {
  for (const stroke of strokes().filter(({ brush }) => brush === "pencil")) {
    const window = windowOn(stroke);
    const fallen = new Fallen();
    for (let sure = 1; sure <= stroke.points.length; sure += 1) {
      const expected = sure % 3 === 0 ? [point(stroke.points[0].x + 900, 3000, 5)] : [];
      const points = [...stroke.points.slice(0, sure), ...expected];
      const grown = { ...stroke, points };
      assertAlikeIn(window, partWithin(grown, window, { sure, fallen }), grown);
    }
  }
});

test("boxes add up, and have a part in common or none", () => {
  const a = { left: 0, top: 0, right: 10, bottom: 10 };
  const b = { left: 5, top: -5, right: 20, bottom: 5 };
  assert.deepEqual(union(a, b), { left: 0, top: -5, right: 20, bottom: 10 });
  assert.deepEqual(union(null, b), b);
  assert.deepEqual(intersection(a, b), { left: 5, top: 0, right: 10, bottom: 5 });
  assert.equal(intersection(a, { ...b, left: 10 }), null);
  assert.equal(intersection(a, null), null);
});
