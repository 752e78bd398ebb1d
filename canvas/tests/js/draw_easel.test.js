/** What is in the hand while something else happens: another tool is chosen, the drawing is closed. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Brushes } from "../../../static/js/draw/brushes.js";
import { Draft } from "../../../static/js/draw/draft.js";
import { Easel } from "../../../static/js/draw/easel.js";
import { Figure } from "../../../static/js/draw/figure.js";
import { Memory } from "../../../static/js/draw/memory.js";
import { Names } from "../../../static/js/draw/names.js";

/** An easel whose drafts are listed: those that grow, those that are finished. */
function easel() {
  const names = new Names("ann", "tab");
  const growing = new Set();
  const finished = [];
  const begun = (draft) => {
    growing.add(draft);
    return draft;
  };
  const drafts = {
    begin: (style, spacing) => begun(new Draft(names.next(), style, spacing)),
    beginShape: (style) => begun(new Figure(names.next(), style)),
    grown: () => {},
    reshape: (figure, places) => figure.reshape(places),
    finish: (draft) => growing.delete(draft) && finished.push(draft.toOp()),
    giveUp: (draft) => growing.delete(draft),
  };
  const same = ({ x, y }) => ({ x, y });
  const workspace = { scale: 1, angle: 0, toPaper: same, toScreen: same };
  const brushes = new Brushes(new Memory(null));
  const made = new Easel(workspace, brushes, {
    drafts,
    mayMark: () => true,
    colourAt: () => "#30a46c",
  });
  made.mayDraw = true;
  return { easel: made, brushes, growing, finished };
}

/** Such an easel, and a tool that has drawn there from 0 to 20 and goes on. */
function drawing(tool) {
  const at = easel();
  at.brushes.tool = tool;
  at.easel.begin(contact(0));
  at.easel.draw([contact(20)]);
  return at;
}

function contact(x, y = 0) {
  return { id: 1, kind: "mouse", x, y, pressure: 0.5, lean: 0, time: x, button: 0, shift: false };
}

const xs = ({ points }) => points.map(({ x }) => x / 16);

for (const tool of ["pen", "line"]) {
  test(`a ${tool} that is drawing goes on though another tool is chosen`, () => {
    const { easel: one, brushes, growing, finished } = drawing(tool);
    brushes.tool = "eraser";
    one.draw([contact(40)]);
    one.end();
    assert.equal(xs(finished[0]).at(-1), 40);
    assert.equal(growing.size, 0);
    one.begin(contact(60));
    one.end();
    assert.equal(finished[1].brush, "eraser");
  });

  test(`what a ${tool} has drawn when the drawing is closed is kept, and no more is drawn`, () => {
    const { easel: one, growing, finished } = drawing(tool);
    one.mayDraw = false;
    one.draw([contact(40)]);
    one.end();
    assert.deepEqual(xs(finished[0]), [0, 20]);
    assert.deepEqual([finished.length, growing.size], [1, 0]);
  });
}

test("a polygon with its corners set is kept when the drawing is closed", () => {
  const { easel: one, brushes, finished } = easel();
  brushes.tool = "polygon";
  for (const [x, y] of [
    [0, 0],
    [100, 0],
    [100, 100],
  ]) {
    one.begin(contact(x, y));
    one.end();
  }
  one.mayDraw = false;
  assert.deepEqual(xs(finished[0]), [0, 100, 100]);
});

test("with alt, a pen takes a colour from the paper and draws nothing, and stays in the hand", () => {
  const { easel: one, brushes, growing, finished } = easel();
  brushes.tool = "eraser";
  brushes.tool = "marker";
  one.begin({ ...contact(5), alt: true });
  one.draw([contact(20)]);
  one.end();
  assert.deepEqual([brushes.colour, brushes.tool], ["#30a46c", "marker"]);
  assert.deepEqual([growing.size, finished.length], [0, 0]);
});

test("one steps back in a polygon that waits for its next corner, and nowhere else", () => {
  const { easel: one, brushes, growing } = easel();
  assert.equal(one.stepBack(), false);
  brushes.tool = "polygon";
  one.begin(contact(0));
  one.end();
  assert.deepEqual([one.stepBack(), one.isOpen, growing.size], [true, false, 0]);
  assert.equal(one.stepBack(), false);
});

test("one is told when something begins to wait for another touch, and when it waits no more", () => {
  const { easel: one, brushes } = easel();
  const told = [];
  one.on("open", () => told.push(one.isOpen));
  one.begin(contact(0));
  one.end();
  for (const away of ["stepBack", "drop", "settle"]) {
    brushes.tool = "polygon";
    for (const x of [0, 50]) {
      one.begin(contact(x));
      one.end();
    }
    if (away === "stepBack") one.stepBack();
    one[away]();
  }
  assert.deepEqual(told, [true, false, true, false, true, false]);
});

test("a polygon is closed when another tool is chosen", () => {
  const { easel: one, brushes, growing, finished } = easel();
  brushes.tool = "polygon";
  for (const [x, y] of [
    [0, 0],
    [100, 0],
    [100, 100],
  ]) {
    one.begin(contact(x, y));
    one.end();
  }
  brushes.tool = "pen";
  assert.deepEqual([finished.length, growing.size], [1, 0]);
});
