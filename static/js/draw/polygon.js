/**
 * Polygons: each touch sets a corner; a touch on the first or the last corner closes it.
 *
 * @import { Touch } from "./draft.js"
 * @import { Figure } from "./figure.js"
 * @import { Hand, Studio } from "./tools.js"
 * @import { Place } from "./view.js"
 */

import { CORNERS, MOST_POINTS } from "../engine/ops.js";
import { places } from "./dragged.js";

const NEAR = 14; // CSS px

/**
 * Begin a polygon.
 * @param {Studio} studio
 * @param {Touch} touch
 * @returns {Hand}
 */
export function polygon(studio, touch) {
  return new Polygon(studio, touch);
}

/** @implements {Hand} */
class Polygon {
  isOpen = true;
  #studio;
  /** @type {Place[]} */
  #corners;
  #isFirst = true; // whether this is the first touch of it
  #isClosing = false;
  /** @type {Figure} */
  #figure;

  /**
   * @param {Studio} studio
   * @param {Touch} touch
   */
  constructor(studio, touch) {
    this.#studio = studio;
    this.#corners = [touch];
    this.#figure = studio.drafts.beginShape(studio.brushes.shapeStyle("polygon"));
    this.#show();
  }

  /** @param {Touch} touch */
  resume(touch) {
    this.#isFirst = false;
    const ends = [this.#corners[0], this.#corners[this.#corners.length - 1]];
    this.#isClosing = ends.some((end) => this.#isNear(end, touch));
    if (!this.#isClosing) this.#corners.push(this.#straight(touch));
    this.#show();
  }

  /** @param {readonly Touch[]} touches */
  draw(touches) {
    const touch = touches[touches.length - 1];
    if (this.#isClosing || (this.#isAlone && this.#isNear(this.#corners[0], touch))) return;
    // A first touch that is dragged draws the first side.
    if (!this.#isAlone) this.#corners.pop();
    this.#corners.push(this.#straight(touch));
    this.#show();
  }

  end() {
    if (this.#isClosing || this.#corners.length >= MOST_POINTS) this.settle();
  }

  giveUp() {
    if (this.#isFirst) return this.drop();
    if (!this.#isClosing) this.#corners.pop();
    this.#isClosing = false;
    this.#show();
  }

  stepBack() {
    if (this.#isAlone) return this.drop();
    this.#corners.pop();
    this.#show();
  }

  settle() {
    if (this.#corners.length < CORNERS.polygon) return this.drop();
    this.isOpen = false;
    this.#studio.drafts.finish(this.#figure);
  }

  drop() {
    this.isOpen = false;
    this.#studio.drafts.giveUp(this.#figure);
  }

  get #isAlone() {
    return this.#corners.length === 1;
  }

  /**
   * Return where a corner lies: with shift, at an eighth of a turn from the one before.
   * @param {Touch} touch
   */
  #straight(touch) {
    const before = this.#corners[this.#corners.length - 1];
    return places("line", before, { ...touch, alt: false })[1];
  }

  /**
   * @param {Place} a
   * @param {Place} b
   */
  #isNear(a, b) {
    return Math.hypot(a.x - b.x, a.y - b.y) * this.#studio.scale < NEAR;
  }

  #show() {
    const [first] = this.#corners;
    const shown = this.#isAlone ? [first, first] : this.#corners;
    this.#studio.drafts.reshape(this.#figure, shown);
  }
}
