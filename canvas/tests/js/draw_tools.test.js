/** From touches to strokes: the tools, what they remember, what their strokes are called. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Brushes, WIDEST } from "../../../static/js/draw/brushes.js";
import { colourIn, colourOf, shadeOf } from "../../../static/js/draw/colour.js";
import { Draft } from "../../../static/js/draw/draft.js";
import { Emitter } from "../../../static/js/draw/emitter.js";
import { Figure } from "../../../static/js/draw/figure.js";
import { leanOf } from "../../../static/js/draw/lean.js";
import { Memory } from "../../../static/js/draw/memory.js";
import { Names } from "../../../static/js/draw/names.js";
import { Selection } from "../../../static/js/draw/selection.js";
import { added, nearest, raised } from "../../../static/js/draw/stacking.js";
import { NO_SUPPLY } from "../../../static/js/draw/supplies.js";
import { positionOf, widthAt } from "../../../static/js/draw/toolbar.js";
import { TOOLS, toolNamed } from "../../../static/js/draw/tools.js";
import { ways } from "../../../static/js/draw/words.js";
import { layer, MOST_POINTS } from "../../../static/js/engine/ops.js";
import { Replica } from "../../../static/js/engine/replica.js";
import { Scene } from "../../../static/js/engine/scene.js";

/** A browser's storage, of the same behaviour as localStorage. */
function storage(kept = new Map()) {
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => kept.set(name, value),
  };
}

function brushes(kept) {
  return new Brushes(new Memory(storage(kept)));
}

/** A studio whose drafts are only listed. */
function studio(scale = 1) {
  const names = new Names("ann", "tab");
  const finished = [];
  const shown = [];
  const given = [];
  const lit = [];
  const reached = [];
  const ahead = [];
  const drafts = {
    begin: (style, spacing) => new Draft(names.next(), style, spacing),
    grown: () => {},
    reached: (draft) => {
      reached.push(draft.mark.points.length);
      ahead.push(...draft.ahead);
    },
    finish: (draft) => finished.push(draft.toOp()),
    giveUp: (draft) => given.push(draft.id),
    beginShape: (style) => new Figure(names.next(), style),
    reshape: (figure, places) => {
      figure.reshape(places);
      shown.push(figure.mark);
    },
    carry: () => ({ id: names.next(), to: () => {}, finish: () => {}, giveUp: () => {} }),
  };
  const light = {
    shine: (places) => lit.push(...places.map(({ x, y }) => [x, y])),
    putOut: () => lit.push("out"),
  };
  const colourAt = ({ x }) => (x < 0 ? null : "#30a46c");
  return {
    drafts,
    light,
    colourAt,
    brushes: brushes(),
    scale,
    finished,
    shown,
    given,
    lit,
    reached,
    ahead,
  };
}

function touch(x, y = 0, pressure = 0.5) {
  return { x, y, pressure };
}

test("each tool draws in its own way", () => {
  for (const name of ["pen", "pencil", "marker", "eraser"]) {
    const made = studio();
    const hand = toolNamed(name).start(made, touch(1, 2), false);
    hand.draw([touch(10, 2), touch(20, 2.5)]);
    hand.end();
    const [stroke] = made.finished;
    assert.equal(stroke.brush, name);
    assert.deepEqual(
      stroke.points.map(({ x, y }) => [x, y]),
      [
        [16, 32],
        [160, 32],
        [320, 40],
      ],
    );
  }
});

test("a pen reaches ahead until it has moved on, and none of that is drawn", () => {
  const made = studio();
  const hand = toolNamed("pen").start(made, touch(0), false);
  hand.expect([touch(8), touch(16)]);
  hand.draw([touch(5)]);
  hand.expect([touch(12)]);
  hand.end();
  assert.deepEqual(made.reached, [3, 3]);
  assert.equal(made.finished[0].points.length, 2);
});

test("neither an eraser nor a steadied pen reaches ahead", () => {
  const made = studio();
  toolNamed("eraser")
    .start(made, touch(0), false)
    .expect([touch(8)]);
  made.brushes.steady = 4;
  toolNamed("pen")
    .start(made, touch(0), false)
    .expect([touch(8)]);
  assert.deepEqual(made.reached, []);
});

test("a tool without size and strength says how it is used", () => {
  const made = brushes();
  for (const { name } of TOOLS) {
    made.tool = name;
    assert.equal(name in ways, !made.hasWidth && !made.hasAlpha, name);
  }
});

function corners({ points }) {
  return points.map(({ x, y }) => [x / 16, y / 16]);
}

/** Drag a tool from one touch to another, and lift it. */
function drag(made, name, from, to) {
  const hand = toolNamed(name).start(made, from, false);
  hand.draw([to]);
  hand.end();
  return made.finished.at(-1);
}

test("shapes reach from where the pen went down to where it was lifted", () => {
  const made = studio();
  const line = drag(made, "line", touch(10, 20), touch(30, 60));
  assert.deepEqual(corners(line), [
    [10, 20],
    [30, 60],
  ]);
  for (const kind of ["rectangle", "ellipse"]) {
    const shape = drag(made, kind, touch(10, 20), touch(30, 60));
    assert.equal(shape.kind, kind);
    assert.deepEqual(corners(shape), [
      [10, 20],
      [30, 20],
      [30, 60],
    ]);
  }
});

test("with shift a rectangle is a square, in every direction", () => {
  for (const [x, y] of [
    [30, 5],
    [-30, 5],
    [-5, -30],
  ]) {
    const to = { ...touch(x, y), shift: true };
    const [a, b, c] = corners(drag(studio(), "rectangle", touch(0, 0), to));
    assert.deepEqual([Math.abs(b[0] - a[0]), Math.abs(c[1] - b[1])], [30, 30]);
    assert.deepEqual([Math.sign(c[0]), Math.sign(c[1])], [Math.sign(x), Math.sign(y)]);
  }
});

test("with shift a line keeps to eighths of a turn", () => {
  const to = { ...touch(100, 8), shift: true };
  const [, end] = corners(drag(studio(), "line", touch(0, 0), to));
  assert.equal(end[1], 0);
});

test("with alt a shape grows from its middle", () => {
  const to = { ...touch(30, 40), alt: true };
  const [a, , c] = corners(drag(studio(), "ellipse", touch(10, 10), to));
  assert.deepEqual(
    [a, c],
    [
      [-10, -20],
      [30, 40],
    ],
  );
});

test("a tap with a shape leaves nothing", () => {
  const made = studio();
  assert.equal(drag(made, "arrow", touch(5, 5), touch(6, 5)), undefined);
  assert.equal(made.given.length, 1);
});

test("a closed shape is outlined, filled, or both in two colours", () => {
  const made = studio();
  made.brushes.colour = "#111111";
  made.brushes.second = "#222222";
  const looks = ["outlined", "filled", "both"].map((figured) => {
    made.brushes.figured = figured;
    const { colour, fill } = drag(made, "rectangle", touch(0), touch(50, 50));
    return [colour, fill];
  });
  assert.deepEqual(looks, [
    ["#111111", null],
    [null, "#111111"],
    ["#111111", "#222222"],
  ]);
  assert.equal(drag(made, "line", touch(0), touch(50, 50)).fill, null);
});

/** Set corners of a polygon, one touch each. */
function polygon(made, ...places) {
  const [first, ...others] = places;
  const hand = toolNamed("polygon").start(made, touch(...first), false);
  hand.end();
  for (const place of others) {
    hand.resume(touch(...place));
    hand.end();
  }
  return hand;
}

test("a polygon gets a corner at each touch, and closes at the first", () => {
  const made = studio();
  const hand = polygon(made, [0, 0], [100, 0], [100, 100]);
  assert.equal(hand.isOpen, true);
  hand.resume(touch(3, 2));
  hand.end();
  assert.equal(hand.isOpen, false);
  assert.deepEqual(corners(made.finished[0]), [
    [0, 0],
    [100, 0],
    [100, 100],
  ]);
});

test("a polygon is a line as long as it has two corners", () => {
  const made = studio();
  polygon(made, [0, 0], [100, 0], [100, 100]);
  assert.deepEqual(
    made.shown.map(({ kind }) => kind),
    ["line", "line", "polygon"],
  );
});

test("a polygon can be closed as it is, or dropped", () => {
  const made = studio();
  polygon(made, [0, 0], [100, 0], [100, 100]).settle();
  polygon(made, [0, 0], [100, 0], [100, 100]).drop();
  polygon(made, [0, 0], [100, 0]).settle();
  assert.deepEqual([made.finished.length, made.given.length], [1, 2]);
});

test("a polygon steps back corner by corner until there is none", () => {
  const made = studio();
  const hand = polygon(made, [0, 0], [100, 0], [100, 100]);
  hand.stepBack();
  assert.deepEqual(corners(made.shown.at(-1)), [
    [0, 0],
    [100, 0],
  ]);
  hand.stepBack();
  assert.equal(hand.isOpen, true);
  hand.stepBack();
  assert.deepEqual([hand.isOpen, made.given.length], [false, 1]);
});

test("two fingers that move the paper take back one corner only", () => {
  const made = studio();
  const hand = polygon(made, [0, 0], [100, 0], [100, 100]);
  hand.resume(touch(50, 200));
  hand.giveUp();
  assert.equal(hand.isOpen, true);
  hand.settle();
  assert.equal(made.finished[0].points.length, 3);
});

test("the eyedropper takes a colour and gives the tool back", () => {
  const made = studio();
  made.brushes.tool = "marker";
  made.brushes.tool = "eyedropper";
  const hand = toolNamed("eyedropper").start(made, touch(4, 4), false);
  hand.draw([touch(-1, 4)]);
  hand.end();
  assert.deepEqual([made.brushes.colour, made.brushes.tool], ["#30a46c", "marker"]);
});

test("a laser leaves no mark", () => {
  const made = studio();
  const hand = toolNamed("laser").start(made, touch(1, 2), false);
  hand.draw([touch(3, 4), touch(5, 6)]);
  hand.end();
  assert.deepEqual(made.lit, [[1, 2], [3, 4], [5, 6], "out"]);
  assert.deepEqual(made.finished, []);
});

test("all shapes share a size, and what has none keeps none", () => {
  const one = brushes();
  one.tool = "line";
  one.width = 21;
  one.tool = "ellipse";
  assert.equal(one.width, 21);
  one.tool = "hand";
  one.grow();
  assert.deepEqual([one.hasWidth, one.width], [false, 0]);
});

test("colours can be swapped", () => {
  const one = brushes();
  const [first, second] = [one.colour, one.second];
  one.swap();
  assert.deepEqual([one.colour, one.second], [second, first]);
});

test("a steady hand does not shake, and ends where the pen was lifted", () => {
  const made = studio();
  made.brushes.steady = 50;
  const hand = toolNamed("pen").start(made, touch(0), false);
  hand.draw([touch(5, 5), touch(10, -5), touch(15, 5), touch(20, 0)]);
  assert.equal(made.finished.length, 0);
  hand.draw([touch(100, 0)]);
  hand.end();
  assert.deepEqual(corners(made.finished[0]), [
    [0, 0],
    [70, 0],
    [100, 0],
  ]);
});

test("without smoothing a stroke is where the pen was", () => {
  const made = studio();
  const hand = toolNamed("pen").start(made, touch(0), false);
  hand.draw([touch(5, 5), touch(10, 0)]);
  hand.end();
  assert.deepEqual(corners(made.finished[0]), [
    [0, 0],
    [5, 5],
    [10, 0],
  ]);
});

/** Return the pressures of a stroke at so many px a ms. */
function pressuresAt(speed, hasPressure = false) {
  const made = studio();
  made.brushes.bySpeed = true;
  const at = (time) => ({ ...touch(time * speed, 0, 0.5), time });
  const hand = toolNamed("pen").start(made, at(0), hasPressure);
  hand.draw(Array.from({ length: 20 }, (_, i) => at((i + 1) * 16)));
  hand.end();
  return made.finished[0].points.map(({ pressure }) => pressure);
}

test("a fast hand draws thinner, a pen by its pressure alone", () => {
  const [slow, fast] = [pressuresAt(0.1).at(-1), pressuresAt(4).at(-1)];
  assert.ok(slow > 200 && fast < 60, `${slow} ${fast}`);
  assert.deepEqual(new Set(pressuresAt(4, true)), new Set([128]));
});

test("no two tools share a name or a key", () => {
  assert.equal(new Set(TOOLS.map((tool) => tool.name)).size, TOOLS.length);
  assert.equal(new Set(TOOLS.map((tool) => tool.key)).size, TOOLS.length);
});

test("a tap is a dot", () => {
  const made = studio();
  toolNamed("pen").start(made, touch(3, 4), false).end();
  assert.equal(made.finished[0].points.length, 1);
});

test("a pen presses, a mouse does not", () => {
  const made = studio();
  toolNamed("pen")
    .start(made, touch(0, 0, 0.2), true)
    .end();
  toolNamed("pen")
    .start(made, touch(0, 0, 0.2), false)
    .end();
  const pressed = made.finished.map(({ pressure, points }) => [pressure, points[0].pressure]);
  assert.deepEqual(pressed, [
    [true, 51],
    [false, 255],
  ]);
});

test("points that would hardly be told apart are left out, the last one never", () => {
  const made = studio();
  const hand = toolNamed("pen").start(made, touch(0), false);
  hand.draw([touch(0.25), touch(0.5), touch(2), touch(2.25)]);
  hand.end();
  assert.deepEqual(
    made.finished[0].points.map(({ x }) => x / 16),
    [0, 2, 2.25],
  );
});

test("a stroke that gets too long goes on in another", () => {
  const made = studio();
  const hand = toolNamed("pen").start(made, touch(0), false);
  hand.draw(Array.from({ length: 2500 }, (_, i) => touch((i % 900) + 1, i)));
  hand.end();
  const lengths = made.finished.map(({ points }) => points.length);
  assert.deepEqual(lengths, [MOST_POINTS, MOST_POINTS, 503]);
  const [first, second] = made.finished;
  assert.deepEqual(second.points[0], first.points[MOST_POINTS - 1]);
  assert.equal(new Set(made.finished.map(({ id }) => id)).size, 3);
});

test("tool, colour and sizes are remembered", () => {
  const kept = new Map();
  const before = brushes(kept);
  before.tool = "marker";
  before.width = 50;
  before.colour = "#ABCDEF";
  before.use();
  const after = brushes(kept);
  assert.deepEqual([after.tool, after.width, after.colour], ["marker", 50, "#abcdef"]);
  assert.deepEqual(after.recent, ["#abcdef"]);
});

test("what was remembered and makes no sense is forgotten", () => {
  const wrong = {
    tool: "chainsaw",
    colour: "red",
    recent: ["#fff", 3],
    widths: { pen: 1e9 },
    alphas: null,
  };
  const found = brushes(new Map([["brushes", JSON.stringify(wrong)]]));
  const first = brushes();
  assert.deepEqual(
    [found.tool, found.colour, found.width],
    [first.tool, first.colour, first.width],
  );
  assert.deepEqual(found.recent, []);
  assert.equal(brushes(new Map([["brushes", "{"]])).tool, first.tool);
});

test("a brush grows and shrinks within its limits", () => {
  const one = brushes();
  for (let i = 0; i < 100; i += 1) one.grow();
  assert.equal(one.width, WIDEST);
  for (let i = 0; i < 100; i += 1) one.shrink();
  assert.equal(one.width, 1);
});

test("the pen turned round erases with the eraser's size", () => {
  const one = brushes();
  one.tool = "eraser";
  one.width = 77;
  one.tool = "pen";
  assert.equal(one.style("eraser", true).width, 77 * 16);
});

test("every width has its place on the slider", () => {
  assert.deepEqual([widthAt(0), widthAt(100)], [1, WIDEST]);
  for (let position = 0; position <= 100; position += 5) {
    assert.ok(Math.abs(positionOf(widthAt(position)) - position) <= 5);
  }
});

test("no two ops share a name, from whichever tab they come", () => {
  const tabs = Array.from({ length: 20 }, () => new Names("k3j9x2m1p0qa"));
  const names = tabs.flatMap((tab) => Array.from({ length: 50 }, () => tab.next()));
  assert.equal(new Set(names).size, names.length);
  for (const name of names) assert.match(name, /^k3j9x2m1p0qa\.[a-z0-9]{1,16}$/);
});

/** A scene with so many layers above the first, each added above the one before. */
function stacked(count) {
  const scene = new Scene();
  for (let i = 0; i < count; i += 1) say(scene, added(scene, scene.stack().at(-1).number));
  return scene;
}

function say(scene, { number, properties }) {
  scene.apply(scene.head + 1, layer(`ann.l${scene.head}`, number, properties));
}

function order(scene) {
  return scene.stack().map(({ number }) => number);
}

test("a new layer lies right above the one that is drawn on", () => {
  const scene = stacked(2);
  const said = added(scene, 0);
  say(scene, said);
  assert.deepEqual(order(scene), [0, said.number, 1, 2]);
});

test("a layer is raised and lowered by one place, not beyond the ends", () => {
  const scene = stacked(2);
  say(scene, raised(scene.stack(), 0, 1));
  assert.deepEqual(order(scene), [1, 0, 2]);
  say(scene, raised(scene.stack(), 2, -1));
  assert.deepEqual(order(scene), [1, 2, 0]);
  assert.equal(raised(scene.stack(), 0, 1), null);
  const two = stacked(1);
  say(two, raised(two.stack(), 1, -1));
  assert.deepEqual(order(two), [1, 0]);
  assert.equal(raised(scene.stack(), 1, -1), null);
});

test("a new layer is never one that was deleted, and there is an end to them", () => {
  const scene = stacked(3);
  say(scene, { number: 2, properties: { deleted: true } });
  assert.notEqual(added(scene, 0).number, 2);
  assert.equal(nearest(scene.stack(), 2), 3);
  assert.equal(nearest(scene.stack(), 1), 1);
  assert.equal(added(stacked(63), 0), null);
});

/** Ann's selection in a drawing of hers and Bob's, each with a line. */
function selecting() {
  const replica = new Replica();
  const session = Object.assign(new Emitter(), { mine: new Set(["ann"]) });
  session.propose = (op) => replica.propose(op);
  replica.listen((news) => session.emit("change", news));
  const selection = new Selection({
    session,
    replica,
    names: new Names("ann", "sel"),
    type: NO_SUPPLY,
  });
  const lines = ["ann", "bob"].map((author, i) => {
    const made = studio();
    const line = drag(made, "line", touch(100, 100 * i + 100), touch(200, 100 * i + 100));
    return { ...line, id: `${author}.1` };
  });
  for (const line of lines) replica.propose(line);
  const starts = () => replica.scene.strokes().map((mark) => corners(mark)[0]);
  return { ...studio(), selection, replica, starts };
}

test("a frame chooses what lies in it, and only one's own", () => {
  const made = selecting();
  drag(made, "select", touch(50, 50), touch(300, 300));
  drag(made, "select", touch(150, 100), touch(150, 400));
  assert.deepEqual(made.starts(), [
    [100, 400],
    [100, 200],
  ]);
});

test("a touch chooses what is there, and a touch beside it nothing", () => {
  const made = selecting();
  drag(made, "select", touch(150, 100), touch(150, 100));
  assert.equal(made.selection.isEmpty, false);
  drag(made, "select", touch(600, 600), touch(600, 600));
  assert.equal(made.selection.isEmpty, true);
});

test("a copy lies aside and is chosen; deleting takes it away again", () => {
  const made = selecting();
  drag(made, "select", touch(150, 100), touch(150, 100));
  made.selection.duplicate();
  assert.deepEqual(made.starts().at(-1), [124, 124]);
  made.selection.remove();
  assert.deepEqual(made.starts().length, 2);
  assert.equal(made.selection.isEmpty, true);
});

test("nothing on a locked layer is chosen", () => {
  const made = selecting();
  made.replica.propose(layer("bob.2", 0, { locked: true }));
  drag(made, "select", touch(50, 50), touch(300, 300));
  assert.equal(made.selection.isEmpty, true);
});

test("a brush is kept ready, taken again and forgotten", () => {
  const kept = new Map();
  const made = brushes(kept);
  made.tool = "marker";
  made.width = 77;
  made.colour = "#123456";
  assert.equal(made.preset, null);
  made.keepPreset();
  assert.equal(made.mayKeepPreset, false);
  made.takePreset(made.presets[0]);
  assert.deepEqual([made.tool, made.width], ["pen", 2]);
  const again = brushes(kept);
  again.takePreset(again.presets.at(-1));
  assert.deepEqual([again.tool, again.width, again.colour], ["marker", 77, "#123456"]);
  const { length } = again.presets;
  again.forgetPreset();
  assert.equal(again.presets.length, length - 1);
});

test("what was remembered wrongly is no preset", () => {
  const wrong = [{ tool: "line", width: 5 }, null, { tool: "pen", width: "wide" }];
  const kept = new Map([["brushes", JSON.stringify({ presets: wrong })]]);
  assert.deepEqual(brushes(kept).presets, []);
});

test("a tool that is no brush is not kept ready", () => {
  const made = brushes();
  made.tool = "rectangle";
  assert.equal(made.mayKeepPreset, false);
});

test("a colour is the same as hex and as hue, saturation and brightness", () => {
  for (const colour of ["#e5484d", "#30a46c", "#0090ff", "#8e4ec6", "#f7e13b", "#000000"])
    assert.equal(colourOf(shadeOf(colour)), colour);
  assert.deepEqual(shadeOf("#00ff00"), { hue: 120, saturation: 1, brightness: 1 });
});

test("a grey keeps the hue it was picked at", () => {
  const before = { hue: 200, saturation: 0.5, brightness: 0.5 };
  assert.equal(shadeOf("#808080", before).hue, 200);
  assert.equal(shadeOf("#000000", before).saturation, 0.5);
});

test("hex is read with or without a sign, short or long", () => {
  assert.deepEqual(["#ABCDEF", "abcdef", " #abc ", "abc"].map(colourIn), [
    "#abcdef",
    "#abcdef",
    "#aabbcc",
    "#aabbcc",
  ]);
  for (const wrong of ["", "#ab", "#abcde", "red", "#gggggg"]) assert.equal(colourIn(wrong), null);
});

test("a pen leans as far as it says by its altitude, or by its tilts", () => {
  const pen = { pointerType: "pen", tiltX: 0, tiltY: 0 };
  const share = (event) => Math.round(leanOf({ ...pen, ...event }) * 100);
  assert.equal(share({ altitudeAngle: Math.PI / 6 }), 69);
  assert.equal(share({ altitudeAngle: 0.1 }), 100);
  assert.equal(share({ altitudeAngle: 1 }), 0); // as a hand holds a pen that writes
  assert.equal(share({ tiltX: 0, tiltY: -50 }), 35);
  assert.equal(share({ tiltX: 45, tiltY: 45 }), 51);
  assert.equal(share({ tiltX: 90, tiltY: 0 }), 100);
  assert.equal(share({}), 0);
  assert.equal(share({ pointerType: "touch", altitudeAngle: 0 }), 0);
});

/** Draw with a pen or a finger that leans so far from touch to touch. */
function rolled(made, name, leans, isPen = true) {
  const touches = leans.map((lean, i) => ({ ...touch(50 * i), lean }));
  const hand = toolNamed(name).start(made, touches[0], isPen);
  hand.draw(touches.slice(1));
  hand.end();
  return made.finished.at(-1);
}

test("a pencil leans where its pen leans, and nothing else does (P73)", () => {
  const made = studio();
  const { leans, points } = rolled(made, "pencil", [0, 0.5, 1]);
  assert.deepEqual([leans, ...points.map(({ lean }) => lean)], [true, 0, 128, 255]);
  for (const stroke of [rolled(made, "pen", [1, 1]), rolled(made, "pencil", [1, 1], false)]) {
    assert.equal(stroke.leans, false);
    assert.ok(stroke.points.every(({ lean }) => lean === 0));
  }
});

test("a pencil leans, however steady the hand, as far as its pen, and is expected to go on so", () => {
  const made = studio();
  made.brushes.steady = 4;
  assert.equal(rolled(made, "pencil", [0.2, 1, 1]).points.at(-1).lean, 255);
  made.brushes.steady = 0;
  const hand = toolNamed("pencil").start(made, { ...touch(0), lean: 1 }, true);
  hand.expect([{ ...touch(8), lean: 0 }]);
  assert.equal(made.ahead[0].lean, 255);
});
