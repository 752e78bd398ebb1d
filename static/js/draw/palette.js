/**
 * Colours to pick: a palette, those used last, and any other.
 *
 * @import { Brushes } from "./brushes.js"
 */

import { RECENT } from "./brushes.js";
import { make } from "./dom.js";
import * as words from "./words.js";

/** @type {readonly (readonly [colour: string, name: string])[]} */
const COLOURS = Object.freeze([
  ["#1b2038", words.colours.ink],
  ["#6b7280", words.colours.grey],
  ["#e5484d", words.colours.red],
  ["#f2762e", words.colours.orange],
  ["#f7c948", words.colours.yellow],
  ["#8fc93a", words.colours.lime],
  ["#ffffff", words.colours.white],
  ["#8d5a3b", words.colours.brown],
  ["#2f9e6e", words.colours.green],
  ["#3aa7e0", words.colours.sky],
  ["#2b3dc2", words.colours.blue],
  ["#a445b2", words.colours.violet],
]);

export class Palette {
  #brushes;
  #parts;

  /**
   * @param {Brushes} brushes
   * @param {{palette: HTMLElement, recent: HTMLElement}} parts
   */
  constructor(brushes, parts) {
    this.#brushes = brushes;
    this.#parts = parts;
    parts.palette.append(...COLOURS.map(([colour, name]) => this.#swatch(colour, name)));
    brushes.on("change", () => this.#show());
    this.#show();
  }

  #show() {
    const { colour, recent } = this.#brushes;
    const listed = COLOURS.map(([known]) => known);
    const others = recent.filter((one) => !listed.includes(one));
    const slots = Array.from({ length: RECENT }, (_, i) => this.#slot(others[i]));
    this.#parts.recent.replaceChildren(...slots);
    for (const swatches of [this.#parts.palette, this.#parts.recent]) {
      for (const swatch of swatches.querySelectorAll("[data-colour]")) {
        const isPicked = swatch.getAttribute("data-colour") === colour;
        swatch.setAttribute("aria-pressed", String(isPicked));
      }
    }
  }

  /** @param {string | undefined} colour */
  #slot(colour) {
    return colour ? this.#swatch(colour, colour) : make("span", { className: "swatch empty" });
  }

  /**
   * @param {string} colour
   * @param {string} name
   */
  #swatch(colour, name) {
    const swatch = make("button", { type: "button", className: "swatch", ariaLabel: name });
    swatch.dataset.colour = colour;
    swatch.dataset.tip = name;
    swatch.style.setProperty("--colour", colour);
    swatch.addEventListener("click", () => {
      this.#brushes.colour = colour;
    });
    return swatch;
  }
}
