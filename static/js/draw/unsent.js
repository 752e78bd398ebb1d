/**
 * Images whose files are not sent yet. Until then an op names, in the place of its image, the op whose file it is:
 * itself, or the one it is a copy of. So everything can be done to it that can be done to any other mark.
 *
 * @import { Image, Op } from "../engine/ops.js"
 * @import { Become } from "../engine/replica.js"
 * @import { Content } from "./sending.js"
 */

import { POINT_UNIT } from "../engine/geometry.js";
import { compose, ONE } from "../engine/matrix.js";
import { hide, image, move, remove, show } from "../engine/ops.js";

/**
 * Say whether an op waits for the file of its image to be sent.
 * @param {Op} op
 * @returns {op is Image}
 */
export function isUnsent(op) {
  return op.t === "image" && isOpId(op.image);
}

/**
 * Say whether a name is an op's, and not a hash as that of an image the server has.
 * @param {string} name
 */
export function isOpId(name) {
  return name.includes(".");
}

/**
 * Say whether every image of a file was undone before it was sent.
 * @param {string} name
 * @param {readonly Op[]} pending
 */
export function isTakenBack(name, pending) {
  const images = pending.filter((op) => isOf(op, name));
  return images.every(({ id }) => lastTurn(id, pending)?.t === "hide");
}

/**
 * Return the last op that hides another, or shows it again.
 * @param {string} id
 * @param {readonly Op[]} pending
 */
function lastTurn(id, pending) {
  return pending.findLast((op) => (op.t === "hide" || op.t === "show") && op.ops.includes(id));
}

/**
 * Return what lets ops have the image that was made of a file.
 * @param {string} name
 * @param {Content} content
 * @returns {Become}
 */
export function withImage(name, content) {
  return (op) => (isOf(op, name) ? image({ ...centred(op, content), ...content }) : op);
}

/**
 * Return an image that has its middle where it was, should its size not be what was expected.
 * @param {Image} op
 * @param {Content} content
 */
function centred(op, content) {
  const across = ((op.width - content.width) / 2) * POINT_UNIT;
  const down = ((op.height - content.height) / 2) * POINT_UNIT;
  return { ...op, matrix: compose(op.matrix, [ONE, 0, 0, ONE, across, down]) };
}

/**
 * Return what takes the images of a file away, and out of what is said of them.
 * @param {string} name
 * @returns {Become}
 */
export function withoutImage(name) {
  /** @type {Set<string>} */
  const gone = new Set();
  return (op) => {
    const rest = isOf(op, name) ? null : without(op, gone);
    if (rest === null) gone.add(op.id);
    return rest;
  };
}

/**
 * Return an op without those of its targets that are gone; null when none is left.
 * @param {Op} op
 * @param {ReadonlySet<string>} gone
 */
function without(op, gone) {
  if (!("ops" in op) || op.ops === null) return op;
  const left = op.ops.filter((id) => !gone.has(id));
  if (left.length === op.ops.length) return op;
  return left.length > 0 ? about(op, left) : null;
}

/**
 * @param {Extract<Op, {ops: unknown}>} op
 * @param {readonly string[]} ops
 */
function about(op, ops) {
  switch (op.t) {
    case "hide":
      return hide(op.id, ops);
    case "show":
      return show(op.id, ops);
    case "move":
      return move(op.id, ops, op.matrix);
    case "remove":
      return remove(op.id, ops);
  }
}

/**
 * @param {Op} op
 * @param {string} name
 * @returns {op is Image}
 */
function isOf(op, name) {
  return op.t === "image" && op.image === name;
}
