/**
 * A drawing as it was at a seq, as a picture of each layer: joining needs only the ops after it (protocol P58 to P60).
 *
 * @import { Entry, WireOp } from "../engine/codec.js"
 * @typedef {object} Told
 * @property {number} seq
 * @property {number[]} layers
 * @property {Record<string, string>} authors who has drawn, and what kind of op each did last
 * @property {[number, number, WireOp][]} ops those in force that speak of layers
 * @typedef {{seq: number, authors: ReadonlyMap<string, string>, known: readonly Entry[]}} Facts
 * @typedef {Facts & {pictures: ReadonlyMap<number, ImageBitmap>}} Checkpoint
 */

import { decodeEntries } from "../engine/codec.js";
import { NotNow } from "./catchup.js";
import { read } from "./log.js";

// As they are, pixel by pixel: a browser would otherwise fit them to its screen.
/** @type {ImageBitmapOptions} */
const AS_THEY_ARE = Object.freeze({
  colorSpaceConversion: "none",
  premultiplyAlpha: "premultiply",
});

/**
 * Return a drawing's checkpoint, or null when there is none to be had: the log alone will do.
 * @param {string} address where it is told of; the pictures lie below; "" when there is none
 * @returns {Promise<Checkpoint | null>}
 */
export async function readCheckpoint(address) {
  if (address === "") return null;
  try {
    return await readAll(new URL(address, location.href));
  } catch (error) {
    if (error instanceof NotNow) return null;
    throw error;
  }
}

/**
 * @param {URL} address
 * @returns {Promise<Checkpoint>}
 */
async function readAll(address) {
  const told = /** @type {Told} */ (await read(address, "json"));
  const pictures = await Promise.all(told.layers.map((layer) => readPicture(address, layer)));
  return {
    seq: told.seq,
    authors: new Map(Object.entries(told.authors)),
    known: decodeEntries(told.ops),
    pictures: new Map(pictures),
  };
}

/**
 * @param {URL} address
 * @param {number} layer
 * @returns {Promise<[number, ImageBitmap]>}
 */
async function readPicture(address, layer) {
  const picture = await read(new URL(`${layer}.webp`, address), "blob");
  return [layer, await createImageBitmap(picture, AS_THEY_ARE)];
}
