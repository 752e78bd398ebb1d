/**
 * Says whether what is drawn is kept: only what the server has confirmed counts as saved.
 *
 * @import { Session } from "./session.js"
 */

import * as words from "./words.js";

const SETTLE = 250; // ms without anything waiting before it says so: else it would flicker with every stroke

export class Saved {
  #element;
  #session;
  /** @type {number | undefined} */
  #timer;

  /**
   * @param {HTMLElement} element
   * @param {Session} session
   */
  constructor(element, session) {
    this.#element = element;
    this.#session = session;
    for (const event of /** @type {const} */ (["stand", "change", "kept"])) {
      session.on(event, () => this.#update());
    }
    addEventListener("beforeunload", (event) => {
      if (session.waiting > 0) event.preventDefault();
    });
  }

  #update() {
    const { stand, waiting, kept, may, isTroubled } = this.#session;
    if (stand === "here" && waiting === 0) return this.#settle();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (stand === "opening") this.#show("saving", words.opening);
    else if (stand === "refused" || (stand === "here" && may === "watch")) this.#showKept(kept);
    else if (stand !== "here") this.#showOffline(kept);
    else this.#show("saving", isTroubled ? words.notSaved : words.saving);
  }

  /** Say "saved" in a moment; what others draw meanwhile is no reason to wait longer. */
  #settle() {
    this.#timer ??= setTimeout(() => this.#show("saved", words.saved), SETTLE);
  }

  /** @param {number} kept what the browser has written down: no crash takes it any more */
  #showOffline(kept) {
    this.#show("offline", kept > 0 ? words.waiting(kept) : words.offline);
  }

  /** @param {number} kept what is not taken here now, however good the line */
  #showKept(kept) {
    this.#show("offline", kept > 0 ? words.keptHere(kept) : words.closed);
  }

  /**
   * @param {"saved" | "saving" | "offline"} state
   * @param {string} text
   */
  #show(state, text) {
    const { dataset } = this.#element;
    const [icon, shown] = this.#element.querySelectorAll("use, .words");
    if (dataset.saved === state && shown.textContent === text) return;
    dataset.saved = state;
    icon.setAttribute("href", `${icon.getAttribute("data-icons")}#${state}`);
    shown.textContent = text;
  }
}
