/**
 * Shapes drawn by dragging from one end to the other.
 *
 * With shift, lines keep to every eighth of a turn, and rectangles and ellipses become squares and circles; with
 * alt, a shape grows from its middle.
 *
 * @import { ShapeKind } from "../engine/ops.js"
 * @import { Touch } from "./draft.js"
 * @import { Figure } from "./figure.js"
 * @import { Hand, Studio } from "./tools.js"
 * @import { Place } from "./view.js"
 */

import { OPEN_SHAPES } from "../engine/ops.js";

const LEAST = 3; // CSS px between the ends: less was a tap
const EIGHTH = Math.PI / 4;

/**
 * Return what starts a shape of a kind.
 * @param {ShapeKind} kind
 * @returns {(studio: Studio, touch: Touch) => Hand}
 */
export function dragged(kind) {
  return (studio, touch) => new Dragged(studio, kind, touch);
}

/** @implements {Hand} */
class Dragged {
  #studio;
  #kind;
  #from;
  #to;
  /** @type {Figure} */
  #figure;

  /**
   * @param {Studio} studio
   * @param {ShapeKind} kind
   * @param {Touch} touch
   */
  constructor(studio, kind, touch) {
    this.#studio = studio;
    this.#kind = kind;
    this.#from = touch;
    this.#to = touch;
    this.#figure = studio.drafts.beginShape(studio.brushes.shapeStyle(kind));
  }

  /** @param {readonly Touch[]} touches */
  draw(touches) {
    this.#to = touches[touches.length - 1];
    this.#studio.drafts.reshape(this.#figure, places(this.#kind, this.#from, this.#to));
  }

  end() {
    const { drafts, scale } = this.#studio;
    const span = Math.hypot(this.#to.x - this.#from.x, this.#to.y - this.#from.y);
    if (span * scale < LEAST) drafts.giveUp(this.#figure);
    else drafts.finish(this.#figure);
  }

  giveUp() {
    this.#studio.drafts.giveUp(this.#figure);
  }
}

/**
 * Return the points of a shape dragged from one place to another.
 * @param {ShapeKind} kind
 * @param {Place} from
 * @param {Touch} to
 * @returns {Place[]}
 */
export function places(kind, from, to) {
  const isOpen = OPEN_SHAPES.includes(kind);
  const end = to.shift ? (isOpen ? turned(from, to) : squared(from, to)) : to;
  const start = to.alt ? { x: 2 * from.x - end.x, y: 2 * from.y - end.y } : from;
  return isOpen ? [start, end] : [start, { x: end.x, y: start.y }, end];
}

/**
 * Return the place as far away as to, in the nearest eighth of a turn.
 * @param {Place} from
 * @param {Place} to
 */
function turned(from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const angle = Math.round(Math.atan2(dy, dx) / EIGHTH) * EIGHTH;
  const far = Math.hypot(dx, dy);
  return { x: from.x + far * Math.cos(angle), y: from.y + far * Math.sin(angle) };
}

/**
 * Return the far corner of a square in the quarter to is in.
 * @param {Place} from
 * @param {Place} to
 */
function squared(from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const side = Math.max(Math.abs(dx), Math.abs(dy));
  return { x: from.x + side * (dx < 0 ? -1 : 1), y: from.y + side * (dy < 0 ? -1 : 1) };
}
