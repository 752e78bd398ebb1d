/** What honest input becomes, and what undo and redo take next. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { encode } from "../../../static/js/engine/codec.js";
import { length } from "../../../static/js/engine/geometry.js";
import { toMatrix } from "../../../static/js/engine/matrix.js";
import {
  clear,
  hide,
  layer,
  MOST_POINTS,
  move,
  point,
  remove,
  show,
} from "../../../static/js/engine/ops.js";
import { Replica } from "../../../static/js/engine/replica.js";
import { clamp, positionAbove, redo, undo } from "../../../static/js/engine/rules.js";
import { Scene } from "../../../static/js/engine/scene.js";
import { cases } from "./cases.js";
import { ids, mark } from "./marks.js";

cases("rules.json", "clamped", ({ given, layers, clamped }) => {
  const made = clamp(written(given), new Scene(new Set(layers)), newIds());
  assert.deepEqual(made.map(encode), clamped);
});

test("a stroke of too many points goes on in another that begins where it ended", () => {
  const points = Array.from({ length: 2500 }, (_, i) => point(16 * i, 0));
  const made = clamp(mark("ann.1", { points }), new Scene(), newIds());
  assert.deepEqual(ids(made), ["ann.1", "ann.more0", "ann.more1"]);
  assert(made.every((one) => one.points.length <= MOST_POINTS));
  assert.deepEqual(made[0].points.at(-1), made[1].points[0]);
  assert.equal(made.map((one) => length(one.points)).reduce(add), length(points));
});

test("a hide of too many ops becomes several", () => {
  const ops = Array.from({ length: 2001 }, (_, i) => `ann.${i}`);
  const made = clamp(hide("ann.h", ops), new Scene(), newIds());
  assert.deepEqual(
    made.map((one) => one.ops.length),
    [1000, 1000, 1],
  );
  assert.deepEqual(
    made.flatMap((one) => one.ops),
    ops,
  );
});

const STILL = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };

class Hand {
  #mine;
  #made = 0;

  constructor(scene, ...mine) {
    this.scene = scene;
    this.#mine = new Set(mine);
  }

  does(op) {
    this.scene.apply(this.scene.head + 1, op);
    return this;
  }

  draws(...names) {
    for (const id of names) this.does(mark(id));
    return this;
  }

  undoes() {
    const ops = undo(this.scene, this.#mine);
    return ops.length > 0 ? this.does(hide(this.#newId(), ops)) : this;
  }

  redoes() {
    const ops = redo(this.scene, this.#mine);
    return ops.length > 0 ? this.does(show(this.#newId(), ops)) : this;
  }

  sees(...names) {
    assert.deepEqual(ids(this.scene.strokes()), names);
    return this;
  }

  #newId() {
    this.#made += 1;
    return `${[...this.#mine][0]}.by${this.#made}`;
  }
}

function ann(scene = new Scene()) {
  return new Hand(scene, "ann");
}

test("undo takes back one's strokes, the last first, and redo brings them back", () => {
  const hand = ann().draws("ann.1", "ann.2", "ann.3");
  hand.undoes().sees("ann.1", "ann.2").undoes().sees("ann.1").undoes().sees().undoes().sees();
  hand.redoes().sees("ann.1").redoes().sees("ann.1", "ann.2");
  hand.undoes().sees("ann.1").redoes().redoes().sees("ann.1", "ann.2", "ann.3");
  hand.redoes().sees("ann.1", "ann.2", "ann.3");
});

test("drawing ends what could be redone, and what is undone stays so", () => {
  const hand = ann().draws("ann.1", "ann.2").undoes().draws("ann.3");
  hand.redoes().sees("ann.1", "ann.3").undoes().undoes().sees();
  hand.redoes().redoes().redoes().sees("ann.1", "ann.3");
});

test("undo is for one's own work alone", () => {
  const hand = ann().draws("ann.1", "bob.1", "bob.2");
  hand.undoes().sees("bob.1", "bob.2").undoes().sees("bob.1", "bob.2");
  hand.redoes().sees("ann.1", "bob.1", "bob.2");
});

test("somebody else's drawing does not end what can be redone", () => {
  ann().draws("ann.1").undoes().draws("bob.1").redoes().sees("ann.1", "bob.1");
});

test("somebody who has signed up undoes what they drew as a guest", () => {
  const hand = new Hand(new Scene(), "ann", "guest").draws("guest.1", "ann.1");
  hand.undoes().undoes().sees().redoes().redoes().sees("guest.1", "ann.1");
});

test("a clear is undone and redone like a stroke", () => {
  const hand = ann().draws("ann.1", "bob.1").does(clear("ann.2", 0)).sees();
  hand.undoes().sees("ann.1", "bob.1").undoes().sees("bob.1");
  hand.redoes().sees("ann.1", "bob.1").redoes().sees();
});

test("undo passes over what somebody else's clear has taken already", () => {
  const hand = ann().draws("ann.1", "ann.2").does(clear("bob.1", 0)).draws("ann.3");
  hand
    .undoes()
    .sees()
    .undoes()
    .does(hide("bob.2", ["bob.1"]))
    .sees("ann.1", "ann.2");
  hand.undoes().sees("ann.1");
});

test("what was hidden together comes back together", () => {
  const hand = ann()
    .draws("ann.1", "ann.2", "ann.3")
    .does(hide("ann.h", ["ann.1", "ann.3"]));
  hand.sees("ann.2").redoes().sees("ann.1", "ann.2", "ann.3").undoes().sees("ann.2");
});

test("what somebody else has hidden is not one's own to redo", () => {
  const hand = ann()
    .draws("ann.1", "ann.2")
    .does(hide("bob.h", ["ann.2"]));
  hand.redoes().sees("ann.1").undoes().sees();
  hand
    .does(show("bob.s", ["ann.2"]))
    .sees("ann.2")
    .undoes()
    .sees();
});

test("a stroke cut by its many points is undone and redone whole", () => {
  const points = Array.from({ length: 2500 }, (_, i) => point(i, 0));
  const hand = ann().draws("ann.1");
  for (const part of clamp(mark("ann.2", { points }), hand.scene, newIds())) hand.does(part);
  hand.undoes().sees("ann.1").redoes().sees("ann.1", "ann.2", "ann.more0", "ann.more1");
  hand.undoes().undoes().sees();
});

test("a stroke that begins where another ended is one of its own", () => {
  const points = Array.from({ length: MOST_POINTS }, (_, i) => point(i, 0));
  const hand = ann().does(mark("ann.1", { points: points.slice(1) }));
  hand
    .does(mark("ann.2", { points: [points.at(-1)] }))
    .undoes()
    .sees("ann.1");
  const ring = ann().does(mark("ann.1", { points: [...points.slice(1), points[1]] }));
  ring.does(mark("bob.1", { points: [points[1]] })).does(clear("ann.2", 1));
  ring
    .does(mark("ann.3", { points: [points[1]] }))
    .undoes()
    .sees("ann.1", "bob.1");
});

test("undo still works after a reload, and on one's other device", () => {
  const before = ann().draws("ann.1", "ann.2", "ann.3").undoes().undoes();
  const after = ann();
  for (const op of before.scene.ops()) after.does(op);
  after.sees("ann.1").redoes().sees("ann.1", "ann.2").undoes().undoes().sees();
});

test("a move is undone before what it moved, and redone after it", () => {
  const hand = ann().does(mark("ann.1", { points: [point(0, 0)] }));
  hand.does(move("ann.2", ["ann.1"], toMatrix({ ...STILL, e: 3 })));
  const x = ({ scene }) => scene.seen("ann.1")?.points[0].x;
  assert.equal(x(hand), 48);
  assert.equal(x(hand.undoes()), 0);
  assert.equal(x(hand.undoes()), undefined);
  assert.equal(x(hand.redoes()), 0);
  assert.equal(x(hand.redoes()), 48);
});

test("a deletion is undone before what was drawn, and redone after it", () => {
  const hand = ann().draws("ann.1", "ann.2", "ann.3");
  hand.does(remove("ann.4", ["ann.1", "ann.3"])).sees("ann.2");
  hand.undoes().sees("ann.1", "ann.2", "ann.3").undoes().sees("ann.1", "ann.2");
  hand.redoes().sees("ann.1", "ann.2", "ann.3").redoes().sees("ann.2");
  hand.redoes().sees("ann.2").undoes().sees("ann.1", "ann.2", "ann.3");
});

test("a deletion of the last stroke is undone first, and the stroke then", () => {
  const hand = ann()
    .draws("ann.1", "ann.2")
    .does(remove("ann.3", ["ann.2"]));
  hand.undoes().sees("ann.1", "ann.2").undoes().sees("ann.1").undoes().sees();
  hand.redoes().redoes().redoes().sees("ann.1").redoes().sees("ann.1");
});

test("what is drawn after a deletion is undone before it", () => {
  const hand = ann()
    .draws("ann.1")
    .does(remove("ann.2", ["ann.1"]))
    .draws("ann.3");
  hand.undoes().sees().undoes().sees("ann.1").redoes().sees().redoes().sees("ann.3");
});

test("what was removed of one's own by a moderator is not brought back by undo or redo", () => {
  const hand = ann()
    .draws("ann.1", "ann.2")
    .undoes()
    .does(remove("sue.1", null, "ann"));
  hand.sees().redoes().sees().undoes().sees();
  hand.does(hide("sue.2", ["sue.1"])).sees("ann.1", "ann.2");
});

test("somebody who moderates undoes what they drew, not what they ruled", () => {
  const hand = ann()
    .draws("ann.1", "bob.1")
    .does(remove("ann.2", ["bob.1"]))
    .does(remove("ann.3", null, "bob"));
  hand.undoes().sees().redoes().sees("ann.1");
});

test("a layer op is undone and redone like a stroke", () => {
  const hand = ann()
    .does(layer("ann.1", 3, { name: "Sky" }))
    .does(layer("bob.1", 3, { opacity: 9 }));
  const sky = ({ scene }) => scene.stack().find(({ number }) => number === 3);
  assert.equal(sky(hand.undoes()).name, "");
  assert.equal(sky(hand.redoes()).name, "Sky");
  assert.equal(sky(hand).opacity, 9);
});

test("what is drawn on a locked or deleted layer goes to the nearest one that is open", () => {
  const { scene } = ann().does(layer("bob.1", 3, { locked: true }));
  scene.apply(2, layer("bob.2", 4, { deleted: true }));
  const [made] = clamp(mark("ann.1", { layer: 4 }), scene, newIds());
  assert.equal(made.layer, 5);
});

test("a layer goes between two others, as long as there is room", () => {
  const scene = new Scene();
  const stack = [3, 7, 9].map((position) => ({ position }));
  assert.equal(positionAbove(stack, 0), 5);
  assert.equal(positionAbove(stack, -1), 1);
  assert.ok(positionAbove(stack, 2) > 9);
  assert.equal(positionAbove([{ position: 3 }, { position: 4 }], 0), null);
  assert.equal(positionAbove(scene.stack(), 0) > 0, true);
});

test("undo has no end", () => {
  const hand = ann();
  for (let i = 0; i < 500; i += 1) hand.draws(`ann.${i}`);
  for (let i = 0; i < 500; i += 1) hand.undoes();
  hand.sees();
  for (let i = 0; i < 500; i += 1) hand.redoes();
  assert.equal(hand.scene.strokes().length, 500);
});

test("an undo of a stroke that was then rejected leaves nothing to redo", () => {
  const replica = new Replica();
  replica.propose(mark("ann.1"));
  replica.propose(hide("ann.2", undo(replica.scene, new Set(["ann"]))));
  replica.reject("ann.1", "drawing-full");
  assert.deepEqual(redo(replica.scene, new Set(["ann"])), []);
});

function newIds() {
  let made = 0;
  return () => `ann.more${made++}`;
}

function add(a, b) {
  return a + b;
}

/** Return an op as the cases write it: a point is a list of three numbers, null what is none. */
function written(given) {
  const number = (value) => value ?? Number.NaN;
  const points = given.points?.map((three) => point(...three.map(number)));
  return points ? { ...given, points } : given;
}

test("what was done in one gesture is undone and redone at once (P31)", () => {
  const hand = ann().draws("ann.1", "ann.123456789");
  const together = ["ann.123456789z1", "ann.123456789z2"];
  hand
    .does(remove(together[0], ["ann.1"]))
    .draws(together[1])
    .draws("bob.123456789z3");
  hand.sees("ann.123456789", together[1], "bob.123456789z3");
  for (const _ of [1, 2]) {
    hand.undoes().sees("ann.1", "ann.123456789", "bob.123456789z3");
    hand.redoes().sees("ann.123456789", together[1], "bob.123456789z3");
  }
  hand.undoes().undoes().sees("ann.1", "bob.123456789z3").undoes().sees("bob.123456789z3");
});
