/**
 * A stroke that is still growing, one's own or somebody else's.
 *
 * @import { Point } from "../engine/geometry.js"
 * @import { Style } from "../engine/ops.js"
 * @import { Mirrored } from "./mirror.js"
 * @import { Place } from "./view.js"
 * @typedef {Place & Readonly<{pressure: number, lean?: number, time?: number, shift?: boolean, alt?: boolean}>} Touch
 *   Where a pen is on the paper, in px; pressure and lean 0 to 1; time in ms; shift and alt say which keys are held.
 */

import { distance, FULL_LEAN, FULL_PRESSURE, POINT_UNIT } from "../engine/geometry.js";
import { LEAST_COORDINATE, MOST_COORDINATE, MOST_POINTS, point, stroke } from "../engine/ops.js";

export class Draft {
  /** @type {Point[]} */
  points = [];
  /** @type {readonly Point[]} where the pen is expected next: to be seen, never a part of the op */
  ahead = [];
  #spacing;

  /**
   * @param {string} id the id its op will have
   * @param {Style} style
   * @param {number} [spacing] px: nearer touches are left out
   * @param {Mirrored} [mirror] in which it is drawn
   */
  constructor(id, style, spacing = 0, mirror = "none") {
    this.id = id;
    this.style = style;
    this.mirror = mirror;
    this.#spacing = spacing * POINT_UNIT;
  }

  get last() {
    return this.points[this.points.length - 1];
  }

  /** Whether a stroke may have no more points: the pen goes on in another. */
  get isFull() {
    return this.points.length >= MOST_POINTS;
  }

  /**
   * Grow to where the pen is, unless it has hardly moved.
   * @param {Touch} touch
   */
  grow(touch) {
    this.#growBeyond(touch, this.#spacing);
  }

  /**
   * Grow to where the pen was lifted, however near.
   * @param {Touch} touch
   */
  close(touch) {
    this.#growBeyond(touch, 0);
  }

  /**
   * Reach, until the next frame, to where the pen is expected.
   * @param {readonly Touch[]} touches
   */
  lookAhead(touches) {
    if (touches.length + this.ahead.length === 0) return;
    const room = MOST_POINTS - this.points.length;
    this.ahead = touches.slice(0, room).map((touch) => this.#pointAt(touch));
  }

  /** What is to be seen of it so far. */
  get mark() {
    const { id, points, ahead } = this;
    return { ...this.style, id, points: ahead.length > 0 ? [...points, ...ahead] : points };
  }

  /** Return the op it becomes. */
  toOp() {
    return stroke({ ...this.style, id: this.id, points: this.points });
  }

  /**
   * @param {Touch} touch
   * @param {number} spacing
   */
  #growBeyond(touch, spacing) {
    const next = this.#pointAt(touch);
    const step = this.last ? distance(this.last, next) : Infinity;
    if (step > 0 && step >= spacing) this.points.push(next);
  }

  /** @param {Touch} touch */
  #pointAt({ x, y, pressure, lean = 0 }) {
    const pressed = this.style.pressure ? Math.round(pressure * FULL_PRESSURE) : FULL_PRESSURE;
    const leant = this.style.leans ? Math.round(lean * FULL_LEAN) : 0;
    return point(coordinate(x), coordinate(y), pressed, leant);
  }
}

/** @param {number} px */
function coordinate(px) {
  const rounded = Math.round(px * POINT_UNIT);
  return Math.min(MOST_COORDINATE, Math.max(LEAST_COORDINATE, rounded));
}
