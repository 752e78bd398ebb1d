/** What a fill covers (P39). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fill } from "../../../static/js/engine/areas.js";
import { area, flood, grown, simplified, trace } from "../../../static/js/engine/flood.js";
import { MOST_CONTOURS, MOST_CORNERS } from "../../../static/js/engine/ops.js";

test("a flood reaches what is like its beginning, and stops at what is not", () => {
  const { inside } = flood(picture("..#..", ".##..", "#...."), [{ x: 0, y: 0 }], 0);
  assert.equal(rows(inside, 5), "XX... X.... .....");
  const other = flood(picture("..#..", ".##..", "#...."), [{ x: 4.9, y: 0.5 }], 0);
  assert.equal(rows(other.inside, 5), "...XX ...XX .XXXX");
});

test("a tolerant flood takes in what is nearly alike", () => {
  const pixels = picture("..-#.");
  assert.equal(rows(flood(pixels, [{ x: 0, y: 0 }], 15).inside, 5), "XX...");
  assert.equal(rows(flood(pixels, [{ x: 0, y: 0 }], 16).inside, 5), "XXX..");
});

test("a flood from several places reaches what is like each of them, once", () => {
  const pixels = picture("..#--", ".###-", ".....");
  const from = (...places) => rows(flood(pixels, places, 0).inside, 5);
  const [left, right] = [
    { x: 0, y: 0 },
    { x: 4, y: 0 },
  ];
  assert.equal(from(left, right), "XX.XX X...X XXXXX");
  assert.equal(from(left, { x: 4, y: 2 }), from(left));
  assert.equal(from(left, { x: 9, y: 0 }), from(left));
});

test("a flood is not held up by what another has reached before", () => {
  const places = [
    { x: 1, y: 0 },
    { x: 0, y: 1 },
  ];
  assert.equal(rows(flood(picture("#.#", "=-="), places, 16).inside, 3), ".X. XXX");
});

test("a flood from outside of the picture covers nothing", () => {
  for (const place of [
    { x: -1, y: 0 },
    { x: 0, y: 3 },
    { x: 5, y: 0 },
  ]) {
    assert.deepEqual(fill(picture(".....", ".....", "....."), [place], 0), []);
  }
});

test("a mask grows to every side, and not round the edge of the picture", () => {
  const { inside } = grown(mask("X....", ".....", "...X."), 1);
  assert.equal(rows(inside, 5), "XX... X..X. ..XXX");
});

test("the edge of a region is traced clockwise, that of a hole the other way", () => {
  assert.deepEqual(trace(mask("...", ".XX")), [
    [
      [1, 1],
      [3, 1],
      [3, 2],
      [1, 2],
    ],
  ]);
  const areas = trace(mask("XXX", "X.X", "XXX")).map(area);
  assert.deepEqual(areas, [9, -1]);
});

test("regions that touch at a corner are traced apart, and so are holes", () => {
  assert.deepEqual(trace(mask("X.", ".X")).map(area), [1, 1]);
  assert.deepEqual(trace(mask(".X", "X.")).map(area), [1, 1]);
  const { length } = trace(mask("XXXX", "X.XX", "XX.X", "XXXX"));
  assert(length === 2 || length === 3);
});

test("whatever the mask, its edges go round as many pixels as it has", () => {
  for (let seed = 1; seed < 200; seed += 1) {
    const inside = noise(seed, 12 * 9);
    const around = trace({ inside, width: 12, height: 9 }).map(area);
    const pixels = inside.reduce((sum, one) => sum + one, 0);
    assert.equal(
      around.reduce((sum, one) => sum + one, 0),
      pixels,
    );
  }
});

test("stairs become a slope, and corners stay", () => {
  const stairs = Array.from({ length: 20 }, (_, i) => [Math.floor(i / 2), Math.ceil(i / 2)]);
  const ring = [...stairs, [10, 30], [0, 30]];
  assert.deepEqual(simplified(ring, 0.75).at(-2), [10, 30]);
  assert(simplified(ring, 0.75).length < 8);
});

test("a fill covers a disc to its edge, in few corners", () => {
  const pixels = disc(100, 40);
  const [[contour, ...others]] = fill(pixels, [{ x: 50, y: 50 }], 0);
  assert.deepEqual(others, []);
  const [stairs] = trace(grown(flood(pixels, [{ x: 50, y: 50 }], 0), 1));
  assert(contour.length / 2 < stairs.length / 2);
  const ring = Array.from({ length: contour.length / 2 }, (_, i) =>
    contour.slice(2 * i, 2 * i + 2),
  );
  const covered = area(ring) / 64 ** 2;
  assert(Math.abs(covered - Math.PI * 41 ** 2) < 0.02 * covered, covered);
});

test("a fill of the raggedest picture stays within the limits of an op", () => {
  const inside = noise(7, 300 * 300);
  const data = new Uint8Array(4 * 300 * 300);
  inside.forEach((one, i) => {
    data[4 * i] = i % 300 === 0 || Math.floor(i / 300) % 3 === 0 ? 1 : one * 200 + 1;
  });
  const areas = fill({ data, width: 300, height: 300 }, [{ x: 0, y: 0 }], 0);
  assert(areas.length > 0);
  for (const contours of areas) {
    assert(contours.length > 0 && contours.length <= MOST_CONTOURS);
    assert(contours.reduce((sum, { length }) => sum + length / 2, 0) <= MOST_CORNERS);
    assert(contours.flat().every(Number.isInteger));
  }
});

test("a fill around more dots than an area has edges covers none of them", () => {
  const areas = fill(dots(40), [{ x: 0, y: 0 }], 0);
  assert(areas.length > 1);
  const edges = areas.map((contours) => contours.flatMap(edgesOf));
  for (let y = 0; y < 400; y += 1) {
    for (const [x, covered] of covering(edges, y, 400).entries()) {
      const isWithin = x % 10 >= 4 && x % 10 < 7 && y % 10 >= 4 && y % 10 < 7;
      const isAtEdge = !isWithin && isDot(x, y);
      if (!isAtEdge) assert.equal(covered, isWithin ? 0 : 1);
    }
  }
});

/** Return a picture of so many rows of so many dots, each five px wide, ten px from the next. */
function dots(count) {
  const size = 10 * count;
  const data = new Uint8Array(4 * size * size);
  for (let i = 0; i < size * size; i += 1) {
    if (!isDot(i % size, Math.floor(i / size))) data.fill(255, 4 * i, 4 * i + 4);
  }
  return { data, width: size, height: size };
}

function isDot(x, y) {
  return x % 10 >= 3 && x % 10 < 8 && y % 10 >= 3 && y % 10 < 8;
}

/** Return the edges of a contour, each from where to where, in px. */
function edgesOf(contour) {
  const corners = Array.from({ length: contour.length / 2 }, (_, i) => ({
    x: contour[2 * i] / 64,
    y: contour[2 * i + 1] / 64,
  }));
  return corners.map((from, i) => ({ from, to: corners[(i + 1) % corners.length] }));
}

/** Return how many areas cover the middle of each pixel in a row. */
function covering(areas, row, width) {
  const counts = new Array(width).fill(0);
  for (const edges of areas) {
    let turns = 0;
    for (const [x, turn] of turning(edges, row + 0.5, width).entries()) {
      turns += turn;
      if (turns !== 0) counts[x] += 1;
    }
  }
  return counts;
}

/** Return by how much more than around the pixel before it edges wind around each pixel's middle in a row. */
function turning(edges, y, width) {
  const turns = new Int32Array(width);
  for (const { from, to } of edges) {
    if (from.y > y === to.y > y) continue;
    const x = from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x);
    const after = Math.max(0, Math.floor(x + 0.5)); // the first pixel whose middle lies right of the edge
    const turn = to.y > from.y ? 1 : -1;
    turns[0] += turn;
    if (after < width) turns[after] -= turn;
  }
  return turns;
}

/** Return a picture: # is black, - a little darker than what is white, = a little more. */
function picture(...lines) {
  const tones = { ".": 255, "-": 239, "=": 223, "#": 0 };
  const data = [...lines.join("")].flatMap((one) => [tones[one], tones[one], tones[one], 255]);
  return { data, width: lines[0].length, height: lines.length };
}

function mask(...lines) {
  const inside = Uint8Array.from([...lines.join("")], (one) => (one === "X" ? 1 : 0));
  return { inside, width: lines[0].length, height: lines.length };
}

function rows(inside, width) {
  const text = Array.from(inside, (one) => (one ? "X" : ".")).join("");
  return text.match(new RegExp(`.{${width}}`, "g")).join(" ");
}

function disc(size, radius) {
  const data = new Uint8Array(4 * size * size);
  for (let i = 0; i < size * size; i += 1) {
    const [x, y] = [(i % size) + 0.5 - size / 2, Math.floor(i / size) + 0.5 - size / 2];
    data[4 * i] = x * x + y * y < radius * radius ? 9 : 200;
  }
  return { data, width: size, height: size };
}

/** Return zeros and ones that look like chance, always the same for a seed. */
function noise(seed, count) {
  let state = seed;
  return Uint8Array.from({ length: count }, () => {
    state = (state * 16_807) % 2_147_483_647;
    return state & 1;
  });
}
