/**
 * What becomes of what one is drawing when its layer is locked, deleted or hidden meanwhile: it is told at once, and
 * the pen goes on.
 *
 * @import { Replica } from "../engine/replica.js"
 * @import { OwnDrafts } from "./drafts.js"
 * @import { Easel } from "./easel.js"
 * @import { Notices } from "./notices.js"
 * @import { Session } from "./session.js"
 * @typedef {{session: Pick<Session, "on">, replica: Replica, drafts: OwnDrafts, easel: Pick<Easel, "giveUp">,
 *   notices: Pick<Notices, "tell">}} Ties
 * @typedef {{deleted: boolean, locked: boolean, hidden: boolean}} Stand
 */

import { erases } from "../engine/coats.js";
import { refuge } from "./stacking.js";
import * as words from "./words.js";

/**
 * Look after what is being drawn whenever layers change.
 * @param {Ties} ties
 */
export function heedMeanwhile(ties) {
  let heeded = "";
  ties.session.on("change", ({ layers }) => {
    const { current } = ties.drafts;
    if (!layers || current === null) return;
    const { layer } = current.style;
    const level = ties.replica.scene.level(layer);
    const how = howChanged(level);
    const now = `${current.id} ${layer} ${how}`;
    if (how !== "open" && now !== heeded) settle(ties, how, words.layerName(level));
    heeded = now;
  });
}

/** @param {Stand} level */
function howChanged({ deleted, locked, hidden }) {
  if (deleted) return "deleted";
  if (locked) return "locked";
  return hidden ? "hidden" : "open";
}

/**
 * @param {Ties} ties
 * @param {"deleted" | "locked" | "hidden"} how
 * @param {string} name of the layer
 */
function settle({ drafts, replica, easel, notices }, how, name) {
  if (how === "hidden") return notices.tell(words.hiddenMeanwhile(name));
  // What lies on another layer is not what was to be erased.
  if (drafts.current && erases(drafts.current.mark)) {
    easel.giveUp();
    return notices.tell(words.nothingErased(name, how));
  }
  const level = refuge(replica.scene.stack());
  if (level) drafts.moveTo(level.number);
  notices.tell(words.leftMeanwhile(name, how, level));
}
