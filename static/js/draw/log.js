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
  return async (chunk) => decodeEntries(await (await read(new URL(String(chunk), base))).json());
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
    return (await read(new URL(name, base))).json();
  };
}

/**
 * Return the answer from an address, or throw NotNow.
 * @param {URL} address
 */
export async function read(address) {
  const answer = await fetch(address).catch(unlessAway);
  if (!answer.ok) throw new NotNow(`${address} answered ${answer.status}`);
  return answer;
}

/**
 * @param {unknown} error
 * @returns {never}
 */
function unlessAway(error) {
  if (error instanceof TypeError) throw new NotNow(error.message); // the network failed
  throw error;
}
