/** A browser guesses and the server orders (P32 to P36). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { clear, hide } from "../../../static/js/engine/ops.js";
import { GAP, NEXT, place, Replica, STALE } from "../../../static/js/engine/replica.js";
import { ids, mark } from "./marks.js";

test("an incoming seq is stale, next or a gap", () => {
  assert.deepEqual(
    [6, 7, 8, 9].map((seq) => place(seq, 7)),
    [STALE, STALE, NEXT, GAP],
  );
  assert.equal(place(1, 0), NEXT);
});

test("Ann sees her stroke at once, pending until the server has it", () => {
  const { replica, news } = listening();
  const stroke = mark("ann.1");
  replica.propose(stroke);
  assert.deepEqual(ids(replica.scene.strokes()), ["ann.1"]);
  assert.deepEqual(replica.pending, [stroke]);
  assert.deepEqual(news.splice(0), [told({ added: ["ann.1"] })]);
  assert.equal(replica.receive(entries(1, "ann.1")), NEXT);
  assert.deepEqual(replica.pending, []);
  assert.deepEqual(ids(replica.confirmed.strokes()), ["ann.1"]);
  assert.deepEqual(news, [told({ confirmed: ["ann.1"] })]);
});

test("Bob's stroke goes under Ann's pending one", () => {
  const { replica, news } = listening();
  replica.propose(mark("ann.1"));
  news.length = 0;
  replica.receive(entries(1, "bob.1"));
  assert.deepEqual(ids(replica.scene.strokes()), ["bob.1", "ann.1"]);
  assert.deepEqual(news, [told({ added: ["bob.1"], confirmed: ["bob.1"] })]);
  replica.receive(entries(2, "ann.1"));
  assert.deepEqual(ids(replica.scene.strokes()), ["bob.1", "ann.1"]);
});

test("a stroke the server has put first is reported as moved", () => {
  const { replica, news } = listening();
  replica.propose(mark("ann.1"));
  replica.propose(mark("ann.2"));
  news.length = 0;
  replica.receive(entries(1, "ann.2"));
  assert.deepEqual(ids(replica.scene.strokes()), ["ann.2", "ann.1"]);
  assert.deepEqual(news, [told({ added: ["ann.2"], removed: ["ann.2"], confirmed: ["ann.2"] })]);
});

test("a stroke Ann drew before her clear reappears when the clear comes first", () => {
  const { replica, news } = listening();
  replica.propose(mark("ann.1"));
  replica.propose(clear("ann.2", 0));
  news.length = 0;
  replica.receive([{ seq: 1, op: clear("ann.2", 0) }]);
  assert.deepEqual(news, [told({ added: ["ann.1"], confirmed: ["ann.2"] })]);
});

test("what has come before changes nothing", () => {
  const { replica, news } = listening();
  replica.receive(entries(1, "bob.1", "bob.2"));
  news.length = 0;
  assert.equal(replica.receive(entries(1, "bob.1", "bob.2")), STALE);
  assert.deepEqual(news, []);
  assert.deepEqual(ids(replica.ops), ["bob.1", "bob.2"]);
});

test("nothing after a gap is applied", () => {
  const { replica, news } = listening();
  const [first, second, third] = entries(1, "bob.1", "bob.2", "bob.3");
  assert.equal(replica.receive([first, third, second]), GAP);
  assert.equal(replica.confirmed.head, 1);
  assert.deepEqual(news, [told({ added: ["bob.1"], confirmed: ["bob.1"] })]);
  assert.equal(replica.receive(entries(2, "bob.2", "bob.3")), NEXT);
  assert.deepEqual(ids(replica.scene.strokes()), ["bob.1", "bob.2", "bob.3"]);
});

test("a rejected stroke goes, with its code, and the others stay", () => {
  const { replica, news } = listening();
  const stroke = mark("ann.1");
  replica.propose(stroke);
  replica.propose(mark("ann.2"));
  news.length = 0;
  replica.reject("ann.1", "drawing-full");
  const rejected = [{ op: stroke, code: "drawing-full" }];
  assert.deepEqual(news, [told({ removed: ["ann.1"], rejected })]);
  assert.deepEqual(ids(replica.pending), ["ann.2"]);
  assert.deepEqual(ids(replica.ops), ["ann.2"]);
});

test("a rejected hide brings the strokes back", () => {
  const { replica, news } = listening();
  replica.receive(entries(1, "bob.1"));
  const op = hide("ann.1", ["bob.1"]);
  replica.propose(op);
  news.length = 0;
  replica.reject("ann.1", "not-yours");
  const rejected = [{ op, code: "not-yours" }];
  assert.deepEqual(news, [told({ added: ["bob.1"], rejected })]);
});

test("a rejection of what is not pending is nothing new", () => {
  const { replica, news } = listening();
  replica.receive(entries(1, "ann.1"));
  news.length = 0;
  replica.reject("ann.1", "not-yours");
  assert.deepEqual(news, []);
  assert.deepEqual(ids(replica.ops), ["ann.1"]);
});

test("an op kept over a reload is confirmed when the log has it already", () => {
  const { replica, news } = listening();
  replica.receive(entries(1, "ann.1"));
  news.length = 0;
  replica.propose(mark("ann.1"));
  assert.deepEqual(replica.pending, []);
  assert.deepEqual(news, [told({ confirmed: ["ann.1"] })]);
});

test("an op proposed twice is pending once", () => {
  const { replica, news } = listening();
  replica.propose(mark("ann.1"));
  replica.propose(mark("ann.1"));
  assert.deepEqual(ids(replica.pending), ["ann.1"]);
  assert.equal(news.length, 1);
});

test("a stroke and its undo are confirmed together, over a stroke of Bob's", () => {
  const { replica, news } = listening();
  replica.propose(mark("ann.1"));
  replica.propose(hide("ann.2", ["ann.1"]));
  news.length = 0;
  const undone = { seq: 3, op: hide("ann.2", ["ann.1"]) };
  replica.receive([...entries(1, "bob.1", "ann.1"), undone]);
  assert.deepEqual(ids(replica.scene.strokes()), ["bob.1"]);
  assert.deepEqual(news, [told({ added: ["bob.1"], confirmed: ["bob.1", "ann.1", "ann.2"] })]);
});

test("who has stopped listening hears no more", () => {
  const replica = new Replica();
  const news = [];
  const stop = replica.listen((one) => news.push(one));
  stop();
  replica.propose(mark("ann.1"));
  assert.deepEqual(news, []);
});

/** Return a replica and the list of news it has told. */
function listening() {
  const replica = new Replica();
  const news = [];
  replica.listen(({ added, removed, confirmed, rejected }) => {
    news.push({ added: ids(added), removed: ids(removed), confirmed: ids(confirmed), rejected });
  });
  return { replica, news };
}

function told(part) {
  return { added: [], removed: [], confirmed: [], rejected: [], ...part };
}

/** Return strokes as entries of a log, from a seq on. */
function entries(seq, ...names) {
  return names.map((id, i) => ({ seq: seq + i, op: mark(id) }));
}
