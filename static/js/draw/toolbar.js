/**
 * The controls for what is in the hand: tool, size, opacity.
 *
 * @import { Brushes, Figured } from "./brushes.js"
 * @import { Ring } from "./ring.js"
 */

import { THINNEST, WIDEST } from "./brushes.js";
import { byId } from "./dom.js";
import { percent, px, ways } from "./words.js";

const END = 100; // of the sliders
const FULL = 255; // alpha

export class Toolbar {
  #brushes;
  #tools = /** @type {NodeListOf<HTMLInputElement>} */ (
    document.querySelectorAll("input[name=tool]")
  );
  #size = byId("size", HTMLInputElement);
  #opacity = byId("opacity", HTMLInputElement);
  #steady = byId("steady", HTMLInputElement);
  #bySpeed = byId("by-speed", HTMLInputElement);
  #figured = /** @type {NodeListOf<HTMLInputElement>} */ (
    document.querySelectorAll("input[name=figured]")
  );

  /**
   * @param {Brushes} brushes
   * @param {Ring} ring shows the size while it is chosen
   */
  constructor(brushes, ring) {
    this.#brushes = brushes;
    this.#listen();
    for (const slider of [this.#size, this.#opacity]) previewWith(slider, ring);
    brushes.on("change", () => this.#show());
    this.#show();
  }

  #listen() {
    const brushes = this.#brushes;
    for (const tool of this.#tools) {
      tool.addEventListener("change", () => {
        brushes.tool = tool.value;
      });
    }
    for (const one of this.#figured) {
      one.addEventListener("change", () => {
        brushes.figured = /** @type {Figured} */ (one.value);
      });
    }
    this.#steady.addEventListener("input", () => {
      brushes.steady = this.#steady.valueAsNumber;
    });
    this.#bySpeed.addEventListener("change", () => {
      brushes.bySpeed = this.#bySpeed.checked;
    });
    this.#size.addEventListener("input", () => {
      brushes.width = widthAt(this.#size.valueAsNumber);
    });
    this.#opacity.addEventListener("input", () => {
      brushes.alpha = (this.#opacity.valueAsNumber / END) * FULL;
    });
  }

  #show() {
    const { tool, alpha, hasAlpha, hasColour } = this.#brushes;
    for (const one of this.#tools) one.checked = one.value === tool;
    this.#showOther(tool);
    this.#showFeel();
    this.#showSize();
    this.#showFill();
    this.#opacity.value = String(Math.round((alpha / FULL) * END));
    byId("opacity-shown").textContent = percent(alpha / FULL);
    byId("opacity-slide").toggleAttribute("data-off", !hasAlpha);
    byId("way").textContent = ways[tool] ?? "";
    byId("colours", HTMLFieldSetElement).disabled = !hasColour;
    this.#showBlob();
  }

  /**
   * Show on the button that opens the other tools, where there is no room, which of them is in the hand.
   * @param {string} tool
   */
  #showOther(tool) {
    const isOther = byId("others").querySelector(`input[value="${tool}"]`) !== null;
    const icon = document.getElementById("others-icon");
    icon?.setAttribute("href", `${icon.dataset.icons}#${isOther ? tool : "shapes"}`);
    byId("others-button").toggleAttribute("data-chosen", isOther);
  }

  #showFeel() {
    const { steady, bySpeed } = this.#brushes;
    this.#steady.value = String(steady);
    byId("steady-shown").textContent = percent(steady / END);
    this.#bySpeed.checked = bySpeed;
  }

  #showSize() {
    const { width, hasWidth } = this.#brushes;
    byId("size-slide").toggleAttribute("data-off", !hasWidth);
    if (!hasWidth) return;
    this.#size.value = String(positionOf(width));
    byId("size-shown").textContent = px(width);
  }

  #showFill() {
    const { figured, second, hasFill } = this.#brushes;
    for (const one of this.#figured) one.checked = one.value === figured;
    byId("second-blob").style.background = second;
    byId("figured", HTMLFieldSetElement).disabled = !hasFill;
  }

  /** Show colour and size on the button that opens them where there is no room. */
  #showBlob() {
    const { colour, alpha, hasColour, width } = this.#brushes;
    const { style } = byId("brush-blob");
    style.background = hasColour ? colour : "#fff";
    style.opacity = String(alpha / FULL);
    style.scale = String(0.35 + 0.65 * (positionOf(Math.max(THINNEST, width)) / END));
  }
}

/**
 * Return the width at a position of the slider; thin brushes have more room on it than wide ones.
 * @param {number} position 0 to END
 */
export function widthAt(position) {
  return Math.round(THINNEST + (WIDEST - THINNEST) * (position / END) ** 2);
}

/**
 * Return the position of a width on the slider.
 * @param {number} width
 */
export function positionOf(width) {
  return Math.round(END * Math.sqrt((width - THINNEST) / (WIDEST - THINNEST)));
}

/**
 * Show the brush while a slider is being moved.
 * @param {HTMLInputElement} slider
 * @param {Ring} ring
 */
function previewWith(slider, ring) {
  slider.addEventListener("input", () => ring.preview());
  for (const end of ["change", "pointerup", "blur"]) {
    slider.addEventListener(end, () => ring.endPreview());
  }
}
