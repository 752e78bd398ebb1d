/**
 * The picture of a log at any moment: pixels that follow a past, forwards by painting, backwards from bitmaps.
 *
 * @import { Mark as Making } from "../draw/layers.js"
 * @import { Entry } from "../engine/codec.js"
 * @import { Box } from "../engine/geometry.js"
 * @import { Mark } from "../engine/ops.js"
 * @import { Kept } from "../draw/layers.js"
 * @import { Supply } from "../draw/supplies.js"
 */

import { intersection, strokeBox, union } from "../draw/boxes.js";
import { contextOf, Layers } from "../draw/layers.js";
import { Bitmaps } from "./bitmaps.js";
import { Past } from "./past.js";

const SPACING = 250; // ops between two bitmaps
const AT_ONCE = 20; // ops painted between two looks at the clock
const PIXEL = 4; // bytes

export class Film {
  #past;
  #length;
  #context;
  #layers;
  #bitmaps;
  /** @type {Box} */
  #whole;
  /** @type {WeakMap<Mark, Box>} */
  #boxes = new WeakMap();
  /** @type {Box | null} where the canvas is wrong */
  #dirty;
  /** @type {Box | null} what shows of a stroke being drawn */
  #passing = null;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {readonly Entry[]} entries
   * @param {Supply} supply letters and images
   * @param {number} room bytes for bitmaps
   */
  constructor(canvas, entries, supply, room) {
    this.#past = new Past(entries);
    this.#length = entries.length;
    this.#context = contextOf(canvas);
    this.#layers = new Layers(canvas, supply);
    this.#bitmaps = /** @type {Bitmaps<Kept>} */ (new Bitmaps(SPACING, room));
    this.#whole = { left: 0, top: 0, right: canvas.width, bottom: canvas.height };
    this.#dirty = this.#whole;
  }

  /** How many ops there are in all. */
  get length() {
    return this.#length;
  }

  /** How many ops the picture has. */
  get count() {
    return this.#past.count;
  }

  /** The strokes one sees, in paint order. */
  get strokes() {
    return this.#past.scene.strokes();
  }

  /**
   * Go towards the picture of so many ops as far as time allows; return whether it was reached.
   * @param {number} count
   * @param {() => boolean} isLate
   */
  move(count, isLate) {
    this.#jump(count);
    while (this.count < count) {
      this.#pass(Math.min(count, this.count + AT_ONCE, this.#nextBitmap));
      if (isLate()) break;
    }
    return this.count === count;
  }

  /**
   * Bring the picture onto the canvas, with a stroke in the making on top if there is one.
   * @param {Making | null} passing
   */
  show(passing) {
    const now = passing && strokeBox(passing);
    const box = intersection(union(this.#dirty, union(this.#passing, now)), this.#whole);
    this.#dirty = null;
    this.#passing = now;
    const marks = passing ? [passing] : [];
    if (box) this.#layers.compose(this.#context, [{ box, marks }], this.#levelOf);
  }

  #levelOf = (/** @type {number} */ layer) => this.#past.scene.level(layer);

  get #nextBitmap() {
    const { spacing } = this.#bitmaps;
    return (Math.floor(this.count / spacing) + 1) * spacing;
  }

  /**
   * Take up the bitmap before so many ops, where that is nearer than what is shown.
   * @param {number} count
   */
  #jump(count) {
    const { count: from, picture } = this.#bitmaps.before(count);
    if (this.count <= count && this.count >= from) return;
    this.#past.goTo(from);
    this.#layers.restore(picture ?? new Map());
    this.#dirty = this.#whole;
  }

  /** @param {number} count */
  #pass(count) {
    const { drawn, turned, layers } = this.#past.pass(count);
    for (const stroke of drawn) this.#layers.settle(stroke);
    this.#repair(turned);
    this.#dirty = layers ? this.#whole : this.#boxOf(drawn, this.#dirty);
    if (this.#bitmaps.lacks(count)) this.#keep(count);
  }

  /** @param {readonly Mark[]} turned */
  #repair(turned) {
    const box = intersection(this.#boxOf(turned, null), this.#whole);
    if (box === null) return;
    const met = this.strokes.filter((stroke) => intersection(box, this.#boxOf([stroke], null)));
    this.#layers.repair(box, met, /** @type {Box} */ (this.#boxOf(met, box)));
    this.#dirty = union(this.#dirty, box);
  }

  /** @param {number} count */
  #keep(count) {
    const kept = this.#layers.keep();
    const { right, bottom } = this.#whole;
    this.#bitmaps.keep(count, kept, kept.size * right * bottom * PIXEL);
  }

  /**
   * Return the box around these strokes and another box.
   * @param {readonly Mark[]} strokes
   * @param {Box | null} other
   */
  #boxOf(strokes, other) {
    for (const stroke of strokes) {
      const own = this.#boxes.get(stroke) ?? strokeBox(stroke);
      this.#boxes.set(stroke, own);
      other = union(other, own);
    }
    return other;
  }
}
