/** What is told in passing: who comes and goes, who says something. Read out, and seen for a moment. */

const SEEN = 4000; // ms

export class Told {
  #element;
  /** @type {number | undefined} */
  #timer;

  /** @param {HTMLElement} element a live region */
  constructor(element) {
    this.#element = element;
  }

  /** @param {string} text */
  tell(text) {
    this.read(text);
    this.#element.toggleAttribute("data-seen", true);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#element.removeAttribute("data-seen"), SEEN);
  }

  /**
   * Have read out what anybody else sees.
   * @param {string} text
   */
  read(text) {
    this.#element.textContent = text;
  }
}
