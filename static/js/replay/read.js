/**
 * The whole log of a drawing over HTTP: its full chunks, several at once, then its end (protocol P50, P51).
 *
 * @import { Sent } from "../draw/log.js"
 * @import { Entry, WireOp } from "../engine/codec.js"
 * @import { Typeface } from "../engine/lettering.js"
 * @import { Size } from "../draw/view.js"
 * @typedef {{chunk: string, tail: string}} Addresses of chunk 0, and of the end
 */

import { Images, imageReader } from "../draw/images.js";
import { CHUNK, read } from "../draw/log.js";
import { decodeEntries } from "../engine/codec.js";

const AT_ONCE = 4; // requests
const RETRY = 1500; // ms

/**
 * Return the log's entries up to head, but for damaged ones.
 * @param {Addresses} addresses
 * @param {number} head
 * @param {(share: number) => void} tell hears how much has come
 * @returns {Promise<Entry[]>}
 */
export async function readLog(addresses, head, tell) {
  const wanted = partsOf(addresses, head);
  const total = wanted.length;
  /** @type {Entry[][]} */
  const parts = [];
  let come = 0;
  async function readSome() {
    for (let part = wanted.pop(); part !== undefined; part = wanted.pop()) {
      parts[part.place] = await readPart(part.address);
      come += 1;
      tell(come / total);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, readSome));
  return parts.flat().filter(({ seq }) => seq <= head);
}

/**
 * @param {Addresses} addresses
 * @param {number} head
 */
function partsOf({ chunk, tail }, head) {
  const full = Math.floor(head / CHUNK);
  const first = new URL(chunk, location.href);
  const end = new URL(`${tail}?since=${full * CHUNK}`, location.href);
  const chunks = Array.from({ length: full }, (_, n) => new URL(String(n), first));
  return [...chunks, end].map((address, place) => ({ address, place })).reverse();
}

/**
 * Return the letters of the texts in a log; null where there are none.
 * @param {readonly Entry[]} entries
 * @param {string} address of the font
 * @returns {Promise<Typeface | null>}
 */
export async function readTypeface(entries, address) {
  const hasTexts = entries.some(({ op }) => op.t === "text");
  return hasTexts ? read(new URL(address, location.href), "json") : null;
}

/**
 * Return the images in a log, all of them at hand.
 * @param {readonly Entry[]} entries
 * @param {string} address of all of them
 * @param {Size} paper
 */
export async function readImages(entries, address, paper) {
  const images = new Images(paper, imageReader(address), (callback) => setTimeout(callback, RETRY));
  const names = new Set(entries.flatMap(({ op }) => (op.t === "image" ? [op.image] : [])));
  await Promise.all([...names].map((name) => images.fetch(name)));
  return images;
}

/**
 * @param {URL} address
 * @returns {Promise<Entry[]>}
 */
async function readPart(address) {
  const sent = /** @type {Sent[]} */ (await read(address, "json"));
  const whole = sent.filter(([, , op]) => op !== null);
  return decodeEntries(/** @type {[number, number, WireOp][]} */ (whole));
}
