/**
 * The open hand: with the space bar held, or for those who only watch, dragging moves the paper.
 *
 * @import { Gestures } from "./gestures.js"
 * @import { Ring } from "./ring.js"
 */

import { IN_TOOLBAR } from "./dom.js";

export class HandHold {
  #element;
  #gestures;
  #ring;
  #isHeld = false;
  #isAlways = false;
  #isChosen = false;
  #isPointing = false; // whether what has the focus was pressed with a pointer

  /**
   * @param {HTMLElement} element the workspace
   * @param {Gestures} gestures
   * @param {Ring} ring
   */
  constructor(element, gestures, ring) {
    this.#element = element;
    this.#gestures = gestures;
    this.#ring = ring;
    addEventListener("pointerdown", () => {
      this.#isPointing = true;
    });
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
    if (event.key !== " ") this.#isPointing = false;
    else if (this.#isFree(event.target)) {
      event.preventDefault();
      this.#hold(true);
    }
  }

  /**
   * Say whether the space bar is for the hand: who comes by keys presses with it what has the focus, who has just
   * clicked a tool or a colour does not mean that once more.
   * @param {EventTarget | null} target
   */
  #isFree(target) {
    if (target === document.body || target === this.#element) return true;
    return this.#isPointing && target instanceof Element && target.matches(IN_TOOLBAR);
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
