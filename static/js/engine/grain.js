/**
 * The grain of a pencil: the same flecks of bare paper here and in grain.py.
 *
 * Flecks are little contours that go round against the outline of their stroke, so that they are holes in it.
 * Where a stroke crosses itself they are filled, as shading with a pencil fills the tooth of the paper. Chance
 * comes from the name of the stroke and from how many points have gone before, so that flecks stay where they
 * are while a stroke grows, is moved, or is painted in part.
 *
 * @import { Box, Brushed, Node, Vector } from "./geometry.js"
 * @typedef {Brushed & Readonly<{id: string, brush: string, first?: number, within?: Box}>} Pencilled
 *   As much of a stroke as its grain needs; of a part of one, first is how many points have gone before, and within
 *   the box in px that it is wanted in.
 * @typedef {Readonly<{along: number, across: number, late: number, corners: readonly number[]}>} Fleck
 *   A hole, its middle in radii along and across, how far into its share of the way it lies, and its corners
 *   around its middle: x, y, x, y, …
 * @typedef {readonly [start: Node, control: Node, end: Node]} Piece a curve
 */

import { distance, middle, nodesOf, OUTLINE_UNIT, POINT_UNIT } from "./geometry.js";

const FLECKS = 512; // different ones
const DENSITY = 2.5; // flecks on each px of the way, however wide the stroke
const MOST_FLECKS = 64; // between two points: a hasty pencil leaves less of the paper bare
const DOT = 1.5; // px of way that a px of radius stands for where there is none

const GRAIN = 0.26; // px of fleck per square root of a px of width
const LIGHT = 1.75; // the size of flecks,
const LESS = 0.85; // and how much less it is when pressed
const LEAST = 0.55; // how large flecks are
const VARIED = 1.25;
const FRAYED = 0.7; // how much larger those at the edge
const LONGER = 1.2; // than wide
const BLUNT = 0.8; // how far corners may be drawn in
const SCATTER = 0.4; // of the width, about where a fleck would lie if all kept their distance
const GOLDEN = 0.6180339887498949; // multiples of it keep their distance

const WORD = 2 ** 32;
const CHANCES = 16; // numbers drawn for a fleck, at most
const CORNERS = Object.freeze([
  [-1.0, 1.0],
  [1.0, 1.0],
  [1.0, -1.0],
  [-1.0, -1.0],
]);

const { floor, imul, max, min, sqrt } = Math;

/**
 * Return the holes in the outline of a pencil's stroke.
 * @param {Pencilled} stroke
 */
export function flecks(stroke) {
  const width = stroke.width / POINT_UNIT;
  const seed = seedOf(stroke.id);
  /** @type {number[][]} */
  const found = [];
  const far = width + fray(stroke);
  let number = stroke.first ?? 0;
  for (const piece of pieces(nodesOf(stroke))) {
    number += 1;
    if (!stroke.within || isNear(piece, stroke.within, far))
      strew(found, piece, mixed(seed ^ mixed(number)), width);
  }
  return found;
}

/**
 * Say whether anything around a piece may be in a box.
 * @param {Piece} piece
 * @param {Box} box
 * @param {number} far px that it may be away
 */
function isNear([a, c, b], { left, top, right, bottom }, far) {
  return (
    min(a.x, c.x, b.x) - far <= right &&
    max(a.x, c.x, b.x) + far >= left &&
    min(a.y, c.y, b.y) - far <= bottom &&
    max(a.y, c.y, b.y) + far >= top
  );
}

/**
 * Return how far beyond its outline the flecks of a stroke may reach, in px.
 * @param {Pick<Pencilled, "brush" | "width">} stroke
 */
export function fray({ brush, width }) {
  return brush === "pencil" ? FARTHEST * LIGHT * GRAIN * sqrt(width / POINT_UNIT) : 0.0;
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
function mixed(number) {
  let one = imul(number ^ (number >>> 16), 0x7feb352d);
  one = imul(one ^ (one >>> 15), 0x846ca68b);
  return (one ^ (one >>> 16)) >>> 0;
}

/**
 * Return the curves a stroke is made of, one for each point between two others.
 * @param {readonly Node[]} nodes
 * @returns {Piece[]}
 */
function pieces(nodes) {
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
 * Add the flecks along a piece of a stroke.
 * @param {number[][]} found
 * @param {Piece} piece
 * @param {number} chance
 * @param {number} width
 */
function strew(found, piece, chance, width) {
  const [start, control, end] = piece;
  const way = distance(start, control) + distance(control, end) || DOT * control.radius;
  const count = min(MOST_FLECKS, floor(DENSITY * way + (chance & 255) / 256));
  const grain = GRAIN * sqrt(width);
  const size = { lightly: LIGHT * grain, less: (LESS * grain) / (0.5 * width) };
  for (let k = 0; k < count; k += 1) {
    const fleck = SOME[((chance >>> 8) + k) % FLECKS];
    found.push(hole(fleck, piece, (k + fleck.late) / count, size));
  }
}

/**
 * Return the corners of a fleck at t, from 0 to 1, of a piece.
 * @param {Fleck} fleck
 * @param {Piece} piece
 * @param {number} t
 * @param {{lightly: number, less: number}} size of a fleck, and how much less it is for a px of radius
 */
function hole({ along, across, corners }, [start, control, end], t, { lightly, less }) {
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
  const size = lightly - less * radius;
  return placed(corners, { x, y }, { x: ux * size, y: uy * size });
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
 * Return corners around a place, where unit is as long as they count and lies along.
 * @param {readonly number[]} corners
 * @param {Vector} place
 * @param {Vector} unit
 */
function placed(corners, { x, y }, { x: ux, y: uy }) {
  /** @type {number[]} */
  const vertices = [];
  for (let i = 0; i < corners.length; i += 2) {
    const along = corners[i];
    const across = corners[i + 1];
    vertices.push(
      floor((x + ux * along - uy * across) * OUTLINE_UNIT + 0.5),
      floor((y + uy * along + ux * across) * OUTLINE_UNIT + 0.5),
    );
  }
  return vertices;
}

/**
 * Return one of the flecks there are: a square that chance has turned and dented.
 * @param {number} number
 * @returns {Fleck}
 */
function fleckOf(number) {
  const next = chancesOf(number);
  const place = number * GOLDEN + SCATTER * next();
  const across = 2.0 * (place - floor(place)) - 1.0;
  const along = (2.0 * next() - 1.0) * sqrt(1.0 - across * across);
  let size = LEAST + VARIED * next() * next();
  size *= 1.0 + FRAYED * (across * across) * (across * across);
  const late = next();
  const turn = 2.0 * next() - 1.0;
  const corners = CORNERS.flatMap(([ahead, aside]) => {
    const x = ahead * size * LONGER * (1.0 - BLUNT * next());
    const y = ((aside * size) / LONGER) * (1.0 - BLUNT * next());
    return turned(x, y, turn);
  });
  return Object.freeze({ along, across, late, corners });
}

/**
 * Return a place turned about the origin: by a quarter, where turn is one.
 * @param {number} x
 * @param {number} y
 * @param {number} turn
 */
function turned(x, y, turn) {
  const whole = 1.0 + turn * turn;
  const cosine = (1.0 - turn * turn) / whole;
  const sine = (2.0 * turn) / whole;
  return [x * cosine - y * sine, x * sine + y * cosine];
}

/**
 * Return what gives as many numbers from 0 to 1 as a fleck takes, always the same.
 * @param {number} number
 */
function chancesOf(number) {
  let drawn = number * CHANCES;
  return () => {
    drawn += 1;
    return mixed(drawn) / WORD;
  };
}

const SOME = Object.freeze(Array.from({ length: FLECKS }, (_, number) => fleckOf(number)));
const FARTHEST = sqrt(max(...SOME.flatMap(({ corners }) => squares(corners))));

/** @param {readonly number[]} corners */
function squares(corners) {
  return [0, 2, 4, 6].map((i) => corners[i] * corners[i] + corners[i + 1] * corners[i + 1]);
}
