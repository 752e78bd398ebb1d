/**
 * The grain of a pencil: the same bare paper here and in grain.py.
 *
 * An outline is bitten into all along its edge, and in it lie flecks: little contours that go round against it, so
 * that they are holes. Every fleck keeps within a cell of its own and clear of all edges. Where edges cross within a
 * pixel, no two programs that fill outlines agree on what is covered; where none do, each pixel comes out alike.
 * Where a stroke crosses itself flecks are filled, as shading with a pencil fills the tooth of the paper.
 *
 * Chance comes from the name of the stroke, from how many points have gone before and from where it began, so that
 * its grain stays where it is while a stroke grows, is moved, or is painted in part.
 *
 * @import { Box, Brushed, Node, Point, Vector } from "./geometry.js"
 * @typedef {Brushed & Readonly<{id: string, brush: string, part?: Part}>} Pencilled
 *   As much of a stroke as its grain needs.
 * @typedef {Readonly<{whole: readonly Point[], sure: number, fallen: Fallen, within: Box}>} Part
 *   What a growing stroke is a part of: all the points there are, how many of them will stay as they are, what has
 *   fallen along them, and the box in px in which the part is to look as the whole.
 * @typedef {Readonly<{seed: number, x: number, y: number, half: number, width: number, within: Box}>} Paper
 *   What a stroke's grain lies in: cells counted from where it begins, in 1/64 px, and half of one, for flecks are
 *   told from edges twice as finely; width is the stroke's, in px; within the box in 1/64 px beyond which no grain and
 *   no edge has a part in what is wanted.
 * @typedef {Readonly<{along: number, across: number, late: number}>} Place
 *   Where a fleck would lie: radii along and across, and how far into its share of the way.
 * @typedef {Readonly<{x: number, y: number, most: number, corners: readonly number[], cell: readonly number[]}>} Tooth
 *   The fleck that lies in a cell: its middle from the cell's origin, how much it can grow without leaving its cell,
 *   its corners around its middle, and those of the cell: x, y, x, y, …
 * @typedef {readonly [start: Node, control: Node, end: Node]} Piece a curve
 * @typedef {Readonly<{fine: Cells, coarse: Cells}>} Grids the cells of flecks, and those of grains
 */

import { distance, middle, nodesOf, OUTLINE_UNIT, POINT_UNIT, widened } from "./geometry.js";

export const PLACES = 512; // different ones, for flecks to lie
export const DENSITY = 3.0; // flecks on each px of the way, however wide the stroke
export const MOST_FLECKS = 72; // between two points: a hasty pencil leaves less of the paper bare
const DOT = 1.5; // px of way that a px of radius stands for where there is none
const SCATTER = 0.4; // of the width, about where a fleck would lie if all kept their distance
const GOLDEN = 0.6180339887498949; // multiples of it keep their distance

const CELL = 0.42; // px of a cell of the grain per square root of a px of width
const TEETH = 1024; // different cells: a power of two
export const COARSER = 1.8; // times as large are cells where a pencil leans
const AHEAD = 389; // from a cell's number to that of the next in its row,
const ASIDE = 701; // and in its column
const COSINE = 0.8; // cells stand aslant, so that their rows are not those of pixels
const SINE = 0.6;
const WARP = 0.4; // of a cell, how far its corners may be from where they would be in a grid
const LEAST = 0.45; // how much of their cells flecks fill
const VARIED = 0.9;
const BLUNT = 0.65; // how far their corners may be drawn in
export const FULLEST = 0.88; // of a cell, so that flecks do not meet
const LIGHT = 2.6; // the size of flecks,
const LESS = 1.8; // and how much less it is when pressed
const FARTHEST = 2.0; // cells that a fleck may reach from its place: to a far corner of its own

const BITE = 1.0; // cells of edge from bite to bite
const DEEP = 0.7; // of a cell: the deepest bite,
const DEEPEST = 0.35; // which is so much of the width at most
const OUTWARDS = 0.1; // of the deepest
const MOST_BITES = 64; // between two vertices

const FLECK = 8; // numbers: its four corners
const LOOSE = 3; // fewer pieces than points stay as they are when a stroke grows
export const EVERYWHERE = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
const AROUND = 3; // reaches of a fleck: as far as one is away whose neighbour's edge is in the way of another

const WORD = 2 ** 32;
const ROW = 2 ** 15; // what tells rows of cells apart in a set: far ones may be taken for another
const CHANCES = 16; // numbers drawn for a place or a cell, at most

const { floor, imul, max, min, sqrt } = Math;

/** The cells of a paper, each to be taken once. */
export class Cells {
  /** @type {Set<number>} */
  #taken = new Set();
  /** @type {number[]} those taken since the last were kept */
  #loose = [];
  x = 0; // in 1/64 px, the middle of the cell taken last
  y = 0;
  tooth = CELLS[0]; // the fleck that lies there

  /** @param {Paper} paper */
  constructor(paper) {
    this.paper = paper;
  }

  /**
   * Take the cell at a place in px, and say whether it was free.
   * @param {number} x
   * @param {number} y
   */
  take(x, y) {
    const { seed, x: left, y: top, half } = this.paper;
    const px = x * OUTLINE_UNIT - left;
    const py = y * OUTLINE_UNIT - top;
    const column = floor((COSINE * px + SINE * py) / (2 * half));
    const row = floor((COSINE * py - SINE * px) / (2 * half));
    const cell = column * ROW + row;
    if (this.#taken.has(cell)) return false;
    this.#taken.add(cell);
    this.#loose.push(cell);
    this.tooth = CELLS[(column * AHEAD + row * ASIDE + seed) & (TEETH - 1)];
    this.x = 2 * half * (COSINE * column - SINE * row + this.tooth.x) + left;
    this.y = 2 * half * (SINE * column + COSINE * row + this.tooth.y) + top;
    return true;
  }

  /** Keep what has been taken. */
  keep() {
    this.#loose = [];
  }

  /** Give back what has been taken and not kept. */
  giveBack() {
    for (const cell of this.#loose) this.#taken.delete(cell);
    this.#loose = [];
  }
}

/** What falls along a stroke, remembered while it grows: only where it may still change it falls anew. */
export class Fallen {
  /** @type {number[][][]} what fell along each piece that stays as it is */
  #kept = [];
  /** @type {Grids | null} */
  #grids = null;

  /**
   * Return what falls along each piece of a stroke: contours, wherever edges are.
   * @param {Paper} paper
   * @param {number} count of pieces there are
   * @param {number} sure how many of them stay as they are
   * @param {(index: number, grids: Grids) => number[][]} strew
   */
  along(paper, count, sure, strew) {
    this.#grids ??= { fine: new Cells(paper), coarse: new Cells(coarser(paper)) };
    const { fine, coarse } = this.#grids;
    while (this.#kept.length < sure) this.#kept.push(strew(this.#kept.length, this.#grids));
    for (const cells of [fine, coarse]) cells.keep();
    const found = this.#kept.slice();
    while (found.length < count) found.push(strew(found.length, this.#grids));
    for (const cells of [fine, coarse]) cells.giveBack();
    return found;
  }
}

/**
 * Return a paper with larger cells.
 * @param {Paper} paper
 * @returns {Paper}
 */
function coarser(paper) {
  return { ...paper, half: floor(COARSER * paper.half) };
}

/**
 * Return the outline of a pencil's stroke as the paper leaves it, and the holes in it.
 * @param {Pencilled} stroke
 * @param {readonly number[]} edge
 */
export function grained(stroke, edge) {
  const paper = paperOf(stroke);
  const ragged = bitten(edge, paper);
  const edges = near(ragged, paper);
  const found = [ragged];
  for (const flecks of flecksOf(stroke, paper))
    for (const one of flecks) if (isSeen(one, paper) && isClear(one, paper, edges)) found.push(one);
  return found;
}

/**
 * Return the flecks along each piece of a pencil's stroke, wherever edges are.
 * @param {Pencilled} stroke
 * @param {Paper} paper
 */
function flecksOf(stroke, paper) {
  const { whole, sure, fallen } = partOf(stroke);
  const all = pieces(nodesOf({ ...stroke, points: whole }));
  return fallen.along(paper, all.length, sure - LOOSE, (i, { fine }) =>
    strewn(all[i], mixed(paper.seed ^ mixed(i + 1)), fine),
  );
}

/**
 * Return what a stroke is a part of: all of itself, if it does not say.
 * @param {Pencilled} stroke
 */
export function partOf({ points, part }) {
  return part ?? { whole: points, sure: 0, fallen: new Fallen() };
}

/**
 * Return how far beyond its outline the grain of a stroke may reach, in px.
 * @param {Pick<Pencilled, "brush" | "width" | "leans">} stroke
 */
export function fray({ brush, width, leans }) {
  if (brush !== "pencil") return 0.0;
  const cell = CELL * sqrt(width / POINT_UNIT);
  return FARTHEST * (leans ? COARSER * cell : cell);
}

/**
 * Return what the grain of a stroke lies in.
 * @param {Pencilled} stroke
 * @returns {Paper}
 */
export function paperOf(stroke) {
  const width = stroke.width / POINT_UNIT;
  const half = floor(0.5 * OUTLINE_UNIT * CELL * sqrt(width));
  const { x, y } = partOf(stroke).whole[0];
  const finer = OUTLINE_UNIT / POINT_UNIT;
  return {
    seed: seedOf(stroke.id),
    x: x * finer,
    y: y * finer,
    half,
    width,
    within: stroke.part
      ? widened(stroke.part.within, AROUND * fray(stroke), OUTLINE_UNIT)
      : EVERYWHERE,
  };
}

/**
 * Say whether an edge may lead through a box.
 * @param {Box} box
 * @param {number} ax
 * @param {number} ay
 * @param {number} bx
 * @param {number} by
 */
function crosses({ left, top, right, bottom }, ax, ay, bx, by) {
  return max(ax, bx) >= left && min(ax, bx) <= right && max(ay, by) >= top && min(ay, by) <= bottom;
}

/**
 * Return the edge of an outline with little bites all along it.
 * @param {readonly number[]} edge
 * @param {Paper} paper
 */
export function bitten(edge, paper) {
  /** @type {number[]} */
  const ragged = [];
  let [ax, ay] = edge.slice(-2);
  for (let i = 0; i < edge.length; i += 2) {
    const bx = edge[i];
    const by = edge[i + 1];
    if (crosses(paper.within, ax, ay, bx, by))
      bite(ragged, { x: ax, y: ay }, { x: bx - ax, y: by - ay }, paper);
    ragged.push(bx, by);
    ax = bx;
    ay = by;
  }
  return ragged;
}

/**
 * Return the chance of a vertex, which stays its own when the stroke is moved.
 * @param {Vector} vertex
 * @param {Paper} paper
 */
function chanceAt(vertex, paper) {
  const x = vertex.x - paper.x;
  const y = vertex.y - paper.y;
  return mixed(paper.seed ^ mixed((x * 65_536 + y) | 0));
}

/**
 * Add vertices on the way from a, each a little to the inside of the edge, or to its outside.
 * @param {number[]} ragged
 * @param {Vector} a
 * @param {Vector} way
 * @param {Paper} paper
 */
function bite(ragged, a, way, paper) {
  const span = sqrt(way.x * way.x + way.y * way.y);
  const count = min(MOST_BITES, floor(span / (2.0 * BITE * paper.half) + 0.5));
  if (count === 0) return;
  const depth = min(2.0 * DEEP * paper.half, DEEPEST * OUTLINE_UNIT * paper.width) / span;
  let chance = chanceAt(a, paper);
  for (let k = 0; k < count; k += 1) {
    chance = mixed(chance ^ (k + 1));
    const t = (k + 0.25 + (chance & 255) / 512) / count;
    const deep = ((chance >>> 8) & 65_535) / 65_536;
    const inwards = depth * (deep * deep * (1.0 + OUTWARDS) - OUTWARDS);
    ragged.push(
      floor(a.x + way.x * t - way.y * inwards + 0.5),
      floor(a.y + way.y * t + way.x * inwards + 0.5),
    );
  }
}

/**
 * Return the half cells that the edge of an outline goes through.
 * @param {readonly number[]} ragged
 * @param {Paper} paper
 */
export function near(ragged, { x: left, y: top, half, within }) {
  /** @type {Set<number>} */
  const found = new Set();
  let [ax, ay] = ragged;
  for (let i = 0; i < ragged.length; i += 2) {
    const bx = ragged[i];
    const by = ragged[i + 1];
    if (crosses(within, ax, ay, bx, by)) {
      const x = (ax + bx) >> 1;
      const y = (ay + by) >> 1;
      found.add(floor((x - left) / half) * ROW + floor((y - top) / half));
      found.add(floor((bx - left) / half) * ROW + floor((by - top) / half));
    }
    ax = bx;
    ay = by;
  }
  return found;
}

/**
 * Say whether a hole is where it may be wanted.
 * @param {readonly number[]} hole
 * @param {Paper} paper
 */
export function isSeen([x, y], { within: { left, top, right, bottom } }) {
  return x >= left && x <= right && y >= top && y <= bottom;
}

/**
 * Return those of a pencil's contours that may reach into a box in px: its edges, and what lies there.
 * @param {Box} box
 * @param {readonly (readonly number[])[]} contours
 */
export function reaching(box, contours) {
  const within = widened(box, 1, OUTLINE_UNIT);
  return contours.filter((one) => one.length !== FLECK || touches(one, within));
}

/**
 * Say whether a fleck or a grain may reach into a box.
 * @param {readonly number[]} corners
 * @param {Box} box in 1/64 px
 */
function touches([ax, ay, bx, by, cx, cy, dx, dy], { left, top, right, bottom }) {
  return (
    max(ax, bx, cx, dx) >= left &&
    min(ax, bx, cx, dx) <= right &&
    max(ay, by, cy, dy) >= top &&
    min(ay, by, cy, dy) <= bottom
  );
}

/**
 * Say whether a hole keeps clear of the half cells that edges go through.
 * @param {readonly number[]} hole
 * @param {Paper} paper
 * @param {Set<number>} edges
 */
export function isClear([ax, ay, bx, by, cx, cy, dx, dy], { x: left, y: top, half }, edges) {
  const first = floor((min(ax, bx, cx, dx) - left) / half);
  const last = floor((max(ax, bx, cx, dx) - left) / half);
  const above = floor((min(ay, by, cy, dy) - top) / half);
  const below = floor((max(ay, by, cy, dy) - top) / half);
  for (let column = first; column <= last; column += 1)
    for (let row = above; row <= below; row += 1) if (edges.has(column * ROW + row)) return false;
  return true;
}

/**
 * Return a number made of the part of an id that stays when authors get new keys.
 * @param {string} id
 */
function seedOf(id) {
  let seed = 0;
  for (let i = id.indexOf(".") + 1; i < id.length; i += 1) seed = mixed(seed ^ id.charCodeAt(i));
  return seed;
}

/**
 * Return another number of 32 bits, each of them changed by each.
 *
 * The multipliers are the best of two that Chris Wellons' "hash prospector" found.
 * @param {number} number
 */
export function mixed(number) {
  let one = imul(number ^ (number >>> 16), 0x7feb352d);
  one = imul(one ^ (one >>> 15), 0x846ca68b);
  return (one ^ (one >>> 16)) >>> 0;
}

/**
 * Return the curves a stroke is made of, one for each point between two others.
 * @param {readonly Node[]} nodes
 * @returns {Piece[]}
 */
export function pieces(nodes) {
  const last = nodes.length - 1;
  if (last < 2) return [[nodes[0], middle(nodes[0], nodes[last]), nodes[last]]];
  /** @type {Piece[]} */
  const found = [];
  let start = nodes[0];
  for (let i = 1; i < last; i += 1) {
    const end = i < last - 1 ? middle(nodes[i], nodes[i + 1]) : nodes[last];
    found.push([start, nodes[i], end]);
    start = end;
  }
  return found;
}

/**
 * Return the flecks along a piece of a stroke that fall in cells not taken.
 * @param {Piece} piece
 * @param {number} chance
 * @param {Cells} cells
 */
export function strewn(piece, chance, cells) {
  const count = min(MOST_FLECKS, floor(DENSITY * wayOf(piece) + (chance & 255) / 256));
  /** @type {number[][]} */
  const found = [];
  for (let k = 0; k < count; k += 1) {
    const place = SOME[((chance >>> 8) + k) % PLACES];
    const { x, y, radius } = placed(place, piece, (k + place.late) / count);
    if (cells.take(x, y)) found.push(hole(cells, radius));
  }
  return found;
}

/**
 * Return how long a piece is, in px; a dot counts as if it had some length.
 * @param {Piece} piece
 */
export function wayOf([start, control, end]) {
  return distance(start, control) + distance(control, end) || DOT * control.radius;
}

/**
 * Return a place at t, from 0 to 1, of a piece, and the radius there.
 * @param {Place} place
 * @param {Piece} piece
 * @param {number} t
 * @returns {Node}
 */
export function placed({ along, across }, [start, control, end], t) {
  const u = 1.0 - t;
  const a = u * u;
  const c = 2.0 * u * t;
  const b = t * t;
  const radius = a * start.radius + c * control.radius + b * end.radius;
  const { x: ux, y: uy } = direction(start, control, end, t);
  const ahead = along * radius;
  const aside = across * radius;
  const x = a * start.x + c * control.x + b * end.x + ux * ahead - uy * aside;
  const y = a * start.y + c * control.y + b * end.y + uy * ahead + ux * aside;
  return { x, y, radius };
}

/**
 * Return in which direction a curve goes at t.
 * @param {Node} start
 * @param {Node} control
 * @param {Node} end
 * @param {number} t
 * @returns {Vector}
 */
function direction(start, control, end, t) {
  const u = 1.0 - t;
  const dx = u * (control.x - start.x) + t * (end.x - control.x);
  const dy = u * (control.y - start.y) + t * (end.y - control.y);
  const speed = sqrt(dx * dx + dy * dy);
  return speed > 0.0 ? { x: dx / speed, y: dy / speed } : { x: 1.0, y: 0.0 };
}

/**
 * Return the corners of the fleck in the cell taken last.
 * @param {Cells} cells
 * @param {number} radius of the stroke there, in px: the harder it is pressed, the smaller the fleck
 */
export function hole({ tooth, x, y, paper }, radius) {
  const size = 2 * paper.half * min(tooth.most, LIGHT - (LESS / (0.5 * paper.width)) * radius);
  const { corners } = tooth;
  /** @type {number[]} */
  const vertices = [];
  for (let i = 0; i < corners.length; i += 2) {
    vertices.push(floor(x + size * corners[i] + 0.5), floor(y + size * corners[i + 1] + 0.5));
  }
  return vertices;
}

/**
 * Return one of the places there are for flecks: anywhere in a disc.
 * @param {number} number
 * @returns {Place}
 */
function placeOf(number) {
  const next = chancesOf(number);
  const side = number * GOLDEN + SCATTER * next();
  const across = 2.0 * (side - floor(side)) - 1.0;
  const along = (2.0 * next() - 1.0) * sqrt(1.0 - across * across);
  return Object.freeze({ along, across, late: next() });
}

/**
 * Return one of the cells there are: a square of a grid that chance has pulled at.
 * @param {number} number
 * @returns {Tooth}
 */
function toothOf(number) {
  const corners = [
    warped(0.0, 1.0, number + ASIDE),
    warped(1.0, 1.0, number + AHEAD + ASIDE),
    warped(1.0, 0.0, number + AHEAD),
    warped(0.0, 0.0, number),
  ];
  const [a, b, c, d] = corners;
  const x = (a.x + b.x + c.x + d.x) / 4.0;
  const y = (a.y + b.y + c.y + d.y) / 4.0;
  const next = chancesOf(PLACES + number);
  const size = LEAST + VARIED * next() * next();
  const shares = corners.map(() => size * (1.0 - BLUNT * next()));
  const cell = corners.flatMap((corner) => [corner.x - x, corner.y - y]);
  const arms = cell.map((reach, i) => reach * shares[i >> 1]);
  return Object.freeze({ x, y, most: FULLEST / max(...shares), corners: arms, cell });
}

/**
 * Return where on the paper chance has pulled a corner that four cells share.
 * @param {number} column of the corner, from the cell's origin
 * @param {number} row
 * @param {number} number of the cell whose origin it is
 * @returns {Vector}
 */
function warped(column, row, number) {
  const next = chancesOf(PLACES + TEETH + (number % TEETH));
  const x = column + WARP * (2.0 * next() - 1.0);
  const y = row + WARP * (2.0 * next() - 1.0);
  return { x: COSINE * x - SINE * y, y: SINE * x + COSINE * y };
}

/**
 * Return what gives as many numbers from 0 to 1 as it takes, always the same.
 * @param {number} number
 */
function chancesOf(number) {
  let drawn = number * CHANCES;
  return () => {
    drawn += 1;
    return mixed(drawn) / WORD;
  };
}

export const SOME = Object.freeze(Array.from({ length: PLACES }, (_, number) => placeOf(number)));
const CELLS = Object.freeze(Array.from({ length: TEETH }, (_, number) => toothOf(number)));
