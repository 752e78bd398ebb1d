/**
 * Drawing in a mirror: what is drawn on one side of the paper's middle is drawn on the other too.
 *
 * @import { Mirror } from "../engine/codec.js"
 * @import { Point } from "../engine/geometry.js"
 * @import { Shape } from "../engine/ops.js"
 * @import { Draft } from "./draft.js"
 * @import { Place, Size } from "./view.js"
 * @typedef {"none" | Mirror} Mirrored
 * @typedef {Readonly<{x: boolean, y: boolean}>} Reflection which coordinates it turns over
 */

import { POINT_UNIT } from "../engine/geometry.js";
import { LEAST_COORDINATE, MOST_COORDINATE, point, shape, stroke } from "../engine/ops.js";

/** @type {Readonly<Record<Mirrored, readonly Reflection[]>>} */
const REFLECTIONS = Object.freeze({
  none: [],
  across: [{ x: true, y: false }],
  down: [{ x: false, y: true }],
  both: [
    { x: true, y: false },
    { x: true, y: true },
    { x: false, y: true },
  ],
});

/** @type {readonly Mirrored[]} */
export const MIRRORS = Object.freeze(["none", "across", "down", "both"]);

/**
 * Return the strokes that grow in a mirror as a draft does.
 * @param {Draft} draft
 * @param {Mirrored} mirrored
 * @param {Size} paper
 */
export function twinsOf(draft, mirrored, paper) {
  return REFLECTIONS[mirrored].map(
    (reflection, i) => new Twin(copyId(draft.id, i), draft, reflection, paper),
  );
}

/**
 * Return what a shape looks like in a mirror.
 * @param {Shape} mark
 * @param {Mirrored} mirrored
 * @param {Size} paper
 */
export function copiesOf(mark, mirrored, paper) {
  return REFLECTIONS[mirrored].map((reflection, i) => {
    const points = mark.points.map((one) => reflected(one, reflection, paper));
    return shape({ ...mark, id: copyId(mark.id, i), points });
  });
}

/**
 * Return a place, and where it is in a mirror.
 * @param {Place} place
 * @param {Mirrored} mirrored
 * @param {Size} paper
 * @returns {Place[]}
 */
export function placesOf({ x, y }, mirrored, { width, height }) {
  const copies = REFLECTIONS[mirrored].map((reflection) => ({
    x: reflection.x ? width - x : x,
    y: reflection.y ? height - y : y,
  }));
  return [{ x, y }, ...copies];
}

/**
 * Return the id of a copy: those of a gesture are counted, and it begins with what they are copies of (protocol P29).
 * @param {string} id
 * @param {number} index
 */
function copyId(id, index) {
  return `${id.slice(0, -1)}${index + 2}`;
}

/**
 * Return a point on the other side of the paper's middle.
 * @param {Point} point
 * @param {Reflection} reflection
 * @param {Size} paper in px
 */
function reflected({ x, y, pressure, lean }, reflection, { width, height }) {
  const across = reflection.x ? coordinate(width * POINT_UNIT - x) : x;
  const down = reflection.y ? coordinate(height * POINT_UNIT - y) : y;
  return point(across, down, pressure, lean);
}

/** @param {number} value */
function coordinate(value) {
  return Math.min(MOST_COORDINATE, Math.max(LEAST_COORDINATE, value));
}

/** A stroke that grows as another does, in a mirror. */
export class Twin {
  /** @type {Point[]} */
  points = [];
  #draft;
  #reflection;
  #paper;

  /**
   * @param {string} id the id its op will have
   * @param {Draft} draft
   * @param {Reflection} reflection
   * @param {Size} paper
   */
  constructor(id, draft, reflection, paper) {
    this.id = id;
    this.#draft = draft;
    this.#reflection = reflection;
    this.#paper = paper;
  }

  /** Grow as far as the other has. */
  follow() {
    const { points } = this.#draft;
    for (let i = this.points.length; i < points.length; i += 1)
      this.points.push(reflected(points[i], this.#reflection, this.#paper));
  }

  /** What is to be seen of it so far. */
  get mark() {
    return { ...this.#draft.style, id: this.id, points: this.points };
  }

  /** Return the op it becomes. */
  toOp() {
    return stroke({ ...this.#draft.style, id: this.id, points: this.points });
  }
}
