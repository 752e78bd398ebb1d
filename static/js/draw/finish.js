/**
 * Finishing: the form leaves only when everything drawn here has been saved.
 *
 * @import { Session } from "./session.js"
 */

import { byId, ifThere } from "./dom.js";
import { renew } from "./token.js";
import * as words from "./words.js";

/**
 * Have the finish button, which only the owner has, open its dialog.
 * @param {Session} session
 */
export function useFinishing(session) {
  const dialog = ifThere("finish-dialog", HTMLDialogElement);
  if (dialog === null) return;
  const form = new FinishForm(byId("finish-form", HTMLFormElement), session);
  byId("finish-button").addEventListener("click", () => open(dialog));
  dialog.addEventListener("close", () => form.stay());
  if ("wrong" in dialog.dataset) open(dialog);
}

/** @param {HTMLDialogElement} dialog */
function open(dialog) {
  dialog.showModal();
  /** @type {HTMLElement | null} */ (dialog.querySelector("input:not([type=hidden])"))?.focus();
}

class FinishForm {
  #form;
  #session;
  #isLeaving = false; // as soon as nothing waits

  /**
   * @param {HTMLFormElement} form
   * @param {Session} session
   */
  constructor(form, session) {
    this.#form = form;
    this.#session = session;
    form.addEventListener("submit", (event) => this.#submit(event));
    session.on("change", () => this.#leaveIfSaved());
  }

  /** Do not finish after all. */
  stay() {
    this.#isLeaving = false;
    this.#tell("");
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    if (this.#session.waiting === 0) return renew(this.#form);
    event.preventDefault();
    this.#isLeaving = true;
    this.#tell(words.savingFirst(this.#session.waiting));
  }

  #leaveIfSaved() {
    if (!this.#isLeaving) return;
    if (this.#session.waiting > 0) return this.#tell(words.savingFirst(this.#session.waiting));
    this.#isLeaving = false;
    this.#form.requestSubmit();
  }

  /** @param {string} text */
  #tell(text) {
    byId("finish-waits").textContent = text;
  }
}
