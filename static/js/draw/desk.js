/**
 * How the desk is set up for this person: cursors, grid, handedness, full screen. Remembered for the next visit.
 *
 * @import { Brushes } from "./brushes.js"
 * @import { Cursors } from "./cursors.js"
 * @import { Mirrored } from "./mirror.js"
 * @import { Workspace } from "./workspace.js"
 * @typedef {Readonly<{cursors: boolean, grid: boolean, rulers: boolean, leftHanded: boolean}>} Setting
 */

import { byId, ifThere } from "./dom.js";
import { browserMemory } from "./memory.js";
import { Rulers } from "./rulers.js";

const NAME = "desk";
/** @type {Setting} */
const FIRST = Object.freeze({ cursors: true, grid: false, rulers: false, leftHanded: false });

/**
 * Have the switches of the desk do what they say.
 * @param {{cursors: Cursors, workspace: Workspace, brushes: Brushes}} desk
 */
export function useDesk({ cursors, workspace, brushes }) {
  const memory = browserMemory();
  const rulers = new Rulers(byId("rulers", HTMLCanvasElement), workspace);
  let setting = recalled(memory.recall(NAME));
  const show = () => {
    cursors.isHidden = !setting.cursors;
    byId("grid-lines").hidden = !setting.grid;
    rulers.isShown = setting.rulers;
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
  useMirror(brushes);
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
    rulers: found.rulers === true,
    leftHanded: found.leftHanded === true,
  };
}

/**
 * Have the choice of a mirror do what it says.
 * @param {Brushes} brushes
 */
function useMirror(brushes) {
  const choice = byId("mirror", HTMLSelectElement);
  choice.addEventListener("change", () => {
    brushes.mirror = /** @type {Mirrored} */ (choice.value);
  });
  brushes.on("change", () => {
    choice.value = brushes.mirror;
    byId("mirror-lines").dataset.mirror = brushes.mirror;
  });
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
