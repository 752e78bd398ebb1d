/**
 * Shows what is chosen: a frame around it with its grips, and what can be done to it.
 *
 * @import { Brushes } from "./brushes.js"
 * @import { Selection } from "./selection.js"
 * @import { Workspace } from "./workspace.js"
 * @import { Place } from "./view.js"
 */

import { mapped, STILL } from "./affine.js";
import { byId } from "./dom.js";
import { cornersOf, knob, sidesOf } from "./grips.js";

/**
 * Keep the frame around what is chosen, wherever the paper lies.
 * @param {Selection} selection
 * @param {Workspace} workspace
 * @param {Brushes} brushes
 */
export function showSelection(selection, workspace, brushes) {
  const frame = document.querySelector("#frame");
  const update = () => {
    const { box, frame: drawn, line, map } = selection;
    const around = drawn ?? box;
    frame?.toggleAttribute("hidden", around === null && line === null);
    const onScreen = (/** @type {Place} */ place) =>
      workspace.toScreen(mapped(map ?? STILL, place));
    show(".frame-edge", around && !line ? cornersOf(around).map(onScreen) : []);
    show(
      ".frame-line",
      (line ?? []).map((place) => workspace.toScreen(place)),
    );
    const hasGrips = box !== null && drawn === null && line === null;
    const grips = hasGrips ? [...cornersOf(box), knob(box, workspace.scale)] : [];
    const sides = hasGrips ? sidesOf(box, workspace.scale).map(({ at }) => at) : [];
    showGrips([...grips, ...sides].map(onScreen));
    showActs(selection.isEmpty, brushes.tool);
  };
  selection.on("change", update);
  workspace.on("change", update);
  brushes.on("change", update);
}

/**
 * Show what can be done now: with what is selected, or, with nothing selected, pasting. What cannot be done keeps its place,
 * so that nothing moves under a finger.
 * @param {boolean} isEmpty
 * @param {string} tool
 */
function showActs(isEmpty, tool) {
  const isChoosing = tool === "select" || tool === "lasso";
  byId("chosen-acts").hidden = isEmpty && !isChoosing;
  for (const act of ["clip", "copy", "across", "down", "remove"])
    byId(`chosen-${act}`, HTMLButtonElement).disabled = isEmpty;
}

/**
 * @param {string} line
 * @param {readonly Place[]} places on the screen
 */
function show(line, places) {
  const points = places.map(({ x, y }) => `${x},${y}`).join(" ");
  for (const one of document.querySelectorAll(line)) one.setAttribute("points", points);
}

/** @param {readonly Place[]} places on the screen: the corners, the knob, those at the sides */
function showGrips(places) {
  const grips = document.querySelectorAll("#frame .grip");
  for (const [i, grip] of grips.entries()) {
    grip.toggleAttribute("hidden", places[i] === undefined);
    if (places[i]) grip.setAttribute("transform", `translate(${places[i].x} ${places[i].y})`);
  }
  const [upperLeft, upperRight, , , top] = places;
  const middle = upperLeft && {
    x: (upperLeft.x + upperRight.x) / 2,
    y: (upperLeft.y + upperRight.y) / 2,
  };
  show(".frame-stem", middle ? [middle, top] : []);
}
