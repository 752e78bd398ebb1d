/**
 * The layers, the uppermost first: which one is drawn on, how each stands, and in which order.
 *
 * @import { Blend, Op, Properties } from "../engine/ops.js"
 * @import { Replica } from "../engine/replica.js"
 * @import { Level } from "../engine/stack.js"
 * @import { Brushes } from "./brushes.js"
 * @import { Names } from "./names.js"
 * @import { Session } from "./session.js"
 * @import { Said } from "./stacking.js"
 * @import { Notices } from "./notices.js"
 * @import { Thumbs } from "./thumbs.js"
 * @typedef {{session: Session, replica: Replica, names: Names, brushes: Brushes, notices: Notices,
 *   thumbs: Thumbs}} Ties
 * @typedef {{list: HTMLElement, name: HTMLInputElement, opacity: HTMLInputElement, opacityShown: HTMLElement,
 *   blend: HTMLSelectElement, icons: string}} Parts
 * @typedef {Record<"add" | "copy" | "merge" | "up" | "down" | "remove", HTMLButtonElement>} Buttons
 */

import { FULL_ALPHA, layer } from "../engine/ops.js";
import { duplicated, merged, NOT_ALIKE, TOO_MANY } from "./copying.js";
import { icon, make } from "./dom.js";
import { useHandle } from "./sorting.js";
import { added, moved, nearest, raised } from "./stacking.js";
import * as words from "./words.js";

const END = 100; // of the slider

export class Levels {
  #ties;
  #parts;
  #buttons;

  /**
   * @param {Ties} ties
   * @param {Parts} parts
   * @param {Buttons} buttons for the layer that is drawn on
   */
  constructor(ties, parts, buttons) {
    this.#ties = ties;
    this.#parts = parts;
    this.#buttons = buttons;
    this.#listen();
    this.#listenToButtons();
    ties.session.on("change", ({ layers }) => {
      if (layers) this.#show();
      ties.thumbs.update();
    });
    ties.brushes.on("layer", () => this.#show());
    this.#show();
  }

  #listen() {
    const { name, opacity, blend } = this.#parts;
    name.addEventListener("change", () => this.#say({ name: name.value.trim() }));
    opacity.addEventListener("change", () => {
      this.#say({ opacity: Math.round((opacity.valueAsNumber / END) * FULL_ALPHA) });
    });
    opacity.addEventListener("input", () => this.#showOpacity());
    blend.addEventListener("change", () =>
      this.#say({ blend: /** @type {Blend} */ (blend.value) }),
    );
  }

  #listenToButtons() {
    const { add, copy, merge, up, down, remove } = this.#buttons;
    add.addEventListener("click", () => this.#add());
    remove.addEventListener("click", () => this.#say({ deleted: true }));
    up.addEventListener("click", () => this.#propose(this.#raised(1)));
    down.addEventListener("click", () => this.#propose(this.#raised(-1)));
    copy.addEventListener("click", () => this.#duplicate());
    merge.addEventListener("click", () => this.#merge());
  }

  /** @param {1 | -1} by */
  #raised(by) {
    const { replica, brushes } = this.#ties;
    return raised(replica.scene.stack(), brushes.layer, by);
  }

  async #duplicate() {
    const { session, replica, brushes, names } = this.#ties;
    await session.readPast();
    const { scene } = replica;
    const name = words.layerCopy(words.layerName(scene.level(brushes.layer)));
    const made = duplicated(scene, { number: brushes.layer, name }, names.gesture());
    this.#proposeAll(made);
    if (Array.isArray(made) && made[0].t === "layer") brushes.layer = made[0].layer;
  }

  async #merge() {
    const { session, replica, brushes, names } = this.#ties;
    await session.readPast();
    const stack = replica.scene.stack();
    const place = stack.findIndex(({ number }) => number === brushes.layer);
    const made = merged(replica.scene, brushes.layer, names.gesture());
    if (Array.isArray(made)) this.#choose(stack[place - 1].number);
    this.#proposeAll(made);
  }

  /** @param {Op[] | typeof TOO_MANY | typeof NOT_ALIKE} made ops, or why there are none */
  #proposeAll(made) {
    const { session, notices } = this.#ties;
    if (made === TOO_MANY) notices.tell(words.layerTooFull);
    else if (made === NOT_ALIKE) notices.tell(words.layersNotAlike);
    else for (const op of made) session.propose(op);
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
    this.#ties.thumbs.update();
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
    const { name, opacity, blend } = this.#parts;
    const named = words.layerName(level);
    if (document.activeElement !== name) name.value = named;
    opacity.value = String(Math.round((level.opacity / FULL_ALPHA) * END));
    blend.value = level.blend;
    this.#showButtons(named, count);
    this.#showOpacity();
  }

  /**
   * @param {string} named
   * @param {number} count
   */
  #showButtons(named, count) {
    const { up, down, copy, merge, remove } = this.#buttons;
    for (const [act, button] of Object.entries({ up, down, copy, merge })) {
      button.ariaLabel = words.layerActs[act](named);
    }
    up.disabled = this.#raised(1) === null;
    down.disabled = merge.disabled = this.#raised(-1) === null;
    remove.disabled = count === 1;
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
    const handle = this.#handle(level, stack, named);
    const row = make("li", { className: "level" }, [
      handle,
      this.#name(level, named),
      ...this.#switches(level, named),
    ]);
    useHandle(handle, row, (place) => this.#bring(level.number, stack.length - 1 - place));
    row.toggleAttribute("data-hidden", level.hidden);
    return row;
  }

  /**
   * Bring a layer to a place in the stack.
   * @param {number} number
   * @param {number} place from below
   */
  #bring(number, place) {
    const { replica, session, names } = this.#ties;
    const name = names.gesture();
    const all = moved(replica.scene.stack(), number, place);
    for (const said of all) session.propose(layer(name(), said.number, said.properties));
  }

  /**
   * @param {Level} level
   * @param {readonly Level[]} stack
   * @param {string} named
   */
  #handle({ number }, stack, named) {
    const handle = make("button", { type: "button", className: "quiet level-handle" }, [
      icon(this.#parts.icons, "handle"),
      this.#ties.thumbs.of(number),
    ]);
    handle.id = `level-${number}-handle`;
    handle.ariaLabel = words.layerActs.move(named);
    const place = stack.findIndex((one) => one.number === number);
    handle.addEventListener("keydown", (event) => {
      const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      event.stopPropagation(); // arrows would move the paper
      if (stack[place + by]) this.#bring(number, place + by);
    });
    return handle;
  }

  /**
   * @param {Level} level
   * @param {string} named
   */
  #name({ number }, named) {
    const name = make("button", { type: "button", className: "quiet level-name" }, [named]);
    name.id = `level-${number}`;
    name.setAttribute("aria-pressed", String(number === this.#ties.brushes.layer));
    name.addEventListener("click", () => this.#choose(number));
    return name;
  }

  /**
   * @param {Level} level
   * @param {string} named
   */
  #switches({ number, hidden, locked }, named) {
    /** @type {[name: string, icon: string, said: Said, pressed: boolean][]} */
    const all = [
      ["hide", hidden ? "unseen" : "seen", { number, properties: { hidden: !hidden } }, hidden],
      ["lock", locked ? "locked" : "open", { number, properties: { locked: !locked } }, locked],
    ];
    return all.map(([act, shown, said, pressed]) => {
      const button = make("button", { type: "button", className: "quiet tool" });
      button.append(icon(this.#parts.icons, shown));
      button.id = `level-${number}-${act}`;
      button.ariaLabel = words.layerActs[act](named);
      button.setAttribute("aria-pressed", String(pressed));
      button.addEventListener("click", () => this.#propose(said));
      return button;
    });
  }
}
