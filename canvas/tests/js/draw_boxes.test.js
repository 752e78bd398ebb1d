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
import { mark } from "./marks.js";

/** The same strokes at every run: wandering, pressed and not, thin and wide. */
function wandering(count, pressure, brush = "pen") {
  let state = 7;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
  return Array.from({ length: count }, (_, i) => {
    let [x, y] = [random() * 9000, random() * 9000];
    // To and fro, or slowly one way: then pressure has no room to change as fast as it would.
    const [step, back] = i % 2 === 0 ? [800, 0.5] : [160, 0];
    const points = Array.from({ length: 2 + Math.floor(random() * 30) }, () => {
      x += (random() - back) * step;
      y += (random() - back) * step;
      return point(Math.round(x), Math.round(y), Math.floor(random() * 256));
    });
    return draft({ brush, points, pressure, width: 8 + Math.floor(random() * 2000) });
  });
}

/** A stroke as it is while it grows: not an op yet, so without what tells ops apart. */
function draft(style) {
  const { t, ...growing } = mark("ann.1", style);
  return growing;
}

/** A stroke drawn again with a pencil that lies on its side, or is rolled over, slowly or at once. */
function leaning(stroke, i) {
  const turn = [0, 0.3, 2][i % 3];
  const points = stroke.points.map(({ x, y, pressure }, k) =>
    point(x, y, pressure, Math.round(127.5 + 127.5 * Math.cos(turn * k))),
  );
  return { ...stroke, leans: true, points };
}

/** Pens and pencils, pressed and not, upright and leaning. */
function strokes() {
  const pencils = [...wandering(100, true, "pencil"), ...wandering(100, false, "pencil")];
  const shading = wandering(100, true, "pencil").map(leaning);
  return [...wandering(200, true), ...wandering(200, false), ...pencils, ...shading];
}

/** The places a stroke's contours go to, each by a number of its own, with where they are. */
function vertices(stroke) {
  const points = coats(stroke)[0].contours.flat();
  const found = new Map();
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i] / OUTLINE_UNIT, points[i + 1] / OUTLINE_UNIT];
    found.set(points[i] * 2 ** 24 + points[i + 1], { x, y });
  }
  return found;
}

function isIn({ left, top, right, bottom }, { x, y }) {
  return left <= x && x <= right && top <= y && y <= bottom;
}

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

/** A box that a stroke begins in or near. */
function windowOn({ points: [{ x, y }] }) {
  const [left, top] = [Math.round(x / 16) - 100, Math.round(y / 16) - 100];
  return { left, top, right: left + 130, bottom: top + 90 };
}

/** See that two strokes have the same places in a box. */
function assertAlikeIn(window, part, stroke) {
  const whole = vertices(stroke);
  const seen = part === null ? new Map() : vertices(part);
  for (const [place, vertex] of whole) assert.ok(!isIn(window, vertex) || seen.has(place));
  for (const [place, vertex] of seen) assert.ok(!isIn(window, vertex) || whole.has(place));
}

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
