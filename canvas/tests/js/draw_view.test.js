/** Where the paper lies: zooming, moving, never losing it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  fit,
  held,
  inside,
  LARGEST,
  panned,
  SMALLEST,
  seen,
  showing,
  toPaper,
  toScreen,
  turned,
  zoomed,
} from "../../../static/js/draw/view.js";

const PAPER = { width: 1920, height: 1080 };
const ROOM = { x: 10, y: 60, width: 960, height: 700 };

test("the whole paper fits into the middle of the room", () => {
  assert.deepEqual(fit(PAPER, ROOM), { x: 10, y: 140, scale: 0.5, angle: 0 });
});

test("what is out of sight is brought just inside", () => {
  assert.deepEqual(inside({ x: 500, y: 100 }, ROOM), { x: 500, y: 100 });
  assert.deepEqual(inside({ x: 2000, y: 0 }, ROOM), { x: 970, y: 60 });
});

test("the paper under the pointer stays there when zooming", () => {
  const at = { x: 333, y: 222 };
  const before = fit(PAPER, ROOM);
  const under = toPaper(before, at);
  const after = zoomed(before, 1.7, at);
  assert.ok(Math.abs(toScreen(after, under).x - at.x) < 1e-9);
  assert.ok(Math.abs(toScreen(after, under).y - at.y) < 1e-9);
});

test("zooming ends at both ends", () => {
  const at = { x: 100, y: 100 };
  assert.equal(zoomed(fit(PAPER, ROOM), 1e6, at).scale, LARGEST);
  assert.equal(zoomed(fit(PAPER, ROOM), 1e-6, at).scale, SMALLEST);
});

test("screen and paper are each other's inverse", () => {
  const view = { x: -40, y: 12, scale: 0.75, angle: 0 };
  assert.deepEqual(toScreen(view, toPaper(view, { x: 5, y: 6 })), { x: 5, y: 6 });
});

test("however far it is moved, some paper stays in sight", () => {
  for (const [dx, dy] of [
    [1e5, 1e5],
    [-1e5, -1e5],
    [1e5, -1e5],
  ]) {
    const view = held(panned(fit(PAPER, ROOM), dx, dy), PAPER, ROOM);
    const right = view.x + PAPER.width * view.scale;
    const bottom = view.y + PAPER.height * view.scale;
    assert.ok(view.x < ROOM.x + ROOM.width && right > ROOM.x);
    assert.ok(view.y < ROOM.y + ROOM.height && bottom > ROOM.y);
  }
});

test("a paper that is in sight is left where it is", () => {
  const view = panned(fit(PAPER, ROOM), 30, -20);
  assert.deepEqual(held(view, PAPER, ROOM), view);
});

test("whoever follows sees all that the other sees", () => {
  const room = { x: 12, y: 60, width: 800, height: 500 };
  const narrow = { x: 0, y: 50, width: 300, height: 600 };
  const part = seen({ x: -400, y: 30, scale: 1.5, angle: 0 }, room);
  const along = seen(showing(part, narrow), narrow);
  assert.ok(along.x <= part.x + 1e-9 && along.y <= part.y + 1e-9);
  assert.ok(along.x + along.width >= part.x + part.width - 1e-9);
  assert.ok(along.y + along.height >= part.y + part.height - 1e-9);
  assert.deepEqual(Math.round(along.width), Math.round(part.width));
});

test("turning keeps the paper under the pointer, and the paper in sight", () => {
  const at = { x: 300, y: 250 };
  const before = fit(PAPER, ROOM);
  const under = toPaper(before, at);
  const after = turned(before, 0.7, at);
  assert.ok(Math.abs(toScreen(after, under).x - at.x) < 1e-9);
  assert.ok(Math.abs(toScreen(after, under).y - at.y) < 1e-9);
  assert.equal(after.angle, 0.7);
  const away = held(panned(after, 1e5, -1e5), PAPER, ROOM);
  const part = seen(away, ROOM);
  assert.ok(part.x < PAPER.width && part.x + part.width > 0);
  assert.ok(part.y < PAPER.height && part.y + part.height > 0);
});

test("a turned paper is still each place's own", () => {
  const view = turned({ x: -40, y: 12, scale: 0.75, angle: 0 }, 2, { x: 90, y: 10 });
  const back = toScreen(view, toPaper(view, { x: 5, y: 6 }));
  assert.ok(Math.abs(back.x - 5) < 1e-9 && Math.abs(back.y - 6) < 1e-9);
});

test("whole turns are none", () => {
  const view = turned(turned(fit(PAPER, ROOM), 3, ROOM), 2 * Math.PI - 3, ROOM);
  assert.ok(Math.abs(view.angle) < 1e-9);
});
