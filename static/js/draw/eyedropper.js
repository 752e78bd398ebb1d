/**
 * The eyedropper: takes the colour of the paper, and gives the tool back that was in the hand before.
 *
 * @import { Touch } from "./draft.js"
 * @import { Hand, Studio } from "./tools.js"
 */

/**
 * Take colours from pen down to pen up; the last one stays.
 * @param {Studio} studio
 * @param {Touch} touch
 * @returns {Hand}
 */
export function eyedropper({ brushes, colourAt }, touch) {
  /** @param {Touch} at */
  const take = (at) => {
    const colour = colourAt(at);
    if (colour !== null) brushes.colour = colour;
  };
  const before = brushes.colour;
  take(touch);
  return {
    draw: (touches) => take(touches[touches.length - 1]),
    end: () => {
      if (brushes.tool === "eyedropper") brushes.putBack(); // it may be another's for one touch, with alt
    },
    giveUp: () => {
      brushes.colour = before;
    },
  };
}
