/**
 * The open hand: with the space bar held, or for those who only watch, dragging moves the paper.
 *
 * @import { Gestures } from "./gestures.js"
 * @import { Ring } from "./ring.js"
 */

export class HandHold {
  #element;
  #gestures;
  #ring;
  #isHeld = false;
  #isAlways = false;
  #isChosen = false;

  /**
   * @param {HTMLElement} element the workspace
   * @param {Gestures} gestures
   * @param {Ring} ring
   */
  constructor(element, gestures, ring) {
    this.#element = element;
    this.#gestures = gestures;
    this.#ring = ring;
    addEventListener("keydown", (event) => this.#press(event));
    addEventListener("keyup", ({ key }) => key === " " && this.#hold(false));
    addEventListener("blur", () => this.#hold(false));
  }

  /** @param {boolean} isAlways whether there is nothing else to do here */
  set always(isAlways) {
    this.#isAlways = isAlways;
    this.#update();
  }

  /** @param {boolean} isChosen whether it is the tool in the hand */
  set chosen(isChosen) {
    this.#isChosen = isChosen;
    this.#update();
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    // Elsewhere the space bar presses what has the focus.
    const isFree = event.target === document.body || event.target === this.#element;
    if (event.key !== " " || !isFree) return;
    event.preventDefault();
    this.#hold(true);
  }

  /** @param {boolean} isHeld */
  #hold(isHeld) {
    this.#isHeld = isHeld;
    this.#update();
  }

  #update() {
    const isOpen = this.#isHeld || this.#isAlways || this.#isChosen;
    this.#gestures.grabs = isOpen;
    this.#ring.off = isOpen;
    this.#element.toggleAttribute("data-hand", isOpen);
  }
}
