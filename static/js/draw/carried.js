/**
 * Marks while they are dragged: left out where they lie, unless it is copies that are dragged, and shown where the hand
 * takes them, here and to the others.
 *
 * @import { Mark } from "../engine/ops.js"
 * @import { Affine } from "./affine.js"
 * @import { Outlet } from "./outlet.js"
 * @import { Painter } from "./painter.js"
 */

import { IDENTITY, toMatrix } from "../engine/matrix.js";
import { placed } from "../engine/moves.js";
import { move } from "../engine/ops.js";
import { encodeCarry, MOST_CARRIED } from "../engine/presence.js";
import { Shown } from "./shown.js";
import { LIGHT, weight } from "./weight.js";

export class Carried {
  #painter;
  #outlet;
  #marks;
  #matrix = IDENTITY;
  #areCopies = false;
  /** @type {Shown[]} */
  #shown = [];

  /**
   * @param {{painter: Painter, outlet: Outlet}} ways
   * @param {string} id the id the move will have, or the first of the copies
   * @param {readonly Mark[]} marks of too many, only the frame is shown on the way
   */
  constructor({ painter, outlet }, id, marks) {
    this.#painter = painter;
    this.#outlet = outlet;
    this.id = id;
    this.#marks = marks.length <= MOST_CARRIED ? marks : [];
  }

  /**
   * Show the marks where a map takes them, or copies of them.
   * @param {Affine} map
   * @param {boolean} areCopies
   */
  to(map, areCopies) {
    if (this.#marks.length === 0) return;
    this.#begin(areCopies);
    this.#matrix = toMatrix(map);
    for (const [i, one] of this.#shown.entries()) {
      one.become(placed(this.#marks[i], this.#matrix));
      this.#painter.show(one);
    }
    this.#outlet.sketch(this, () => this.#told);
  }

  /**
   * Show the marks where they lie: there they are by ops now.
   * @param {number} [copies] how many have become ops; of any other the others were told in vain
   */
  finish(copies = this.#marks.length) {
    this.#letGo(copies < this.#marks.length ? [this.id] : []);
  }

  /** Show the marks where they lie: there they stay. */
  giveUp() {
    this.#letGo([this.id]);
  }

  /** What the others are told, unless it would take them long to paint. */
  get #told() {
    if (weight(this.#marks, this.#matrix) > LIGHT) return null;
    return encodeCarry({
      move: move(this.id, this.#ids, this.#matrix),
      copies: this.#areCopies,
    });
  }

  get #ids() {
    return this.#marks.map(({ id }) => id);
  }

  /** @param {boolean} areCopies */
  #begin(areCopies) {
    const isBegun = this.#shown.length > 0;
    if (isBegun && areCopies === this.#areCopies) return;
    if (!isBegun) this.#shown = this.#marks.map((mark) => new Shown(mark));
    this.#areCopies = areCopies;
    this.#painter.veil(new Set(areCopies ? [] : this.#ids));
  }

  /** @param {readonly string[]} lost the ids of what the others were told of and will be no op */
  #letGo(lost) {
    for (const one of this.#shown) this.#painter.release(one);
    this.#painter.veil(new Set());
    this.#outlet.end(this, lost);
  }
}
