/**
 * What is being drawn, by oneself and by the others, and how much of it is on the screen.
 *
 * One's own is shown whenever there is a frame. The others' has what a frame has room for while one draws: what
 * finds none waits for the next, and then comes first.
 *
 * @import { Box } from "../engine/geometry.js"
 * @import { Damage } from "./damage.js"
 * @import { Mark as Drawn } from "../engine/ops.js"
 * @import { Mark } from "./layers.js"
 * @import { Growing } from "./tools.js"
 * @typedef {{points: Growing["points"], count: number, ahead: Growing["ahead"], last: Box | null,
 *   box: Box | null, fallen: Fallen}} Sketch
 *   Which points are on the screen, how many, and which that are only expected; where it changed last; all of where
 *   it is; the grain of a pencil along them.
 */

import { Fallen } from "../engine/grain.js";
import { area, growthBox, intersection, partWithin, union } from "./boxes.js";
import { isPencil } from "./weight.js";

const ROOM = 100_000; // px of the others' ink in a frame

export class Sketches {
  /** @type {Map<Growing, Sketch>} */
  #own = new Map();
  /** @type {Map<Growing, Sketch>} */
  #others = new Map();
  /** @type {Set<Growing>} the others' that have grown, the longest waiting first */
  #late = new Set();
  /** @type {Map<Growing, Sketch>} what is still to be seen until what takes its place is painted */
  #released = new Map();

  /** Whether one draws oneself. */
  get isDrawing() {
    return this.#own.size > 0;
  }

  /** Whether anybody draws. */
  get isEmpty() {
    return this.#own.size + this.#others.size === 0;
  }

  /** Whether a frame is to follow: for what found no room, and for what was only expected. */
  get isUnfinished() {
    return this.#late.size > 0 || [...this.#own.values()].some(({ ahead }) => ahead?.length);
  }

  /**
   * Say whether a stroke is one's own.
   * @param {Growing} draft
   */
  isOwn(draft) {
    return this.#own.has(draft);
  }

  /**
   * Follow a stroke of one's own.
   * @param {Growing} draft
   */
  show(draft) {
    if (!this.#own.has(draft)) this.#own.set(draft, blank(draft));
  }

  /**
   * Follow a stroke of somebody else's.
   * @param {Growing} draft
   */
  showOthers(draft) {
    if (!this.#others.has(draft)) this.#others.set(draft, blank(draft));
    this.#late.add(draft);
  }

  /**
   * Forget a stroke; return where it was on the screen.
   * @param {Growing} draft
   */
  forget(draft) {
    const sketch = this.#own.get(draft) ?? this.#others.get(draft);
    this.#own.delete(draft);
    this.#others.delete(draft);
    this.#late.delete(draft);
    return sketch?.box ?? null;
  }

  /**
   * Say whether a mark is a pencil's stroke that is on the screen already: to paint it whole takes as long as many others.
   * @param {Drawn} mark
   */
  shows(mark) {
    if (!isPencil(mark)) return false;
    return [...this.#own.keys()].some((draft) => isSame(draft.mark, mark));
  }

  /**
   * Forget a stroke that is a mark now; return where it looks otherwise than on the screen, and what fell along it.
   * @param {Growing} draft
   */
  land(draft) {
    const sketch = /** @type {Sketch} */ (this.#own.get(draft));
    const box = grow(draft, sketch);
    this.forget(draft);
    return { box, fallen: sketch.fallen };
  }

  /**
   * Let a stroke go that is to be seen until what takes its place is painted.
   * @param {Growing} draft
   */
  release(draft) {
    const sketch = this.#own.get(draft) ?? this.#others.get(draft);
    this.forget(draft);
    if (sketch) this.#released.set(draft, sketch);
  }

  /** Whether something is still to be seen that was let go. */
  get isReleasing() {
    return this.#released.size > 0;
  }

  /** Forget what was let go; return where it was on the screen. */
  forgetReleased() {
    const boxes = [...this.#released.values()].map(({ box }) => box);
    this.#released.clear();
    return boxes;
  }

  /**
   * Say where one's own has grown.
   * @param {Damage} damage
   */
  growOwn(damage) {
    for (const [draft, sketch] of this.#own) damage.add(grow(draft, sketch));
  }

  /**
   * Say where the others' has grown, as far as there is room in a frame.
   * @param {Damage} damage
   */
  growOthers(damage) {
    let room = this.isDrawing ? ROOM : Infinity;
    for (const draft of this.#late) {
      if (room <= 0) return;
      const box = grow(draft, /** @type {Sketch} */ (this.#others.get(draft)));
      room -= area(box);
      damage.add(box);
      this.#late.delete(draft);
    }
  }

  /**
   * Return where those of some kind are on the screen.
   * @param {(mark: Drawn) => boolean} isMeant
   */
  where(isMeant) {
    const all = [...this.#own, ...this.#others];
    const meant = all.filter(([{ mark }]) => "t" in mark && isMeant(mark));
    return meant.map(([, { box }]) => box);
  }

  /**
   * Return what is to be seen in a box, one's own over the others'.
   * @param {Box} box
   * @returns {Mark[]}
   */
  within(box) {
    const found = [];
    for (const drawn of [this.#released, this.#others, this.#own]) {
      for (const [draft, sketch] of drawn) {
        if (!intersection(box, sketch.box)) continue;
        const grown = { sure: draft.points.length, fallen: sketch.fallen };
        found.push(partWithin(draft.mark, box, grown));
      }
    }
    return found.filter((part) => part !== null);
  }
}

/**
 * @param {Growing} draft
 * @returns {Sketch}
 */
function blank({ points }) {
  return { points, count: 0, ahead: undefined, last: null, box: null, fallen: new Fallen() };
}

/**
 * Take in how a draft has grown; return where that is to be seen.
 * @param {Growing} draft
 * @param {Sketch} sketch
 */
function grow(draft, sketch) {
  if (sketch.points !== draft.points) return change(draft, sketch);
  const { count, ahead, last } = sketch;
  // What was expected and did not come is not there.
  if (ahead?.length && ahead === draft.ahead) draft.ahead = [];
  if (count === draft.points.length && ahead === draft.ahead) return null;
  sketch.count = draft.points.length;
  sketch.ahead = draft.ahead;
  sketch.last = growthBox(draft.mark, count);
  sketch.box = union(sketch.box, sketch.last);
  return ahead?.length ? union(last, sketch.last) : sketch.last;
}

/**
 * Take in that a draft is all new; return where it was and where it is now.
 * @param {Growing} draft
 * @param {Sketch} sketch
 */
function change(draft, sketch) {
  const { box } = sketch;
  sketch.points = draft.points;
  sketch.count = draft.points.length;
  sketch.fallen = new Fallen();
  sketch.last = growthBox(draft.mark, 0);
  sketch.box = sketch.last;
  return union(box, sketch.last);
}

/**
 * Say whether a stroke looks as a mark does.
 * @param {Growing["mark"]} drawn
 * @param {Drawn} mark
 */
function isSame(drawn, mark) {
  if (!("brush" in drawn) || !("brush" in mark)) return false;
  const { points, ...looks } = drawn;
  return (
    points.length === mark.points.length &&
    areSame(looks, mark) &&
    points.every((point, i) => areSame(point, mark.points[i]))
  );
}

/**
 * Say whether all that is known of one thing is so of another.
 * @param {object} known
 * @param {object} other
 */
function areSame(known, other) {
  const others = /** @type {Readonly<Record<string, unknown>>} */ (other);
  return Object.entries(known).every(([name, value]) => others[name] === value);
}
