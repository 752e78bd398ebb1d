/**
 * The marks of one's own that are chosen, and what is done to them: each an op, so undo takes it back.
 *
 * @import { Box } from "../engine/geometry.js"
 * @import { Mark, Op } from "../engine/ops.js"
 * @import { News, Replica } from "../engine/replica.js"
 * @import { Affine } from "./affine.js"
 * @import { Names } from "./names.js"
 * @import { Session } from "./session.js"
 * @import { Type } from "./typecase.js"
 * @import { Place } from "./view.js"
 * @typedef {{session: Session, replica: Replica, names: Names, type: Type}} Ties
 */

import { erases } from "../engine/coats.js";
import { POINT_UNIT } from "../engine/geometry.js";
import { IDENTITY, toMatrix } from "../engine/matrix.js";
import { isSame, placed } from "../engine/moves.js";
import { authorOf, MOST_TARGETS, move, remove } from "../engine/ops.js";
import { enlarged, shifted } from "./affine.js";
import { intersection, letteredBox, strokeBox, union } from "./boxes.js";
import { Emitter } from "./emitter.js";
import { cornersOf, middleOf } from "./grips.js";
import { covers } from "./hit.js";
import { following } from "./names.js";

const ASIDE = 24; // px a copy lies beside what it was made of

/**
 * `barred` tells that what is being dragged can be moved no more: its layer was locked, hidden or deleted.
 * @extends {Emitter<{change: [], barred: []}>}
 */
export class Selection extends Emitter {
  #ties;
  /** @type {ReadonlySet<string>} */
  #ids = new Set();
  /** @type {WeakMap<Mark, Box>} a long drawing is looked through at every touch */
  #boxes = new WeakMap();
  /** @type {Box | null} */
  #box = null;
  /** @type {Box | null} */
  #frame = null;
  /** @type {readonly Place[] | null} */
  #line = null;
  /** @type {Affine | null} */
  #map = null;

  /** @param {Ties} ties */
  constructor(ties) {
    super();
    this.#ties = ties;
    ties.session.on("change", (news) => this.#follow(news));
  }

  /**
   * Take in what has become of what is chosen; what others draw beside it is no matter.
   * @param {Pick<News, "added" | "removed" | "layers">} news
   */
  #follow({ added, removed, layers }) {
    const isChosen = (/** @type {Mark} */ { id }) => this.#ids.has(id);
    if (this.isEmpty || !(layers || added.some(isChosen) || removed.some(isChosen))) return;
    const { size } = this.#ids;
    this.#choose(this.#ids);
    if (layers && this.#map !== null && this.#ids.size < size) this.emit("barred");
  }

  get isEmpty() {
    return this.#ids.size === 0;
  }

  /**
   * The box around what is chosen, in px.
   * @returns {Box | null}
   */
  get box() {
    return this.#box;
  }

  /** The frame that is being drawn around marks. */
  get frame() {
    return this.#frame;
  }

  set frame(frame) {
    this.#frame = frame;
    this.emit("change");
  }

  /** The line that is being drawn around marks. */
  get line() {
    return this.#line;
  }

  set line(line) {
    this.#line = line;
    this.emit("change");
  }

  /** Where what is chosen is being dragged. */
  get map() {
    return this.#map;
  }

  set map(map) {
    this.#map = map;
    this.emit("change");
  }

  /** Choose all of one's own marks. */
  chooseAll() {
    this.#choose(this.#own.map(({ id }) => id));
  }

  /**
   * Choose the marks that lie within a box.
   * @param {Box} box
   * @param {boolean} [isMore] whether what was chosen before stays so
   */
  chooseWithin(box, isMore = false) {
    const within = this.#own.filter((mark) => isWithin(this.#boxOf(mark), box));
    this.#chooseMarks(within, isMore);
  }

  /**
   * Choose the marks that lie within a line around them.
   * @param {readonly Place[]} line
   * @param {boolean} [isMore]
   */
  chooseInside(line, isMore = false) {
    const inside = this.#own.filter((mark) =>
      placesOf(mark, this.#boxOf(mark)).every((one) => isAround(line, one)),
    );
    this.#chooseMarks(inside, isMore);
  }

  /**
   * Choose the uppermost mark at a place.
   * @param {Place} place
   */
  chooseAt(place) {
    const found = this.#markAt(place);
    this.#choose(found ? [found.id] : []);
  }

  /**
   * Choose the uppermost mark at a place along with what is chosen, or let it go.
   * @param {Place} place
   */
  toggleAt(place) {
    const found = this.#markAt(place);
    if (found === undefined) return;
    const others = [...this.#ids].filter((id) => id !== found.id);
    this.#choose(this.#ids.has(found.id) ? others : [...others, found.id]);
  }

  /** @param {Place} place */
  #markAt(place) {
    const { typeface } = this.#ties.type;
    const near = this.#near(place);
    const hit = near.findLast((mark) => !erases(mark) && covers(mark, place, typeface));
    return hit ?? near[near.length - 1];
  }

  /**
   * Return the uppermost text at a place, if it is one's own.
   * @param {Place} place
   */
  textAt(place) {
    return this.#near(place).findLast((mark) => mark.t === "text") ?? null;
  }

  clear() {
    if (!this.isEmpty) this.#choose([]);
  }

  /**
   * Move what is chosen, enlarge it or turn it; say whether that changes anything.
   * @param {Affine} map
   * @param {string} [first] what the others know the move by, if they were told of it
   */
  transform(map, first) {
    const matrix = toMatrix(map);
    if (this.isEmpty || isSame(matrix, IDENTITY)) return false;
    this.#together((id, ops) => move(id, ops, matrix), first);
    return true;
  }

  /** Turn what is chosen over, left and right. */
  flipAcross() {
    if (this.#box) this.transform(enlarged(-1, 1, middleOf(this.#box)));
  }

  /** Turn what is chosen over, up and down. */
  flipDown() {
    if (this.#box) this.transform(enlarged(1, -1, middleOf(this.#box)));
  }

  /** Take what is chosen out of the picture. */
  remove() {
    this.#together(remove);
  }

  /**
   * Do something with all that is chosen, as one thing to undo, however many ops it takes.
   * @param {(id: string, ops: readonly string[]) => Op} make
   * @param {string} [first] the id of the first op
   */
  #together(make, first = this.#ties.names.gesture()()) {
    const name = following(first);
    const ids = [...this.#ids];
    for (let i = 0; i < ids.length; i += MOST_TARGETS) {
      this.#ties.session.propose(make(name(), ids.slice(i, i + MOST_TARGETS)));
    }
  }

  /** Draw what is chosen once more, a little aside, and choose that. */
  duplicate() {
    this.add(this.marks, shifted(ASIDE, ASIDE));
  }

  /**
   * Draw what is chosen once more where a map takes it, and choose that; say whether that is elsewhere.
   * @param {Affine} map
   * @param {string} first the id of the first copy, as the others know it
   */
  copy(map, first) {
    if (this.isEmpty || isSame(toMatrix(map), IDENTITY)) return false;
    this.add(this.marks, map, { name: following(first) });
    return true;
  }

  /**
   * Draw marks as one's own where a map takes them, as one thing to undo, and choose them.
   * @param {readonly Mark[]} marks
   * @param {Affine} map
   * @param {{name?: () => string, own?: (op: Mark) => {op: Op, file: File | null}}} [how] what names them, and what
   *   gives them their files
   */
  add(marks, map, { name = this.#ties.names.gesture(), own = withoutFile } = {}) {
    const matrix = toMatrix(map);
    const made = marks.map((mark) => placed({ ...mark, id: name() }, matrix));
    for (const { op, file } of made.map(own)) this.#ties.session.propose(op, file);
    this.#choose(made.map(({ id }) => id));
  }

  /**
   * Return one's own marks whose box a place is in, the lowest first.
   * @param {Place} place
   */
  #near({ x, y }) {
    const spot = { left: x, top: y, right: x + 1, bottom: y + 1 };
    const { scene } = this.#ties.replica;
    const near = this.#own.filter((mark) => intersection(this.#boxOf(mark), spot) !== null);
    const height = (/** @type {Mark} */ { layer }) => scene.level(layer).position;
    return near.sort((a, b) => height(a) - height(b));
  }

  /**
   * The box around a mark: of a text around its letters, as far as they are known.
   * @param {Mark} mark
   */
  #boxOf(mark) {
    const { typeface } = this.#ties.type;
    if (mark.t === "text" && typeface) return letteredBox(mark, typeface);
    const box = this.#boxes.get(mark) ?? strokeBox(mark);
    this.#boxes.set(mark, box);
    return box;
  }

  /** What is chosen and still there, as it is now. */
  get marks() {
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

  /**
   * @param {readonly Mark[]} marks
   * @param {boolean} isMore
   */
  #chooseMarks(marks, isMore) {
    this.#choose([...(isMore ? this.#ids : []), ...marks.map(({ id }) => id)]);
  }

  /** @param {Iterable<string>} ids */
  #choose(ids) {
    this.#ids = new Set(ids);
    const { marks } = this;
    this.#ids = new Set(marks.map(({ id }) => id));
    this.#box = null;
    for (const mark of marks) this.#box = union(this.#box, this.#boxOf(mark));
    this.emit("change");
  }
}

/** @param {Mark} op */
function withoutFile(op) {
  return { op, file: null };
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

/**
 * Return places a mark lies between: its points, or the corners of its box.
 * @param {Mark} mark
 * @param {Box} box
 * @returns {Place[]}
 */
function placesOf(mark, box) {
  if (!("points" in mark)) return cornersOf(box);
  return mark.points.map(({ x, y }) => ({ x: x / POINT_UNIT, y: y / POINT_UNIT }));
}

/**
 * Say whether a closed line goes around a place.
 * @param {readonly Place[]} line
 * @param {Place} place
 */
function isAround(line, { x, y }) {
  let crossings = 0;
  for (const [i, b] of line.entries()) {
    const a = line[(i + line.length - 1) % line.length];
    if (a.y > y === b.y > y) continue;
    if (x < a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)) crossings += 1;
  }
  return crossings % 2 === 1;
}
