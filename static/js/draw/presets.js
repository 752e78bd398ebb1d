/**
 * Brushes kept ready: a tool with its size, its strength and its colour.
 *
 * @import { Brushes, Preset } from "./brushes.js"
 */

import { byId, make } from "./dom.js";
import * as words from "./words.js";

const LARGEST = 26; // CSS px of a dot that shows a brush

export class Presets {
  #brushes;
  #list = byId("presets");
  #keep = byId("preset-keep", HTMLButtonElement);
  #forget = byId("preset-forget", HTMLButtonElement);

  /** @param {Brushes} brushes */
  constructor(brushes) {
    this.#brushes = brushes;
    this.#keep.addEventListener("click", () => brushes.keepPreset());
    this.#forget.addEventListener("click", () => brushes.forgetPreset());
    brushes.on("change", () => this.#show());
    this.#show();
  }

  #show() {
    const { presets, preset } = this.#brushes;
    const buttons = presets.map((one) => this.#button(one, one === preset));
    const focused = [...this.#list.querySelectorAll("button")].findIndex((one) =>
      one.matches(":focus"),
    );
    this.#list.replaceChildren(...buttons);
    buttons[focused]?.focus();
    this.#keep.disabled = !this.#brushes.mayKeepPreset;
    this.#forget.disabled = preset === null;
  }

  /**
   * @param {Preset} preset
   * @param {boolean} isTaken
   */
  #button(preset, isTaken) {
    const dot = make("span", { className: "preset-dot" });
    const size = Math.min(LARGEST, 3 + preset.width / 2);
    dot.style.width = dot.style.height = `${size}px`;
    dot.style.background = preset.colour;
    dot.style.opacity = String(preset.alpha / 255);
    const named = words.preset(preset);
    const button = make("button", { type: "button", className: "quiet preset", ariaLabel: named });
    button.append(dot);
    button.dataset.tip = named;
    button.setAttribute("aria-pressed", String(isTaken));
    button.addEventListener("click", () => this.#brushes.takePreset(preset));
    return button;
  }
}
