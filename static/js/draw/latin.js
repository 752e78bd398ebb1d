/**
 * Keys as they are on a Latin keyboard: where another alphabet is written, undo is still where Z is.
 *
 * @typedef {Readonly<{key: string, code: string}>} Struck what was pressed, and where on the keyboard
 */

/** @type {Readonly<Record<string, string>>} */
const SIGNS = Object.freeze({
  BracketLeft: "[",
  BracketRight: "]",
  Comma: ",",
  Period: ".",
});

/**
 * Return the key; one that writes a letter of another alphabet is the key that is there on a Latin keyboard.
 * @param {Struck} struck
 */
export function latin({ key, code }) {
  if (!/^\p{L}$/u.test(key) || /^\p{Script=Latin}$/u.test(key)) return key;
  return /^Key[A-Z]$/.test(code) ? code.slice(-1).toLowerCase() : (SIGNS[code] ?? key);
}
