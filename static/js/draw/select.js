/**
 * Choosing: a frame or a lasso around marks chooses them, a touch the uppermost; what is chosen is dragged elsewhere,
 * enlarged by its corners, turned by its knob; a text that is touched once more is written anew.
 *
 * @import { Mark } from "../engine/ops.js"
 * @import { Box } from "../engine/geometry.js"
 * @import { Affine } from "./affine.js"
 * @import { Touch } from "./draft.js"
 * @import { Grip } from "./grips.js"
 * @import { Hand, Studio } from "./tools.js"
 * @import { Place } from "./view.js"
 */

import { enlarged, shifted, turned } from "./affine.js";
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
function carrying({ selection, drafts, edit, scale }, from) {
  const { box } = selection;
  const grip = box && gripAt(box, from, scale);
  if (!box || !grip) return null;
  const carried = drafts.carry(selection.marks);
  let to = from;
  return {
    draw: (touches) => {
      to = touches[touches.length - 1];
      selection.map = mapOf(grip, box, from, to);
      carried.to(selection.map);
    },
    end: () => {
      const isTap = Math.hypot(to.x - from.x, to.y - from.y) * scale < LEAST;
      if (!isTap && selection.transform(mapOf(grip, box, from, to), carried.id)) carried.finish();
      else carried.giveUp();
      selection.map = null;
      if (isTap && isOneText(selection.marks)) edit(from);
    },
    giveUp: () => {
      selection.map = null;
      carried.giveUp();
    },
  };
}

/** @param {readonly Mark[]} marks */
function isOneText(marks) {
  return marks.length === 1 && marks[0].t === "text";
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
  if (grip.kind === "inside") return shifted(to.x - from.x, to.y - from.y);
  if (grip.kind === "knob") return turning(middleOf(box), from, to);
  const { at, opposite } = grip;
  const across = share(at.x + to.x - from.x - opposite.x, at.x - opposite.x);
  const down = share(at.y + to.y - from.y - opposite.y, at.y - opposite.y);
  if (to.shift) return enlarged(across, down, opposite);
  const both = Math.max(across, down);
  return enlarged(both, both, opposite);
}

/**
 * @param {number} length
 * @param {number} before
 */
function share(length, before) {
  return Math.max(SMALLEST, length / before);
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
  /** @type {Place} */
  let to = from;
  return {
    draw: (touches) => {
      to = touches[touches.length - 1];
      selection.frame = between(from, to);
    },
    end: () => {
      selection.frame = null;
      const span = Math.hypot(to.x - from.x, to.y - from.y) * scale;
      if (span < LEAST) selection.chooseAt(to);
      else selection.chooseWithin(between(from, to));
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
      if (span < LEAST) selection.chooseAt(from);
      else selection.chooseInside(line);
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
