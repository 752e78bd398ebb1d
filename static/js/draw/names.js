/** Names for the ops made in this tab: `<author key>.<suffix>` (protocol P31). */

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const TAB_LENGTH = 10; // letters: two tabs of one person never share a prefix by chance (51 random bits)

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
    return `${this.#author}.${this.#tab}${this.#count.toString(36)}`;
  }
}

/** @param {number} count */
function randomLetters(count) {
  const bytes = crypto.getRandomValues(new Uint8Array(count));
  return Array.from(bytes, (byte) => LETTERS[byte % LETTERS.length]).join("");
}
