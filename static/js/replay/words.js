/**
 * What the replay says.
 *
 * @import { Entry } from "../engine/codec.js"
 * @import { Op } from "../engine/ops.js"
 * @typedef {Readonly<{key: string, name: string, colour: string}>} Author
 */

import { authorOf } from "../engine/ops.js";

const UNKNOWN = Object.freeze({ name: "Somebody", colour: "#808080" });
const DONE = Object.freeze({
  hide: "undid",
  show: "redid",
  clear: "cleared the layer",
  shape: "drew a shape",
  image: "put in an image",
  text: "wrote",
  area: "filled an area",
  layer: "changed a layer",
  move: "moved something",
  remove: "removed something",
});

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** Who drew, by what they are called and in which colour. */
export class Authors {
  #authors;

  /** @param {readonly Author[]} authors */
  constructor(authors) {
    this.#authors = new Map(authors.map((author) => [author.key, author]));
  }

  /**
   * Return who made an op.
   * @param {Op} op
   */
  of(op) {
    return this.#authors.get(authorOf(op.id)) ?? UNKNOWN;
  }

  /**
   * Say who did what, and when.
   * @param {Entry} entry
   */
  told({ op, time }) {
    return `${this.of(op).name} ${deed(op)} · ${when(time)}`;
  }
}

/**
 * Return a time as it is written here.
 * @param {number} time in ms since 1970
 */
export function when(time) {
  return moment.format(time);
}

/** @param {Op} op */
function deed(op) {
  if (op.t !== "stroke") return DONE[op.t];
  return op.brush === "eraser" ? "erased" : "drew";
}
