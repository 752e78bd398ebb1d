/** Sharing: the link to copy, and for the owner who may see the drawing. */

import { byId, ifThere } from "./dom.js";
import { renew } from "./token.js";
import * as words from "./words.js";

/** Have the share button open its dialog, and the dialog do what it says. */
export function useSharing() {
  const dialog = byId("share-dialog", HTMLDialogElement);
  byId("share-button").addEventListener("click", () => open(dialog));
  byId("copy").addEventListener("click", copy);
  const form = ifThere("share-form", HTMLFormElement);
  if (form) new ShareForm(form);
}

/** @param {HTMLDialogElement} dialog */
function open(dialog) {
  byId("copied").textContent = "";
  dialog.showModal();
  byId("share-link", HTMLInputElement).select();
}

async function copy() {
  const link = byId("share-link", HTMLInputElement);
  link.select();
  byId("copied").textContent = (await copied(link.value)) ? words.copied : words.copyByHand;
}

/**
 * Copy a text; return whether that worked.
 * @param {string} text
 */
async function copied(text) {
  // Not there on pages without HTTPS, as in a school's own network.
  if (!navigator.clipboard) return document.execCommand("copy");
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    if (error instanceof DOMException) return document.execCommand("copy");
    throw error;
  }
}

class ShareForm {
  #form;
  /** @type {Promise<unknown>} what was chosen last is on its way, behind what was chosen before */
  #last = Promise.resolve();

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.#form = form;
    form.addEventListener("change", () => this.#keep());
  }

  async #keep() {
    const told = byId("shared");
    told.textContent = "";
    const turn = this.#last.then(() => isKept(this.#form));
    this.#last = turn;
    const isShared = await turn;
    if (turn === this.#last) told.textContent = isShared ? words.shared : words.notShared;
  }
}

/** @param {HTMLFormElement} form */
async function isKept(form) {
  renew(form);
  const body = new FormData(form);
  try {
    // The answer to a form that was kept leads to the page one is on already: there is no need to follow it.
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
    return answer.ok || answer.type === "opaqueredirect";
  } catch (error) {
    if (error instanceof TypeError) return false; // no network
    throw error;
  }
}
