/**
 * The laser pointer: shows everybody something and leaves no mark.
 *
 * @import { Touch } from "./draft.js"
 * @import { Hand, Studio } from "./tools.js"
 */

/**
 * Shine from pen down to pen up.
 * @param {Studio} studio
 * @param {Touch} touch
 * @returns {Hand}
 */
export function laser({ light }, touch) {
  light.shine([touch]);
  return {
    draw: (touches) => light.shine(touches),
    end: () => light.putOut(),
    giveUp: () => light.putOut(),
  };
}
