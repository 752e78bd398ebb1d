/**
 * Width by speed: a slow hand presses, a fast one does not. For mice and fingers, which tell no pressure.
 *
 * @import { Touch } from "./draft.js"
 */

const FAST = 2.5; // CSS px a ms: as light as it gets
const [LIGHT, HEAVY] = [0.15, 0.9];
const FIRST = 0.5; // pressure before there is a speed
const LAG = 40; // ms: how slowly the width follows

/**
 * Return what gives the touches of one stroke their pressure.
 * @param {Touch} first
 * @param {number} scale how many CSS px a paper px takes
 * @returns {(touch: Touch) => Touch}
 */
export function paced(first, scale) {
  let last = { ...first, pressure: FIRST };
  return (touch) => {
    const passed = (touch.time ?? 0) - (last.time ?? 0);
    if (passed <= 0) return { ...touch, pressure: last.pressure };
    const speed = (Math.hypot(touch.x - last.x, touch.y - last.y) * scale) / passed;
    const wanted = HEAVY - (HEAVY - LIGHT) * Math.min(1, speed / FAST);
    const pressure = last.pressure + (wanted - last.pressure) * (1 - Math.exp(-passed / LAG));
    last = { ...touch, pressure };
    return last;
  };
}
