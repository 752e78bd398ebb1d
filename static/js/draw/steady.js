/**
 * A steady hand: what is drawn hangs on the pen by a string, so that small shaking does not reach it.
 *
 * @import { Touch } from "./draft.js"
 */

/**
 * Return what smooths the touches of one stroke.
 * @param {Touch} first
 * @param {number} string px: how far behind the pen it draws
 * @returns {(touch: Touch) => Touch}
 */
export function steadied(first, string) {
  let { x, y } = first;
  return (touch) => {
    const far = Math.hypot(touch.x - x, touch.y - y);
    const share = far > string ? (far - string) / far : 0;
    x += (touch.x - x) * share;
    y += (touch.y - y) * share;
    return { ...touch, x, y };
  };
}
