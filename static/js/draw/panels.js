/** The panels that open over the page: how they close, and where the focus is then. */

import { byId } from "./dom.js";

/** Have every panel of the page close as people expect. */
export function usePanels() {
  closeBehind();
  closeLayersFromWithin();
  for (const panel of document.querySelectorAll("[popover]")) bringFocusBack(panel);
}

export function toggleLayers() {
  byId("layers").togglePopover();
}

export function areLayersOpen() {
  return byId("layers").matches(":popover-open");
}

/** Close a narrow screen's menu behind what was chosen from it. */
function closeBehind() {
  const more = byId("more");
  for (const id of ["image-button", "clear", "layers-button"])
    byId(id).addEventListener("click", () => more.hidePopover());
}

/** Close the layers by Escape from within, too: this panel stays open whatever else is touched. */
function closeLayersFromWithin() {
  const layers = byId("layers");
  layers.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    layers.hidePopover();
  });
}

/**
 * Have focus come back to where it was before a panel opened: a browser sees to that only for the first of several.
 * @param {Element} panel
 */
function bringFocusBack(panel) {
  /** @type {Element | null} */
  let before = null;
  panel.addEventListener("beforetoggle", (event) => {
    const isOpening = /** @type {ToggleEvent} */ (event).newState === "open";
    if (isOpening) before = document.activeElement;
    else if (panel.contains(document.activeElement) && before instanceof HTMLElement)
      before.focus();
  });
}
