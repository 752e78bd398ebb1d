/**
 * Whose view one shares, and who shares one's own (protocol P26, P27).
 *
 * Nobody sends a view nobody looks at; and who follows somebody sends none: two who follow each other would
 * push each other away.
 *
 * @import { Participant, Presence } from "./presence.js"
 * @import { Notice, Session, Welcome } from "./session.js"
 * @import { Workspace } from "./workspace.js"
 * @typedef {(message: object) => void} Send
 * @typedef {{session: Session, presence: Presence, workspace: Workspace, send: Send, sendVolatile: Send,
 *   nextFrame: (callback: () => void) => void}} Ties
 */

import { decodeView, encodeView } from "../engine/presence.js";
import { Emitter } from "./emitter.js";

/** @extends {Emitter<{change: [], gone: [Participant], followed: [Participant]}>} */
export class Following extends Emitter {
  #ties;
  /** @type {Participant | null} */
  #leader = null;
  /** @type {Set<string>} */
  #followers = new Set();
  #isAsked = false;

  /** @param {Ties} ties */
  constructor(ties) {
    super();
    this.#ties = ties;
    ties.session.on("welcome", (welcome) => this.#welcome(welcome));
    ties.session.on("notice", (notice) => this.#hear(notice));
    ties.session.on("refused", () => this.stop());
    ties.workspace.on("change", () => this.#ask());
    ties.workspace.on("moved", () => this.stop());
  }

  /** Whose view one shares. */
  get leader() {
    return this.#leader;
  }

  /**
   * Share somebody's view from now on.
   * @param {Participant} participant
   */
  follow(participant) {
    this.#leader = participant;
    this.#ties.send({ type: "follow", id: participant.id });
    this.emit("change");
  }

  /** Look around oneself again. */
  stop() {
    if (this.#leader === null) return;
    this.#leader = null;
    this.#ties.send({ type: "follow", id: null });
    this.emit("change");
    this.#ask(); // until now, who follows this one has been shown nothing
  }

  /** @param {Welcome} welcome */
  #welcome({ participants }) {
    this.#followers.clear();
    const leader = this.#leader;
    if (leader === null) return;
    // Whoever lost the connection, the other's or one's own, has come back under another name.
    const again = participants.find(({ author }) => author === leader.author);
    if (again) this.follow(again);
    else this.#lose(leader);
  }

  /** @param {Notice} notice */
  #hear(notice) {
    switch (notice.type) {
      case "follow":
        return this.#hearFollow(notice.from, notice.id);
      case "view":
        if (notice.from === this.#leader?.id) this.#ties.workspace.lookAlong(decodeView(notice));
        return;
      case "left":
        this.#followers.delete(notice.id);
        if (notice.id === this.#leader?.id) this.#lose(this.#leader);
    }
  }

  /**
   * @param {string} from
   * @param {string | null} id
   */
  #hearFollow(from, id) {
    const { presence } = this.#ties;
    const follower = presence.others.find((one) => one.id === from);
    if (follower === undefined || id !== presence.me) return void this.#followers.delete(from);
    this.#followers.add(from);
    this.emit("followed", follower);
    this.#ask();
  }

  /** @param {Participant} leader */
  #lose(leader) {
    this.stop();
    this.emit("gone", leader);
  }

  #ask() {
    if (this.#isAsked || this.#followers.size === 0 || this.#leader !== null) return;
    this.#isAsked = true;
    this.#ties.nextFrame(() => {
      this.#isAsked = false;
      this.#ties.sendVolatile(encodeView(this.#ties.workspace.seen));
    });
  }
}
