/**
 * The others, as they come in over the channel: who they are, where they point, what they are drawing.
 *
 * @import { Cursors } from "./cursors.js"
 * @import { Painter } from "./painter.js"
 * @import { Presence } from "./presence.js"
 * @import { Notice, Session } from "./session.js"
 */

import { decodeInk } from "../engine/codec.js";
import { POINT_UNIT } from "../engine/geometry.js";
import { Inks } from "./inks.js";

export class Company {
  #inks = new Inks();
  #presence;
  #cursors;

  /**
   * @param {Session} session
   * @param {Presence} presence
   * @param {Cursors} cursors
   * @param {Painter} painter
   */
  constructor(session, presence, cursors, painter) {
    this.#presence = presence;
    this.#cursors = cursors;
    session.on("welcome", ({ participants, me }) => {
      this.#forget();
      presence.welcome(participants, me);
    });
    session.on("stand", () => {
      if (session.stand !== "here") this.#lose();
    });
    session.on("change", ({ confirmed }) => {
      for (const { id } of confirmed) this.#inks.forget(id);
    });
    session.on("notice", (notice) => this.#hear(notice));
    this.#inks.on("gone", (draft) => painter.forget(draft));
    this.#inks.on("grown", (draft, from) => {
      painter.show(draft);
      this.#move(from, draft.last.x, draft.last.y);
    });
  }

  /** @param {Notice} notice */
  #hear(notice) {
    switch (notice.type) {
      case "joined":
        return this.#presence.join(notice.participant);
      case "left":
        return this.#leave(notice.id);
      case "ink":
        return this.#inks.receive(decodeInk(notice), notice.from);
      case "cursor":
        return this.#move(notice.from, notice.x, notice.y);
    }
  }

  /** @param {string} id */
  #leave(id) {
    this.#inks.forgetFrom(id);
    this.#cursors.remove(id);
    this.#presence.leave(id);
  }

  /**
   * @param {string} from
   * @param {number | null} x in 1/16 px
   * @param {number | null} y
   */
  #move(from, x, y) {
    const participant = this.#presence.get(from);
    if (participant === undefined) return;
    if (x === null || y === null) this.#cursors.remove(from);
    else this.#cursors.move(participant, { x: x / POINT_UNIT, y: y / POINT_UNIT });
  }

  #lose() {
    this.#forget();
    this.#presence.lose();
  }

  #forget() {
    this.#inks.clear();
    this.#cursors.clear();
  }
}
