/**
 * Who is here. A person may be here several times, once with each tab.
 *
 * @typedef {Readonly<{id: string, author: string, name: string, colour: string}>} Participant
 *   `id` names the connection, `author` the person.
 */

import { Emitter } from "./emitter.js";

/** @extends {Emitter<{change: [], joined: [Participant], left: [Participant]}>} */
export class Presence extends Emitter {
  /** @type {Map<string, Participant>} */
  #here = new Map();
  #me = "";

  /**
   * Begin anew with everybody here, oneself among them.
   * @param {readonly Participant[]} participants
   * @param {string} me
   */
  welcome(participants, me) {
    this.#here = new Map(participants.map((one) => [one.id, one]));
    this.#me = me;
    this.emit("change");
  }

  /** Know of nobody else: the connection has gone. */
  lose() {
    this.welcome(
      [...this.#here.values()].filter((one) => one.id === this.#me),
      this.#me,
    );
  }

  /** The participant id of this tab; empty before the first welcome. */
  get me() {
    return this.#me;
  }

  /** @param {Participant} participant */
  join(participant) {
    const isNew = !this.#isHere(participant.author);
    this.#here.set(participant.id, participant);
    if (isNew) this.emit("joined", participant);
    this.emit("change");
  }

  /** @param {string} id */
  leave(id) {
    const participant = this.#here.get(id);
    if (participant === undefined) return;
    this.#here.delete(id);
    if (!this.#isHere(participant.author)) this.emit("left", participant);
    this.emit("change");
  }

  /** @param {string} id */
  get(id) {
    return this.#here.get(id);
  }

  /** Everybody here but this tab. */
  get others() {
    return [...this.#here.values()].filter((one) => one.id !== this.#me);
  }

  /** Everybody here, each person once, oneself first. */
  get people() {
    const me = this.#here.get(this.#me);
    const all = [...(me ? [me] : []), ...this.others];
    return [...new Map(all.map((one) => [one.author, one])).values()];
  }

  /** @param {Participant} participant */
  isMe({ author }) {
    return this.#here.get(this.#me)?.author === author;
  }

  /** @param {string} author */
  #isHere(author) {
    return [...this.#here.values()].some((one) => one.author === author);
  }
}
