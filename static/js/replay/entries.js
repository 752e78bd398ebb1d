/**
 * Parts of a log, as lists of entries in the order of their seqs.
 *
 * @import { Entry } from "../engine/codec.js"
 */

/**
 * Return how many of the entries come up to a seq.
 * @param {readonly Entry[]} entries
 * @param {number} seq
 */
export function countUpTo(entries, seq) {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (entries[middle].seq <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Return the entries of what was never undone, or was redone in the end.
 * @param {readonly Entry[]} entries
 */
export function lasting(entries) {
  /** @type {Set<string>} */
  const undone = new Set();
  for (const { op } of entries) {
    if (op.t === "hide") for (const id of op.ops) undone.add(id);
    if (op.t === "show") for (const id of op.ops) undone.delete(id);
  }
  return entries.filter(({ op }) => op.t !== "hide" && op.t !== "show" && !undone.has(op.id));
}
