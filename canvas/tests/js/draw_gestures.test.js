/** One finger draws, two move the paper and never leave a mark; a pen makes fingers move it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Gestures } from "../../../static/js/draw/gestures.js";

/** Return gestures, and the list of what they have set off. */
function watched() {
  const done = [];
  const note =
    (name) =>
    (...told) =>
      done.push([name, ...told]);
  const acts = {
    pan: note("pan"),
    zoom: note("zoom"),
    turn: note("turn"),
    tapWith: note("tapWith"),
  };
  for (const name of ["begin", "draw", "expect", "end", "giveUp"])
    acts[name] = () => done.push(name);
  return { gestures: new Gestures(acts), done };
}

function contact(id, kind, { x = 0, y = 0, time = 0, button = 0 } = {}) {
  return { id, kind, x, y, pressure: 0.5, time, button, erases: false };
}

const finger = (id, at) => contact(id, "touch", at);
const mouse = (at) => contact(1, "mouse", at);
const pen = (at) => contact(9, "pen", at);

test("a mouse draws from down to up", () => {
  const { gestures, done } = watched();
  gestures.down(mouse());
  gestures.move([mouse({ x: 5 }), mouse({ x: 9 })]);
  gestures.up(1);
  gestures.move([mouse({ x: 20 })]);
  assert.deepEqual(done, ["begin", "draw", "end"]);
});

test("where the pointer is expected matters while it draws, and to nobody else", () => {
  const { gestures, done } = watched();
  const ahead = [mouse({ x: 9 })];
  gestures.expect(ahead);
  gestures.down(mouse());
  gestures.expect(ahead);
  gestures.expect([]);
  gestures.expect([finger(2)]);
  gestures.up(1);
  gestures.expect(ahead);
  assert.deepEqual(done, ["begin", "expect", "end"]);
});

test("the other buttons of a mouse do not draw", () => {
  const { gestures, done } = watched();
  gestures.down(mouse({ button: 2 }));
  gestures.move([mouse({ x: 5 })]);
  gestures.up(1);
  assert.deepEqual(done, []);
});

test("the middle button moves the paper", () => {
  const { gestures, done } = watched();
  gestures.down(mouse({ button: 1 }));
  gestures.move([mouse({ x: 5, y: 7 })]);
  assert.deepEqual(done, [["pan", 5, 7]]);
});

test("a finger draws", () => {
  const { gestures, done } = watched();
  gestures.down(finger(1));
  gestures.move([finger(1, { x: 30 })]);
  gestures.up(1);
  assert.deepEqual(done, ["begin", "draw", "end"]);
});

test("two fingers leave no mark", () => {
  const { gestures, done } = watched();
  gestures.down(finger(1, { x: 0 }));
  gestures.move([finger(1, { x: 3, time: 40 })]);
  gestures.down(finger(2, { x: 103, time: 60 }));
  gestures.move([finger(2, { x: 203, time: 80 })]);
  gestures.up(1);
  gestures.move([finger(2, { x: 213, time: 90 })]);
  gestures.up(2);
  assert.deepEqual(done, [
    "begin",
    "draw",
    "giveUp",
    ["pan", 50, 0],
    ["zoom", 2, { x: 103, y: 0 }],
    ["pan", 10, 0],
  ]);
});

test("two fingers turn the paper once they mean to, and a little twist is none", () => {
  const { gestures, done } = watched();
  const twist = (angle) =>
    gestures.move([finger(2, { x: 100 * Math.cos(angle), y: 100 * Math.sin(angle) })]);
  const turns = () => done.filter(([name]) => name === "turn").map(([, by]) => by);
  gestures.down(finger(1));
  gestures.down(finger(2, { x: 100 }));
  twist(0.15);
  twist(0);
  assert.deepEqual(turns(), []);
  twist(0.3);
  twist(0.5);
  assert.equal(turns().length, 1);
  assert.ok(Math.abs(turns()[0] - 0.2) < 1e-9);
});

test("after two fingers, the next one draws again", () => {
  const { gestures, done } = watched();
  gestures.down(finger(1));
  gestures.down(finger(2));
  gestures.up(1);
  gestures.up(2);
  done.length = 0;
  gestures.down(finger(3));
  assert.deepEqual(done, ["begin"]);
});

test("a palm that comes late does not end a stroke", () => {
  const { gestures, done } = watched();
  gestures.down(finger(1));
  gestures.move([finger(1, { x: 80, time: 300 })]);
  gestures.down(finger(2, { x: 300, time: 310 }));
  gestures.move([finger(2, { x: 310, time: 320 })]);
  gestures.move([finger(1, { x: 120, time: 330 })]);
  gestures.up(2);
  gestures.up(1);
  assert.deepEqual(done, ["begin", "draw", "draw", "end"]);
});

test("once a pen has been seen, a finger moves the paper", () => {
  const { gestures, done } = watched();
  gestures.down(pen());
  gestures.up(9);
  gestures.down(finger(1));
  gestures.move([finger(1, { x: 4, y: 2 })]);
  gestures.up(1);
  assert.deepEqual(done, ["begin", "end", ["pan", 4, 2]]);
});

test("who says that fingers draw too says it once, not after every stroke of the pen", () => {
  const { gestures, done } = watched();
  gestures.down(pen());
  gestures.up(9);
  gestures.fingersPan = false;
  gestures.down(pen());
  gestures.up(9);
  done.length = 0;
  gestures.down(finger(1));
  gestures.up(1);
  assert.deepEqual(done, ["begin", "end"]);
});

/** Put so many fingers down, one after the other, and lift them; `to` is where the first is then. */
function tap(gestures, count, to = {}) {
  for (let i = 0; i < count; i += 1) gestures.down(finger(i, { x: 100 * i, time: 10 * i }));
  gestures.move([finger(0, { time: 90, ...to })]);
  for (let i = 0; i < count; i += 1) gestures.up(i);
}

const taps = (done) => done.filter(([name]) => name === "tapWith").map(([, fingers]) => fingers);

test("two fingers that touch the paper for a moment are a tap, and so are three", () => {
  for (const [count, told] of [
    [1, []],
    [2, [2]],
    [3, [3]],
  ]) {
    const { gestures, done } = watched();
    tap(gestures, count);
    assert.deepEqual(taps(done), told);
  }
});

test("fingers that stay or move are no tap, nor is a pen with a hand, nor what the system takes away", () => {
  const { gestures, done } = watched();
  tap(gestures, 2, { time: 400 });
  tap(gestures, 2, { x: 30 });
  gestures.down(finger(1));
  gestures.down(finger(2));
  gestures.cancel(1);
  gestures.up(2);
  gestures.down(pen());
  gestures.down(finger(1));
  gestures.down(finger(2));
  gestures.up(1);
  gestures.up(2);
  gestures.up(9);
  assert.deepEqual(taps(done), []);
});

test("shift is felt though the pointer rests, and by nobody who does not draw", () => {
  const drawn = [];
  const none = () => {};
  const acts = { begin: none, draw: ([one]) => drawn.push(one), end: none };
  const gestures = new Gestures(acts);
  const held = { shift: true, alt: false, time: 30 };
  gestures.hold(held);
  gestures.down(mouse({ x: 5 }));
  gestures.move([mouse({ x: 9, time: 20 })]);
  gestures.hold(held);
  gestures.up(1);
  gestures.hold(held);
  assert.deepEqual(
    drawn.map(({ x, shift, time }) => [x, shift, time]),
    [
      [9, undefined, 20],
      [9, true, 30],
    ],
  );
});

test("the hand that rests on the paper before the pen leaves no mark", () => {
  const { gestures, done } = watched();
  gestures.down(finger(1));
  gestures.down(pen());
  gestures.move([finger(1, { x: 10 })]);
  gestures.move([pen({ x: 50 })]);
  gestures.up(9);
  assert.deepEqual(done, ["begin", "giveUp", "begin", "draw", "end"]);
});

test("a stroke the system interrupts is kept, a tap is not", () => {
  for (const [x, end] of [
    [40, "end"],
    [2, "giveUp"],
  ]) {
    const { gestures, done } = watched();
    gestures.down(finger(1));
    gestures.move([finger(1, { x })]);
    gestures.cancel(1);
    assert.deepEqual(done, ["begin", "draw", end]);
  }
});

test("a page that goes away keeps the stroke under the pen", () => {
  const { gestures, done } = watched();
  gestures.down(pen());
  gestures.move([pen({ x: 40 })]);
  gestures.finish();
  assert.deepEqual(done, ["begin", "draw", "end"]);
});

test("with the hand open, dragging moves the paper", () => {
  const { gestures, done } = watched();
  gestures.grabs = true;
  gestures.down(mouse());
  gestures.move([mouse({ x: 5 })]);
  gestures.up(1);
  gestures.down(pen());
  gestures.move([pen({ x: 6 })]);
  assert.deepEqual(done, [
    ["pan", 5, 0],
    ["pan", 6, 0],
  ]);
});

test("a pinch on a trackpad enlarges the paper, but not beside fingers or a pen at work", () => {
  const { gestures, done } = watched();
  const at = { x: 4, y: 5 };
  gestures.pinch(1.5, at);
  gestures.down(pen());
  gestures.pinch(2, at);
  gestures.up(9);
  gestures.down(finger(1));
  gestures.pinch(2, at);
  gestures.up(1);
  assert.deepEqual(done, [["zoom", 1.5, at], "begin", "end"]);
});
