/**
 * A layer in the list: its picture and handle, its name, and what hides and locks it.
 *
 * A row stays the same element whatever becomes of its layer: what is pressed while somebody else changes the layers is
 * still there when it is let go.
 *
 * @import { Level } from "../engine/stack.js"
 * @import { Said } from "./stacking.js"
 * @typedef {object} RowActs what can be done to a layer from its row
 * @property {(number: number) => void} choose
 * @property {(said: Said) => void} say
 * @property {(number: number, place: number) => void} bring to a place counted from above
 * @property {(number: number, by: 1 | -1) => void} raise
 */

import { icon, make } from "./dom.js";
import { useHandle } from "./sorting.js";
import * as words from "./words.js";

export class LevelRow {
  #number;
  #icons;
  #acts;
  #handle;
  #name = make("bdi");
  #choice = make("button", { type: "button", className: "quiet level-name" }, [this.#name]);
  #hide = make("button", { type: "button", className: "quiet tool" });
  #lock = make("button", { type: "button", className: "quiet tool" });

  /**
   * @param {number} number of the layer
   * @param {{icons: string, thumb: HTMLElement}} shown where the icons are, and the layer's picture
   * @param {RowActs} acts
   */
  constructor(number, { icons, thumb }, acts) {
    this.#number = number;
    this.#icons = icons;
    this.#acts = acts;
    this.#handle = make("button", { type: "button", className: "quiet level-handle" }, [
      icon(icons, "handle"),
      thumb,
    ]);
    const parts = [this.#handle, this.#choice, this.#hide, this.#lock];
    this.element = make("li", { className: "level" }, parts);
    this.#listen();
  }

  /**
   * Show the layer as it is now.
   * @param {Level} level
   * @param {boolean} isChosen whether it is the one drawn on
   */
  show(level, isChosen) {
    const named = words.layerName(level);
    this.#name.textContent = named;
    this.#handle.ariaLabel = words.layerActs.move(named);
    this.#choice.setAttribute("aria-pressed", String(isChosen));
    this.#showSwitch(this.#hide, words.layerActs.hide(named), level.hidden, ["seen", "unseen"]);
    this.#showSwitch(this.#lock, words.layerActs.lock(named), level.locked, ["open", "locked"]);
    this.element.toggleAttribute("data-hidden", level.hidden);
  }

  #listen() {
    const { choose, say, bring } = this.#acts;
    const number = this.#number;
    this.#choice.addEventListener("click", () => choose(number));
    this.#hide.addEventListener("click", () =>
      say({ number, properties: { hidden: !isPressed(this.#hide) } }),
    );
    this.#lock.addEventListener("click", () =>
      say({ number, properties: { locked: !isPressed(this.#lock) } }),
    );
    this.#handle.addEventListener("keydown", (event) => this.#press(event));
    useHandle(this.#handle, this.element, (place) => bring(number, place));
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation(); // arrows would move the paper
    this.#acts.raise(this.#number, by > 0 ? 1 : -1);
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {string} label
   * @param {boolean} pressed
   * @param {readonly string[]} icons while it is not pressed, and while it is
   */
  #showSwitch(button, label, pressed, icons) {
    button.ariaLabel = label;
    button.dataset.tip = label;
    if (button.firstChild && isPressed(button) === pressed) return;
    button.setAttribute("aria-pressed", String(pressed));
    button.replaceChildren(icon(this.#icons, icons[Number(pressed)]));
  }
}

/** @param {HTMLElement} button */
function isPressed(button) {
  return button.getAttribute("aria-pressed") === "true";
}
