/**
 * The opacities the others are choosing for layers just now: each is seen until it is an op.
 *
 * @import { Fade } from "../engine/presence.js"
 * @import { Replica } from "../engine/replica.js"
 */

import { Emitter } from "./emitter.js";

/** @extends {Emitter<{changed: [opacities: ReadonlyMap<number, number>]}>} opacities by layer */
export class Fades extends Emitter {
  #replica;
  /** @type {Map<string, Fade & {from: string}>} by the ids of the ops they will be, the newest last */
  #all = new Map();

  /** @param {Pick<Replica, "confirmed">} replica */
  constructor(replica) {
    super();
    this.#replica = replica;
  }

  /**
   * Take in which opacity is being chosen for a layer.
   * @param {Fade} fade
   * @param {string} from
   */
  receive(fade, from) {
    if (this.#replica.confirmed.knows(fade.id)) return;
    this.#all.delete(fade.id);
    this.#all.set(fade.id, { ...fade, from });
    this.#tell();
  }

  /**
   * Forget what is an op now, or was given up.
   * @param {string} id
   */
  forget(id) {
    if (this.#all.delete(id)) this.#tell();
  }

  /**
   * Forget what a participant was choosing.
   * @param {string} from
   */
  forgetFrom(from) {
    for (const fade of this.#all.values()) if (fade.from === from) this.forget(fade.id);
  }

  /** Forget everything. */
  clear() {
    for (const id of this.#all.keys()) this.forget(id);
  }

  #tell() {
    const chosen = [...this.#all.values()];
    this.emit("changed", new Map(chosen.map(({ layer, opacity }) => [layer, opacity])));
  }
}
