/**
 * One's own laser pointer: seen here, and by the others.
 *
 * @import { Lasers } from "./lasers.js"
 * @import { Outlet } from "./outlet.js"
 * @import { Presence } from "./presence.js"
 * @import { Light } from "./tools.js"
 * @import { Place } from "./view.js"
 */

const ALONE = Object.freeze({ id: "", colour: "#d02f1a" }); // before one is known to be here

/** @implements {Light} */
export class OwnLight {
  #lasers;
  #outlet;
  #presence;

  /**
   * @param {Lasers} lasers
   * @param {Outlet} outlet
   * @param {Presence} presence
   */
  constructor(lasers, outlet, presence) {
    this.#lasers = lasers;
    this.#outlet = outlet;
    this.#presence = presence;
  }

  /** @param {readonly Place[]} places */
  shine(places) {
    this.#lasers.shine(this.#me, places);
    this.#outlet.shine(places);
  }

  putOut() {
    this.#lasers.putOut(this.#me.id);
    this.#outlet.putOut();
  }

  get #me() {
    return this.#presence.get(this.#presence.me) ?? ALONE;
  }
}
