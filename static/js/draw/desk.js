/**
 * How the desk is set up for this person: cursors, grid, handedness, full screen. Remembered for the next visit.
 *
 * @import { Cursors } from "./cursors.js"
 * @import { Workspace } from "./workspace.js"
 * @typedef {Readonly<{cursors: boolean, grid: boolean, leftHanded: boolean}>} Setting
 */

import { byId, ifThere } from "./dom.js";
import { browserMemory } from "./memory.js";

const NAME = "desk";
/** @type {Setting} */
const FIRST = Object.freeze({ cursors: true, grid: false, leftHanded: false });

/**
 * Have the switches of the desk do what they say.
 * @param {{cursors: Cursors, workspace: Workspace}} desk
 */
export function useDesk({ cursors, workspace }) {
  const memory = browserMemory();
  let setting = recalled(memory.recall(NAME));
  const show = () => {
    cursors.isHidden = !setting.cursors;
    byId("grid-lines").hidden = !setting.grid;
    byId("studio").toggleAttribute("data-left-handed", setting.leftHanded);
    workspace.measure();
  };
  for (const name of /** @type {(keyof Setting)[]} */ (Object.keys(FIRST))) {
    const box = byId(`desk-${name}`, HTMLInputElement);
    box.checked = setting[name];
    box.addEventListener("change", () => {
      setting = { ...setting, [name]: box.checked };
      memory.keep(NAME, setting);
      show();
    });
  }
  show();
  useFullScreen();
}

/**
 * @param {unknown} kept
 * @returns {Setting}
 */
function recalled(kept) {
  const found = { ...FIRST, .../** @type {object} */ (kept) };
  return {
    cursors: found.cursors === true,
    grid: found.grid === true,
    leftHanded: found.leftHanded === true,
  };
}

/** Have the full-screen button there where the browser can do that. */
function useFullScreen() {
  const button = ifThere("full-screen", HTMLButtonElement);
  if (button === null) return;
  button.hidden = !document.fullscreenEnabled;
  document.addEventListener("fullscreenchange", () => {
    button.setAttribute("aria-pressed", String(document.fullscreenElement !== null));
  });
}

/** Go to the full screen, or back. */
export function toggleFullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen();
}
