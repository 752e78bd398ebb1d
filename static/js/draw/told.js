/** What is told in passing: who comes and goes, who says something. Read out, and seen for a moment. */

import { make } from "./dom.js";

const SEEN = 4000; // ms
const KEPT = 4; // lines: one that came at the same moment as the next is read out too

export class Told {
  #heard;
  #seen;
  /** @type {number | undefined} */
  #timer;

  /** @param {{heard: HTMLElement, seen: HTMLElement}} parts a live region, and what is only looked at */
  constructor({ heard, seen }) {
    this.#heard = heard;
    this.#seen = seen;
  }

  /** @param {string} text */
  tell(text) {
    this.read(text);
    this.#seen.textContent = text;
    this.#seen.toggleAttribute("data-seen", true);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#seen.removeAttribute("data-seen"), SEEN);
  }

  /**
   * Have read out what anybody else sees.
   * @param {string} text
   */
  read(text) {
    this.#heard.append(make("p", {}, [text]));
    if (this.#heard.childElementCount > KEPT) this.#heard.firstElementChild?.remove();
  }
}
