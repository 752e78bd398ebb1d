/** What goes out and comes in while it happens: ink, cursors, who is here (P20 to P27). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Draft } from "../../../static/js/draw/draft.js";
import { Emitter } from "../../../static/js/draw/emitter.js";
import { Following } from "../../../static/js/draw/following.js";
import { Inks } from "../../../static/js/draw/inks.js";
import { Outlet } from "../../../static/js/draw/outlet.js";
import { Presence } from "../../../static/js/draw/presence.js";
import { decodeInk } from "../../../static/js/engine/codec.js";
import { decodeLaser, decodeView, encodeView } from "../../../static/js/engine/presence.js";

const STYLE = { brush: "pen", colour: "#102030", alpha: 255, width: 64, layer: 0, pressure: false };

/** An outlet with frames that come when asked for. */
function outlet(listeners = 1) {
  const sent = [];
  const frames = [];
  const made = new Outlet(
    (message) => sent.push(message),
    (callback) => frames.push(callback),
  );
  made.listeners = listeners;
  const frame = () => {
    for (const callback of frames.splice(0)) callback();
  };
  frame();
  return { outlet: made, sent, frame };
}

function draft(...xs) {
  const made = new Draft("ann.1", STYLE);
  grow(made, ...xs);
  return made;
}

function grow(made, ...xs) {
  for (const x of xs) made.grow({ x, y: 0, pressure: 0.5 });
}

test("ink leaves once a frame, each point once", () => {
  const { outlet: out, sent, frame } = outlet();
  const stroke = draft(0, 1);
  out.grow(stroke);
  grow(stroke, 2);
  out.grow(stroke);
  assert.equal(sent.length, 0);
  frame();
  grow(stroke, 3);
  out.grow(stroke);
  frame();
  frame();
  assert.deepEqual(
    sent.map(({ start, points }) => [start, points]),
    [
      [0, [0, 0, 16, 0, 16, 0]],
      [3, [48, 0]],
    ],
  );
});

test("nothing leaves while nobody listens", () => {
  const { outlet: out, sent, frame } = outlet(0);
  out.grow(draft(0, 1));
  out.point({ x: 3, y: 4 });
  frame();
  assert.deepEqual(sent, []);
});

test("who comes in the middle of a stroke gets all of it", () => {
  const { outlet: out, sent, frame } = outlet();
  out.grow(draft(0, 1, 2));
  frame();
  out.listeners = 2;
  frame();
  assert.deepEqual(
    sent.map(({ start }) => start),
    [0, 0],
  );
  assert.equal(sent[1].points.length, 6);
});

test("a stroke given up is taken back", () => {
  const { outlet: out, sent, frame } = outlet();
  const stroke = draft(0, 1);
  out.grow(stroke);
  frame();
  out.giveUp(stroke);
  assert.deepEqual(sent[1], { type: "ink", id: "ann.1", stroke: null, start: 0, points: [] });
});

test("the pointer is told in 1/16 px, and that it has left", () => {
  const { outlet: out, sent, frame } = outlet();
  out.point({ x: 3, y: 4.5 });
  frame();
  out.point(null);
  frame();
  assert.deepEqual(sent, [
    { type: "cursor", x: 48, y: 72 },
    { type: "cursor", x: null, y: null },
  ]);
});

test("the more people listen, the fewer messages leave", () => {
  const count = (listeners) => {
    const { outlet: out, sent, frame } = outlet(listeners);
    const stroke = draft(0);
    for (let i = 1; i <= 40; i += 1) {
      grow(stroke, i);
      out.grow(stroke);
      frame();
    }
    return sent.length;
  };
  assert.ok(count(1) >= 39);
  assert.ok(count(50) <= 10);
});

test("a stroke grows by ink, dropped and repeated points notwithstanding", () => {
  const inks = new Inks();
  const drafts = [];
  inks.on("grown", (one) => drafts.push(one));
  const receive = (start, points) =>
    inks.receive(decodeInk({ type: "ink", id: "bob.1", stroke: STYLE, start, points }), "b");
  receive(0, [0, 0, 16, 0]);
  receive(1, [16, 0, 16, 0]);
  receive(5, [160, 0]);
  assert.deepEqual(
    drafts[0].points.map(({ x }) => x),
    [0, 16, 32, 160],
  );
  assert.equal(new Set(drafts).size, 1);
});

test("ink is forgotten when its op comes, when it is given up, when its participant leaves", () => {
  const ways = [
    (inks) => inks.forget("bob.1"),
    (inks) => inks.receive({ id: "bob.1", stroke: null, start: 0, points: [] }, "b"),
    (inks) => inks.forgetFrom("b"),
    (inks) => inks.clear(),
  ];
  for (const forget of ways) {
    const inks = new Inks();
    const gone = [];
    inks.on("gone", ({ id }) => gone.push(id));
    inks.receive({ id: "bob.1", stroke: STYLE, start: 0, points: draft(0).points }, "b");
    forget(inks);
    forget(inks);
    assert.deepEqual(gone, ["bob.1"]);
  }
});

function participant(id, author) {
  return { id, author, name: author, colour: "#000000" };
}

test("a person with two tabs is here once, and leaves with the last", () => {
  const presence = new Presence();
  const heard = [];
  for (const name of ["joined", "left"])
    presence.on(name, ({ author }) => heard.push([name, author]));
  presence.welcome([participant("1", "ann")], "1");
  presence.join(participant("2", "bob"));
  presence.join(participant("3", "bob"));
  presence.leave("2");
  assert.deepEqual(
    presence.people.map(({ author }) => author),
    ["ann", "bob"],
  );
  presence.leave("3");
  assert.deepEqual(heard, [
    ["joined", "bob"],
    ["left", "bob"],
  ]);
  assert.deepEqual(
    presence.people.map(({ author }) => author),
    ["ann"],
  );
});

test("without a connection, nobody is shown who may have gone", () => {
  const presence = new Presence();
  presence.welcome([participant("1", "ann"), participant("2", "bob")], "1");
  presence.lose();
  assert.deepEqual(
    presence.people.map(({ author }) => author),
    ["ann"],
  );
  assert.deepEqual(presence.others, []);
});

test("a laser tells where it has been, then that it is out (P25)", () => {
  const { outlet: out, sent, frame } = outlet();
  out.shine([{ x: 1, y: 2 }]);
  out.shine([{ x: 3, y: 2.5 }]);
  frame();
  out.shine([{ x: 4, y: 4 }]);
  out.putOut();
  assert.deepEqual(sent.map(decodeLaser), [
    [
      { x: 1, y: 2 },
      { x: 3, y: 2.5 },
    ],
    [{ x: 4, y: 4 }],
    [],
  ]);
});

test("a part of the paper comes over as it was sent (P27)", () => {
  const part = { x: -3.5, y: 10, width: 640, height: 480 };
  assert.deepEqual(decodeView(encodeView(part)), part);
});

/** A workspace that remembers what it was made to show. */
class Shown extends Emitter {
  seen = { x: 0, y: 0, width: 100, height: 50 };
  along = [];

  lookAlong(part) {
    this.along.push(part);
    this.emit("change");
  }
}

/** Somebody who may follow, their tab's messages, and frames that come at once. */
function follower(me, ...others) {
  const session = new Emitter();
  const presence = new Presence();
  const workspace = new Shown();
  const sent = [];
  const send = (message) => sent.push(message);
  const nextFrame = (callback) => callback();
  const ties = { session, presence, workspace, send, sendVolatile: send, nextFrame };
  const following = new Following(ties);
  const participants = [me, ...others].map((name) => participant(name, name));
  const welcome = (list = participants) => {
    presence.welcome(list, me);
    session.emit("welcome", { participants: list });
  };
  welcome();
  const hear = (type, from, fields) => session.emit("notice", { type, from, ...fields });
  return { following, presence, workspace, sent, hear, welcome };
}

test("who follows sees what the other sees, and nobody else's view (P26)", () => {
  const { following, presence, workspace, sent, hear } = follower("ann", "bob", "eve");
  following.follow(presence.get("bob"));
  assert.deepEqual(sent, [{ type: "follow", id: "bob" }]);
  const view = encodeView({ x: 8, y: 8, width: 40, height: 30 });
  hear("view", "eve", view);
  hear("view", "bob", view);
  assert.deepEqual(workspace.along, [{ x: 8, y: 8, width: 40, height: 30 }]);
});

test("a view is sent as long as somebody follows", () => {
  const { workspace, sent, hear } = follower("ann", "bob");
  workspace.emit("change");
  hear("follow", "bob", { id: "ann" });
  workspace.emit("change");
  hear("follow", "bob", { id: null });
  workspace.emit("change");
  assert.deepEqual(
    sent.map(({ type }) => type),
    ["view", "view"],
  );
});

test("two who follow each other do not push each other away", () => {
  const { following, presence, sent, hear } = follower("ann", "bob");
  following.follow(presence.get("bob"));
  hear("follow", "bob", { id: "ann" });
  hear("view", "bob", encodeView({ x: 8, y: 8, width: 40, height: 30 }));
  assert.deepEqual(sent, [{ type: "follow", id: "bob" }]);
});

test("whoever moves the paper follows no more", () => {
  const { following, presence, workspace, sent } = follower("ann", "bob");
  following.follow(presence.get("bob"));
  workspace.emit("moved");
  assert.equal(following.leader, null);
  assert.deepEqual(sent.at(-1), { type: "follow", id: null });
});

test("following outlives a lost connection, not the other's going", () => {
  const { following, presence, sent, hear, welcome } = follower("ann", "bob");
  following.follow(presence.get("bob"));
  welcome([participant("ann", "ann"), participant("bob2", "bob")]);
  assert.deepEqual(sent.at(-1), { type: "follow", id: "bob2" });
  hear("left", undefined, { id: "bob2" });
  assert.equal(following.leader, null);
});
