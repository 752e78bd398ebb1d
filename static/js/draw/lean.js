/**
 * How far a pen leans, where it tells: a pencil laid on its side shades, broad and pale.
 */

const RIGHT = Math.PI / 2;
const UPRIGHT = 0.7; // radians: a hand that writes leans its pen about as far
const FLAT = 1.2; // and no pen leans further than this on glass, for the hand lies there

/**
 * Return how far the pen of an event leans, 0 to 1: as a hand that writes holds it 0, as is whatever is no pen.
 * @param {Pick<PointerEvent, "pointerType" | "tiltX" | "tiltY"> & Partial<Pick<PointerEvent, "altitudeAngle">>} event
 */
export function leanOf(event) {
  if (event.pointerType !== "pen") return 0;
  return Math.min(1, Math.max(0, (angleOf(event) - UPRIGHT) / (FLAT - UPRIGHT)));
}

/**
 * Return how far from upright a pen is, in radians.
 * @param {Pick<PointerEvent, "tiltX" | "tiltY"> & Partial<Pick<PointerEvent, "altitudeAngle">>} event
 */
function angleOf({ altitudeAngle, tiltX, tiltY }) {
  if (altitudeAngle !== undefined) return RIGHT - altitudeAngle;
  return Math.atan(Math.hypot(slope(tiltX), slope(tiltY)));
}

/** @param {number} degrees */
function slope(degrees) {
  return Math.tan((degrees * Math.PI) / 180);
}
