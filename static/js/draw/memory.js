/** What this browser remembers between visits, as far as it lets anything be remembered. */
export class Memory {
  #storage;

  /** @param {Pick<Storage, "getItem" | "setItem"> | null} storage null where the browser keeps nothing */
  constructor(storage) {
    this.#storage = storage;
  }

  /**
   * Return what was remembered under this name, or null.
   * @param {string} name
   * @returns {unknown}
   */
  recall(name) {
    try {
      return JSON.parse(this.#storage?.getItem(name) ?? "null");
    } catch (error) {
      if (error instanceof SyntaxError) return null; // somebody else's, or cut short
      throw error;
    }
  }

  /**
   * Remember a value under this name.
   * @param {string} name
   * @param {unknown} value
   */
  keep(name, value) {
    try {
      this.#storage?.setItem(name, JSON.stringify(value));
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // full: nothing here is worth a word
    }
  }
}

/** Return the memory of this browser; one that forgets where storage is forbidden. */
export function browserMemory() {
  try {
    return new Memory(localStorage);
  } catch (error) {
    if (error instanceof DOMException) return new Memory(null);
    throw error;
  }
}
