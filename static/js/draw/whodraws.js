/**
 * Tells who has begun to draw, for who does not see it: once, until they have rested for a while.
 *
 * @typedef {Readonly<{author: string, name: string}>} Drawing somebody who draws
 */

const REST = 30_000; // ms
const APART = 5000; // ms between two tellings: where many draw, nobody wants to hear of each

export class WhoDraws {
  #tell;
  #now;
  /** @type {Map<string, number>} when each author drew last */
  #drawn = new Map();
  #told = Number.NEGATIVE_INFINITY; // when somebody was told of last

  /**
   * @param {(name: string) => void} tell
   * @param {() => number} now in ms
   */
  constructor(tell, now) {
    this.#tell = tell;
    this.#now = now;
  }

  /**
   * Take in that somebody draws.
   * @param {Drawing} who
   */
  draws({ author, name }) {
    const now = this.#now();
    const before = this.#drawn.get(author) ?? Number.NEGATIVE_INFINITY;
    const isNews = now - before > REST;
    if (isNews && now - this.#told < APART) return; // told with the next of it, if they go on
    this.#drawn.set(author, now);
    if (!isNews) return;
    this.#told = now;
    this.#tell(name);
  }
}
