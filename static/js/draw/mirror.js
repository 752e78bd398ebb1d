/**
 * Drawing in a mirror: what is drawn on one side of the paper's middle is drawn on the other too.
 *
 * @import { Point } from "../engine/geometry.js"
 * @import { Draft } from "./draft.js"
 * @import { Place, Size } from "./view.js"
 * @typedef {"none" | "across" | "down" | "both"} Mirrored
 * @typedef {Readonly<{x: boolean, y: boolean}>} Reflection which coordinates it turns over
 */

import { POINT_UNIT } from "../engine/geometry.js";
import { point, stroke } from "../engine/ops.js";

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
 * Return the reflections of a mirror.
 * @param {Mirrored} mirrored
 */
export function reflectionsOf(mirrored) {
  return REFLECTIONS[mirrored];
}

/**
 * Return a place, in px, on the other side of the paper's middle.
 * @param {Place} place
 * @param {Reflection} reflection
 * @param {Size} paper
 * @returns {Place}
 */
export function reflected({ x, y }, reflection, { width, height }) {
  return { x: reflection.x ? width - x : x, y: reflection.y ? height - y : y };
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
    this.#paper = { width: paper.width * POINT_UNIT, height: paper.height * POINT_UNIT };
  }

  /** Grow as far as the other has. */
  follow() {
    for (const one of this.#draft.points.slice(this.points.length)) {
      const { x, y } = reflected(one, this.#reflection, this.#paper);
      this.points.push(point(x, y, one.pressure));
    }
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
