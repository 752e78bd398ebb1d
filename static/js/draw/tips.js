/** Tooltips: what a control does, and the key that does it too. */

import { make } from "./dom.js";

const PATIENCE = 450; // ms over a control before its tip shows
const GAP = 8; // px between the two

export class Tips {
  #tip = make("div", { className: "tip", hidden: true, role: "tooltip" });
  /** @type {number | undefined} */
  #timer;

  /** @param {HTMLElement} page */
  constructor(page) {
    page.append(this.#tip);
    page.addEventListener("pointerover", (event) => {
      if (event.pointerType === "mouse") this.#consider(event.target);
    });
    page.addEventListener("pointerdown", () => this.#hide());
    page.addEventListener("focusin", ({ target }) => {
      if (target instanceof Element && target.matches(":focus-visible")) this.#consider(target);
    });
    page.addEventListener("focusout", () => this.#hide());
    page.addEventListener("keydown", () => this.#hide());
  }

  /** @param {EventTarget | null} target */
  #consider(target) {
    const control = target instanceof Element ? target.closest("[data-tip]") : null;
    this.#hide();
    if (control instanceof HTMLElement) {
      this.#timer = setTimeout(() => this.#show(control), PATIENCE);
    }
  }

  /** @param {HTMLElement} control */
  #show(control) {
    const { tip, key } = control.dataset;
    this.#tip.replaceChildren(tip ?? "");
    if (key) this.#tip.append(" ", make("kbd", {}, [key]));
    this.#tip.hidden = false;
    const bar = control.closest("fieldset")?.getBoundingClientRect();
    const place = control.getBoundingClientRect();
    const isInColumn = bar !== undefined && bar.height > bar.width;
    const [left, top] = isInColumn ? this.#beside(bar, place) : this.#above(place);
    this.#tip.style.transform = `translate(${left}px, ${top}px)`;
  }

  /** @param {DOMRect} control */
  #above(control) {
    const { offsetWidth: width, offsetHeight: height } = this.#tip;
    const middle = control.left + control.width / 2 - width / 2;
    const left = Math.min(innerWidth - width - GAP, Math.max(GAP, middle));
    const above = control.top - height - GAP;
    return [left, above > GAP ? above : control.bottom + GAP];
  }

  /**
   * Above a control of a column it would cover the next one.
   * @param {DOMRect} column
   * @param {DOMRect} control
   */
  #beside(column, control) {
    const { offsetWidth: width, offsetHeight: height } = this.#tip;
    const right = column.right + GAP;
    const left = right + width < innerWidth ? right : column.left - width - GAP;
    return [left, control.top + control.height / 2 - height / 2];
  }

  #hide() {
    clearTimeout(this.#timer);
    this.#tip.hidden = true;
  }
}
