/** Strokes that wander, and what to hold parts of them to. */

import assert from "node:assert/strict";

import { coats } from "../../../static/js/engine/coats.js";
import { OUTLINE_UNIT } from "../../../static/js/engine/geometry.js";
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
export function strokes() {
  const pencils = [...wandering(100, true, "pencil"), ...wandering(100, false, "pencil")];
  const shading = wandering(100, true, "pencil").map(leaning);
  return [...wandering(200, true), ...wandering(200, false), ...pencils, ...shading];
}

/** The places a stroke's contours go to, each by a number of its own, with where they are. */
export function vertices(stroke) {
  const points = coats(stroke)[0].contours.flat();
  const found = new Map();
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i] / OUTLINE_UNIT, points[i + 1] / OUTLINE_UNIT];
    found.set(points[i] * 2 ** 24 + points[i + 1], { x, y });
  }
  return found;
}

export function isIn({ left, top, right, bottom }, { x, y }) {
  return left <= x && x <= right && top <= y && y <= bottom;
}

/** A box that a stroke begins in or near. */
export function windowOn({ points: [{ x, y }] }) {
  const [left, top] = [Math.round(x / 16) - 100, Math.round(y / 16) - 100];
  return { left, top, right: left + 130, bottom: top + 90 };
}

/** See that two strokes have the same places in a box. */
export function assertAlikeIn(window, part, stroke) {
  const whole = vertices(stroke);
  const seen = part === null ? new Map() : vertices(part);
  for (const [place, vertex] of whole) assert.ok(!isIn(window, vertex) || seen.has(place));
  for (const [place, vertex] of seen) assert.ok(!isIn(window, vertex) || whole.has(place));
}
