/**
 * Images that were copied in another drawing: fetched from there, and put on the paper as files are.
 *
 * @import { Image, Mark, Op } from "../engine/ops.js"
 * @import { Replica } from "../engine/replica.js"
 * @import { Pixels } from "../engine/sampling.js"
 * @import { Images } from "./images.js"
 * @typedef {{file: File, pixels: Pixels}} Taken
 * @typedef {Mark & {from?: string}} Copied from is where the images of its drawing are
 * @typedef {{replica: Replica, images: Images, address: string}} Ties address is where this drawing's images are
 */

import { checkRoom, takenIn } from "./files.js";
import { Untaken } from "./sending.js";

// Of this site alone: what is pasted comes from anywhere.
const ADDRESS = /^\/d\/[\w-]+\/images\/[0-9a-f]{64}\.webp$/;

/**
 * Return what makes images of another drawing this one's own; throws Untaken.
 * @param {readonly Copied[]} marks
 * @param {Ties} ties
 */
export async function bring(marks, ties) {
  /** @type {Map<string, Taken>} */
  const taken = new Map();
  for (const mark of marks) {
    if (!isForeign(mark, ties.address) || taken.has(mark.image)) continue;
    const one = await fetched(`${mark.from}${mark.image}.webp`);
    checkRoom(ties.replica.ops, one.pixels);
    taken.set(mark.image, one);
  }
  return new Brought(taken, ties.images);
}

/**
 * Say whether a mark is an image that another drawing has.
 * @param {Copied} mark
 * @param {string} address
 * @returns {mark is Image & {from: string}}
 */
export function isForeign(mark, address) {
  return mark.t === "image" && mark.from !== undefined && mark.from !== address;
}

export class Brought {
  #taken;
  #images;
  /** @type {Map<string, string>} the ids of the ops that have the files, by what the images were called */
  #names = new Map();

  /**
   * @param {ReadonlyMap<string, Taken>} taken
   * @param {Pick<Images, "add">} images
   */
  constructor(taken, images) {
    this.#taken = taken;
    this.#images = images;
  }

  /**
   * Return an op with its image from here, and the file of that, if it is the first to have it.
   * @param {Mark} op
   * @returns {{op: Op, file: File | null}}
   */
  own(op) {
    const taken = op.t === "image" ? this.#taken.get(op.image) : undefined;
    if (op.t !== "image" || taken === undefined) return { op, file: null };
    const known = this.#names.get(op.image);
    const image = known ?? op.id;
    this.#names.set(op.image, image);
    this.#images.add(image, taken.pixels);
    return { op: { ...op, image }, file: known === undefined ? taken.file : null };
  }
}

/** @param {string} address */
async function fetched(address) {
  if (!ADDRESS.test(address)) throw new Untaken("elsewhere");
  const answer = await fetch(address).catch(unlessAway);
  if (!answer.ok) throw new Untaken("elsewhere");
  const bytes = await answer.blob().catch(unlessAway);
  return takenIn(new File([bytes], "", { type: "image/webp" }));
}

/**
 * @param {unknown} error
 * @returns {never}
 */
function unlessAway(error) {
  if (error instanceof TypeError) throw new Untaken("elsewhere"); // no network
  throw error;
}
