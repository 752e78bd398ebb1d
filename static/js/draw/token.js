/** What lets requests in: whoever has signed in since the page came has another one. */

/** Return it as it is now, if this browser keeps one. */
export function tokenNow() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
}

/**
 * Have a form sent with it as it is now.
 * @param {HTMLFormElement} form
 */
export function renew(form) {
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("csrfmiddlewaretoken"));
  field.value = tokenNow() ?? field.value;
}
