/**
 * Choosing: a frame or a lasso around marks chooses them, a touch the uppermost, with shift along with the others; what is
 * chosen is dragged elsewhere, with alt a copy of it, enlarged by its corners, stretched by its sides, turned by its knob;
 * a text that is touched once more is written anew.
 *
 * @import { Box } from "../engine/geometry.js"
 * @import { Affine } from "./affine.js"
 * @import { Touch } from "./draft.js"
 * @import { Grip } from "./grips.js"
 * @import { Selection } from "./selection.js"
 * @import { Drafts, Hand, Studio } from "./tools.js"
 * @import { Place } from "./view.js"
 * @typedef {ReturnType<Drafts["carry"]>} Carried
 */

import { enlarged, STILL, shifted, turned } from "./affine.js";
import { gripAt, middleOf } from "./grips.js";

const LEAST = 4; // CSS px between the ends of a frame: less was a touch
const SMALLEST = 0.02; // times as large: nothing is made to vanish
const STEP = Math.PI / 12; // what is turned with shift keeps to

/**
 * Begin to choose within a frame, or to move what is chosen.
 * @param {Studio} studio
 * @param {Touch} touch
 * @returns {Hand}
 */
export function select(studio, touch) {
  return carrying(studio, touch) ?? framing(studio, touch);
}

/**
 * Begin to choose within a line, or to move what is chosen.
 * @param {Studio} studio
 * @param {Touch} touch
 * @returns {Hand}
 */
export function lasso(studio, touch) {
  return carrying(studio, touch) ?? circling(studio, touch);
}

/**
 * Take hold of what is chosen, if the touch is on it.
 * @param {Studio} studio
 * @param {Touch} from
 * @returns {Hand | null}
 */
function carrying(studio, from) {
  const { selection, drafts, scale } = studio;
  const { box } = selection;
  const grip = box && gripAt(box, from, scale);
  if (!box || !grip) return null;
  const carried = drafts.carry(selection.marks);
  let to = from;
  const copies = () => grip.kind === "inside" && to.alt === true;
  return {
    draw: (touches) => {
      to = touches[touches.length - 1];
      selection.map = mapOf(grip, box, from, to);
      carried.to(selection.map, copies());
    },
    end: () => {
      const isTap = Math.hypot(to.x - from.x, to.y - from.y) * scale < LEAST;
      const map = isTap ? STILL : mapOf(grip, box, from, to);
      selection.map = null;
      if (copies()) leave(selection, map, carried);
      else take(selection, map, carried);
      if (isTap) touch(studio, from);
    },
    giveUp: () => {
      selection.map = null;
      carried.giveUp();
    },
  };
}

/**
 * Have what is chosen lie where it was carried.
 * @param {Selection} selection
 * @param {Affine} map
 * @param {Carried} carried
 */
function take(selection, map, carried) {
  if (selection.transform(map, carried.id)) carried.finish();
  else carried.giveUp();
}

/**
 * Have copies of what is chosen lie where they were carried.
 * @param {Selection} selection
 * @param {Affine} map
 * @param {Carried} carried
 */
function leave(selection, map, carried) {
  if (selection.copy(map, carried.id)) carried.finish(selection.marks.length);
  else carried.giveUp();
}

/**
 * Touch what is chosen without dragging it: one text is written anew, of several marks one is chosen.
 * @param {Studio} studio
 * @param {Touch} from
 */
function touch({ selection, edit }, from) {
  const { marks } = selection;
  if (from.shift) selection.toggleAt(from);
  else if (marks.length > 1) selection.chooseAt(from);
  else if (marks.length === 1 && marks[0].t === "text") edit(from);
}

/**
 * Return what dragging a grip from one touch to another does.
 * @param {Grip} grip
 * @param {Box} box
 * @param {Place} from
 * @param {Touch} to
 * @returns {Affine}
 */
export function mapOf(grip, box, from, to) {
  const by = { x: to.x - from.x, y: to.y - from.y };
  if (grip.kind === "inside") return straightened(by, to.shift);
  if (grip.kind === "knob") return turning(middleOf(box), from, to);
  const { at } = grip;
  const about = to.alt ? middleOf(box) : grip.opposite;
  const across = share(at.x + by.x - about.x, at.x - about.x);
  const down = share(at.y + by.y - about.y, at.y - about.y);
  if (grip.kind === "side") return enlarged(across, down, about);
  const both = Math.max(across, down);
  return enlarged(both, both, about);
}

/**
 * Return what moves by so much; straight across or down, if it is to be.
 * @param {Place} by
 * @param {boolean} [isStraight]
 */
function straightened({ x, y }, isStraight) {
  if (!isStraight) return shifted(x, y);
  return Math.abs(x) > Math.abs(y) ? shifted(x, 0) : shifted(0, y);
}

/**
 * Return how many times as long a side gets; one that is not pulled stays as it is.
 * @param {number} length
 * @param {number} before
 */
function share(length, before) {
  return before === 0 ? 1 : Math.max(SMALLEST, length / before);
}

/**
 * @param {Place} middle
 * @param {Place} from
 * @param {Touch} to
 */
function turning(middle, from, to) {
  const angleOf = (/** @type {Place} */ one) => Math.atan2(one.y - middle.y, one.x - middle.x);
  const by = angleOf(to) - angleOf(from);
  return turned(to.shift ? Math.round(by / STEP) * STEP : by, middle);
}

/**
 * @param {Studio} studio
 * @param {Touch} from
 * @returns {Hand}
 */
function framing({ selection, scale }, from) {
  /** @type {Touch} */
  let to = from;
  return {
    draw: (touches) => {
      to = touches[touches.length - 1];
      selection.frame = between(from, to);
    },
    end: () => {
      selection.frame = null;
      const span = Math.hypot(to.x - from.x, to.y - from.y) * scale;
      if (span >= LEAST) selection.chooseWithin(between(from, to), to.shift);
      else if (to.shift) selection.toggleAt(to);
      else selection.chooseAt(to);
    },
    giveUp: () => {
      selection.frame = null;
    },
  };
}

/**
 * @param {Studio} studio
 * @param {Touch} from
 * @returns {Hand}
 */
function circling({ selection, scale }, from) {
  /** @type {Place[]} */
  const line = [from];
  let span = 0;
  return {
    draw: (touches) => {
      line.push(...touches);
      const [last] = touches.slice(-1);
      span = Math.max(span, Math.hypot(last.x - from.x, last.y - from.y) * scale);
      selection.line = line;
    },
    end: () => {
      selection.line = null;
      if (span >= LEAST) selection.chooseInside(line, from.shift);
      else if (from.shift) selection.toggleAt(from);
      else selection.chooseAt(from);
    },
    giveUp: () => {
      selection.line = null;
    },
  };
}

/**
 * @param {Place} a
 * @param {Place} b
 * @returns {Box}
 */
function between(a, b) {
  return {
    left: Math.min(a.x, b.x),
    top: Math.min(a.y, b.y),
    right: Math.max(a.x, b.x),
    bottom: Math.max(a.y, b.y),
  };
}
