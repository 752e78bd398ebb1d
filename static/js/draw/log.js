/**
 * The log over HTTP, in chunks that never change, and its end (protocol P50, P51).
 *
 * @import { Entry, WireOp } from "../engine/codec.js"
 * @typedef {[seq: number, time: number, op: WireOp | null]} Sent null stands for a damaged op
 */

import { decodeEntries } from "../engine/codec.js";
import { NotNow } from "./catchup.js";

export const CHUNK = 1000; // ops

/**
 * Return what reads chunks of a drawing's log.
 * @param {string} first the address of chunk 0; the others differ in the last part
 * @returns {(chunk: number) => Promise<Entry[]>}
 */
export function logReader(first) {
  const base = new URL(first, location.href);
  return async (chunk) => decodeEntries(await read(new URL(String(chunk), base), "json"));
}

/**
 * Return what reads parts of a drawing's log as they travel: each as long as a chunk, if the log goes so far.
 * @param {string} first the address of chunk 0
 * @returns {(chunk: number, isFull: boolean) => Promise<Sent[]>}
 */
export function partReader(first) {
  const base = new URL(first, location.href);
  return async (chunk, isFull) => {
    const name = isFull ? String(chunk) : `tail?since=${chunk * CHUNK}`;
    return read(new URL(name, base), "json");
  };
}

/**
 * Return what is at an address, or throw NotNow: the network may fail at any byte, and others may answer in its place.
 * @param {URL} address
 * @param {"json" | "blob"} as
 */
export async function read(address, as) {
  try {
    const answer = await fetch(address);
    if (answer.ok) return await answer[as]();
    throw new NotNow(`${address} answered ${answer.status}`);
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) throw new NotNow(error.message);
    throw error;
  }
}
