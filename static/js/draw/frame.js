/**
 * Shows what is chosen: a frame around it, and what can be done to it.
 *
 * @import { Selection } from "./selection.js"
 * @import { Workspace } from "./workspace.js"
 */

import { byId } from "./dom.js";

/**
 * Keep the frame around what is chosen, wherever the paper lies.
 * @param {Selection} selection
 * @param {Workspace} workspace
 */
export function showSelection(selection, workspace) {
  const frame = byId("frame");
  const acts = byId("chosen-acts");
  const update = () => {
    const box = selection.shown;
    acts.hidden = selection.isEmpty;
    frame.hidden = box === null;
    if (box === null) return;
    const from = workspace.toScreen({ x: box.left, y: box.top });
    const to = workspace.toScreen({ x: box.right, y: box.bottom });
    frame.style.transform = `translate(${from.x}px, ${from.y}px)`;
    frame.style.width = `${to.x - from.x}px`;
    frame.style.height = `${to.y - from.y}px`;
  };
  selection.on("change", update);
  workspace.on("change", update);
}
