/** What is painted anew is all that has changed, and not the canvas between two changes. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { area, intersection } from "../../../static/js/draw/boxes.js";
import { Damage } from "../../../static/js/draw/damage.js";

const WHOLE = { left: 0, top: 0, right: 1000, bottom: 1000 };

function square(left, top, side = 10) {
  return { left, top, right: left + side, bottom: top + side };
}

function damage(...boxes) {
  const made = new Damage(WHOLE);
  for (const box of boxes) made.add(box);
  return made.take();
}

test("boxes that do not meet stay apart", () => {
  const far = [square(0, 0), square(900, 900)];
  assert.deepEqual(damage(...far), far);
});

test("boxes that meet are one, and so are those it meets then", () => {
  const chain = [square(0, 0), square(20, 0), square(8, 8, 15)];
  assert.deepEqual(damage(...chain), [{ left: 0, top: 0, right: 30, bottom: 23 }]);
});

test("what lies beside the picture is no damage", () => {
  assert.deepEqual(damage(square(-20, -20), null), []);
  assert.deepEqual(damage(square(-5, -5)), [square(0, 0, 5)]);
});

test("it is taken once", () => {
  const made = new Damage(WHOLE);
  made.add(square(0, 0));
  assert.equal(made.take().length, 1);
  assert.deepEqual(made.take(), []);
});

test("however many there are, few boxes cover them all and none meet", () => {
  const many = Array.from({ length: 100 }, (_, i) => square((i * 370) % 970, (i * 590) % 970));
  const boxes = damage(...many);
  assert.ok(boxes.length <= 16);
  for (const one of many) assert.ok(boxes.some((box) => isWithin(one, box)));
  for (const a of boxes) for (const b of boxes) assert.ok(a === b || intersection(a, b) === null);
});

function isWithin(inner, outer) {
  const common = intersection(inner, outer);
  return common !== null && area(common) === area(inner);
}
