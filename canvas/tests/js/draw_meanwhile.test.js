/** What is under the pen while somebody else locks, deletes or hides its layer (P21, P28, P48). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Brushes } from "../../../static/js/draw/brushes.js";
import { OwnDrafts } from "../../../static/js/draw/drafts.js";
import { Easel } from "../../../static/js/draw/easel.js";
import { heedMeanwhile } from "../../../static/js/draw/meanwhile.js";
import { Memory } from "../../../static/js/draw/memory.js";
import { layer } from "../../../static/js/engine/ops.js";
import { Server, Visitor } from "./draw_server.js";
import { watched } from "./draw_watched.js";

const PAPER = { width: 200, height: 100 };

/** Ann with a tool in her hand on the upper of two layers, and Bob, who sees what she draws and says things of layers. */
async function annAndBob(tool, mirror = "none") {
  const server = new Server();
  const [ann, bob] = ["ann", "bob"].map((name) => new Visitor(server, name, { tab: "tabtabta" }));
  for (const one of [ann, bob]) one.connect();
  await server.settle();
  const says = async (number, properties) => {
    bob.session.propose(layer(bob.names.next(), number, properties));
    await server.settle();
  };
  for (const number of [0, 1]) await says(number, { deleted: false });
  const seen = new Map();
  return { server, says, seen, ...atTheEasel(ann, seen, { tool, mirror }) };
}

function atTheEasel({ session, replica, names }, seen, { tool, mirror }) {
  const told = [];
  const brushes = new Brushes(new Memory(null));
  Object.assign(brushes, { tool, mirror, layer: 1 });
  const painter = { show: () => {}, forget: () => {}, veil: () => {} };
  const ways = { session, painter, outlet: watched(seen, PAPER), brushes, names, paper: PAPER };
  const drafts = new OwnDrafts(ways);
  const same = ({ x, y }) => ({ x, y });
  const workspace = { scale: 1, angle: 0, toPaper: same, toScreen: same };
  const easel = new Easel(workspace, brushes, { drafts, mayMark: () => true, ...writing() });
  easel.mayDraw = true;
  heedMeanwhile({ session, replica, drafts, easel, notices: { tell: (text) => told.push(text) } });
  const drawn = () => replica.ops.filter(({ t }) => t !== "layer");
  return { easel, told, drawn };
}

function writing() {
  const typing = { focus: () => {}, end: () => {}, isAt: () => false };
  return {
    selection: { textAt: () => null },
    typing: { ...typing, begin: (_, { write }) => write("Hello") },
  };
}

function contact(x, y = 0) {
  return { id: 1, kind: "mouse", x, y, pressure: 0.5, lean: 0, time: x, button: 0, shift: false };
}

/** Draw from one place to another; what comes between happens under the pen. */
async function draws(easel, meanwhile) {
  easel.begin(contact(10, 10));
  easel.draw([contact(40, 40)]);
  await meanwhile();
  easel.draw([contact(70, 60)]);
}

const WAYS = [
  [{ locked: true }, "“Layer 2” was locked: what you are drawing goes onto “Layer 1”."],
  [{ deleted: true }, "“Layer 2” was deleted: what you are drawing goes onto “Layer 1”."],
];

for (const [properties, words] of WAYS) {
  const how = Object.keys(properties)[0];

  test(`a stroke whose layer is ${how} goes on on another one, whole, and that is told at once`, async () => {
    const { easel, says, told, drawn, seen } = await annAndBob("pen");
    await draws(easel, async () => {
      await says(1, properties);
      assert.deepEqual(told, [words]);
    });
    assert.deepEqual(
      [...seen.values()].map(({ mark }) => [mark.layer, mark.points.length]),
      [[0, 3]],
    );
    easel.end();
    assert.deepEqual(
      drawn().map((op) => [op.layer, op.points.length]),
      [[0, 3]],
    );
    assert.equal(told.length, 1);
  });

  test(`so do its copies in a mirror, the layer being ${how}`, async () => {
    for (const tool of ["pencil", "rectangle"]) {
      const { easel, says, drawn, seen } = await annAndBob(tool, "both");
      await draws(easel, () => says(1, properties));
      assert.deepEqual(
        [...seen.values()].map(({ mark }) => mark.layer),
        [0, 0, 0, 0],
      );
      easel.end();
      assert.deepEqual(
        drawn().map((op) => op.layer),
        [0, 0, 0, 0],
      );
    }
  });

  test(`an eraser is given up when its layer is ${how}: it spares the others`, async () => {
    const { easel, says, told, drawn, seen } = await annAndBob("eraser");
    await draws(easel, () => says(1, properties));
    easel.end();
    assert.deepEqual(told, [`“Layer 2” was ${how}: nothing is erased there.`]);
    assert.deepEqual([drawn(), seen.size], [[], 0]);
  });

  test(`what waits for another touch goes on too when its layer is ${how}`, async () => {
    for (const tool of ["polygon", "text"]) {
      const { easel, says, told, drawn } = await annAndBob(tool);
      easel.begin(contact(10, 10));
      easel.end();
      await says(1, properties);
      assert.deepEqual(told, [words]);
      if (tool === "polygon") for (const x of [50, 90]) easel.begin(contact(x, x ** 2 / 90));
      easel.settle();
      assert.deepEqual(
        drawn().map((op) => [op.t, op.layer]),
        [[tool === "text" ? "text" : "shape", 0]],
      );
    }
  });
}

test("a stroke longer than an op may be goes on where its first part went", async () => {
  const { easel, says, told, drawn } = await annAndBob("pen");
  await draws(easel, () => says(1, { deleted: true }));
  for (let i = 0; i < 1500; i += 1) easel.draw([contact(70 + (i % 2) * 20, 60 + (i % 3))]);
  easel.end();
  assert.deepEqual(
    drawn().map((op) => op.layer),
    [0, 0],
  );
  assert.equal(told.length, 1);
});

test("a shape that has not been dragged yet goes along", async () => {
  const { easel, says, drawn } = await annAndBob("rectangle");
  easel.begin(contact(10, 10));
  await says(1, { locked: true });
  easel.draw([contact(60, 60)]);
  easel.end();
  assert.deepEqual(
    drawn().map((op) => op.layer),
    [0],
  );
});

test("a stroke whose layer is hidden stays on it, and that is told once", async () => {
  const { easel, says, told, drawn } = await annAndBob("pen");
  await draws(easel, async () => {
    await says(1, { hidden: true });
    await says(0, { name: "Sky" });
  });
  easel.end();
  assert.deepEqual(told, ["“Layer 2” was hidden: what you are drawing goes on there, unseen."]);
  assert.equal(drawn()[0].layer, 1);
});

test("where every layer is locked, one hears at once that nothing can be kept", async () => {
  const { easel, says, told } = await annAndBob("pen");
  await says(0, { locked: true });
  await draws(easel, () => says(1, { locked: true }));
  assert.deepEqual(told, [
    "“Layer 2” was locked: what you are drawing is not kept unless a layer is unlocked.",
  ]);
});

test("a layer that is not seen takes a stroke only where there is no other, and one hears so", async () => {
  const { easel, says, told, drawn } = await annAndBob("pen");
  await says(0, { hidden: true });
  await draws(easel, () => says(1, { deleted: true }));
  easel.end();
  assert.equal(drawn()[0].layer, 0);
  assert.deepEqual(told, [
    "“Layer 2” was deleted: what you are drawing goes onto “Layer 1”, which is hidden.",
  ]);
});

test("nothing is told of a layer one is not drawing on, nor once the pen is lifted", async () => {
  const { easel, says, told, drawn } = await annAndBob("pen");
  await draws(easel, () => says(0, { locked: true }));
  easel.end();
  await says(1, { locked: true });
  assert.deepEqual([told, drawn()[0].layer], [[], 1]);
});
