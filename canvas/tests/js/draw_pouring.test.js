/** Filling: one place or several in a mirror, and one thing to undo (P31, P39). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Brushes } from "../../../static/js/draw/brushes.js";
import { Emitter } from "../../../static/js/draw/emitter.js";
import { fill as fillTool } from "../../../static/js/draw/fill.js";
import { Memory } from "../../../static/js/draw/memory.js";
import { Pouring } from "../../../static/js/draw/pouring.js";
import { fill } from "../../../static/js/engine/areas.js";
import { Server, Visitor } from "./draw_server.js";

const SIDE = 40; // px of the paper

/** Ann with a fill in her hand, and a paper with a box in each quarter. */
async function ann(mirror) {
  const server = new Server();
  const visitor = new Visitor(server, "ann");
  visitor.connect();
  await server.settle();
  const { session, names, replica } = visitor;
  const startWorker = () => new Beside();
  const pouring = new Pouring({ session, names, pixels: { all: boxes }, startWorker });
  const brushes = new Brushes(new Memory(null));
  Object.assign(brushes, { tool: "fill", mirror });
  const pours = (x, y) => fillTool({ pouring, brushes }, { x, y }).end();
  return { pours, session, areas: () => replica.scene.strokes() };
}

/** What the browser runs beside the page, here in its turn. */
class Beside extends Emitter {
  addEventListener(name, listener) {
    this.on(name, listener);
  }

  postMessage({ pixels, places, tolerance }) {
    this.emit("message", { data: fill(pixels, places, tolerance) });
  }
}

/** Return a paper on which the lines of four boxes are black, the rest clear. */
function boxes() {
  const data = new Uint8Array(4 * SIDE * SIDE);
  for (let i = 0; i < SIDE * SIDE; i += 1) {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)].map((one) => Math.min(one, SIDE - 1 - one));
    const isLine = x >= 5 && x <= 15 && y >= 5 && y <= 15 && (x % 10 === 5 || y % 10 === 5);
    if (isLine) data[4 * i + 3] = 255;
  }
  return { data, width: SIDE, height: SIDE };
}

/** Return in which quarters areas lie, from the upper left. */
function quarters(areas) {
  const found = areas.flatMap(({ contours }) =>
    contours.map(([x, y]) => (x > 32 * SIDE ? 1 : 0) + (y > 32 * SIDE ? 2 : 0)),
  );
  return found.sort();
}

for (const [mirror, expected] of [
  ["none", [0]],
  ["across", [0, 1]],
  ["down", [0, 2]],
  ["both", [0, 1, 2, 3]],
]) {
  test(`a fill is poured on every side of a mirror and undone at once, mirror: ${mirror}`, async () => {
    const { pours, session, areas } = await ann(mirror);
    pours(10, 10);
    assert.deepEqual(quarters(areas()), expected);
    await session.undo();
    assert.deepEqual(areas(), []);
  });
}

test("what a fill and its mirror both reach is covered once", async () => {
  const { pours, areas } = await ann("both");
  pours(1, 1);
  assert.equal(areas().length, 1);
  assert.equal(areas()[0].contours.length, 5); // around the paper, and around each box
});
