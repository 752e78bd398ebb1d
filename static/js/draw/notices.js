/** What people have to be told: shown for a while, read out at once. */

import { make } from "./dom.js";

const READING = 8000; // ms a notice stays

export class Notices {
  #element;
  /** @type {Map<string, HTMLElement>} */
  #shown = new Map();
  /** @type {Map<string, ReturnType<typeof setTimeout>>} when each goes */
  #timers = new Map();

  /** @param {HTMLElement} element a live region */
  constructor(element) {
    this.#element = element;
  }

  /**
   * Tell something that may be missed.
   * @param {string} text
   */
  tell(text) {
    this.#show(text, "note-plain");
    clearTimeout(this.#timers.get(text)); // it may have been told before, and put away
    this.#timers.set(
      text,
      setTimeout(() => this.#hide(text), READING),
    );
  }

  /**
   * Tell something that stays until it is put away.
   * @param {string} text
   */
  warn(text) {
    this.#show(text, "error");
  }

  /**
   * @param {string} text
   * @param {string} kind
   */
  #show(text, kind) {
    if (this.#shown.has(text)) return;
    const close = make("button", { type: "button", className: "quiet", textContent: "OK" });
    close.addEventListener("click", () => this.#hide(text));
    const notice = make("div", { className: `notice ${kind}` }, [make("span", {}, [text]), close]);
    this.#shown.set(text, notice);
    this.#element.append(notice);
  }

  /** @param {string} text */
  #hide(text) {
    this.#shown.get(text)?.remove();
    this.#shown.delete(text);
  }
}
