/**
 * A shape while it is being drawn.
 *
 * @import { Point } from "../engine/geometry.js"
 * @import { ShapeStyle } from "../engine/ops.js"
 * @import { Mirrored } from "./mirror.js"
 * @import { Place } from "./view.js"
 */

import { POINT_UNIT } from "../engine/geometry.js";
import { CORNERS, LEAST_COORDINATE, MOST_COORDINATE, point, shape } from "../engine/ops.js";

export class Figure {
  /** @type {readonly Point[]} */
  points = [];

  /**
   * @param {string} id the id its op will have
   * @param {ShapeStyle} style
   * @param {Mirrored} [mirror] in which it is drawn
   */
  constructor(id, style, mirror = "none") {
    this.id = id;
    this.style = style;
    this.mirror = mirror;
  }

  /**
   * Lie between these places from now on.
   * @param {readonly Place[]} places in px
   */
  reshape(places) {
    this.points = places.map(({ x, y }) => point(coordinate(x), coordinate(y)));
  }

  /** What is to be seen of it so far: a polygon with two corners is a line yet. */
  get mark() {
    const { kind, colour, fill } = this.style;
    if (this.points.length >= CORNERS[kind]) return this.toOp();
    return shape({ ...this.toOp(), kind: "line", colour: colour ?? fill, fill: null });
  }

  /** Return the op it becomes. */
  toOp() {
    return shape({ ...this.style, id: this.id, points: this.points });
  }
}

/** @param {number} px */
function coordinate(px) {
  return Math.min(MOST_COORDINATE, Math.max(LEAST_COORDINATE, Math.round(px * POINT_UNIT)));
}
