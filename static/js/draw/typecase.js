/**
 * The letters of the one font: fetched when there is a text to show or to write, and not before.
 *
 * @import { Typeface } from "../engine/lettering.js"
 * @typedef {Readonly<{typeface: Typeface | null}>} Type the letters, as soon as they are there
 */

import { NotNow } from "./catchup.js";
import { Emitter } from "./emitter.js";
import { read } from "./log.js";

/** @extends {Emitter<{come: []}>} */
export class TypeCase extends Emitter {
  /** @type {Typeface | null} */
  typeface = null;
  #read;
  #later;
  #isAsked = false;

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

  async #fetch() {
    try {
      this.typeface = await this.#read();
      this.emit("come");
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
