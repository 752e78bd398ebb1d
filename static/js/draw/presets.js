/**
 * Brushes kept ready: a tool with its size, its strength and its colour.
 *
 * @import { Brush } from "../engine/ops.js"
 * @import { Brushes, Preset } from "./brushes.js"
 */

import { POINT_UNIT } from "../engine/geometry.js";
import { point, stroke } from "../engine/ops.js";
import { paint } from "../engine/render.js";
import { shadeOf } from "./colour.js";
import { byId, make } from "./dom.js";
import { contextOf } from "./layers.js";
import * as words from "./words.js";

// What shows a brush is a stroke of it, in px; a CSS px has two.
const SAMPLE = Object.freeze({ width: 80, height: 52 });
const WIDEST = 40;
const RUBBED = "#c9cdd6"; // what an eraser is shown in
const PALE = 0.85; // of white
const LEAST = 6; // what the finest brush is shown as, and half of any width is added to it
const WAVE = Object.freeze([
  [20, 30, 0.3],
  [30, 20, 0.6],
  [42, 32, 1],
  [54, 32, 0.7],
  [62, 20, 0.25],
]);

export class Presets {
  #brushes;
  #list = byId("presets");
  /** @type {WeakMap<Preset, HTMLCanvasElement>} */
  #samples = new WeakMap();
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
    const named = words.preset(preset);
    const button = make("button", { type: "button", className: "quiet preset", ariaLabel: named });
    button.append(this.#sampleOf(preset));
    button.dataset.tip = named;
    button.setAttribute("aria-pressed", String(isTaken));
    button.addEventListener("click", () => this.#brushes.takePreset(preset));
    return button;
  }

  /** @param {Preset} preset */
  #sampleOf(preset) {
    const sample = this.#samples.get(preset) ?? sampleOf(preset);
    this.#samples.set(preset, sample);
    return sample;
  }
}

/**
 * Return a little stroke such as a brush draws.
 * @param {Preset} preset
 */
function sampleOf({ tool, colour, width, alpha, bySpeed }) {
  const canvas = make("canvas", { ...SAMPLE, className: "preset-sample" });
  const points = WAVE.map(([x, y, pressure]) =>
    point(x * POINT_UNIT, y * POINT_UNIT, Math.round(pressure * 255)),
  );
  const [brush, ink] = tool === "eraser" ? ["pen", RUBBED] : [tool, colour];
  canvas.classList.toggle("pale", isPale(ink));
  const look = {
    brush: /** @type {Brush} */ (brush),
    colour: ink,
    alpha,
    layer: 0,
    pressure: bySpeed,
    points,
  };
  const shown = Math.min(WIDEST, LEAST + width / 2) * POINT_UNIT;
  paint(contextOf(canvas), stroke({ ...look, id: "preset.sample", width: Math.round(shown) }));
  return canvas;
}

/**
 * Say whether a colour is hardly told from white.
 * @param {string} colour
 */
function isPale(colour) {
  const { brightness, saturation } = shadeOf(colour);
  return brightness - saturation > PALE;
}
