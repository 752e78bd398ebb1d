/**
 * What a tool does that the gestures themselves do already, as the hand that moves the paper.
 *
 * @import { Hand } from "./tools.js"
 */

/** @returns {Hand} */
export function nothing() {
  return { draw: () => {}, end: () => {}, giveUp: () => {} };
}
