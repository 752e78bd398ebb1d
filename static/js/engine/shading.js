/**
 * What a pencil leaves that leans: the same grains here and in shading.py.
 *
 * Upright it draws a line, with flecks of bare paper in it (grain). The further it leans the thinner is that line, its
 * core, and the broader lies its side on the hills of the paper, where it leaves grains: contours as flecks are, but
 * outside the core, where they are ink. Each keeps within a cell of its own, of a coarser grid, and clear of all edges.
 * Going over them again adds those that were left out: so shading grows darker little by little.
 *
 * @import { Node } from "./geometry.js"
 * @import { Cells, Grids, Paper, Pencilled, Piece } from "./grain.js"
 * @typedef {Readonly<{lean: number, point: number, core: number}>} Nib
 *   How a pencil is held: its lean, 0 to 1, and in px the radii of its point and its core.
 */

import {
  curve,
  distance,
  FULL_LEAN,
  nodesOf,
  POINT_UNIT,
  pressed,
  ribbon,
  STEEPEST,
  taper,
} from "./geometry.js";
import {
  bitten,
  DENSITY,
  FULLEST,
  hole,
  isClear,
  isSeen,
  MOST_FLECKS,
  mixed,
  near,
  PLACES,
  paperOf,
  partOf,
  pieces,
  placed,
  SOME,
  strewn,
  wayOf,
} from "./grain.js";

const CORELESS = 0.6; // how far a pencil leans, of the furthest, whose core were nothing
const THINNEST = 0.35; // of the radius upright: thinner, there is none
const MORE = 5.0; // times as many grains as flecks, and one, where it lies flat and is pressed
const MOST_GRAINS = 3 * MOST_FLECKS; // between two points
const PLAIN = 0.5; // the size of grains,
const GROWN = 1.2; // and how much more it is when pressed
const OPEN = -0.35; // how much of the rest of their cells they take,
const FILLED = 0.85; // and how much more when pressed
const SOFT = 0.6; // how much smaller they are at the sides

const { abs, floor, max, min } = Math;

/**
 * Return the cores of a pencil's stroke as the paper leaves them, the holes in them, and the grains around.
 * @param {Pencilled} stroke
 */
export function shaded(stroke) {
  const paper = paperOf(stroke);
  const ragged = cores(stroke, nibsOf(stroke)).map((edge) => bitten(edge, paper));
  /** @type {Set<number>} */
  const edges = new Set();
  for (const edge of ragged) for (const cell of near(edge, paper)) edges.add(cell);
  return [...ragged, ...scattered(stroke, paper, edges)];
}

/**
 * Return how the pencil is held at each point of its stroke.
 * @param {Pencilled} stroke
 */
function nibsOf({ width, points }) {
  return points.map(({ pressure, lean }) => held(pressed(width / POINT_UNIT, pressure), lean));
}

/**
 * Return how a pencil is held whose point has a radius, and that leans so far.
 * @param {number} point
 * @param {number} lean
 * @returns {Nib}
 */
function held(point, lean) {
  const share = lean / FULL_LEAN;
  const thin = 1.0 - share / CORELESS;
  return { lean: share, point, core: thin >= THINNEST ? point * thin : 0.0 };
}

/**
 * Return the outlines of the core, wherever there is one; it begins and ends in nothing.
 * @param {Pencilled} stroke
 * @param {readonly Nib[]} nibs
 */
function cores({ points }, nibs) {
  return runs(nibs).map(([from, to]) => {
    const nodes = points.slice(from, to).map(({ x, y }, i) => ({
      x: x / POINT_UNIT,
      y: y / POINT_UNIT,
      radius: nibs[from + i].core,
    }));
    const way = curve(nodes);
    taper(way);
    return ribbon(way);
  });
}

/**
 * Return from where to where there is a core, and one more point before and behind.
 * @param {readonly Nib[]} nibs
 */
function runs(nibs) {
  /** @type {[number, number][]} */
  const found = [];
  let start = -1;
  for (let i = 0; i <= nibs.length; i += 1) {
    const hasCore = i < nibs.length && nibs[i].core > 0.0;
    if (hasCore && start < 0) start = max(0, i - 1);
    if (hasCore || start < 0) continue;
    found.push([start, i + 1]);
    start = -1;
  }
  return found;
}

/**
 * Return the holes in the cores of a stroke and the grains around them, none of them over an edge.
 * @param {Pencilled} stroke
 * @param {Paper} paper
 * @param {Set<number>} edges
 */
function scattered(stroke, paper, edges) {
  /** @type {number[][]} */
  const found = [];
  for (const { nib, fallen } of fallenBeside(stroke, paper)) {
    for (const one of fallen) {
      if (!isSeen(one, paper)) continue;
      if (isClear(one, paper, edges)) found.push(one);
      else if (nib.lean > 0.0) {
        const smaller = halved(one);
        if (isClear(smaller, paper, edges)) found.push(smaller);
      }
    }
  }
  return found;
}

/**
 * Return what falls along each piece of a stroke, wherever edges are, and how the pencil is held there.
 * @param {Pencilled} stroke
 * @param {Paper} paper
 */
function fallenBeside(stroke, paper) {
  const { whole, sure, fallen } = partOf(stroke);
  const all = { ...stroke, points: whole };
  const nibs = nibsOf(all);
  const nodes = sides(all, nibs);
  const along = pieces(nodes);
  const before = nibs.length > 2 ? 1 : 0;
  const found = fallen.along(paper, along.length, settled(nodes, sure), (i, grids) => {
    const nib = nibs[i + before];
    const chance = mixed(paper.seed ^ mixed(i + 1));
    if (nib.lean === 0.0) return strewn(along[i], chance, grids.fine);
    return strewnBeside(along[i], chance, nib, grids);
  });
  return found.map((one, i) => ({ nib: nibs[i + before], fallen: one }));
}

/**
 * Return how many pieces stay as they are when a stroke grows: those so far from its end that nothing narrows them.
 * @param {readonly Node[]} nodes
 * @param {number} sure how many of them stay
 */
function settled(nodes, sure) {
  let i = sure - 1;
  for (let way = 0.0; i > 0 && STEEPEST * way < nodes[i].radius; i -= 1)
    way += distance(nodes[i - 1], nodes[i]);
  return i - 1;
}

/**
 * Return a grain half as large in the same place: it may keep clear of edges.
 * @param {readonly number[]} grain
 */
function halved([ax, ay, bx, by, cx, cy, dx, dy]) {
  const x = (ax + bx + cx + dx) >> 2;
  const y = (ay + by + cy + dy) >> 2;
  return [ax, ay, bx, by, cx, cy, dx, dy].map((one, i) => (one + (i & 1 ? y : x)) >> 1);
}

/**
 * Return the points of a stroke in px, each with the radius that the pencil's side has there.
 *
 * It is laid down no faster than a core grows, or grains would lie ahead of the pencil.
 * @param {Pencilled} stroke
 * @param {readonly Nib[]} nibs
 */
function sides(stroke, nibs) {
  const nodes = nodesOf(stroke);
  taper(nodes);
  for (const [i, node] of nodes.entries()) node.radius = max(node.radius, nibs[i].point);
  return nodes;
}

/**
 * Return what falls in cells not taken: holes in the core, grains beside it.
 * @param {Piece} piece
 * @param {number} chance
 * @param {Nib} nib
 * @param {Grids} grids
 */
function strewnBeside(piece, chance, nib, { fine, coarse }) {
  const share = nib.point / (0.5 * fine.paper.width);
  const more = DENSITY * (1.0 + MORE * nib.lean * share);
  const count = floor(min(MOST_GRAINS, more * wayOf(piece) + (chance & 255) / 256));
  /** @type {number[][]} */
  const found = [];
  for (let k = 0; k < count; k += 1) {
    const place = SOME[((chance >>> 8) + k) % PLACES];
    const { x, y, radius } = placed(place, piece, (k + place.late) / count);
    if (abs(place.across) * radius < nib.core) {
      if (fine.take(x, y)) found.push(hole(fine, nib.core));
    } else if (coarse.take(x, y)) {
      found.push(grain(coarse, place.across, share));
    }
  }
  return found;
}

/**
 * Return the corners of the grain in the cell taken last.
 * @param {Cells} cells
 * @param {number} across how far to the side it lies, in radii
 * @param {number} share of the radius of a point pressed half: the harder it is pressed, the larger the grain
 */
function grain({ tooth, x, y, paper }, across, share) {
  const out = across * across;
  const size = 2 * paper.half * (1.0 - SOFT * out * out);
  const full = max(0.0, OPEN + FILLED * share);
  const own = size * (1.0 - full) * min(tooth.most, PLAIN + GROWN * share);
  const whole = size * full * FULLEST;
  const { corners, cell } = tooth;
  /** @type {number[]} */
  const vertices = [];
  for (let i = 0; i < corners.length; i += 2) {
    vertices.push(
      floor(x + own * corners[i] + whole * cell[i] + 0.5),
      floor(y + own * corners[i + 1] + whole * cell[i + 1] + 0.5),
    );
  }
  return vertices;
}
