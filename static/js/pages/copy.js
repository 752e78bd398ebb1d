/** Copies a drawing's link at the press of a button. */

/** Show the button and let it copy the address. */
export function offerCopy() {
  const button = document.getElementById("copy");
  const address = document.getElementById("address");
  if (!button || !(address instanceof HTMLInputElement)) return;
  button.removeAttribute("data-idle");
  button.addEventListener("click", () => copy(address));
}

/** @param {HTMLInputElement} address */
async function copy(address) {
  address.select();
  say((await copied(address.value)) ? "Copied." : "Press Ctrl+C or ⌘C to copy it.");
}

/**
 * Say whether the text is on the clipboard: over plain HTTP a browser gives none.
 * @param {string} text
 */
async function copied(text) {
  const writing = navigator.clipboard?.writeText(text) ?? Promise.reject();
  return writing.then(
    () => true,
    () => false,
  );
}

/** @param {string} text */
function say(text) {
  const note = document.getElementById("copied");
  if (note) note.textContent = text;
}
