/**
 * How a stroke becomes an outline: the same integers here and in geometry.py.
 *
 * An outline is the edge of a string of tapered capsules along a smoothed path: one closed contour, to be
 * filled nonzero. Only + - * / sqrt and floor are used, term by term in the same order in both languages,
 * because every IEEE double rounds these alike; sin, hypot and their like differ from machine to machine.
 *
 * A stroke under the pen is outlined again every frame, so vertices are one flat list: x, y, x, y, …
 *
 * @typedef {{readonly x: number, readonly y: number, readonly pressure: number, readonly lean: number}} Point
 *   Where a pen was, in 1/16 px, how hard it was pressed and how far it leant, 0 to 255.
 * @typedef {Readonly<{width: number, pressure: boolean, leans?: boolean, points: readonly Point[]}>} Brushed
 *   As much of a stroke as an outline needs.
 * @typedef {{x: number, y: number}} Vector
 * @typedef {{x: number, y: number, radius: number}} Node in px
 * @typedef {{direction: Vector, length: number, left: Vector, right: Vector}} Segment
 *   The way from one node to the next, and the normals where its two straight edges touch.
 * @typedef {number[]} Outline
 *   The vertices of a closed polygon in 1/64 px, to be filled nonzero.
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 */

export const POINT_UNIT = 16; // points and widths come in 1/16 px
export const FULL_PRESSURE = 255;
export const FULL_LEAN = 255;
export const OUTLINE_UNIT = 64; // outlines leave in 1/64 px

const FLATNESS = 0.04; // px a straight step may stray from the curve it stands for
const STEP_FACTOR = 1.0 / (4.0 * FLATNESS);
const MOST_STEPS = 32; // of one curve
const CORNER = 4.0 * FLATNESS; // an outer corner flatter than this needs a single vertex
const CAP_STEPS = 2.5; // steps of a quarter circle per square root of its radius
const TURN_STEPS = 1.5; // the same for an outer corner

export const LIGHTEST = 0.25; // share of the width drawn without pressing
export const PRESSURE_GAIN = 0.9;
const BROADER = 5.0; // times as broad as upright is a pencil that lies flat
export const STEEPEST = 0.5; // px of radius gained or lost per px of path; a capsule needs less than 1

// Nearer nodes are one node: the direction from one to the other would be rounding noise, and between equal
// ones there is none. A pen shaking by 1/16 px makes such nodes.
const NEAREST = 1.0 / 1024.0;

const INNER_REACH = 0.81; // (9/10)²: how much of the shorter step an inner corner may cut off

const { sqrt, floor, min, max } = Math;

/**
 * Return the polygon a stroke covers.
 * @param {Brushed} stroke
 * @returns {Outline}
 */
export function outline(stroke) {
  return ribbon(centreline(stroke));
}

/**
 * Return the box around points.
 * @param {readonly number[]} points
 * @returns {Box}
 */
export function box(points) {
  const around = { left: points[0], top: points[1], right: points[0], bottom: points[1] };
  for (let i = 2; i < points.length; i += 2) {
    around.left = min(around.left, points[i]);
    around.top = min(around.top, points[i + 1]);
    around.right = max(around.right, points[i]);
    around.bottom = max(around.bottom, points[i + 1]);
  }
  return around;
}

/**
 * Return a box in px, so much larger to all sides, in a finer unit.
 * @param {Box} box
 * @param {number} far px
 * @param {number} unit so many to the px
 * @returns {Box}
 */
export function widened({ left, top, right, bottom }, far, unit) {
  return {
    left: (left - far) * unit,
    top: (top - far) * unit,
    right: (right + far) * unit,
    bottom: (bottom + far) * unit,
  };
}

/**
 * Return how long the straight path through points is, in px.
 * @param {readonly Point[]} points
 */
export function length(points) {
  let steps = 0.0;
  for (let i = 1; i < points.length; i += 1) steps += distance(points[i - 1], points[i]);
  return steps / POINT_UNIT;
}

/**
 * Return how long the edges of contours are, in px.
 * @param {readonly (readonly number[])[]} contours
 */
export function perimeter(contours) {
  let steps = 0.0;
  for (const corners of contours) {
    let [ax, ay] = corners.slice(-2);
    for (let i = 0; i < corners.length; i += 2) {
      const dx = corners[i] - ax;
      const dy = corners[i + 1] - ay;
      steps += sqrt(dx * dx + dy * dy);
      [ax, ay] = [corners[i], corners[i + 1]];
    }
  }
  return steps / OUTLINE_UNIT;
}

/**
 * Return how far b is from a.
 * @param {Vector} a
 * @param {Vector} b
 */
export function distance(a, b) {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  return sqrt(dx * dx + dy * dy);
}

/**
 * Return the path of a stroke, smoothed and cut into short straight steps.
 * @param {Brushed} stroke
 * @returns {Node[]}
 */
export function centreline(stroke) {
  const nodes = curve(nodesOf(stroke));
  if (stroke.pressure) taper(nodes);
  return nodes;
}

/**
 * Return the way along nodes, smoothed and cut into short straight steps.
 * @param {Node[]} nodes
 */
export function curve(nodes) {
  return apart(smooth(apart(nodes)));
}

/**
 * Return the points of a stroke in px, each with the radius it asks for.
 * @param {Brushed} stroke
 * @returns {Node[]}
 */
export function nodesOf(stroke) {
  const width = stroke.width / POINT_UNIT;
  return stroke.points.map((point) => ({
    x: point.x / POINT_UNIT,
    y: point.y / POINT_UNIT,
    radius: stroke.pressure ? pressed(width, point.pressure) * broadened(point.lean) : 0.5 * width,
  }));
}

/**
 * Return the radius of a brush pressed this hard.
 * @param {number} width
 * @param {number} pressure
 */
export function pressed(width, pressure) {
  return 0.5 * width * (LIGHTEST + PRESSURE_GAIN * (pressure / FULL_PRESSURE));
}

/**
 * Return how many times as broad a pencil draws that leans so far.
 * @param {number} lean
 */
function broadened(lean) {
  return 1.0 + (BROADER - 1.0) * (lean / FULL_LEAN);
}

/**
 * Return how many times as broad as upright a stroke is where it is broadest.
 * @param {Pick<Brushed, "leans" | "points">} stroke
 */
export function broadest({ leans, points }) {
  if (!leans) return 1.0;
  return broadened(points.reduce((most, { lean }) => max(most, lean), 0));
}

/**
 * Return the nodes without those too near to the last one kept.
 * @param {Node[]} nodes
 */
export function apart(nodes) {
  let last = nodes[0];
  const kept = [last];
  for (const node of nodes) {
    const dx = node.x - last.x;
    const dy = node.y - last.y;
    if (dx * dx + dy * dy >= NEAREST * NEAREST) {
      kept.push(node);
      last = node;
    }
  }
  return kept;
}

/**
 * Return the curve that runs by the nodes through the middles between them.
 * @param {Node[]} nodes
 */
function smooth(nodes) {
  const last = nodes.length - 1;
  if (last < 2) return nodes;
  let start = nodes[0];
  const curve = [start];
  for (let i = 1; i < last; i += 1) {
    const end = i < last - 1 ? middle(nodes[i], nodes[i + 1]) : nodes[last];
    flatten(curve, start, nodes[i], end);
    start = end;
  }
  return curve;
}

/**
 * Return the node halfway from a to b.
 * @param {Node} a
 * @param {Node} b
 * @returns {Node}
 */
export function middle(a, b) {
  return { x: (a.x + b.x) * 0.5, y: (a.y + b.y) * 0.5, radius: (a.radius + b.radius) * 0.5 };
}

/**
 * Add the quadratic from start to end to curve, in steps too short to be seen.
 * @param {Node[]} curve
 * @param {Node} start
 * @param {Node} control
 * @param {Node} end
 */
export function flatten(curve, start, control, end) {
  const dx = start.x - control.x - control.x + end.x;
  const dy = start.y - control.y - control.y + end.y;
  const steps = min(MOST_STEPS, 1 + floor(sqrt(sqrt(dx * dx + dy * dy) * STEP_FACTOR)));
  for (let j = 1; j < steps; j += 1) {
    const t = j / steps;
    const u = 1.0 - t;
    const a = u * u;
    const c = 2.0 * u * t;
    const b = t * t;
    curve.push({
      x: a * start.x + c * control.x + b * end.x,
      y: a * start.y + c * control.y + b * end.y,
      radius: a * start.radius + c * control.radius + b * end.radius,
    });
  }
  curve.push(end);
}

/**
 * Cut the radii of nodes down until none changes faster than STEEPEST.
 * @param {Node[]} nodes
 */
export function taper(nodes) {
  for (let i = 1; i < nodes.length; i += 1) narrow(nodes[i], nodes[i - 1]);
  for (let i = nodes.length - 1; i > 0; i -= 1) narrow(nodes[i - 1], nodes[i]);
}

/**
 * Cut the radius of node down to what its neighbour allows.
 * @param {Node} node
 * @param {Node} neighbour
 */
function narrow(node, neighbour) {
  node.radius = min(node.radius, neighbour.radius + STEEPEST * distance(node, neighbour));
}

/**
 * Return the outline of a centreline: up its left side and back down its right.
 * @param {Node[]} centre
 * @returns {Outline}
 */
export function ribbon(centre) {
  if (centre.length === 1) return quantise(disc(centre[0]), []);
  const left = new Side(1.0);
  const right = new Side(-1.0);
  let behind = segment(centre[0], centre[1]);
  startCap(left, centre[0], behind);
  for (let i = 1; i < centre.length - 1; i += 1) {
    const ahead = segment(centre[i], centre[i + 1]);
    join([left, right], centre[i], behind, ahead);
    behind = ahead;
  }
  endCap(left, centre[centre.length - 1], behind);
  return quantise(left.points, right.points);
}

/**
 * Return the points of the left side, then those of the right side from its end, on the grid of outlines
 * and without repeats.
 * @param {number[]} left
 * @param {number[]} right
 */
export function quantise(left, right) {
  /** @type {number[]} */
  const vertices = [];
  for (let i = 0; i < left.length; i += 2) vertex(vertices, left[i], left[i + 1]);
  for (let i = right.length - 2; i >= 0; i -= 2) vertex(vertices, right[i], right[i + 1]);
  return vertices;
}

/**
 * Add a point to vertices, unless the last of them falls on the same place.
 * @param {number[]} vertices
 * @param {number} x
 * @param {number} y
 */
function vertex(vertices, x, y) {
  const end = vertices.length;
  const column = floor(x * OUTLINE_UNIT + 0.5);
  const row = floor(y * OUTLINE_UNIT + 0.5);
  if (end > 0 && vertices[end - 2] === column && vertices[end - 1] === row) return;
  vertices.push(column, row);
}

/**
 * Return the circle around a lone node.
 * @param {Node} node
 */
function disc(node) {
  const side = new Side(1.0);
  const steps = capSteps(node);
  side.arc(
    node,
    [
      { x: 1.0, y: 0.0 },
      { x: 0.0, y: 1.0 },
      { x: -1.0, y: 0.0 },
    ],
    steps,
  );
  side.arc(
    node,
    [
      { x: -1.0, y: 0.0 },
      { x: 0.0, y: -1.0 },
      { x: 1.0, y: 0.0 },
    ],
    steps,
  );
  return side.points;
}

/**
 * Return the way from a to b.
 * @param {Node} a
 * @param {Node} b
 * @returns {Segment}
 */
function segment(a, b) {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = sqrt(dx * dx + dy * dy);
  const ux = dx / length;
  const uy = dy / length;
  const sine = (a.radius - b.radius) / length;
  const cosine = sqrt(1.0 - sine * sine);
  return {
    direction: { x: ux, y: uy },
    length,
    left: { x: uy * cosine + ux * sine, y: uy * sine - ux * cosine },
    right: { x: ux * sine - uy * cosine, y: ux * cosine + uy * sine },
  };
}

/**
 * Round off the beginning of a ribbon, from its right edge to its left.
 * @param {Side} side
 * @param {Node} node
 * @param {Segment} ahead
 */
function startCap(side, node, ahead) {
  const back = { x: -ahead.direction.x, y: -ahead.direction.y };
  side.arc(node, [ahead.right, back, ahead.left], capSteps(node));
}

/**
 * Round off the end of a ribbon, from its left edge to its right.
 * @param {Side} side
 * @param {Node} node
 * @param {Segment} behind
 */
function endCap(side, node, behind) {
  side.arc(node, [behind.left, behind.direction, behind.right], capSteps(node));
}

/**
 * Return how many steps make a quarter circle around node look round.
 * @param {Node} node
 */
function capSteps(node) {
  return 1 + floor(CAP_STEPS * sqrt(node.radius));
}

/**
 * Lead both sides round a node.
 * @param {[Side, Side]} sides
 * @param {Node} node
 * @param {Segment} behind
 * @param {Segment} ahead
 */
function join([left, right], node, behind, ahead) {
  const v = behind.direction;
  const u = ahead.direction;
  const cross = v.x * u.y - v.y * u.x;
  if (v.x * u.x + v.y * u.y > 0.0) {
    const reach = min(behind.length, ahead.length);
    left.turn(node, behind.left, ahead.left, reach);
    right.turn(node, behind.right, ahead.right, reach);
  } else if (cross >= 0.0) {
    left.arc(node, [behind.left, tip(v, u), ahead.left], capSteps(node));
    right.pivot(node, behind.right, ahead.right);
  } else {
    right.arc(node, [behind.right, tip(v, u), ahead.right], capSteps(node));
    left.pivot(node, behind.left, ahead.left);
  }
}

/**
 * Return the direction in which a path that turns back from v to u sticks out.
 * @param {Vector} v
 * @param {Vector} u
 */
function tip(v, u) {
  return unit(v.x - u.x, v.y - u.y);
}

/**
 * Return the vector of length 1 in the direction of (x, y).
 * @param {number} x
 * @param {number} y
 * @returns {Vector}
 */
function unit(x, y) {
  const scale = 1.0 / sqrt(x * x + y * y);
  return { x: x * scale, y: y * scale };
}

/** One side of a ribbon as it grows; sign is 1 for the left one, -1 for the right. */
class Side {
  /** @type {number[]} */
  points = [];
  #sign;

  /** @param {number} sign */
  constructor(sign) {
    this.#sign = sign;
  }

  /**
   * Go round a node from the end of normal a to the end of normal b.
   * @param {Node} node
   * @param {Vector} a
   * @param {Vector} b
   * @param {number} reach
   */
  turn(node, a, b, reach) {
    const { radius } = node;
    const cosine = a.x * b.x + a.y * b.y;
    if ((a.x * b.y - a.y * b.x) * this.#sign >= 0.0) {
      this.#outer(node, a, b, cosine);
    } else if (radius * radius * (1.0 - cosine) <= INNER_REACH * reach * reach * (1.0 + cosine)) {
      this.#mitre(node, a, b, radius / (1.0 + cosine));
    } else {
      this.pivot(node, a, b);
    }
  }

  /**
   * Turn by way of the node itself, where the two edges do not meet.
   * @param {Node} node
   * @param {Vector} a
   * @param {Vector} b
   */
  pivot({ x, y, radius }, a, b) {
    this.points.push(x + radius * a.x, y + radius * a.y);
    this.points.push(x, y);
    this.points.push(x + radius * b.x, y + radius * b.y);
  }

  /**
   * Add an arc over three normals, so many steps from each to the next.
   * @param {Node} node
   * @param {[Vector, Vector, Vector]} normals
   * @param {number} steps
   */
  arc(node, [a, via, b], steps) {
    this.#sweep(node, a, via, steps);
    this.#sweep(node, via, b, steps);
    this.#spoke(node, b.x, b.y);
  }

  /**
   * Go round the outside of a turn: one vertex where that does, else an arc.
   * @param {Node} node
   * @param {Vector} a
   * @param {Vector} b
   * @param {number} cosine
   */
  #outer(node, a, b, cosine) {
    const x = a.x + b.x;
    const y = a.y + b.y;
    const sag = node.radius * (1.0 - cosine);
    if (cosine > 0.0 && sag <= CORNER) {
      this.#mitre(node, a, b, node.radius / sqrt(x * x + y * y));
    } else {
      this.arc(node, [a, unit(x, y), b], 1 + floor(TURN_STEPS * sqrt(sag)));
    }
  }

  /**
   * Add the one vertex at scale times the sum of the two normals.
   * @param {Node} node
   * @param {Vector} a
   * @param {Vector} b
   * @param {number} scale
   */
  #mitre(node, a, b, scale) {
    this.points.push(node.x + (a.x + b.x) * scale, node.y + (a.y + b.y) * scale);
  }

  /**
   * Add the arc from normal a to before normal b.
   * @param {Node} node
   * @param {Vector} a
   * @param {Vector} b
   * @param {number} steps
   */
  #sweep(node, a, b, steps) {
    for (let j = 0; j < steps; j += 1) {
      const t = j / steps;
      const u = 1.0 - t;
      this.#spoke(node, a.x * u + b.x * t, a.y * u + b.y * t);
    }
  }

  /**
   * Add the point of a node's circle in the direction (dx, dy), which may have any length.
   * @param {Node} node
   * @param {number} dx
   * @param {number} dy
   */
  #spoke({ x, y, radius }, dx, dy) {
    const scale = radius / sqrt(dx * dx + dy * dy);
    this.points.push(x + dx * scale, y + dy * scale);
  }
}
