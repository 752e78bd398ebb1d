/**
 * The others, as they come in over the channel: who they are, where they point, what they are drawing.
 *
 * @import { Cursors } from "./cursors.js"
 * @import { Lasers } from "./lasers.js"
 * @import { Painter } from "./painter.js"
 * @import { Participant, Presence } from "./presence.js"
 * @import { Ink } from "../engine/codec.js"
 * @import { News, Replica } from "../engine/replica.js"
 * @import { Notice, Session } from "./session.js"
 * @import { Place, Size } from "./view.js"
 * @typedef {{presence: Presence, cursors: Cursors, lasers: Lasers, painter: Painter, paper: Size,
 *   replica: Replica}} Shown
 */

import { decodeInk } from "../engine/codec.js";
import { POINT_UNIT } from "../engine/geometry.js";
import { decodeCarry, decodeLaser, decodeSketch } from "../engine/presence.js";
import { Carries } from "./carries.js";
import { Emitter } from "./emitter.js";
import { Fades } from "./fades.js";
import { Inks } from "./inks.js";

/** @extends {Emitter<{draws: [Participant]}>} */
export class Company extends Emitter {
  #inks;
  #carries;
  #fades;
  #presence;
  #cursors;
  #lasers;
  /** @type {Map<string, Place>} where each participant was seen last, on the paper */
  #places = new Map();

  /**
   * @param {Session} session
   * @param {Shown} shown
   */
  constructor(session, { presence, cursors, lasers, painter, paper, replica }) {
    super();
    this.#inks = new Inks(paper);
    this.#carries = new Carries(replica);
    this.#fades = new Fades(replica);
    this.#presence = presence;
    this.#cursors = cursors;
    this.#lasers = lasers;
    session.on("welcome", ({ participants, me }) => {
      this.#forget();
      presence.welcome(participants, me);
    });
    session.on("stand", () => {
      if (session.stand !== "here") this.#lose();
    });
    session.on("change", (news) => this.#follow(news));
    session.on("notice", (notice) => this.#hear(notice));
    this.#showInks(painter);
  }

  /**
   * Return where on the paper a participant was seen last, if anywhere.
   * @param {string} id
   */
  placeOf(id) {
    return this.#places.get(id);
  }

  /** @param {Painter} painter */
  #showInks(painter) {
    this.#inks.on("grown", (draft) => painter.showOthers(draft));
    this.#inks.on("sketched", (draft) => painter.showSketch(draft));
    this.#inks.on("gone", (draft) => painter.forget(draft));
    this.#inks.on("veiled", (ids) => painter.veilOthers(ids));
    this.#inks.on("reached", (from, x, y) => this.#move(from, x, y));
    this.#carries.on("shown", (mark) => painter.showSketch(mark));
    this.#carries.on("gone", (mark) => painter.release(mark));
    this.#carries.on("veiled", (ids) => painter.veilCarried(ids));
    this.#fades.on("changed", (opacities) => painter.fadeOthers(opacities));
  }

  /** @param {News} news */
  #follow({ confirmed, removed }) {
    for (const { id } of confirmed) this.#forgetOne(id);
    for (const { id } of removed) this.#inks.forgetBlanks(id);
    this.#carries.follow();
  }

  /** @param {Notice} notice */
  #hear(notice) {
    switch (notice.type) {
      case "joined":
        return this.#presence.join(notice.participant);
      case "left":
        return this.#leave(notice.id);
      case "ink":
        return this.#receive(decodeInk(notice), notice.from);
      case "sketch":
        this.#tellDraws(notice.from);
        return this.#inks.receiveSketch(decodeSketch(notice), notice.from);
      case "carry":
        this.#tellDraws(notice.from);
        return this.#carries.receive(decodeCarry(notice), notice.from);
      case "fade":
        return this.#fades.receive(notice, notice.from);
      case "cursor":
        return this.#move(notice.from, notice.x, notice.y);
      case "laser":
        return this.#shine(notice.from, decodeLaser(notice));
    }
  }

  /**
   * Take in points of a stroke, or that something was given up.
   * @param {Ink} ink
   * @param {string} from
   */
  #receive(ink, from) {
    if (ink.stroke === null) return this.#giveUp(ink.id);
    this.#tellDraws(from);
    this.#inks.receive(ink, from);
  }

  /** @param {string} id */
  #giveUp(id) {
    this.#carries.forget(id);
    this.#forgetOne(id);
  }

  /** @param {string} id of what is an op now, or was given up */
  #forgetOne(id) {
    this.#inks.forget(id);
    this.#fades.forget(id);
  }

  /** @param {string} from */
  #tellDraws(from) {
    const participant = this.#presence.get(from);
    if (participant !== undefined) this.emit("draws", participant);
  }

  /** @param {string} id */
  #leave(id) {
    this.#inks.forgetFrom(id);
    this.#carries.forgetFrom(id);
    this.#fades.forgetFrom(id);
    this.#cursors.remove(id);
    this.#places.delete(id);
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
    if (x === null || y === null) return this.#cursors.remove(from);
    const place = { x: x / POINT_UNIT, y: y / POINT_UNIT };
    this.#places.set(from, place);
    this.#cursors.move(participant, place);
  }

  /**
   * @param {string} from
   * @param {Place[]} places
   */
  #shine(from, places) {
    const participant = this.#presence.get(from);
    if (participant === undefined) return;
    if (places.length === 0) return this.#lasers.putOut(from);
    this.#lasers.shine(participant, places);
    const { x, y } = places[places.length - 1];
    this.#move(from, x * POINT_UNIT, y * POINT_UNIT);
  }

  #lose() {
    this.#forget();
    this.#presence.lose();
  }

  #forget() {
    this.#inks.clear();
    this.#carries.clear();
    this.#fades.clear();
    this.#cursors.clear();
    this.#places.clear();
  }
}
