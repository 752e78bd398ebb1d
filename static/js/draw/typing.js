/**
 * Where a text is written: the page's text field, unseen, takes the keys; caret and choice are shown on the paper.
 *
 * @import { TypeCase } from "./typecase.js"
 * @import { Place } from "./view.js"
 * @import { Workspace } from "./workspace.js"
 * @import { Written } from "./written.js"
 * @typedef {{box: HTMLElement, chosen: HTMLElement, caret: HTMLElement, field: HTMLTextAreaElement}} Parts
 * @typedef {{write: (letters: string) => void, end: () => void}} Heard
 */

import { POINT_UNIT } from "../engine/geometry.js";
import { carets } from "../engine/lettering.js";
import { ONE, scale } from "../engine/matrix.js";
import { legible } from "../engine/rules.js";
import { IN_TOOLBAR, make } from "./dom.js";

const ABOVE = 0.97; // em a line reaches above its baseline; it is 1.21 em high
const LINE = 1.21;
const MIDDLE = 0.36; // em from the baseline to the middle of its letters
const FIRST_THE_ROW = 10_000; // how much more a place above counts than one beside
const MARGIN = 0.4; // em around a text that still count as in it

export class Typing {
  #parts;
  #workspace;
  #type;
  /** @type {Heard | null} */
  #heard = null;
  /** @type {Written | null} */
  #draft = null;
  /** @type {Element | null} what had the focus before */
  #from = null;
  #anchor = 0; // where a choice began

  /**
   * @param {Parts} parts
   * @param {Workspace} workspace
   * @param {TypeCase} type
   */
  constructor(parts, workspace, type) {
    this.#parts = parts;
    this.#workspace = workspace;
    this.#type = type;
    const { field } = parts;
    field.addEventListener("input", () => this.#write());
    field.addEventListener("keydown", (event) => this.#press(event));
    addEventListener("keydown", (event) => this.#takeKey(event), true);
    document.addEventListener("selectionchange", () => this.#show());
    for (const name of ["focus", "blur"]) field.addEventListener(name, () => this.#show());
    workspace.on("change", () => this.#show());
    type.on("come", () => {
      this.#followCaret();
      this.#show();
    });
  }

  /**
   * Begin to write a text.
   * @param {Written} draft
   * @param {Heard} heard
   */
  begin(draft, heard) {
    this.#type.ask();
    this.#draft = draft;
    this.#heard = heard;
    this.#parts.box.hidden = false;
    this.#parts.field.value = draft.letters;
    this.#parts.field.setSelectionRange(draft.letters.length, draft.letters.length);
    this.#show();
  }

  /** Take the keys. */
  focus() {
    const { activeElement } = document;
    if (activeElement !== this.#parts.field) this.#from = activeElement;
    this.#parts.field.focus({ preventScroll: true });
    this.#show();
  }

  end() {
    this.#draft = null;
    this.#heard = null;
    const hadFocus = document.activeElement === this.#parts.field;
    this.#parts.field.blur();
    this.#parts.box.hidden = true;
    if (hadFocus && this.#from instanceof HTMLElement) this.#from.focus();
  }

  /**
   * Say whether a place on the paper is in the text.
   * @param {Place} place
   */
  isAt(place) {
    const { x, y } = this.#within(place);
    const { width, height, em } = this.#extent;
    const far = MARGIN * em;
    return (
      x >= -far && x <= width + far && y >= -ABOVE * em - far && y <= height - ABOVE * em + far
    );
  }

  /**
   * Choose the letters between two places.
   * @param {Place} from
   * @param {Place} to
   */
  choose(from, to) {
    this.#anchor = this.#indexAt(from);
    this.#chooseTo(this.#indexAt(to));
  }

  /**
   * Choose on to a place.
   * @param {Place} to
   */
  stretch(to) {
    this.#chooseTo(this.#indexAt(to));
  }

  /** @param {number} index */
  #chooseTo(index) {
    const [start, end] = [Math.min(this.#anchor, index), Math.max(this.#anchor, index)];
    const way = index < this.#anchor ? "backward" : "forward";
    this.#parts.field.setSelectionRange(start, end, way);
    this.#show();
  }

  #write() {
    const letters = legible(this.#parts.field.value);
    this.#heard?.write(letters);
    this.#followCaret();
    this.#type.check(letters.normalize("NFC")); // as it will be kept
    this.#show();
  }

  /** Have what is written be seen, however long it gets and however near one looks. */
  #followCaret() {
    const at = this.#carets[this.#parts.field.selectionEnd];
    if (at === undefined) return;
    const below = (LINE - ABOVE) * this.#extent.em;
    this.#workspace.bringIntoSight(this.#onPaper({ x: at.x, y: at.y + below }));
  }

  /**
   * Have letters come into the text though something else was clicked meanwhile, such as a colour for it.
   * @param {KeyboardEvent} event
   */
  #takeKey(event) {
    if (this.#draft === null || !writes(event) || !isFree(event)) return;
    event.stopPropagation(); // not to be a shortcut
    this.focus();
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    event.stopPropagation();
    const isDone = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (event.isComposing || !(isDone || event.key === "Escape")) return;
    event.preventDefault();
    this.#heard?.end();
  }

  #show() {
    const draft = this.#draft;
    if (draft === null) return;
    const { width, height, em } = this.#extent;
    const { style } = this.#parts.box;
    const factors = draft.style.matrix.slice(0, 4).map((one) => one / ONE);
    const [, , , , x, y] = draft.style.matrix;
    const [e, f] = [x / POINT_UNIT, y / POINT_UNIT];
    style.transform = `${this.#workspace.transform} matrix(${[...factors, e, f].join(",")})`;
    style.setProperty("--em", `${em}px`);
    style.setProperty("--length", `${Math.max(width, em / 4)}px`);
    style.setProperty("--height", `${height}px`);
    const fine = 1 / (this.#workspace.scale * scale(draft.style.matrix)); // a px of the screen
    style.setProperty("--fine", String(fine));
    this.#showChoice();
  }

  #showChoice() {
    const { field, caret, chosen } = this.#parts;
    const { selectionStart: start, selectionEnd: end } = field;
    const at = this.#carets[field.selectionDirection === "backward" ? start : end];
    caret.hidden = document.activeElement !== field || at === undefined;
    if (at) caret.style.transform = `translate(${at.x}px, ${at.y}px)`;
    chosen.replaceChildren(...this.#rows(start, end).map(bar));
  }

  /**
   * Return from where to where each line is chosen.
   * @param {number} start
   * @param {number} end
   */
  #rows(start, end) {
    /** @type {Map<number, {from: number, to: number, y: number}>} */
    const rows = new Map();
    if (start === end) return [];
    for (const { x, y } of this.#carets.slice(start, end + 1)) {
      const row = rows.get(y);
      rows.set(y, { from: row?.from ?? x, to: x, y });
    }
    return [...rows.values()];
  }

  get #carets() {
    const { typeface } = this.#type;
    return this.#draft && typeface ? carets(this.#draft.toOp(), typeface) : [];
  }

  /** How much room the text takes before its matrix, in px. */
  get #extent() {
    const em = (this.#draft?.style.size ?? 0) / POINT_UNIT;
    const width = Math.max(0, ...this.#carets.map(({ x }) => x));
    const rows = (this.#draft?.letters ?? "").split("\n").length;
    return { em, width, height: rows * LINE * em };
  }

  /**
   * Return the letter nearest to a place.
   * @param {Place} place
   */
  #indexAt(place) {
    const { x, y } = this.#within(place);
    const { em } = this.#extent;
    const far = this.#carets.map(
      (one) => FIRST_THE_ROW * Math.abs(one.y - em * MIDDLE - y) + Math.abs(one.x - x),
    );
    return Math.max(0, far.indexOf(Math.min(...far)));
  }

  /**
   * Return where on the paper the text's matrix takes a place.
   * @param {Place} place
   */
  #onPaper({ x, y }) {
    const [a, b, c, d, e, f] = this.#matrix;
    return {
      x: (a * x + c * y) / ONE + e / POINT_UNIT,
      y: (b * x + d * y) / ONE + f / POINT_UNIT,
    };
  }

  get #matrix() {
    return this.#draft?.style.matrix ?? [ONE, 0, 0, ONE, 0, 0];
  }

  /**
   * Return a place on the paper as the text's matrix takes it.
   * @param {Place} place
   */
  #within({ x, y }) {
    const [a, b, c, d, e, f] = this.#matrix;
    const [dx, dy] = [x - e / POINT_UNIT, y - f / POINT_UNIT];
    const size = (a * d - b * c) / ONE;
    return { x: (d * dx - c * dy) / size, y: (a * dy - b * dx) / size };
  }
}

/**
 * Say whether a key writes or takes away a letter.
 * @param {KeyboardEvent} event
 */
function writes({ key, ctrlKey, metaKey }) {
  return ([...key].length === 1 || key === "Backspace") && !ctrlKey && !metaKey;
}

/**
 * Say whether nothing else on the page has a use for a key.
 * @param {KeyboardEvent} event
 */
function isFree({ target, key }) {
  if (target === document.body) return document.querySelector("dialog[open]") === null;
  return key !== " " && target instanceof Element && target.matches(IN_TOOLBAR);
}

/** @param {{from: number, to: number, y: number}} row */
function bar({ from, to, y }) {
  const made = make("div", { className: "chosen-letters" });
  made.style.transform = `translate(${from}px, ${y}px)`;
  made.style.width = `${Math.max(1, to - from)}px`;
  return made;
}
