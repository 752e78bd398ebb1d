/**
 * Which marks are left out of the picture for now: while one drags or edits them oneself, or others do so with
 * theirs.
 *
 * @typedef {"own" | "others" | "carried"} Whose "others" edit theirs, or have them "carried" elsewhere
 */

export class Veil {
  /** @type {Record<Whose, ReadonlySet<string>>} */
  #ids = { own: new Set(), others: new Set(), carried: new Set() };

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
    const { own, others, carried } = this.#ids;
    return own.has(id) || others.has(id) || carried.has(id);
  }
}
