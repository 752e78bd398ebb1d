/**
 * The marks of one's own that are chosen, and what is done to them: each an op, so undo takes it back.
 *
 * @import { Box } from "../engine/geometry.js"
 * @import { Mark, Shape, Stroke } from "../engine/ops.js"
 * @import { Replica } from "../engine/replica.js"
 * @import { Names } from "./names.js"
 * @import { Session } from "./session.js"
 * @import { Type } from "./typecase.js"
 * @import { Place } from "./view.js"
 * @typedef {{session: Session, replica: Replica, names: Names, type: Type}} Ties
 */

import { POINT_UNIT } from "../engine/geometry.js";
import { ONE } from "../engine/matrix.js";
import { authorOf, move, point, remove } from "../engine/ops.js";
import { intersection, letteredBox, strokeBox, union } from "./boxes.js";
import { Emitter } from "./emitter.js";

const ASIDE = 24; // px a copy lies beside what it was made of

/** @extends {Emitter<{change: []}>} */
export class Selection extends Emitter {
  #ties;
  /** @type {ReadonlySet<string>} */
  #ids = new Set();
  /** @type {Box | null} what is being drawn around marks, or where they are being dragged */
  #frame = null;

  /** @param {Ties} ties */
  constructor(ties) {
    super();
    this.#ties = ties;
    ties.session.on("change", () => this.isEmpty || this.#choose(this.#ids));
  }

  get isEmpty() {
    return this.#ids.size === 0;
  }

  /**
   * The box around what is chosen, in px.
   * @returns {Box | null}
   */
  get box() {
    /** @type {Box | null} */
    let box = null;
    for (const mark of this.#marks) box = union(box, this.#boxOf(mark));
    return box;
  }

  /** What to show: the frame that is being dragged, or what is chosen. */
  get shown() {
    return this.#frame ?? this.box;
  }

  /** @param {Box | null} frame */
  set frame(frame) {
    this.#frame = frame;
    this.emit("change");
  }

  /**
   * Choose the marks that lie within a box.
   * @param {Box} box
   */
  chooseWithin(box) {
    const within = this.#own.filter((mark) => isWithin(this.#boxOf(mark), box));
    this.#choose(within.map(({ id }) => id));
  }

  /**
   * Choose the uppermost mark at a place.
   * @param {Place} place
   */
  chooseAt({ x, y }) {
    const spot = { left: x, top: y, right: x + 1, bottom: y + 1 };
    const at = this.#own.filter((mark) => intersection(this.#boxOf(mark), spot) !== null);
    this.#choose(at.slice(-1).map(({ id }) => id));
  }

  /**
   * Return the uppermost text at a place, if it is one's own.
   * @param {Place} place
   */
  textAt({ x, y }) {
    const spot = { left: x, top: y, right: x + 1, bottom: y + 1 };
    const texts = this.#own.filter((mark) => mark.t === "text");
    return texts.findLast((mark) => intersection(this.#boxOf(mark), spot) !== null) ?? null;
  }

  clear() {
    if (!this.isEmpty) this.#choose([]);
  }

  /**
   * Move what is chosen, by so many px.
   * @param {number} dx
   * @param {number} dy
   */
  move(dx, dy) {
    const { session, names } = this.#ties;
    const [e, f] = [dx, dy].map((one) => Math.round(one * POINT_UNIT));
    if (this.isEmpty || (e === 0 && f === 0)) return;
    session.propose(move(names.next(), [...this.#ids], [ONE, 0, 0, ONE, e, f]));
  }

  /** Take what is chosen out of the picture. */
  remove() {
    const { session, names } = this.#ties;
    if (!this.isEmpty) session.propose(remove(names.next(), [...this.#ids]));
  }

  /** Draw what is chosen once more, a little aside, and choose that. */
  duplicate() {
    const copied = this.#marks.filter(isCopied);
    const copies = copied.map((mark) => aside(mark, this.#ties.names.next()));
    for (const copy of copies) this.#ties.session.propose(copy);
    this.#choose(copies.map(({ id }) => id));
  }

  /**
   * The box around a mark: of a text around its letters, as far as they are known.
   * @param {Mark} mark
   */
  #boxOf(mark) {
    const { typeface } = this.#ties.type;
    return mark.t === "text" && typeface ? letteredBox(mark, typeface) : strokeBox(mark);
  }

  /** What is chosen and still there, as it is now. */
  get #marks() {
    const { scene } = this.#ties.replica;
    return [...this.#ids].flatMap((id) => {
      const mark = scene.seen(id);
      return mark !== null && this.#isOwn(mark) ? [mark] : [];
    });
  }

  /** One's own marks that can be chosen, the lowest first. */
  get #own() {
    return this.#ties.replica.scene.strokes().filter((mark) => this.#isOwn(mark));
  }

  /** @param {Mark} mark */
  #isOwn({ id, layer }) {
    const { hidden, locked } = this.#ties.replica.scene.level(layer);
    return this.#ties.session.mine.has(authorOf(id)) && !hidden && !locked;
  }

  /** @param {Iterable<string>} ids */
  #choose(ids) {
    this.#ids = new Set(ids);
    this.#ids = new Set(this.#marks.map(({ id }) => id));
    this.emit("change");
  }
}

/**
 * Say whether a mark is one that aside can copy.
 * @param {Mark} mark
 * @returns {mark is Stroke | Shape}
 */
function isCopied(mark) {
  return mark.t === "stroke" || mark.t === "shape";
}

/**
 * Return a mark a little aside, under a name of its own.
 * @param {Stroke | Shape} mark
 * @param {string} id
 * @returns {Stroke | Shape}
 */
function aside(mark, id) {
  const far = ASIDE * POINT_UNIT;
  const points = mark.points.map(({ x, y, pressure }) => point(x + far, y + far, pressure));
  return Object.freeze({ ...mark, id, points: Object.freeze(points) });
}

/**
 * @param {Box} inner
 * @param {Box} outer
 */
function isWithin(inner, outer) {
  return (
    inner.left >= outer.left &&
    inner.top >= outer.top &&
    inner.right <= outer.right &&
    inner.bottom <= outer.bottom
  );
}
