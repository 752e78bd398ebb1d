/** Names for the ops made in this tab: `<author key>.<suffix>` (protocol P31). */

const LETTERS = "0123456789abcdefghijklmnopqrstuvwxy"; // z stands between a gesture and its ops
const BASE = LETTERS.length;
const TAB_LENGTH = 8; // letters: two tabs of one person never share a prefix by chance (41 random bits)

export class Names {
  #author;
  #tab;
  #count = 0;

  /**
   * @param {string} author
   * @param {string} [tab] what no other tab of this author has
   */
  constructor(author, tab = randomLetters(TAB_LENGTH)) {
    this.#author = author;
    this.#tab = tab;
  }

  /** Return a name no op has. */
  next() {
    this.#count += 1;
    return `${this.#author}.${this.#tab}${this.#count.toString(BASE)}`;
  }

  /**
   * Return what makes the names of ops that are one thing to undo.
   * @returns {() => string}
   */
  gesture() {
    return following(`${this.next()}z1`);
  }
}

/**
 * Return what makes the names of a gesture's ops, the first of which has this one.
 * @param {string} first
 * @returns {() => string}
 */
export function following(first) {
  const gesture = first.slice(0, first.lastIndexOf("z")); // an author's key may have one too
  let count = 0;
  return () => {
    count += 1;
    return `${gesture}z${count.toString(BASE)}`;
  };
}

/** @param {number} count */
function randomLetters(count) {
  const bytes = crypto.getRandomValues(new Uint8Array(count));
  return Array.from(bytes, (byte) => LETTERS[byte % BASE]).join("");
}
