/**
 * The letters of the one font: fetched when there is a text to show or to write, and not before.
 *
 * @import { Typeface } from "../engine/lettering.js"
 * @typedef {Readonly<{typeface: Typeface | null}>} Type the letters, as soon as they are there
 */

import { isLacking } from "../engine/lettering.js";
import { NotNow } from "./catchup.js";
import { Emitter } from "./emitter.js";
import { read } from "./log.js";

/**
 * `lack` tells, once, that it has not all the letters of a text.
 * @extends {Emitter<{come: [], lack: []}>}
 */
export class TypeCase extends Emitter {
  /** @type {Typeface | null} */
  typeface = null;
  #read;
  #later;
  #isAsked = false;
  #unchecked = "";
  #hasTold = false;

  /**
   * @param {() => Promise<Typeface>} read fetches the letters; throws NotNow
   * @param {(callback: () => void) => void} later
   */
  constructor(read, later) {
    super();
    this.#read = read;
    this.#later = later;
  }

  /** Whether the letters are on their way. */
  get isAwaited() {
    return this.#isAsked && this.typeface === null;
  }

  /** Have the letters fetched, once. */
  ask() {
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#fetch();
  }

  /**
   * Look whether all the letters of a text are there, as soon as that is known.
   * @param {string} letters
   */
  check(letters) {
    this.#unchecked = letters;
    if (this.#hasTold || !this.typeface || !isLacking(letters, this.typeface)) return;
    this.#hasTold = true;
    this.emit("lack");
  }

  async #fetch() {
    try {
      this.typeface = await this.#read();
      this.emit("come");
      this.check(this.#unchecked);
    } catch (error) {
      if (!(error instanceof NotNow)) throw error;
      this.#later(() => this.#fetch());
    }
  }
}

/**
 * Return what fetches the letters.
 * @param {string} address
 * @returns {() => Promise<Typeface>}
 */
export function typefaceReader(address) {
  return () => read(new URL(address, location.href), "json");
}
