/**
 * Whether fingers draw: once a pen has been seen they only move the paper, until told otherwise.
 *
 * @import { Gestures } from "./gestures.js"
 */

import { byId } from "./dom.js";

/**
 * Have the button for it show up when a pen does.
 * @param {HTMLElement} element the workspace
 * @param {Gestures} gestures
 */
export function useFingers(element, gestures) {
  const button = byId("fingers", HTMLButtonElement);
  const update = () => button.setAttribute("aria-pressed", String(!gestures.fingersPan));
  element.addEventListener("pointerdown", ({ pointerType }) => {
    if (pointerType !== "pen" || !button.hidden) return;
    button.hidden = false;
    update();
  });
  button.addEventListener("click", () => {
    gestures.fingersPan = !gestures.fingersPan;
    update();
  });
}
