/**
 * How far a pen leans, where it tells: a pencil laid on its side shades, broad and light.
 *
 * A stroke is as broad as its pencil leant when it was put down; a point tells of no more than pressure.
 *
 * @import { Style } from "../engine/ops.js"
 */

import { MOST_WIDTH } from "../engine/ops.js";

const RIGHT = Math.PI / 2;
const UPRIGHT = 0.7; // radians: a hand that writes leans its pen about as far
const FLAT = 1.2; // and no pen leans further than this on glass, for the hand lies there
const BROADER = 5; // how many times, when flat
const LIGHTER = 0.45; // of the strength

/**
 * Return how far the pen of an event leans, in radians: upright it is 0, as for whatever is no pen.
 * @param {Pick<PointerEvent, "pointerType" | "tiltX" | "tiltY"> & Partial<Pick<PointerEvent, "altitudeAngle">>} event
 */
export function leanOf({ pointerType, altitudeAngle, tiltX, tiltY }) {
  if (pointerType !== "pen") return 0;
  if (altitudeAngle !== undefined) return RIGHT - altitudeAngle;
  return Math.atan(Math.hypot(slope(tiltX), slope(tiltY)));
}

/**
 * Return how a stroke looks whose pen leans so far.
 * @param {Style} style
 * @param {number} lean radians
 * @returns {Style}
 */
export function leant(style, lean) {
  const share = Math.min(1, Math.max(0, (lean - UPRIGHT) / (FLAT - UPRIGHT)));
  if (style.brush !== "pencil" || share === 0) return style;
  const width = Math.round(style.width * (1 + (BROADER - 1) * share));
  const alpha = Math.max(1, Math.round(style.alpha * (1 - LIGHTER * share)));
  return { ...style, width: Math.min(MOST_WIDTH, width), alpha };
}

/** @param {number} degrees */
function slope(degrees) {
  return Math.tan((degrees * Math.PI) / 180);
}
