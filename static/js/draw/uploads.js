/**
 * Sends the files of the images that were put on the paper here: one at a time, in their order, as soon as there is a
 * connection (protocol P67). Their ops, and what was drawn since, go after them.
 *
 * @import { Image, Op } from "../engine/ops.js"
 * @import { Replica } from "../engine/replica.js"
 * @import { Images } from "./images.js"
 * @import { Pending } from "./pending.js"
 * @import { Content, Send } from "./sending.js"
 * @import { Session } from "./session.js"
 * @typedef {object} Ties
 * @property {Session} session
 * @property {Replica} replica
 * @property {Pending} pending
 * @property {Pick<Images, "fetch" | "forget">} images
 * @property {Send} send
 * @property {(callback: () => void) => void} later
 * @property {(name: string, act: () => Promise<void>) => Promise<void>} alone does something as the only tab
 */

import { authorOf } from "../engine/ops.js";
import { NotNow } from "./catchup.js";
import { Emitter } from "./emitter.js";
import { Untaken } from "./sending.js";
import { isTakenBack, isUnsent, withImage, withoutImage } from "./unsent.js";

const MOST_TRIES = 40; // a minute: what is drawn on an image cannot wait for ever
const ANOTHER_DAY = "watch-only"; // as any other op: kept until somebody draws on
const NOT_YOURS = "not-yours";
const NO_SUCH_IMAGE = "no-such-image";

/** @extends {Emitter<{refused: [name: string, code: string]}>} with the name the file had */
export class Uploads extends Emitter {
  #ties;
  #line = new AbortController();
  #isBusy = false;

  /** @param {Ties} ties */
  constructor(ties) {
    super();
    this.#ties = ties;
    ties.session.on("stand", () => this.#stand());
    ties.session.on("change", () => this.#goOn());
  }

  #stand() {
    if (this.#isOpen) return this.#goOn();
    this.#line.abort();
    this.#line = new AbortController();
  }

  get #isOpen() {
    const { stand, may } = this.#ties.session;
    return stand === "here" && may === "draw";
  }

  async #goOn() {
    if (this.#isBusy || !this.#isOpen) return;
    const next = this.#ties.replica.pending.find(isUnsent);
    if (next === undefined) return;
    this.#isBusy = true;
    try {
      await this.#ties.alone(next.image, () => this.#settle(next));
    } finally {
      this.#isBusy = false;
    }
    this.#goOn();
  }

  /** @param {Image} op */
  async #settle(op) {
    const { session, replica, pending } = this.#ties;
    const name = op.image;
    const kept = await pending.find(name);
    if (!replica.pending.some((one) => one.id === op.id)) return; // another tab was faster
    const made = [...replica.confirmed.ops(), kept?.op].find((one) => one?.id === name);
    if (isMade(made)) return this.#put(name, made);
    if (!kept?.file) return this.#giveUp(op, kept === null);
    if (!session.mine.has(authorOf(op.id))) return session.turnDown(op.id, NOT_YOURS);
    if (isTakenBack(name, replica.pending)) return this.#withdraw(name);
    await this.#send(op, kept.file);
  }

  /**
   * @param {Image} op
   * @param {File} file
   */
  async #send({ id, image: name }, file) {
    try {
      const content = await this.#sendPatiently(name, file);
      if (content === null) return;
      await this.#ties.images.fetch(content.image);
      this.#put(name, content);
    } catch (error) {
      if (!(error instanceof Untaken)) throw error;
      if (error.code === ANOTHER_DAY) return this.#ties.session.turnDown(id, error.code);
      this.#withdraw(name);
      this.emit("refused", file.name, error.code);
    }
  }

  /**
   * Return the image the server has made of a file; null when the connection has gone, or another tab had it made
   * while this one slept.
   * @param {string} name
   * @param {File} file
   */
  async #sendPatiently(name, file) {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const kept = await this.#ties.pending.find(name);
      if (!kept?.file) return null;
      const content = await this.#sendNow(file);
      if (content !== null || !this.#isOpen) return content;
      await new Promise((/** @type {(value?: unknown) => void} */ resolve) =>
        this.#ties.later(resolve),
      );
    }
    throw new Untaken("given-up");
  }

  /** @param {File} file */
  async #sendNow(file) {
    try {
      return await this.#ties.send(file, this.#line.signal);
    } catch (error) {
      if (error instanceof NotNow) return null;
      throw error;
    }
  }

  /**
   * Have the ops name the image that was made of a file: they can go now.
   * @param {string} name
   * @param {Content} content
   */
  #put(name, { image, width, height }) {
    this.#ties.session.amend(withImage(name, { image, width, height }));
    this.#ties.images.forget(name);
  }

  /**
   * Take away the images of a file, and what is said of them.
   * @param {string} name
   */
  #withdraw(name) {
    this.#ties.session.amend(withoutImage(name));
    this.#ties.images.forget(name);
  }

  /**
   * Take away an image whose file is not here.
   * @param {Image} op
   * @param {boolean} isSettled whether another tab has seen to its file
   */
  #giveUp({ id, image: name }, isSettled) {
    this.#withdraw(name);
    if (!isSettled || name !== id) this.emit("refused", "", NO_SUCH_IMAGE);
  }
}

/**
 * Say whether an op names an image that was made of its file.
 * @param {unknown} op
 * @returns {op is Image}
 */
function isMade(op) {
  const found = /** @type {Op | undefined} */ (op);
  return found?.t === "image" && !isUnsent(found);
}
