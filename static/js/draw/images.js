/**
 * The images on the paper: each fetched once something of it is to be painted, and not before (protocol P68).
 *
 * @import { TakenImage } from "../engine/ops.js"
 * @import { Stamp } from "../engine/render.js"
 * @import { Pixels } from "../engine/sampling.js"
 * @import { Size } from "./view.js"
 * @typedef {(name: string) => Promise<Pixels | null>} ReadImage null for an image that is gone; throws NotNow
 */

import { NotNow } from "./catchup.js";
import { Emitter } from "./emitter.js";
import { pixelsOf, Stamps } from "./stamps.js";

/** @extends {Emitter<{come: [name: string]}>} */
export class Images extends Emitter {
  #stamps;
  #read;
  #later;
  /** @type {Map<string, Promise<void>>} those on their way */
  #awaited = new Map();
  /** @type {Set<string>} those nobody has */
  #gone = new Set();

  /**
   * @param {Size} paper
   * @param {ReadImage} read
   * @param {(callback: () => void) => void} later
   */
  constructor(paper, read, later) {
    super();
    this.#stamps = new Stamps(paper);
    this.#read = read;
    this.#later = later;
  }

  /** Whether an image that is to be painted is on its way. */
  get isAwaited() {
    return this.#awaited.size > 0;
  }

  /**
   * Return what an image shows on the paper; null as long as it is not there.
   * @param {TakenImage} mark
   * @returns {Stamp | null}
   */
  stamp(mark) {
    this.fetch(mark.image);
    return this.#stamps.stamp(mark);
  }

  /**
   * Take in an image that is here already.
   * @param {string} name
   * @param {Pixels} pixels
   */
  add(name, pixels) {
    this.#stamps.add(name, pixels);
  }

  /**
   * Let go of an image that no op names any more.
   * @param {string} name
   */
  forget(name) {
    this.#stamps.forget(name);
  }

  /**
   * Have an image fetched, once; wait until it is there or known to be gone.
   * @param {string} name
   */
  async fetch(name) {
    if (this.#stamps.has(name) || this.#gone.has(name)) return;
    const coming = this.#awaited.get(name) ?? this.#fetch(name);
    this.#awaited.set(name, coming);
    await coming;
  }

  /** @param {string} name */
  async #fetch(name) {
    const pixels = await this.#readPatiently(name);
    if (pixels) this.#stamps.add(name, pixels);
    else this.#gone.add(name);
    this.#awaited.delete(name);
    this.emit("come", name);
  }

  /**
   * @param {string} name
   * @returns {Promise<Pixels | null>}
   */
  async #readPatiently(name) {
    try {
      return await this.#read(name);
    } catch (error) {
      if (!(error instanceof NotNow)) throw error;
    }
    await new Promise((/** @type {(value?: unknown) => void} */ resolve) => this.#later(resolve));
    return this.#readPatiently(name);
  }
}

/**
 * Return what fetches a drawing's images.
 * @param {string} address of all of them
 * @returns {ReadImage}
 */
export function imageReader(address) {
  return async (name) => {
    const answer = await fetch(new URL(`${name}.webp`, new URL(address, location.href))).catch(
      unlessAway,
    );
    if (answer.status === 404) return null;
    if (!answer.ok) throw new NotNow(`${name} answered ${answer.status}`);
    return pixelsOf(await answer.blob().catch(unlessAway));
  };
}

/**
 * @param {unknown} error
 * @returns {never}
 */
function unlessAway(error) {
  if (error instanceof TypeError) throw new NotNow(error.message); // the network failed
  throw error;
}
