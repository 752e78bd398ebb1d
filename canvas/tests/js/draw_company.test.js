/** What goes out and comes in while it happens: ink, sketches, cursors, who is here (P20 to P29, P74). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Draft } from "../../../static/js/draw/draft.js";
import { Emitter } from "../../../static/js/draw/emitter.js";
import { Fades } from "../../../static/js/draw/fades.js";
import { Following } from "../../../static/js/draw/following.js";
import { Inks } from "../../../static/js/draw/inks.js";
import { Outlet } from "../../../static/js/draw/outlet.js";
import { Presence } from "../../../static/js/draw/presence.js";
import { decodeInk } from "../../../static/js/engine/codec.js";
import { IDENTITY } from "../../../static/js/engine/matrix.js";
import { point, shape, text } from "../../../static/js/engine/ops.js";
import { decodeLaser, decodeView, encodeView } from "../../../static/js/engine/presence.js";

const STYLE = { brush: "pen", colour: "#102030", alpha: 255, width: 64, layer: 0, pressure: false };

/** An outlet with frames that come when asked for. */
function outlet(listeners = 1) {
  const sent = [];
  const frames = [];
  const made = new Outlet(
    (message) => sent.push(message),
    (callback) => frames.push(callback),
    (id) => sent.push(givenUp(id)),
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
  out.end(stroke, ["ann.1"]);
  assert.deepEqual(sent.slice(1), [givenUp("ann.1")]);
});

test("of a stroke nobody has heard of nothing is taken back", () => {
  const { outlet: out, sent, frame } = outlet();
  const stroke = draft(0, 1);
  out.grow(stroke);
  out.end(stroke, ["ann.1"]);
  frame();
  assert.deepEqual(sent, []);
});

function givenUp(id) {
  return { type: "ink", id, stroke: null, start: 0, points: [] };
}

test("ink says in which mirror it is drawn, and otherwise nothing of mirrors (P29)", () => {
  const { outlet: out, sent, frame } = outlet();
  for (const mirror of ["none", "both"]) {
    const stroke = new Draft(`ann.tabtabta${sent.length}z1`, STYLE, 0, mirror);
    grow(stroke, 0, 1);
    out.grow(stroke);
    frame();
    out.end(stroke, []);
  }
  assert.ok(!("mirror" in sent[0]));
  assert.equal(sent[1].mirror, "both");
});

const MARK = text({
  id: "ann.1",
  text: "a",
  colour: "#102030",
  alpha: 255,
  size: 768,
  layer: 0,
  matrix: IDENTITY,
});

function written(letters) {
  return { type: "sketch", mark: text({ ...MARK, text: letters }) };
}

test("a sketch leaves a few times a second, as it is then (P28)", () => {
  const { outlet: out, sent, frame } = outlet();
  for (let i = 0; i < 30; i += 1) {
    out.sketch(MARK, () => written(`a${i}`));
    frame();
  }
  assert.equal(sent.length, 10);
  assert.equal(sent[9].mark.text, "a27");
  out.sketch(MARK, () => written("end"));
  for (let i = 0; i < 9; i += 1) frame();
  assert.deepEqual(
    sent.slice(10).map(({ mark }) => mark.text),
    ["end"],
  );
});

test("a sketch is told once more when nothing changes, and no further", () => {
  const { outlet: out, sent, frame } = outlet();
  out.sketch(MARK, () => written("a"));
  for (let i = 0; i < 20; i += 1) frame();
  assert.equal(sent.length, 1);
  for (let i = 0; i < 100; i += 1) frame();
  assert.equal(sent.length, 2);
  assert.deepEqual(sent[1], sent[0]);
});

test("the more people listen, the fewer sketches leave, and the pointer goes on between them", () => {
  const { outlet: out, sent, frame } = outlet(100);
  for (let i = 0; i < 160; i += 1) {
    out.sketch(MARK, () => written(`a${i}`));
    out.point({ x: i, y: 0 });
    frame();
  }
  const types = sent.map(({ type }) => type);
  assert.ok(types.length <= 20);
  assert.ok(types.filter((type) => type === "sketch").length >= 9);
  assert.ok(types.filter((type) => type === "cursor").length >= 9);
});

test("who comes while a text is written gets it as it is", () => {
  const { outlet: out, sent, frame } = outlet();
  const frames = () => {
    for (let i = 0; i < 9; i += 1) frame();
  };
  out.sketch(MARK, () => written("now"));
  frames();
  assert.equal(sent.length, 1);
  out.listeners = 2;
  frames();
  assert.equal(sent.length, 2);
  assert.deepEqual(sent[1], sent[0]);
});

test("a sketch is taken back when there is nothing to be seen, or when it was given up (P22)", () => {
  const { outlet: out, sent, frame } = outlet();
  const tell = (look) => {
    out.sketch(MARK, () => look);
    for (let i = 0; i < 3; i += 1) frame();
  };
  tell(null);
  assert.deepEqual(sent, []);
  tell(written("a"));
  tell(null);
  assert.deepEqual(sent.slice(1), [givenUp("ann.1")]);
  out.end(MARK, ["ann.1"]);
  tell(written("b"));
  out.end(MARK, ["ann.1", "ann.2"]);
  assert.deepEqual(sent.slice(3), [givenUp("ann.1"), givenUp("ann.2")]);
  for (let i = 0; i < 9; i += 1) frame();
  assert.equal(sent.length, 5);
});

test("what has become an op is not taken back", () => {
  const { outlet: out, sent, frame } = outlet();
  out.sketch(MARK, () => written("a"));
  for (let i = 0; i < 3; i += 1) frame();
  out.end(MARK, []);
  assert.equal(sent.length, 1);
});

test("nothing is told beside what is being made already", () => {
  const { outlet: out } = outlet();
  const fade = { id: "ann.2" };
  assert.ok(!out.isBusyBeside(fade));
  out.sketch(fade, () => null);
  assert.ok(!out.isBusyBeside(fade));
  out.end(fade, []);
  out.sketch(MARK, () => written("a"));
  assert.ok(out.isBusyBeside(fade));
});

/** What is seen of the opacities others choose; ann.9 is an op. */
function fades() {
  const made = new Fades({ confirmed: { knows: (id) => id === "ann.9" } });
  let seen = new Map();
  made.on("changed", (opacities) => {
    seen = opacities;
  });
  return { fades: made, seen: () => Object.fromEntries(seen) };
}

test("an opacity somebody chooses is seen until it is an op, or was given up (P74)", () => {
  const { fades: all, seen } = fades();
  all.receive({ id: "ann.1", layer: 2, opacity: 100 }, "a");
  all.receive({ id: "bob.1", layer: 3, opacity: 50 }, "b");
  all.receive({ id: "ann.1", layer: 2, opacity: 90 }, "a");
  assert.deepEqual(seen(), { 2: 90, 3: 50 });
  all.forget("ann.1");
  assert.deepEqual(seen(), { 3: 50 });
  all.receive({ id: "ann.9", layer: 2, opacity: 1 }, "a");
  assert.deepEqual(seen(), { 3: 50 });
});

test("of several who choose for one layer the last is seen, and whoever goes takes theirs along (P74)", () => {
  const { fades: all, seen } = fades();
  all.receive({ id: "ann.1", layer: 2, opacity: 100 }, "a");
  all.receive({ id: "bob.1", layer: 2, opacity: 50 }, "b");
  assert.deepEqual(seen(), { 2: 50 });
  all.forgetFrom("b");
  assert.deepEqual(seen(), { 2: 100 });
  all.clear();
  assert.deepEqual(seen(), {});
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

const PAPER = { width: 100, height: 50 };

test("a stroke grows by ink, dropped and repeated points notwithstanding", () => {
  const inks = new Inks(PAPER);
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
    const inks = new Inks(PAPER);
    const gone = [];
    inks.on("gone", ({ id }) => gone.push(id));
    inks.receive({ id: "bob.1", stroke: STYLE, start: 0, points: draft(0).points }, "b");
    forget(inks);
    forget(inks);
    assert.deepEqual(gone, ["bob.1"]);
  }
});

/** What is seen of the others just now, by its name. */
function seen() {
  const inks = new Inks(PAPER);
  const drafts = new Map();
  for (const event of ["grown", "sketched"]) inks.on(event, (one) => drafts.set(one.id, one));
  inks.on("gone", ({ id }) => drafts.delete(id));
  const ids = () => [...drafts.keys()].sort();
  return { inks, drafts, ids };
}

const FIRST = "bob.tabtabta1z1";
const COPIES = ["bob.tabtabta1z2", "bob.tabtabta1z3", "bob.tabtabta1z4"];

function mirroredInk(start, ...xs) {
  const points = xs.map((x) => point(x, 16));
  return { id: FIRST, stroke: STYLE, start, points, mirror: "both" };
}

test("what is drawn in a mirror is seen on all sides while it is drawn (P29)", () => {
  const { inks, drafts, ids } = seen();
  inks.receive(mirroredInk(0, 0, 16), "b");
  inks.receive(mirroredInk(2, 32), "b");
  assert.deepEqual(ids(), [FIRST, ...COPIES]);
  assert.deepEqual(
    COPIES.map((id) => drafts.get(id).mark.points.map(({ x, y }) => [x, y])),
    [
      [
        [1600, 16],
        [1584, 16],
        [1568, 16],
      ],
      [
        [1600, 784],
        [1584, 784],
        [1568, 784],
      ],
      [
        [0, 784],
        [16, 784],
        [32, 784],
      ],
    ],
  );
});

test("each copy goes when it is an op, and does not grow again", () => {
  const { inks, ids } = seen();
  inks.receive(mirroredInk(0, 0, 16), "b");
  inks.forget(COPIES[0]);
  inks.receive(mirroredInk(2, 32), "b");
  assert.deepEqual(ids(), [FIRST, COPIES[1], COPIES[2]]);
  inks.forget(FIRST);
  assert.deepEqual(ids(), [COPIES[1], COPIES[2]]);
  for (const id of COPIES) inks.forget(id);
  assert.deepEqual(ids(), []);
});

test("all copies go with whoever drew them", () => {
  for (const go of [(inks) => inks.forgetFrom("b"), (inks) => inks.clear()]) {
    const { inks, ids } = seen();
    inks.receive(mirroredInk(0, 0, 16), "b");
    go(inks);
    assert.deepEqual(ids(), []);
  }
});

test("what somebody goes on drawing on another line does not go with the old one", () => {
  const { inks, ids } = seen();
  inks.receive(mirroredInk(0, 0, 16), "b");
  inks.receive(mirroredInk(0, 0, 16, 32), "c");
  inks.receiveSketch({ mark: MARK }, "b");
  inks.receiveSketch({ mark: MARK }, "c");
  inks.forgetFrom("b");
  assert.deepEqual(ids(), ["ann.1", FIRST, ...COPIES]);
  inks.forgetFrom("c");
  assert.deepEqual(ids(), []);
});

const LINE = shape({
  id: FIRST,
  kind: "line",
  colour: "#102030",
  fill: null,
  alpha: 255,
  width: 64,
  layer: 0,
  points: [point(0, 0), point(160, 0)],
});

test("a shape is seen as it is told last, in a mirror on all sides (P28)", () => {
  const { inks, drafts, ids } = seen();
  inks.receiveSketch({ mark: LINE, mirror: "down" }, "b");
  const longer = shape({ ...LINE, points: [point(0, 0), point(320, 16)] });
  inks.receiveSketch({ mark: longer, mirror: "down" }, "b");
  assert.deepEqual(ids(), [FIRST, COPIES[0]]);
  assert.deepEqual(drafts.get(FIRST).mark, longer);
  assert.deepEqual(drafts.get(COPIES[0]).mark.points, [point(0, 800), point(320, 784)]);
});

test("whatever somebody calls by one name is seen once", () => {
  const { inks, drafts, ids } = seen();
  const ink = { ...mirroredInk(0, 0, 16), mirror: undefined };
  inks.receive(mirroredInk(0, 0, 16), "b");
  inks.receiveSketch({ mark: LINE }, "b");
  assert.deepEqual(drafts.get(FIRST).mark, LINE);
  inks.receive(ink, "b");
  assert.equal(drafts.get(FIRST).mark.points.length, 2);
  inks.receive({ ...ink, id: COPIES[1] }, "b");
  assert.deepEqual(ids(), [FIRST, ...COPIES]);
  inks.forgetFrom("b");
  assert.deepEqual(ids(), []);
});

/** Inks, and which marks are left out because of them. */
function veiled() {
  const { inks, ids } = seen();
  let left = [];
  inks.on("veiled", (all) => {
    left = [...all];
  });
  return { inks, ids, left: () => left };
}

test("a text that is written anew is left out until that is done, or given up", () => {
  const ways = [
    (inks) => inks.forget("ann.1"),
    (inks) => inks.receive({ id: "ann.1", stroke: null, start: 0, points: [] }, "b"),
    (inks) => inks.forgetFrom("b"),
  ];
  for (const forget of ways) {
    const { inks, left } = veiled();
    inks.receiveSketch({ mark: MARK, instead: "ann.0" }, "b");
    inks.receiveSketch({ mark: MARK, instead: "ann.0" }, "b");
    assert.deepEqual(left(), ["ann.0"]);
    forget(inks);
    assert.deepEqual(left(), []);
  }
});

test("the sketch of a text goes with the older one only if that is not replaced", () => {
  for (const [letters, isSeen] of [
    ["new", true],
    [" ", false],
  ]) {
    const { inks, ids } = veiled();
    inks.receiveSketch({ ...written(letters), instead: "ann.0" }, "b");
    inks.forgetBlanks("ann.another");
    assert.deepEqual(ids(), ["ann.1"]);
    inks.forgetBlanks("ann.0");
    assert.deepEqual(ids(), isSeen ? ["ann.1"] : []);
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
  const refuse = (code) => session.emit("refused", code);
  return { following, presence, workspace, sent, hear, welcome, refuse };
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

test("of two who follow each other, whoever moves the paper first is followed at once (P27)", () => {
  const { following, presence, workspace, sent, hear } = follower("ann", "bob");
  following.follow(presence.get("bob"));
  hear("follow", "bob", { id: "ann" });
  workspace.emit("change");
  workspace.emit("moved");
  assert.deepEqual(
    sent.map(({ type }) => type),
    ["follow", "follow", "view"],
  );
});

test("whoever moves the paper follows no more", () => {
  const { following, presence, workspace, sent } = follower("ann", "bob");
  following.follow(presence.get("bob"));
  workspace.emit("moved");
  assert.equal(following.leader, null);
  assert.deepEqual(sent.at(-1), { type: "follow", id: null });
});

test("whoever is shown out of the drawing follows no more", () => {
  const { following, presence, refuse } = follower("ann", "bob");
  following.follow(presence.get("bob"));
  refuse("no-such-drawing");
  assert.equal(following.leader, null);
});

test("following outlives a lost connection, not the other's going", () => {
  const { following, presence, sent, hear, welcome } = follower("ann", "bob");
  following.follow(presence.get("bob"));
  welcome([participant("ann", "ann"), participant("bob2", "bob")]);
  assert.deepEqual(sent.at(-1), { type: "follow", id: "bob2" });
  hear("left", undefined, { id: "bob2" });
  assert.equal(following.leader, null);
});
