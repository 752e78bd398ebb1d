/** What is dragged is seen by the others where the hand has it, until it is an op or given up (P22, P49, P72). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Carries } from "../../../static/js/draw/carries.js";
import { OwnDrafts } from "../../../static/js/draw/drafts.js";
import { Emitter } from "../../../static/js/draw/emitter.js";
import { Names } from "../../../static/js/draw/names.js";
import { Outlet } from "../../../static/js/draw/outlet.js";
import { Selection } from "../../../static/js/draw/selection.js";
import { NO_SUPPLY } from "../../../static/js/draw/supplies.js";
import { toolNamed } from "../../../static/js/draw/tools.js";
import { Veil } from "../../../static/js/draw/veil.js";
import { hide, image, isMark, move, point, show } from "../../../static/js/engine/ops.js";
import { decodeCarry } from "../../../static/js/engine/presence.js";
import { Replica } from "../../../static/js/engine/replica.js";
import { mark } from "./marks.js";

const dot = (id, x, y) => mark(id, { points: [point(x * 16, y * 16)] });
const by = (x, y) => [65536, 0, 0, 65536, x * 16, y * 16];

/** Bob's replica of Ann's marks, and what he sees of those that are being carried. */
function bob(...marks) {
  const replica = new Replica();
  const confirm = (...ops) =>
    replica.receive(ops.map((op, i) => ({ seq: replica.confirmed.head + 1 + i, op })));
  const carries = new Carries(replica);
  const seen = new Map();
  const news = { shown: 0, veiled: new Set() };
  carries.on("shown", (one) => {
    seen.set(one.id, one);
    news.shown += 1;
  });
  carries.on("gone", ({ id }) => seen.delete(id));
  carries.on("veiled", (ids) => {
    news.veiled = ids;
  });
  replica.listen(() => carries.follow());
  confirm(...marks);
  const places = () =>
    [...seen].map(([id, { mark: there }]) => [id, there.points[0].x / 16, there.points[0].y / 16]);
  return { replica, confirm, carries, seen, news, places };
}

test("what is carried is seen where the hand has it, and not where it lies (P72)", () => {
  const { carries, news, places } = bob(dot("ann.1", 10, 10), dot("ann.2", 20, 10));
  carries.receive({ move: move("ann.3", ["ann.1"], by(5, 0)) }, "a");
  carries.receive({ move: move("ann.3", ["ann.1"], by(50, 40)) }, "a");
  assert.deepEqual(places(), [["ann.1", 60, 50]]);
  assert.deepEqual([...news.veiled], ["ann.1"]);
});

test("it is as it was when it is given up, or who carries it has gone", () => {
  const ways = [
    (carries) => carries.forget("ann.3"),
    (carries) => carries.forgetFrom("a"),
    (carries) => carries.clear(),
  ];
  for (const forget of ways) {
    const { carries, news, places } = bob(dot("ann.1", 10, 10));
    carries.receive({ move: move("ann.3", ["ann.1"], by(50, 40)) }, "a");
    forget(carries);
    assert.deepEqual([places(), [...news.veiled]], [[], []]);
  }
});

test("what others carry or give up is no matter", () => {
  const { carries, places } = bob(dot("ann.1", 10, 10));
  carries.receive({ move: move("ann.3", ["ann.1"], by(50, 40)) }, "a");
  carries.forget("ann.4");
  carries.forgetFrom("c");
  assert.equal(places().length, 1);
});

test("it lies where it was seen when the move comes (P49)", () => {
  const { replica, confirm, carries, seen, news } = bob(dot("ann.1", 10, 10));
  const turned = move("ann.3", ["ann.1"], [40000, 30000, -30000, 40000, 77, 5]);
  carries.receive({ move: turned }, "a");
  const { mark: before } = seen.get("ann.1");
  confirm(turned);
  assert.deepEqual(replica.scene.seen("ann.1"), before);
  assert.deepEqual([seen.size, news.veiled.size], [0, 0]);
});

test("what is carried again before the move comes is seen where both take it, then and after", () => {
  const { confirm, carries, places } = bob(dot("ann.1", 10, 10));
  const first = move("ann.3", ["ann.1"], by(5, 0));
  carries.receive({ move: first }, "a");
  carries.receive({ move: move("ann.4", ["ann.1"], by(0, 7)) }, "a");
  assert.deepEqual(places(), [["ann.1", 15, 17]]);
  confirm(first);
  assert.deepEqual(places(), [["ann.1", 15, 17]]);
});

test("a mark that is taken away meanwhile is seen no more, the others are; and again when it is back", () => {
  const { confirm, carries, news, places } = bob(dot("ann.1", 10, 10), dot("ann.2", 20, 10));
  carries.receive({ move: move("ann.3", ["ann.1", "ann.2"], by(1, 0)) }, "a");
  confirm(hide("ann.4", ["ann.1"]));
  assert.deepEqual(places(), [["ann.2", 21, 10]]);
  assert.deepEqual([...news.veiled], ["ann.2"]);
  confirm(show("ann.5", ["ann.1"]));
  assert.deepEqual(places(), [
    ["ann.2", 21, 10],
    ["ann.1", 11, 10],
  ]);
});

test("what is not known is left out until it comes", () => {
  const { confirm, carries, places } = bob(dot("ann.1", 10, 10));
  carries.receive({ move: move("ann.3", ["ann.2", "ann.1", "ann.1"], by(1, 0)) }, "a");
  assert.deepEqual(places(), [["ann.1", 11, 10]]);
  confirm(dot("ann.2", 20, 10));
  assert.deepEqual(places().sort(), [
    ["ann.1", 11, 10],
    ["ann.2", 21, 10],
  ]);
});

test("what would leave the world stays where it lies", () => {
  const { carries, places } = bob(dot("ann.1", 10, 10));
  carries.receive({ move: move("ann.3", ["ann.1"], by(500_000, 0)) }, "a");
  assert.deepEqual(places(), [["ann.1", 10, 10]]);
});

test("a carry that comes after its move is none", () => {
  const { confirm, carries, places } = bob(dot("ann.1", 10, 10));
  const done = move("ann.3", ["ann.1"], by(5, 0));
  confirm(done);
  carries.receive({ move: done }, "a");
  assert.deepEqual(places(), []);
});

test("who comes back on another line goes on with what they carry", () => {
  const { carries, places } = bob(dot("ann.1", 10, 10));
  carries.receive({ move: move("ann.3", ["ann.1"], by(5, 0)) }, "a");
  carries.receive({ move: move("ann.3", ["ann.1"], by(5, 0)) }, "a again");
  carries.forgetFrom("a");
  assert.deepEqual(places(), [["ann.1", 15, 10]]);
});

test("nothing is painted anew that is where it was", () => {
  const { confirm, carries, news } = bob(dot("ann.1", 10, 10));
  carries.receive({ move: move("ann.3", ["ann.1"], by(5, 0)) }, "a");
  carries.receive({ move: move("ann.3", ["ann.1"], by(5, 0)) }, "a");
  confirm(dot("ann.5", 70, 70));
  assert.equal(news.shown, 1);
});

const COPIES = "ann.123456781z1";
const copying = (ops, matrix) => ({ move: move(COPIES, ops, matrix), copies: true });
const copy = (number, x, y) => dot(`ann.123456781z${number}`, x, y);

test("copies are seen where the hand has them, and what they are copies of stays (P72)", () => {
  const { carries, news, places } = bob(dot("ann.1", 10, 10), dot("ann.2", 20, 10));
  carries.receive(copying(["ann.1", "ann.2"], by(5, 0)), "a");
  carries.receive(copying(["ann.1", "ann.2"], by(50, 40)), "a");
  assert.deepEqual(places(), [
    [COPIES, 60, 50],
    ["ann.123456781z2", 70, 50],
  ]);
  assert.deepEqual([...news.veiled], []);
});

test("each copy is shown until it comes, whichever comes first", () => {
  const { confirm, carries, places } = bob(dot("ann.1", 10, 10), dot("ann.2", 20, 10));
  const carry = copying(["ann.1", "ann.2"], by(5, 0));
  carries.receive(carry, "a");
  confirm(copy(2, 25, 10));
  assert.deepEqual(places(), [[COPIES, 15, 10]]);
  confirm(copy(1, 15, 10));
  assert.deepEqual(places(), []);
  carries.receive(carry, "a");
  assert.deepEqual(places(), []);
});

test("what is carried is moved or copied as the hand says now", () => {
  const { carries, news, places } = bob(dot("ann.1", 10, 10));
  const carry = copying(["ann.1"], by(5, 0));
  carries.receive(carry, "a");
  carries.receive({ move: carry.move }, "a");
  assert.deepEqual([places(), [...news.veiled]], [[["ann.1", 15, 10]], ["ann.1"]]);
  carries.receive(carry, "a");
  assert.deepEqual([places(), [...news.veiled]], [[[COPIES, 15, 10]], []]);
});

test("copies are made of what is where its moves take it", () => {
  const { carries, places } = bob(dot("ann.1", 10, 10));
  carries.receive({ move: move("ann.3", ["ann.1"], by(5, 0)) }, "a");
  carries.receive(copying(["ann.1"], by(0, 7)), "a");
  assert.deepEqual(places(), [
    ["ann.1", 15, 10],
    [COPIES, 15, 17],
  ]);
});

test("copies go when one of them is given up, and with who carries them", () => {
  const ways = [
    (carries) => carries.forget(COPIES),
    (carries) => carries.forget("ann.123456781z2"),
    (carries) => carries.forgetFrom("a"),
  ];
  for (const forget of ways) {
    const { carries, places } = bob(dot("ann.1", 10, 10), dot("ann.2", 20, 10));
    carries.receive(copying(["ann.1", "ann.2"], by(5, 0)), "a");
    forget(carries);
    assert.deepEqual(places(), []);
  }
});

test("what is heavy to paint stays where it lies, and what is light beside it is carried", () => {
  const points = Array.from({ length: 1000 }, (_, i) => point(i * 16, (i % 2) * 16));
  const heavy = [1, 2, 3, 4, 5, 6].map((i) => mark(`ann.${i}`, { points }));
  const { carries, places } = bob(...heavy, dot("ann.7", 10, 10));
  const all = heavy.map(({ id }) => id);
  carries.receive({ move: move("ann.8", all, by(1, 0)) }, "a");
  assert.deepEqual(places(), []);
  carries.receive({ move: move("ann.9", ["ann.7"], by(1, 0)) }, "a");
  assert.deepEqual(places(), [["ann.7", 11, 10]]);
  carries.receive({ move: move("ann.8", all.slice(2), by(1, 0)) }, "a");
  assert.equal(places().length, 5);
});

test("an image on its way keeps the pixels it has where it lies", () => {
  const look = { image: "f".repeat(64), width: 900, height: 700, alpha: 255, layer: 0 };
  const photo = image({ ...look, id: "ann.1", matrix: by(100, 100) });
  const { carries, seen } = bob(photo);
  carries.receive({ move: move("ann.2", ["ann.1"], by(50, 40)) }, "a");
  const { mark: there } = seen.get("ann.1");
  assert.deepEqual(there.matrix, by(150, 140));
  assert.equal(there.taken.from, photo);
  assert.deepEqual(there.taken.by, by(50, 40));
});

test("what is heavy once it is enlarged stays where it lies", () => {
  const points = [point(0, 0), point(300 * 16, 0)];
  const { carries, places } = bob(mark("ann.1", { brush: "pencil", points }));
  carries.receive({ move: move("ann.2", ["ann.1"], [3 * 65536, 0, 0, 3 * 65536, 16, 0]) }, "a");
  assert.equal(places().length, 1);
  carries.receive({ move: move("ann.2", ["ann.1"], [4 * 65536, 0, 0, 4 * 65536, 16, 0]) }, "a");
  assert.equal(places().length, 0);
});

test("however much somebody says they carry, little of it is painted", () => {
  const marks = Array.from({ length: 300 }, (_, i) => dot(`ann.${i}`, i, 10));
  const { carries, places } = bob(...marks);
  for (const { id } of marks) carries.receive({ move: move(`${id}m`, [id], by(1, 0)) }, "a");
  assert.ok(places().length <= 100);
});

test("what is edited by one and carried by another is left out until both are done", () => {
  const veil = new Veil();
  assert.deepEqual(veil.lay("others", new Set(["ann.1"])), ["ann.1"]);
  assert.deepEqual(veil.lay("carried", new Set(["ann.1"])), []);
  assert.deepEqual(veil.lay("others", new Set()), []);
  assert.ok(veil.has("ann.1"));
  assert.deepEqual(veil.lay("carried", new Set()), ["ann.1"]);
});

/** Ann, with all of her marks chosen and the tool in her hand that takes them elsewhere; and what leaves meanwhile. */
function ann(...marks) {
  const replica = new Replica();
  for (const one of marks) replica.propose(one);
  const proposed = [];
  const session = Object.assign(new Emitter(), { mine: new Set(["ann"]) });
  session.propose = (op) => {
    proposed.push(op);
    if (isMark(op)) replica.propose(op);
  };
  const names = new Names("ann", "12345678");
  const selection = new Selection({ session, replica, names, type: NO_SUPPLY });
  selection.chooseWithin({ left: 0, top: 0, right: 4000, bottom: 4000 });
  const sent = [];
  const lost = [];
  const outlet = new Outlet(
    (message) => sent.push(message),
    (callback) => callback(),
    (id) => lost.push(id),
  );
  outlet.listeners = 1;
  const painter = { show: () => {}, release: () => {}, veil: () => {} };
  const drafts = new OwnDrafts({ session, names, painter, outlet });
  const studio = { selection, drafts, scale: 1, edit: () => {} };
  const hand = toolNamed("select").start(studio, { x: 150, y: 150 }, false);
  return { hand, sent, lost, proposed, replica, selection };
}

const BOTH = [dot("ann.1", 100, 100), dot("ann.2", 200, 200)];

test("what is dragged is told of as the move it becomes, under one name (P72)", () => {
  const { hand, sent, lost, proposed } = ann(...BOTH);
  hand.draw([{ x: 160, y: 150 }]);
  hand.draw([{ x: 190, y: 180 }]);
  for (let i = 0; i < 40; i += 1) hand.draw([{ x: 190, y: 180 }]);
  hand.end();
  const { move: told } = decodeCarry(sent[sent.length - 1]);
  assert.deepEqual(told, move(told.id, ["ann.1", "ann.2"], by(40, 30)));
  assert.deepEqual([proposed, lost], [[told], []]);
});

test("what is given up, or dragged back to where it was, is taken back (P22)", () => {
  const ways = [
    (hand) => hand.giveUp(),
    (hand) => {
      hand.draw([{ x: 150, y: 150 }]);
      hand.end();
    },
  ];
  for (const way of ways) {
    const { hand, sent, lost, proposed } = ann(...BOTH);
    for (let i = 0; i < 9; i += 1) hand.draw([{ x: 160 + i, y: 150 }]);
    way(hand);
    assert.deepEqual([lost, proposed], [[sent[0].move.id], []]);
  }
});

test("with alt, copies are told of under the names they will have, and are chosen (P72)", () => {
  const { hand, sent, lost, proposed, selection } = ann(...BOTH);
  hand.draw([{ x: 190, y: 180, alt: true }]);
  for (let i = 0; i < 40; i += 1) hand.draw([{ x: 190, y: 180, alt: true }]);
  hand.end();
  const { move: told, copies } = decodeCarry(sent[sent.length - 1]);
  assert.deepEqual([copies, told.ops, told.matrix], [true, ["ann.1", "ann.2"], by(40, 30)]);
  const ids = proposed.map(({ id }) => id);
  assert.deepEqual(ids, [told.id, told.id.replace(/1$/, "2")]);
  assert.deepEqual(
    proposed.map(({ points: [{ x, y }] }) => [x / 16, y / 16]),
    [
      [140, 130],
      [240, 230],
    ],
  );
  assert.deepEqual([lost, selection.marks.map(({ id }) => id)], [[], ids]);
});

test("the last word has the key held as the pen is lifted", () => {
  const copied = ann(...BOTH);
  copied.hand.draw([
    { x: 170, y: 150 },
    { x: 190, y: 180, alt: true },
  ]);
  copied.hand.end();
  assert.deepEqual(copied.proposed.length, 2);
  const moved = ann(...BOTH);
  moved.hand.draw([
    { x: 170, y: 150, alt: true },
    { x: 190, y: 180 },
  ]);
  moved.hand.end();
  assert.deepEqual(
    moved.proposed.map(({ t }) => t),
    ["move"],
  );
});

test("copies that have come to nothing are taken back (P22)", () => {
  const { hand, lost, proposed, replica } = ann(...BOTH);
  for (let i = 0; i < 9; i += 1) hand.draw([{ x: 160 + i, y: 150, alt: true }]);
  replica.propose(hide("ann.9", ["ann.2"]));
  hand.end();
  assert.deepEqual([proposed.length, lost], [1, [proposed[0].id]]);
});

test("of what would take others long to paint nothing is told until it is moved (P72)", () => {
  const points = [point(100 * 16, 100 * 16), point(1200 * 16, 200 * 16)];
  const { hand, sent, lost, proposed } = ann(mark("ann.1", { brush: "pencil", points }));
  for (let i = 0; i < 9; i += 1) hand.draw([{ x: 160 + i, y: 150 }]);
  hand.end();
  assert.deepEqual([sent, lost, proposed.length], [[], [], 1]);
});

test("of more than a hundred marks nothing is told until they are moved", () => {
  const many = Array.from({ length: 101 }, (_, i) => dot(`ann.${i}`, 100 + i, 100 + i));
  const { hand, sent, lost, proposed } = ann(...many);
  for (let i = 0; i < 9; i += 1) hand.draw([{ x: 160 + i, y: 150 }]);
  hand.end();
  assert.deepEqual([sent, lost, proposed.length], [[], [], 1]);
});
