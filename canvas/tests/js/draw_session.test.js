/** A session against a server of the same protocol: joining, losing the line, coming back (P12, P30 to P37, P44, P50, P70). */

import assert from "node:assert/strict";
import { test } from "node:test";
import { FleetingPending } from "../../../static/js/draw/pending.js";
import { encode } from "../../../static/js/engine/codec.js";
import { Server, Visitor } from "./draw_server.js";
import { ids, mark } from "./marks.js";

async function room(...authors) {
  const server = new Server();
  const visitors = authors.map((author) => new Visitor(server, author));
  for (const visitor of visitors) visitor.connect();
  await server.settle();
  return [server, ...visitors];
}

/** A browser's keeping that writes when it is told to. */
class SlowPending extends FleetingPending {
  write = () => {};
  #told = new Promise((resolve) => {
    this.write = resolve;
  });

  async keep(op, file) {
    await this.#told;
    await super.keep(op, file);
  }
}

function draw(visitor) {
  const stroke = mark(visitor.names.next());
  visitor.session.propose(stroke);
  return stroke.id;
}

test("what Ann draws comes to Bob, and is saved", async () => {
  const [server, ann, bob] = await room("ann", "bob");
  const stroke = draw(ann);
  assert.equal(ann.session.waiting, 1);
  await server.settle();
  assert.equal(ann.session.waiting, 0);
  assert.deepEqual(bob.strokes, [stroke]);
});

test("a latecomer gets everything so far", async () => {
  const [server, ann] = await room("ann");
  const strokes = [draw(ann), draw(ann)];
  await server.settle();
  const carol = new Visitor(server, "carol");
  carol.connect();
  await server.settle();
  assert.deepEqual(carol.strokes, strokes);
  assert.equal(carol.session.stand, "here");
});

test("a long log is read in chunks first", async () => {
  const server = new Server();
  for (let i = 1; i <= 2500; i += 1) server.log.push(encode(mark(`bob.${i}`)));
  const ann = new Visitor(server, "ann");
  ann.connect();
  await server.settle();
  assert.deepEqual(ann.chunks, [0, 1]);
  assert.equal(ann.replica.confirmed.head, 2500);
  assert.equal(ann.session.stand, "here");
});

test("strokes drawn without a line arrive once it is back, once", async () => {
  const [server, ann, bob] = await room("ann", "bob");
  ann.disconnect();
  assert.equal(ann.session.stand, "away");
  const strokes = [draw(ann), draw(ann)];
  assert.deepEqual(ann.strokes, strokes);
  const between = draw(bob);
  await server.settle();
  ann.connect();
  await server.settle();
  assert.deepEqual(bob.strokes, [between, ...strokes]);
  assert.deepEqual(ann.strokes, bob.strokes);
  assert.equal(server.log.length, 3);
});

test("a stroke counts as kept once the browser has written it down, and not before", async () => {
  const pending = new SlowPending();
  const ann = new Visitor(new Server(), "ann", { pending });
  draw(ann);
  assert.deepEqual([ann.session.waiting, ann.session.kept], [1, 0]);
  pending.write();
  await new Promise(setImmediate);
  assert.deepEqual([ann.session.waiting, ann.session.kept], [1, 1]);
});

test("who is shown out is told why, keeps what they drew, and is not told that they are offline", async () => {
  const [server, ann] = await room("ann");
  const told = [];
  ann.session.on("refused", (code) => told.push(code));
  ann.hear({ type: "out", code: "signed-out" });
  await server.settle();
  draw(ann);
  await server.settle();
  ann.disconnect();
  assert.deepEqual([told, ann.session.stand, ann.session.waiting], [["signed-out"], "refused", 1]);
});

test("a stroke whose confirmation was lost is not drawn twice", async () => {
  const [server, ann] = await room("ann");
  const stroke = draw(ann);
  server.answer(ann, { type: "op", op: encode(mark(stroke)) });
  ann.disconnect();
  assert.equal(ann.session.waiting, 1);
  ann.connect();
  await server.settle();
  assert.equal(server.log.length, 1);
  assert.equal(ann.session.waiting, 0);
});

test("what was lost on the way is asked for", async () => {
  const [server, ann, bob] = await room("ann", "bob");
  const missed = encode(mark("bob.missed"));
  server.log.push(missed); // committed, but no message about it
  const seen = draw(bob);
  await server.settle();
  assert.deepEqual(ann.strokes, ["bob.missed", seen]);
});

test("a stroke the server could not save is sent again", async () => {
  const [server, ann] = await room("ann");
  server.refusals.push("not-saved");
  const stroke = draw(ann);
  await server.settle();
  assert.deepEqual([server.log.length, ann.session.waiting], [0, 1]);
  assert.deepEqual(ann.strokes, [stroke]);
  assert.ok(ann.session.isTroubled);
  ann.retry();
  await server.settle();
  assert.deepEqual([server.log.length, ann.session.waiting], [1, 0]);
  assert.ok(!ann.session.isTroubled);
});

test("a long absence comes back in order", async () => {
  const [server, ann] = await room("ann");
  ann.disconnect();
  const strokes = Array.from({ length: 180 }, () => draw(ann));
  ann.connect();
  await server.settle();
  assert.deepEqual(ids(server.log), strokes);
  assert.equal(ann.session.waiting, 0);
});

test("who is told to slow down goes on later, and loses nothing", async () => {
  const [server, ann] = await room("ann");
  ann.disconnect();
  const strokes = Array.from({ length: 180 }, () => draw(ann));
  server.refusals.push("too-fast");
  ann.connect();
  await server.settle();
  assert.ok(ann.session.waiting > 100);
  ann.retry();
  await server.settle();
  assert.deepEqual(ids(server.log).toSorted(), strokes.toSorted());
});

test("a rejected stroke goes, and Ann hears why", async () => {
  const [server, ann] = await room("ann");
  const reasons = [];
  ann.session.on("rejected", (code) => reasons.push(code));
  server.refusals.push("drawing-full");
  const stroke = draw(ann);
  await server.settle();
  assert.deepEqual([ann.strokes, reasons], [[], ["drawing-full"]]);
  assert.deepEqual(ann.told, [{ type: "ink", id: stroke, stroke: null, start: 0, points: [] }]);
});

test("Ann undoes her own stroke and not Bob's, from another tab too", async () => {
  const [server, ann, bob] = await room("ann", "bob");
  const first = draw(ann);
  await server.settle();
  const bobs = draw(bob);
  await server.settle();
  const other = new Visitor(server, "ann", { tab: "other" });
  other.connect();
  await server.settle();
  other.session.undo();
  await server.settle();
  assert.deepEqual(ann.strokes, [bobs]);
  assert.deepEqual(other.session.undoable, []);
  ann.session.redo();
  await server.settle();
  assert.deepEqual(bob.strokes, [first, bobs]);
});

test("a clear can be undone", async () => {
  const [server, ann, bob] = await room("ann", "bob");
  const stroke = draw(ann);
  await server.settle();
  bob.session.clear(0);
  await server.settle();
  assert.deepEqual(ann.strokes, []);
  bob.session.undo();
  await server.settle();
  assert.deepEqual(ann.strokes, [stroke]);
});

test("strokes left behind by a closed tab go out at the next visit", async () => {
  const server = new Server();
  const pending = new FleetingPending();
  const before = new Visitor(server, "ann", { pending });
  const stroke = draw(before);
  const after = new Visitor(server, "ann", { pending, tab: "later" });
  await after.session.restore();
  assert.deepEqual(after.strokes, [stroke]);
  after.connect();
  await server.settle();
  assert.deepEqual(ids(server.log), [stroke]);
  assert.deepEqual(await pending.all(), []);
});

test("what a finished drawing does not take is kept until it is reopened", async () => {
  const server = new Server();
  const pending = new FleetingPending();
  const ann = new Visitor(server, "ann", { pending });
  ann.connect();
  await server.settle();
  server.refusals.push("watch-only");
  const stroke = draw(ann);
  await server.settle();
  assert.deepEqual(ann.strokes, []);
  assert.deepEqual(ids(await pending.all()), [stroke]);
});

test("what is under the pen when a drawing is finished goes out once it is reopened (P46)", async () => {
  const [server, ann] = await room("ann");
  ann.session.on("notice", ({ type }) => type === "finished" && draw(ann));
  ann.session.receive({ type: "finished" });
  await server.settle();
  assert.deepEqual([server.log.length, ann.session.waiting], [0, 1]);
  ann.disconnect();
  ann.connect();
  await server.settle();
  assert.deepEqual([server.log.length, ann.session.waiting], [1, 0]);
});

test("what was drawn before signing out is kept for whoever signs in again", async () => {
  const server = new Server();
  const pending = new FleetingPending();
  const stroke = draw(new Visitor(server, "ann", { pending }));
  const guest = new Visitor(server, "guest", { pending, tab: "later" });
  const reasons = [];
  guest.session.on("rejected", (code) => reasons.push(code));
  await guest.session.restore();
  guest.connect();
  await server.settle();
  assert.deepEqual([guest.strokes, server.log, reasons], [[], [], ["anothers"]]);
  assert.deepEqual(ids(await pending.all()), [stroke]);
});

test("nothing is sent to a drawing one may only watch", async () => {
  const server = new Server();
  server.isFinished = true;
  const ann = new Visitor(server, "ann");
  draw(ann);
  ann.connect();
  await server.settle();
  assert.equal(ann.session.stand, "here");
  assert.deepEqual([server.log.length, ann.session.waiting], [0, 1]);
});
