/**
 * Which marks are left out of the picture for now: while one drags or edits them oneself, or others edit theirs.
 *
 * @typedef {"own" | "others"} Whose
 */

export class Veil {
  /** @type {Record<Whose, ReadonlySet<string>>} */
  #ids = { own: new Set(), others: new Set() };

  /**
   * Leave marks out; those left out before are there again. Return which this changes something for.
   * @param {Whose} whose
   * @param {ReadonlySet<string>} ids
   */
  lay(whose, ids) {
    const touched = [...new Set([...this.#ids[whose], ...ids])];
    const before = new Set(touched.filter((id) => this.has(id)));
    this.#ids[whose] = ids;
    return touched.filter((id) => before.has(id) !== this.has(id));
  }

  /**
   * Say whether a mark is left out.
   * @param {string} id
   */
  has(id) {
    return this.#ids.own.has(id) || this.#ids.others.has(id);
  }
}
