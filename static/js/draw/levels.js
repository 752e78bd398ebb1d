/**
 * The layers, the uppermost first: which one is drawn on, how each stands, and in which order.
 *
 * @import { Blend, Properties } from "../engine/ops.js"
 * @import { Replica } from "../engine/replica.js"
 * @import { Level } from "../engine/stack.js"
 * @import { Brushes } from "./brushes.js"
 * @import { Names } from "./names.js"
 * @import { Session } from "./session.js"
 * @import { Said } from "./stacking.js"
 * @typedef {{session: Session, replica: Replica, names: Names, brushes: Brushes}} Ties
 * @typedef {{list: HTMLElement, add: HTMLButtonElement, remove: HTMLButtonElement, name: HTMLInputElement,
 *   opacity: HTMLInputElement, opacityShown: HTMLElement, blend: HTMLSelectElement, icons: string}} Parts
 */

import { FULL_ALPHA, layer } from "../engine/ops.js";
import { icon, make } from "./dom.js";
import { added, nearest, raised } from "./stacking.js";
import * as words from "./words.js";

const END = 100; // of the slider

export class Levels {
  #ties;
  #parts;

  /**
   * @param {Ties} ties
   * @param {Parts} parts
   */
  constructor(ties, parts) {
    this.#ties = ties;
    this.#parts = parts;
    this.#listen();
    ties.session.on("change", ({ layers }) => layers && this.#show());
    ties.brushes.on("layer", () => this.#show());
    this.#show();
  }

  #listen() {
    const { add, remove, name, opacity, blend } = this.#parts;
    add.addEventListener("click", () => this.#add());
    remove.addEventListener("click", () => this.#say({ deleted: true }));
    name.addEventListener("change", () => this.#say({ name: name.value.trim() }));
    opacity.addEventListener("change", () => {
      this.#say({ opacity: Math.round((opacity.valueAsNumber / END) * FULL_ALPHA) });
    });
    opacity.addEventListener("input", () => this.#showOpacity());
    blend.addEventListener("change", () =>
      this.#say({ blend: /** @type {Blend} */ (blend.value) }),
    );
  }

  #add() {
    const { replica, brushes } = this.#ties;
    const said = added(replica.scene, brushes.layer);
    this.#propose(said);
    if (said) brushes.layer = said.number;
  }

  /**
   * Say something of the layer that is drawn on.
   * @param {Partial<Properties>} properties
   */
  #say(properties) {
    this.#propose({ number: this.#ties.brushes.layer, properties });
  }

  /** @param {Said | null} said */
  #propose(said) {
    const { session, names } = this.#ties;
    if (said) session.propose(layer(names.next(), said.number, said.properties));
  }

  #show() {
    const { replica, brushes } = this.#ties;
    const stack = replica.scene.stack();
    const layer = nearest(stack, brushes.layer);
    // Comes back here with the layer there is.
    if (layer !== brushes.layer) return this.#choose(layer);
    const focused = this.#focused;
    this.#parts.list.replaceChildren(...stack.map((level) => this.#row(level, stack)).reverse());
    if (focused) document.getElementById(focused)?.focus();
    this.#showChosen(replica.scene.level(layer), stack.length);
  }

  /** The id of the button in the list that has the focus: it is there again in the new list. */
  get #focused() {
    const { activeElement } = document;
    return this.#parts.list.contains(activeElement) ? activeElement?.id : null;
  }

  /** @param {number} number */
  #choose(number) {
    this.#ties.brushes.layer = number;
  }

  /**
   * @param {Level} level
   * @param {number} count how many layers there are
   */
  #showChosen(level, count) {
    const { name, opacity, blend, remove } = this.#parts;
    if (document.activeElement !== name) name.value = words.layerName(level);
    opacity.value = String(Math.round((level.opacity / FULL_ALPHA) * END));
    blend.value = level.blend;
    remove.disabled = count === 1;
    this.#showOpacity();
  }

  #showOpacity() {
    const { opacity, opacityShown } = this.#parts;
    opacityShown.textContent = words.percent(opacity.valueAsNumber / END);
  }

  /**
   * @param {Level} level
   * @param {readonly Level[]} stack
   */
  #row(level, stack) {
    const named = words.layerName(level);
    const name = make("button", { type: "button", className: "quiet level-name" }, [named]);
    name.id = `level-${level.number}`;
    name.setAttribute("aria-pressed", String(level.number === this.#ties.brushes.layer));
    name.addEventListener("click", () => this.#choose(level.number));
    const row = make("li", { className: "level" }, [name, ...this.#buttons(level, stack, named)]);
    row.toggleAttribute("data-hidden", level.hidden);
    return row;
  }

  /**
   * @param {Level} level
   * @param {readonly Level[]} stack
   * @param {string} named
   */
  #buttons({ number, hidden, locked }, stack, named) {
    /** @type {[name: string, icon: string, said: Said | null, pressed?: boolean][]} */
    const all = [
      ["up", "up", raised(stack, number, 1)],
      ["down", "down", raised(stack, number, -1)],
      ["hide", hidden ? "unseen" : "seen", { number, properties: { hidden: !hidden } }, hidden],
      ["lock", locked ? "locked" : "open", { number, properties: { locked: !locked } }, locked],
    ];
    return all.map(([act, shown, said, pressed]) => {
      const button = make("button", { type: "button", className: "quiet tool" });
      button.append(icon(this.#parts.icons, shown));
      button.id = `level-${number}-${act}`;
      button.ariaLabel = words.layerActs[act](named);
      button.disabled = said === null;
      if (pressed !== undefined) button.setAttribute("aria-pressed", String(pressed));
      button.addEventListener("click", () => this.#propose(said));
      return button;
    });
  }
}
