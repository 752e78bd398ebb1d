/** Text from the first touch to the log, and where its caret stands. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Brushes } from "../../../static/js/draw/brushes.js";
import { Memory } from "../../../static/js/draw/memory.js";
import { Names } from "../../../static/js/draw/names.js";
import { toolNamed } from "../../../static/js/draw/tools.js";
import { TypeCase } from "../../../static/js/draw/typecase.js";
import { Written } from "../../../static/js/draw/written.js";
import { box } from "../../../static/js/engine/geometry.js";
import { carets, letters } from "../../../static/js/engine/lettering.js";
import { IDENTITY, ONE } from "../../../static/js/engine/matrix.js";

const FONT = JSON.parse(
  readFileSync(new URL("../../../static/fonts/inter.json", import.meta.url), "utf8"),
);

/** A studio that lists what is done with texts; `type` is what somebody types. */
function studio(old = null) {
  const names = new Names("ann", "tab");
  const done = [];
  let heard = null;
  let replaced;
  const drafts = {
    beginText: (style, old) => {
      replaced = old;
      return new Written(names.next(), style);
    },
    rewrite: (written, text) => {
      written.letters = text;
    },
    veil: (ids) => done.push(["veil", ...ids]),
    exchange: (draft) => done.push(["exchange", replaced, draft.toOp()]),
    finish: (draft) => done.push(["finish", draft.toOp()]),
    giveUp: () => done.push(["giveUp"]),
  };
  const typing = {
    begin: (_, listener) => {
      heard = listener;
    },
    focus: () => done.push(["focus"]),
    end: () => {},
    isAt: ({ x }) => x < 500,
    choose: (from) => done.push(["choose", from.x]),
    stretch: (to) => done.push(["stretch", to.x]),
  };
  const brushes = new Brushes(new Memory(null));
  const made = { drafts, typing, brushes, selection: { textAt: () => old }, scale: 1, angle: 0 };
  return { ...made, done, types: (text) => heard.write(text), ends: () => heard.end() };
}

function begun(made) {
  const hand = toolNamed("text").start(made, { x: 100, y: 200, pressure: 0.5 }, false);
  made.settle = () => hand.settle();
  hand.end();
  return hand;
}

const finished = ({ done }) => done.filter(([name]) => name === "finish").map(([, op]) => op);

test("what is typed becomes a text where the touch was", () => {
  const made = studio();
  const hand = begun(made);
  made.types("Hello");
  made.ends();
  const [op] = finished(made);
  assert.equal(op.text, "Hello");
  assert.equal(op.size, 48 * 16);
  assert.deepEqual(op.matrix.slice(0, 5), [ONE, 0, 0, ONE, 1600]);
  assert.ok(op.matrix[5] > 200 * 16 && op.matrix[5] < 224 * 16);
  assert.equal(hand.isOpen, false);
});

test("a text is upright where it is written on a turned paper", () => {
  const made = { ...studio(), angle: Math.PI / 2 };
  begun(made);
  made.types("Hello");
  made.ends();
  const [a, b] = finished(made)[0].matrix;
  assert.deepEqual([a, b], [0, -ONE]);
});

test("without a letter nothing is written", () => {
  const made = studio();
  begun(made);
  made.types("  ");
  made.ends();
  assert.deepEqual(finished(made), []);
});

test("a touch elsewhere ends a text, one in it moves the caret", () => {
  const made = studio();
  const hand = begun(made);
  made.types("Hello");
  hand.resume({ x: 120, y: 200 });
  hand.draw([{ x: 130, y: 200 }]);
  hand.end();
  assert.equal(hand.isOpen, true);
  hand.resume({ x: 900, y: 200 });
  hand.end();
  assert.equal(hand.isOpen, false);
  assert.deepEqual(
    made.done.filter(([name]) => name === "choose" || name === "stretch"),
    [
      ["choose", 120],
      ["stretch", 130],
    ],
  );
  assert.equal(finished(made).length, 1);
});

const OLD = Object.freeze({
  t: "text",
  id: "ann.old",
  text: "before",
  colour: "#2b3dc2",
  alpha: 255,
  size: 512,
  layer: 3,
  matrix: IDENTITY,
});

test("a text that is there is written anew, in its place and on its layer", () => {
  const made = studio(OLD);
  begun(made);
  made.types("after");
  made.ends();
  const [veiled, focused, [, id, op], unveiled] = made.done;
  assert.deepEqual([veiled, focused, unveiled], [["veil", OLD.id], ["focus"], ["veil"]]);
  assert.equal(id, OLD.id);
  assert.deepEqual({ ...op, id }, { ...OLD, text: "after" });
});

test("a text left as it was is no op, and one emptied goes", () => {
  const same = studio(OLD);
  begun(same);
  same.types("before");
  same.ends();
  assert.deepEqual(same.done, [["veil", OLD.id], ["focus"], ["giveUp"], ["veil"]]);
  const emptied = studio(OLD);
  begun(emptied);
  emptied.types("");
  emptied.ends();
  assert.ok(emptied.done.some(([name, id]) => name === "exchange" && id === OLD.id));
});

test("a text being written takes the colour that is chosen meanwhile", () => {
  const made = studio();
  const hand = begun(made);
  made.types("Hello");
  made.brushes.colour = "#e5484d";
  hand.restyle();
  made.ends();
  assert.equal(finished(made)[0].colour, "#e5484d");
});

/** Type letters, one after the other, while the typeface is on its way or once it is there; count what is told. */
async function typed(text, { isThere }) {
  const type = new TypeCase(async () => FONT, assert.fail);
  let told = 0;
  type.on("lack", () => {
    told += 1;
  });
  const come = new Promise((then) => type.on("come", then));
  type.ask();
  if (isThere) await come;
  for (let end = 1; end <= text.length; end += 1) type.check(text.slice(0, end));
  await come;
  return told;
}

for (const isThere of [true, false]) {
  const when = isThere ? "at once" : "as soon as the typeface is there";
  test(`letters that are drawn as boxes are told of ${when}, and once (P38)`, async () => {
    assert.equal(await typed("雨, 雨 and قارب", { isThere }), 1);
    assert.equal(await typed("Wave\nà la vôtre — 3 €", { isThere }), 0);
  });
}

test("the caret stands before every letter, and after the last of every line", () => {
  const written = { text: "AV\n😀x", size: 160 };
  const stops = carets(written, FONT);
  assert.equal(stops.length, written.text.length + 1);
  assert.equal(stops[0].x, 0);
  assert.ok(stops[1].x > 0 && stops[2].x > stops[1].x);
  assert.deepEqual(stops[3], { x: 0, y: (FONT.line / FONT.unit) * 10 });
  assert.deepEqual(stops[4], stops[3]);
});

test("the caret after a word stands where its outlines end", () => {
  const written = { text: "Hill", size: 1600, matrix: IDENTITY };
  const { right } = box(letters(written, FONT).flat());
  const end = carets(written, FONT).at(-1);
  assert.ok(end.x >= right / 64 && end.x - right / 64 < 12);
});
