/**
 * The log over HTTP, in chunks that never change (protocol P50).
 *
 * @import { Entry } from "../engine/codec.js"
 */

import { decodeEntries } from "../engine/codec.js";
import { NotNow } from "./catchup.js";

/**
 * Return what reads chunks of a drawing's log.
 * @param {string} first the address of chunk 0; the others differ in the last part
 * @returns {(chunk: number) => Promise<Entry[]>}
 */
export function logReader(first) {
  const base = new URL(first, location.href);
  return async (chunk) => decodeEntries(await readJson(new URL(String(chunk), base)));
}

/** @param {URL} address */
async function readJson(address) {
  const answer = await fetch(address).catch(unlessAway);
  if (!answer.ok) throw new NotNow(`${address} answered ${answer.status}`);
  return answer.json();
}

/**
 * @param {unknown} error
 * @returns {never}
 */
function unlessAway(error) {
  if (error instanceof TypeError) throw new NotNow(error.message); // the network failed
  throw error;
}
