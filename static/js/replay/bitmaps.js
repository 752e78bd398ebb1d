/**
 * Pictures of a log at regular distances, as many as memory allows: the longer the log, the further apart.
 *
 * @template Picture
 */
export class Bitmaps {
  /** How many ops lie between two pictures. */
  spacing;
  #room;
  /** @type {Map<number, {picture: Picture, size: number}>} */
  #kept = new Map();

  /**
   * @param {number} spacing to begin with
   * @param {number} room for all of them, in the unit of a picture's size
   */
  constructor(spacing, room) {
    this.spacing = spacing;
    this.#room = room;
  }

  /**
   * Say whether a picture after so many ops should be kept, and is not.
   * @param {number} count
   */
  lacks(count) {
    return count > 0 && count % this.spacing === 0 && !this.#kept.has(count);
  }

  /**
   * Keep the picture after so many ops; make room for it.
   * @param {number} count
   * @param {Picture} picture
   * @param {number} size
   */
  keep(count, picture, size) {
    this.#kept.set(count, { picture, size });
    while (this.#size > this.#room && this.#kept.size > 0) this.#thin();
  }

  /**
   * Return the last picture up to so many ops, and how many it has; none has no picture.
   * @param {number} count
   * @returns {{count: number, picture: Picture | null}}
   */
  before(count) {
    const found = Math.max(0, ...[...this.#kept.keys()].filter((one) => one <= count));
    return { count: found, picture: this.#kept.get(found)?.picture ?? null };
  }

  get #size() {
    return [...this.#kept.values()].reduce((sum, { size }) => sum + size, 0);
  }

  #thin() {
    this.spacing *= 2;
    for (const count of this.#kept.keys()) if (count % this.spacing) this.#kept.delete(count);
  }
}
