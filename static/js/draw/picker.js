/**
 * Any colour: by hue, saturation and brightness, on a pad or by sliders, or written as hex.
 *
 * @import { Brushes } from "./brushes.js"
 * @import { Shade } from "./colour.js"
 * @typedef {"colour" | "second"} Picked which of the two colours is picked
 */

import { colourIn, colourOf, shadeOf } from "./colour.js";
import { byId } from "./dom.js";
import * as words from "./words.js";

const END = 100; // of the sliders but that of the hue

export class Picker {
  #brushes;
  #panel = byId("picker");
  #pad = byId("pad");
  #hue = byId("hue", HTMLInputElement);
  #saturation = byId("saturation", HTMLInputElement);
  #brightness = byId("brightness", HTMLInputElement);
  #hex = byId("colour", HTMLInputElement);
  /** @type {Picked} */
  #picked = "colour";
  /** @type {Shade} */
  #shade;

  /** @param {Brushes} brushes */
  constructor(brushes) {
    this.#brushes = brushes;
    this.#shade = shadeOf(brushes.colour);
    for (const slider of [this.#hue, this.#saturation, this.#brightness]) {
      slider.addEventListener("input", () => this.#slide());
    }
    this.#hex.addEventListener("input", () => this.#read());
    this.#hex.addEventListener("blur", () => this.#leaveHex());
    this.#listenToPad();
    this.#openBy("any-colour", "colour");
    this.#openBy("second", "second");
    brushes.on("change", () => this.#follow());
    this.#follow();
  }

  /**
   * @param {string} button
   * @param {Picked} picked
   */
  #openBy(button, picked) {
    byId(button).addEventListener("click", () => {
      this.#picked = picked;
      this.#panel.ariaLabel = words.picking[picked];
      byId("picker-title").textContent = words.picking[picked];
      this.#follow();
    });
  }

  #listenToPad() {
    this.#pad.addEventListener("pointerdown", (event) => {
      this.#pad.setPointerCapture(event.pointerId);
      this.#point(event);
    });
    this.#pad.addEventListener("pointermove", (event) => {
      if (this.#pad.hasPointerCapture(event.pointerId)) this.#point(event);
    });
  }

  /** @param {PointerEvent} event */
  #point({ clientX, clientY }) {
    const { left, top, width, height } = this.#pad.getBoundingClientRect();
    const share = (/** @type {number} */ one) => Math.min(1, Math.max(0, one));
    const saturation = share((clientX - left) / width);
    this.#pick({ ...this.#shade, saturation, brightness: 1 - share((clientY - top) / height) });
  }

  #slide() {
    this.#pick({
      hue: this.#hue.valueAsNumber,
      saturation: this.#saturation.valueAsNumber / END,
      brightness: this.#brightness.valueAsNumber / END,
    });
  }

  #read() {
    const colour = colourIn(this.#hex.value);
    this.#hex.setAttribute("aria-invalid", String(colour === null));
    if (colour !== null) this.#pick(shadeOf(colour, this.#shade));
  }

  /** Show the colour there is, whatever was written. */
  #leaveHex() {
    this.#hex.setAttribute("aria-invalid", "false");
    this.#show();
  }

  /** @param {Shade} shade */
  #pick(shade) {
    this.#shade = shade;
    this.#brushes[this.#picked] = colourOf(shade);
    this.#show();
  }

  /** Take in a colour that was picked elsewhere. */
  #follow() {
    const colour = this.#brushes[this.#picked];
    if (colour !== colourOf(this.#shade)) this.#shade = shadeOf(colour, this.#shade);
    this.#show();
  }

  #show() {
    const { hue, saturation, brightness } = this.#shade;
    this.#hue.value = String(Math.round(hue));
    this.#saturation.value = String(Math.round(saturation * END));
    this.#brightness.value = String(Math.round(brightness * END));
    const { style } = this.#panel;
    style.setProperty("--pure", colourOf({ hue, saturation: 1, brightness: 1 }));
    style.setProperty("--picked", colourOf(this.#shade));
    style.setProperty("--right", String(saturation));
    style.setProperty("--down", String(1 - brightness));
    if (document.activeElement !== this.#hex) this.#hex.value = colourOf(this.#shade);
  }
}
