/**
 * The brush at the pointer, as large as it will draw.
 *
 * @import { Brushes } from "./brushes.js"
 * @import { Place } from "./view.js"
 * @import { Workspace } from "./workspace.js"
 */

import { ink } from "../engine/render.js";

const MOMENT = 900; // ms the brush is shown after it has changed
const SMALLEST = 8; // CSS px: below, the crosshair says enough

export class Ring {
  #element;
  #workspace;
  #brushes;
  /** @type {Place | null} where the pointer is */
  #pointer = null;
  #isOff = false;
  #look = ""; // of the brush, as it was shown last
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {HTMLElement} element
   * @param {Workspace} workspace
   * @param {Brushes} brushes
   */
  constructor(element, workspace, brushes) {
    this.#element = element;
    this.#workspace = workspace;
    this.#brushes = brushes;
    workspace.on("change", () => this.#update());
    brushes.on("change", () => this.#change());
    this.#look = this.#lookNow;
  }

  /**
   * Follow the pointer; null: it has left, or is a finger.
   * @param {Place | null} pointer
   */
  follow(pointer) {
    this.#pointer = pointer;
    this.#update();
  }

  /** @param {boolean} isOff whether the pen is not in the hand */
  set off(isOff) {
    this.#isOff = isOff;
    this.#update();
  }

  /** Show the brush filled in the middle of the paper, as while its size is being chosen. */
  preview() {
    if (!this.#brushes.isRound) return;
    const { innerWidth, innerHeight } = window;
    this.#element.style.background = this.#lookNow.split(" ")[0];
    this.#show({ x: innerWidth / 2, y: innerHeight / 2 });
  }

  /** Go back to the pointer. */
  endPreview() {
    this.#element.style.background = "";
    this.#update();
  }

  /** How the brush draws: its colour with its strength, and its size. */
  get #lookNow() {
    const { colour, alpha, hasColour, width } = this.#brushes;
    return `${hasColour ? ink({ colour, alpha }) : "#fff"} ${width}`;
  }

  /** Show at the pointer for a moment what the brush is now. */
  #change() {
    if (this.#look !== this.#lookNow && this.#pointer !== null) {
      clearTimeout(this.#timer);
      this.#element.style.background = this.#lookNow.split(" ")[0];
      this.#timer = setTimeout(() => this.endPreview(), MOMENT);
    }
    this.#look = this.#lookNow;
    this.#update();
  }

  #update() {
    const tooSmall = this.#brushes.width * this.#workspace.scale < SMALLEST;
    const isShown = this.#brushes.isRound && !tooSmall && !this.#isOff;
    if (this.#pointer === null || !isShown) this.#element.hidden = true;
    else this.#show(this.#pointer);
  }

  /** @param {Place} middle */
  #show({ x, y }) {
    const size = this.#brushes.width * this.#workspace.scale;
    const { style } = this.#element;
    this.#element.hidden = false;
    style.width = style.height = `${size}px`;
    style.transform = `translate(${x - size / 2}px, ${y - size / 2}px)`;
  }
}
