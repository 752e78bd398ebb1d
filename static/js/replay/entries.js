/**
 * Parts of a log, as lists of entries in the order of their seqs.
 *
 * @import { Entry } from "../engine/codec.js"
 * @import { Remove } from "../engine/ops.js"
 */

import { authorOf } from "../engine/ops.js";

const NEVER_MEANT = new Set(["hide", "show", "remove"]); // by a remove of everything

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
 * Return the entries but those that a moderator has taken out of the picture: nobody is shown these any more.
 * @param {readonly Entry[]} entries
 */
export function allowed(entries) {
  const isRuling = (/** @type {Remove} */ { id, ops }) =>
    ops === null || ops.some((one) => authorOf(one) !== authorOf(id));
  return without(entries, removed(entries, isRuling));
}

/**
 * Return the entries of what was never undone or deleted, or was brought back in the end.
 * @param {readonly Entry[]} entries
 */
export function lasting(entries) {
  const gone = removed(entries, () => true);
  for (const id of undone(entries)) gone.add(id);
  return without(entries, gone).filter(({ op }) => op.t !== "hide" && op.t !== "show");
}

/**
 * @param {readonly Entry[]} entries
 * @param {ReadonlySet<string>} gone
 */
function without(entries, gone) {
  return entries.filter(({ op }) => !gone.has(op.id));
}

/** @param {readonly Entry[]} entries */
function undone(entries) {
  /** @type {Set<string>} */
  const ids = new Set();
  for (const { op } of entries) {
    if (op.t === "hide") for (const id of op.ops) ids.add(id);
    if (op.t === "show") for (const id of op.ops) ids.delete(id);
  }
  return ids;
}

/**
 * Return the ids of these removes, and of what those have removed that are in force.
 * @param {readonly Entry[]} entries
 * @param {(remove: Remove) => boolean} counts
 */
function removed(entries, counts) {
  /** @type {Set<string>} */
  const gone = new Set();
  const lifted = undone(entries);
  entries.forEach(({ op }, place) => {
    if (op.t !== "remove" || !counts(op)) return;
    gone.add(op.id);
    if (!lifted.has(op.id)) for (const id of targets(op, entries, place)) gone.add(id);
  });
  return gone;
}

/**
 * Return the ids of what a remove is about, which stands at a place among the entries.
 * @param {Remove} remove
 * @param {readonly Entry[]} entries
 * @param {number} place
 */
function targets({ ops, author }, entries, place) {
  if (ops !== null) return ops;
  const earlier = entries.slice(0, place).map(({ op }) => op);
  const about = earlier.filter(({ id, t }) => !NEVER_MEANT.has(t) && isBy(id, author));
  return about.map(({ id }) => id);
}

/**
 * @param {string} id
 * @param {string | null} author null: anybody
 */
function isBy(id, author) {
  return author === null || authorOf(id) === author;
}
