/**
 * Choosing: a frame around marks chooses them, a touch the uppermost; what is chosen is dragged elsewhere.
 *
 * @import { Box } from "../engine/geometry.js"
 * @import { Touch } from "./draft.js"
 * @import { Hand, Studio } from "./tools.js"
 * @import { Place } from "./view.js"
 */

const LEAST = 4; // CSS px between the ends of a frame: less was a touch

/**
 * Begin to choose, or to move what is chosen.
 * @param {Studio} studio
 * @param {Touch} touch
 * @returns {Hand}
 */
export function select(studio, touch) {
  const { box } = studio.selection;
  return box !== null && isIn(touch, box) ? moving(studio, touch, box) : framing(studio, touch);
}

/**
 * @param {Studio} studio
 * @param {Touch} from
 * @param {Box} box
 * @returns {Hand}
 */
function moving({ selection }, from, box) {
  let [dx, dy] = [0, 0];
  return {
    draw: (touches) => {
      const to = touches[touches.length - 1];
      [dx, dy] = [to.x - from.x, to.y - from.y];
      selection.frame = shifted(box, dx, dy);
    },
    end: () => {
      selection.frame = null;
      selection.move(dx, dy);
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

/**
 * @param {Box} box
 * @param {number} dx
 * @param {number} dy
 */
function shifted({ left, top, right, bottom }, dx, dy) {
  return { left: left + dx, top: top + dy, right: right + dx, bottom: bottom + dy };
}

/**
 * @param {Place} place
 * @param {Box} box
 */
function isIn({ x, y }, { left, top, right, bottom }) {
  return x >= left && x <= right && y >= top && y <= bottom;
}
