/**
 * A scene that goes to and fro along a log, and says what that changes in the picture.
 *
 * @import { Entry } from "../engine/codec.js"
 * @import { Mark } from "../engine/ops.js"
 * @import { Change } from "../engine/scene.js"
 * @typedef {{drawn: Mark[], turned: Mark[], layers: boolean}} Passage
 *   The strokes drawn on the way that are seen at its end, those that came or went in any other way, and whether
 *   layers may stand otherwise.
 */

import { isMark } from "../engine/ops.js";
import { Scene } from "../engine/scene.js";

export class Past {
  scene = new Scene();
  #entries;
  /** @type {Change[]} */
  #changes = [];

  /** @param {readonly Entry[]} entries */
  constructor(entries) {
    this.#entries = entries;
  }

  /** How many ops the scene has. */
  get count() {
    return this.#changes.length;
  }

  /**
   * Go where the scene has so many ops.
   * @param {number} count
   */
  goTo(count) {
    while (this.count > count) this.#stepBack();
    while (this.count < count) this.#step();
  }

  /**
   * Go on until the scene has so many ops, and say what came of that.
   * @param {number} count
   * @returns {Passage}
   */
  pass(count) {
    const from = this.count;
    this.goTo(count);
    const passed = this.#entries.slice(from, count).map(({ op }) => op);
    const drawn = passed.filter(isMark);
    const others = this.#changes.slice(from).filter((_, i) => !isMark(passed[i]));
    return {
      drawn: drawn.filter(({ id }) => this.scene.shows(id)),
      turned: others.flatMap(({ added, removed }) => [...added, ...removed]),
      layers: others.some(({ layers }) => layers),
    };
  }

  #step() {
    const { seq, op } = this.#entries[this.count];
    this.#changes.push(this.scene.apply(seq, op));
  }

  #stepBack() {
    const change = this.#changes.pop();
    if (change) this.scene.revert(this.#entries[this.count].op, change);
  }
}
