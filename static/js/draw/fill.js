/**
 * The fill: pours colour over all that looks alike around a touch.
 *
 * @import { Touch } from "./draft.js"
 * @import { Hand, Studio } from "./tools.js"
 */

/**
 * Fill where the pen is lifted.
 * @param {Studio} studio
 * @param {Touch} touch
 * @returns {Hand}
 */
export function fill({ pouring, brushes }, touch) {
  let at = touch;
  return {
    draw: (touches) => {
      at = touches[touches.length - 1];
    },
    end: () => {
      pouring.pour(at, brushes.fillStyle(), brushes.mirror);
      brushes.use();
    },
    giveUp: () => {},
  };
}
