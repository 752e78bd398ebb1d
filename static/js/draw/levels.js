/**
 * The layers, the uppermost first: which one is drawn on, how each stands, and in which order.
 *
 * @import { Blend, Op, Properties } from "../engine/ops.js"
 * @import { Replica } from "../engine/replica.js"
 * @import { Level } from "../engine/stack.js"
 * @import { Brushes } from "./brushes.js"
 * @import { Names } from "./names.js"
 * @import { Session } from "./session.js"
 * @import { RowActs } from "./levelrow.js"
 * @import { Said } from "./stacking.js"
 * @import { Notices } from "./notices.js"
 * @import { Outlet } from "./outlet.js"
 * @import { Painter } from "./painter.js"
 * @import { Thumbs } from "./thumbs.js"
 * @typedef {{session: Session, replica: Replica, names: Names, brushes: Brushes, notices: Notices,
 *   outlet: Outlet, painter: Pick<Painter, "fade">, thumbs: Thumbs}} Ties
 * @typedef {{list: HTMLElement, name: HTMLInputElement, opacity: HTMLInputElement, opacityShown: HTMLElement,
 *   blend: HTMLSelectElement, icons: string}} Parts
 * @typedef {Record<"add" | "copy" | "merge" | "up" | "down" | "remove", HTMLButtonElement>} Buttons
 */

import { FULL_ALPHA, layer } from "../engine/ops.js";
import { duplicated, merged, NOT_ALIKE, TOO_MANY } from "./copying.js";
import { arrange } from "./dom.js";
import { LevelRow } from "./levelrow.js";
import { added, moved, nearest, raised } from "./stacking.js";
import * as words from "./words.js";

const END = 100; // of the slider

export class Levels {
  #ties;
  #parts;
  #buttons;
  /** @type {Map<number, LevelRow>} by layer */
  #rows = new Map();
  #named = -1; // the layer whose name is in the field
  /** @type {{id: string, layer: number} | null} the layer whose opacity is being chosen, and the op that will be */
  #fading = null;

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
    name.addEventListener("change", () => this.#rename(name.value.trim()));
    name.addEventListener("blur", () => this.#show()); // what has no name is called by its number
    opacity.addEventListener("input", () => this.#fade());
    opacity.addEventListener("change", () => this.#endFading());
    blend.addEventListener("change", () =>
      this.#say({ blend: /** @type {Blend} */ (blend.value) }),
    );
  }

  /** @param {string} name */
  #rename(name) {
    const { replica, brushes } = this.#ties;
    if (name !== replica.scene.level(brushes.layer).name) this.#say({ name });
  }

  /** Show the layer as it would be with the opacity that is being chosen, here and to the others. */
  #fade() {
    const { painter, brushes, names, outlet } = this.#ties;
    this.#fading ??= { id: names.next(), layer: brushes.layer };
    const { id, layer } = this.#fading;
    if (layer !== brushes.layer) return;
    painter.fade({ number: layer, opacity: this.#opacity });
    this.#showOpacity();
    if (outlet.isBusyBeside(this.#fading)) return;
    outlet.sketch(this.#fading, () => ({ type: "fade", id, layer, opacity: this.#opacity }));
  }

  #endFading() {
    const { painter, brushes, names, outlet } = this.#ties;
    const fading = this.#fading ?? { id: names.next(), layer: brushes.layer };
    this.#fading = null;
    painter.fade(null);
    // Somebody may have deleted it meanwhile.
    const isThere = fading.layer === brushes.layer;
    if (isThere)
      this.#ties.session.propose(layer(fading.id, fading.layer, { opacity: this.#opacity }));
    else this.#show();
    outlet.end(fading, isThere ? [] : [fading.id]);
  }

  /** The opacity on the slider. */
  get #opacity() {
    return Math.round((this.#parts.opacity.valueAsNumber / END) * FULL_ALPHA);
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
    const { replica, brushes, notices } = this.#ties;
    const said = added(replica.scene, brushes.layer);
    this.#propose(said);
    if (said) brushes.layer = said.number;
    else notices.tell(words.layersAllUsed);
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
    for (const level of stack) this.#rowOf(level.number).show(level, level.number === layer);
    const rows = stack.map(({ number }) => this.#rowOf(number).element);
    arrange(this.#parts.list, rows.reverse());
    this.#ties.thumbs.update();
    this.#showChosen(replica.scene.level(layer), stack.length);
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
    if (document.activeElement !== name || this.#named !== level.number) name.value = named;
    this.#named = level.number;
    if (this.#fading === null)
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

  /** @param {number} number */
  #rowOf(number) {
    const known = this.#rows.get(number);
    if (known) return known;
    const look = { icons: this.#parts.icons, thumb: this.#ties.thumbs.of(number) };
    const row = new LevelRow(number, look, this.#acts);
    this.#rows.set(number, row);
    return row;
  }

  /** @returns {RowActs} */
  get #acts() {
    return {
      choose: (number) => this.#choose(number),
      say: (said) => this.#propose(said),
      bring: (number, place) => this.#bring(number, this.#stack.length - 1 - place),
      raise: (number, by) => this.#raise(number, by),
    };
  }

  get #stack() {
    return this.#ties.replica.scene.stack();
  }

  /**
   * Bring a layer one place higher, or lower.
   * @param {number} number
   * @param {1 | -1} by
   */
  #raise(number, by) {
    const place = this.#stack.findIndex((one) => one.number === number);
    if (this.#stack[place + by]) this.#bring(number, place + by);
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
}
