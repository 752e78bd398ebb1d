/** Joining at a checkpoint: what is there at once, and what the past is read for (P61, P62, P63). */

import assert from "node:assert/strict";
import { test } from "node:test";
import { FleetingPending } from "../../../static/js/draw/pending.js";
import { Shelf } from "../../../static/js/draw/shelf.js";
import { decode, encode } from "../../../static/js/engine/codec.js";
import { clear, hide, point, show } from "../../../static/js/engine/ops.js";
import { Server, Visitor } from "./draw_server.js";
import { ids, mark } from "./marks.js";

const OLD = 2500; // ops before the checkpoint

/** Return a server with an old log of Bob's, and what a checkpoint at its head tells. */
function longAgo(...last) {
  const server = new Server();
  for (let i = 1; i <= OLD - last.length; i += 1) server.log.push(encode(mark(`bob.${i}`)));
  server.log.push(...last.map(encode));
  return [server, server.checkpoint()];
}

/** Let somebody in who begins at a checkpoint. */
async function arrive(server, author, checkpoint, options) {
  const visitor = new Visitor(server, author, options);
  visitor.past.begin(checkpoint);
  visitor.connect();
  await server.settle();
  return visitor;
}

/** Say whether a visitor has, mark by mark, what somebody has who read the whole log. */
async function assertSame(server, visitor) {
  const whole = new Visitor(server, "carol");
  whole.connect();
  await server.settle();
  assert.deepEqual(visitor.strokes, whole.strokes);
}

function draw(visitor) {
  const stroke = mark(visitor.names.next());
  visitor.session.propose(stroke);
  return stroke.id;
}

test("who joins at a checkpoint gets only what came after it", async () => {
  const [server, checkpoint] = longAgo();
  server.log.push(encode(mark("bob.new")));
  const ann = await arrive(server, "ann", checkpoint);
  assert.equal(ann.session.stand, "here");
  assert.equal(ann.replica.confirmed.head, OLD + 1);
  assert.deepEqual(ann.strokes, ["bob.new"]);
  assert.deepEqual([ann.chunks, ann.parts], [[], []]);
});

test("drawing and undoing what one has just drawn need no past", async () => {
  const [server, checkpoint] = longAgo();
  const ann = await arrive(server, "ann", checkpoint);
  const [kept, undone] = [draw(ann), draw(ann)];
  ann.session.undo();
  await server.settle();
  assert.deepEqual(ann.strokes, [kept]);
  ann.session.redo();
  await server.settle();
  assert.deepEqual(ann.strokes, [kept, undone]);
  assert.deepEqual(ann.parts, []);
});

test("undoing what one drew long ago reads the past", async () => {
  const [server, checkpoint] = longAgo();
  const bob = await arrive(server, "bob", checkpoint);
  assert.ok(bob.session.mayUndo);
  await Promise.all([bob.session.undo(), server.settle()]);
  await server.settle();
  assert.deepEqual(server.log.at(-1).ops, [`bob.${OLD}`]);
  assert.deepEqual(bob.parts, [0, 1, 2]);
  await assertSame(server, bob);
});

test("who has nothing in the past has nothing to undo, and reads nothing", async () => {
  const [server, checkpoint] = longAgo();
  const ann = await arrive(server, "ann", checkpoint);
  assert.deepEqual([ann.session.mayUndo, ann.session.mayRedo], [false, false]);
  await ann.session.undo();
  assert.deepEqual(ann.parts, []);
});

test("what was undone long ago can be redone", async () => {
  const [server, checkpoint] = longAgo(mark("ann.1"), hide("ann.2", ["ann.1"]));
  const ann = await arrive(server, "ann", checkpoint);
  assert.ok(ann.session.mayRedo);
  await Promise.all([ann.session.redo(), server.settle()]);
  await server.settle();
  assert.deepEqual(server.log.at(-1).ops, ["ann.1"]);
  await assertSame(server, ann);
});

for (const [what, ...ops] of [
  ["hides what is older", hide("bob.h", ["bob.7"])],
  ["hides and shows what is older", hide("bob.h", ["bob.7", "bob.8"]), show("bob.s", ["bob.8"])],
]) {
  test(`somebody else's op that ${what} has the past read`, async () => {
    const [server, checkpoint] = longAgo();
    server.log.push(...ops.map(encode));
    const ann = await arrive(server, "ann", checkpoint);
    await ann.session.readPast();
    assert.ok(!ann.replica.lacks);
    await assertSame(server, ann);
  });
}

test("until the past is there nobody is told that all of it is to be seen", async () => {
  const [server, checkpoint] = longAgo();
  const ann = await arrive(server, "ann", checkpoint);
  assert.ok(!ann.replica.lacks);
  ann.replica.receive([{ seq: OLD + 1, time: 0, op: hide("bob.h", ["bob.7"]) }]);
  assert.ok(ann.replica.lacks);
  await ann.session.readPast();
  assert.ok(!ann.replica.lacks);
});

test("the news of a past that was read is what it changes in the picture", async () => {
  const [server, checkpoint] = longAgo(mark("bob.low"), clear("bob.clear", 0), mark("bob.high"));
  const ann = await arrive(server, "ann", checkpoint);
  const changed = [];
  ann.session.on("change", ({ added, removed }) => changed.push(...ids(added), ...ids(removed)));
  server.log.push(encode(hide("bob.h", ["bob.high"])));
  const drawn = draw(ann);
  await server.settle();
  await ann.session.readPast();
  // All else is as the checkpoint shows it, and not painted anew.
  assert.deepEqual(changed, [drawn, "bob.high"]);
});

test("a clear covers what the checkpoint shows, and undoing it does not", async () => {
  const [server, checkpoint] = longAgo();
  const ann = await arrive(server, "ann", checkpoint);
  ann.session.clear(0);
  await server.settle();
  assert.equal(ann.replica.scene.horizon(0), OLD + 1);
  ann.session.undo();
  await server.settle();
  assert.equal(ann.replica.scene.horizon(0), 0);
  assert.deepEqual(ann.parts, []);
  await ann.session.readPast();
  await assertSame(server, ann);
});

test("a stroke left behind that the checkpoint shows is not waited for, nor drawn twice", async () => {
  const [server, checkpoint] = longAgo(mark("ann.left"));
  const pending = new FleetingPending();
  await pending.keep(encode(mark("ann.left")));
  const ann = new Visitor(server, "ann", { pending });
  ann.past.begin(checkpoint);
  await ann.session.restore();
  ann.connect();
  await server.settle();
  assert.deepEqual([ann.session.waiting, ann.strokes], [0, []]);
  assert.deepEqual(await pending.all(), []);
  assert.equal(server.log.length, OLD);
});

test("strokes drawn while the past is being read are there once, on top", async () => {
  const [server, checkpoint] = longAgo();
  const ann = await arrive(server, "ann", checkpoint);
  const reading = ann.session.readPast();
  const stroke = draw(ann);
  await Promise.all([reading, server.settle()]);
  await server.settle();
  assert.equal(ann.strokes.at(-1), stroke);
  await assertSame(server, ann);
});

test("a past that cannot be read now is read later", async () => {
  const [server, checkpoint] = longAgo();
  const ann = await arrive(server, "ann", checkpoint);
  ann.disconnect();
  const reading = ann.session.readPast();
  await server.settle();
  ann.connect();
  await server.settle();
  while (ann.retries.length > 0) {
    ann.retry();
    await server.settle();
  }
  await reading;
  await assertSame(server, ann);
});

test("a damaged op of the past is passed over", async () => {
  const [server, checkpoint] = longAgo();
  server.log[41] = null;
  const ann = await arrive(server, "ann", checkpoint);
  await ann.session.readPast();
  assert.equal(ann.strokes.length, OLD - 1);
});

test("a mark kept folded up is the mark it was", () => {
  const shelf = new Shelf();
  const leaning = { brush: "pencil", pressure: true, leans: true, points: [point(7, 8, 9, 10)] };
  const lined = { points: [point(3, 4), point(5, 6)] };
  const marks = [mark("a.1"), mark("a.2", lined), mark("a.3", leaning)];
  const kept = marks.map((one) => shelf.put(encode(one)));
  for (const i of [0, 1, 2, 0]) {
    assert.deepEqual(kept[i].points, decode(encode(marks[i])).points);
    assert.deepEqual(encode(kept[i]), encode(marks[i]));
  }
});
