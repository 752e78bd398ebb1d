/**
 * How a shape becomes outlines: the same integers here and in shapes.py.
 *
 * Straight sides go through the code that outlines strokes, with sharp turns instead of smooth ones; the points
 * of an ellipse are rational, so no sine is needed.
 *
 * @import { Node, Point, Vector } from "./geometry.js"
 * @typedef {Readonly<{kind: string, width: number, points: readonly Point[]}>} Figure
 *   As much of a shape as its outlines need.
 */

import { apart, distance, POINT_UNIT, quantise, ribbon } from "./geometry.js";

// Steps of a quarter of an ellipse per square root of its larger radius: a step then strays at most 0.04 px from
// the curve.
const ROUND_STEPS = 3.5;

export const HEAD_LENGTH = 4.0; // of an arrow, in widths of its shaft
export const HEAD_LEAST = 8.0; // px more, so that thin arrows have heads too
export const HEAD_SPREAD = 0.5; // half the head's width, in lengths of it

const { sqrt, floor, min, max } = Math;

/**
 * Return the contours that the line of a shape covers, to be filled together.
 * @param {Figure} shape
 */
export function edges(shape) {
  const radius = 0.5 * (shape.width / POINT_UNIT);
  const way = path(shape);
  if (shape.kind === "arrow") return arrow(way, radius);
  return [drawn(shape.kind === "line" ? way : [...way, way[0]], radius)];
}

/**
 * Return the contour around what a closed shape encloses.
 * @param {Figure} shape
 */
export function inside(shape) {
  return [contour(path(shape))];
}

/**
 * Return the corners of a shape in px; those of an ellipse are many.
 * @param {Figure} shape
 * @returns {Vector[]}
 */
function path({ kind, points }) {
  const places = points.map(({ x, y }) => ({ x: x / POINT_UNIT, y: y / POINT_UNIT }));
  if (kind === "rectangle") return rectangle(places);
  return kind === "ellipse" ? ellipse(places) : places;
}

/**
 * Return all four corners, the last one opposite the second of three.
 * @param {Vector[]} corners
 */
function rectangle([a, b, c]) {
  return [a, b, c, { x: a.x + c.x - b.x, y: a.y + c.y - b.y }];
}

/**
 * Return points of the ellipse that touches the sides of a rectangle midway.
 * @param {Vector[]} corners
 */
function ellipse([a, b, c]) {
  const centre = { x: (a.x + c.x) * 0.5, y: (a.y + c.y) * 0.5 };
  const u = { x: (b.x - a.x) * 0.5, y: (b.y - a.y) * 0.5 };
  const v = { x: (c.x - b.x) * 0.5, y: (c.y - b.y) * 0.5 };
  const radius = max(sqrt(u.x * u.x + u.y * u.y), sqrt(v.x * v.x + v.y * v.y));
  const steps = 1 + floor(ROUND_STEPS * sqrt(radius));
  const radii = [u, v, { x: -u.x, y: -u.y }, { x: -v.x, y: -v.y }, u];
  return radii.slice(1).flatMap((next, i) => quarter(centre, [radii[i], next], steps));
}

/**
 * Return so many points of an ellipse, from one of its radii to before the next.
 * @param {Vector} centre
 * @param {[Vector, Vector]} axes
 * @param {number} steps
 */
function quarter({ x, y }, [p, q], steps) {
  const points = [];
  for (let j = 0; j < steps; j += 1) {
    const t = j / steps;
    const whole = 1.0 + t * t;
    const cosine = (1.0 - t * t) / whole;
    const sine = (2.0 * t) / whole;
    points.push({ x: x + p.x * cosine + q.x * sine, y: y + p.y * cosine + q.y * sine });
  }
  return points;
}

/**
 * Return what a round pen covers on a straight way from point to point.
 * @param {Vector[]} way
 * @param {number} radius
 */
function drawn(way, radius) {
  return ribbon(nodesOn(way, radius));
}

/**
 * @param {Vector[]} way
 * @param {number} radius
 * @returns {Node[]}
 */
function nodesOn(way, radius) {
  return apart(way.map(({ x, y }) => ({ x, y, radius })));
}

/**
 * Return the shaft of an arrow and its head.
 * @param {Vector[]} way
 * @param {number} radius
 */
function arrow(way, radius) {
  const nodes = nodesOn(way, radius);
  if (nodes.length === 1) return [ribbon(nodes)];
  const [a, b] = nodes.slice(-2);
  const span = distance(a, b);
  const length = min(span, HEAD_LENGTH * (2.0 * radius) + HEAD_LEAST);
  const u = { x: ((b.x - a.x) / span) * length, y: ((b.y - a.y) / span) * length };
  // The shaft ends halfway into the head, where it is narrower than that.
  const neck = { x: b.x - u.x * 0.5, y: b.y - u.y * 0.5 };
  return [drawn([...nodes.slice(0, -1), neck], radius), head(b, u)];
}

/**
 * Return the triangle of an arrow's head, going round as a ribbon does.
 * @param {Vector} tip
 * @param {Vector} back
 */
function head(tip, { x: ux, y: uy }) {
  const base = { x: tip.x - ux, y: tip.y - uy };
  const across = uy * HEAD_SPREAD;
  const along = ux * HEAD_SPREAD;
  const left = { x: base.x + across, y: base.y - along };
  const right = { x: base.x - across, y: base.y + along };
  return contour([left, tip, right]);
}

/**
 * Return a way on the grid of outlines.
 * @param {Vector[]} way
 */
function contour(way) {
  return quantise(
    way.flatMap(({ x, y }) => [x, y]),
    [],
  );
}
