/**
 * Copy, cut and paste: by the browser's own keys and menus, by buttons, within a drawing and between drawings.
 *
 * @import { Mark } from "../engine/ops.js"
 * @import { Box } from "../engine/geometry.js"
 * @import { Brushes } from "./brushes.js"
 * @import { Memory } from "./memory.js"
 * @import { Notices } from "./notices.js"
 * @import { Selection } from "./selection.js"
 * @import { Workspace } from "./workspace.js"
 * @typedef {{selection: Selection, workspace: Workspace, brushes: Brushes, notices: Notices, memory: Memory,
 *   mayMark: () => boolean}} Ties
 */

import { LONGEST_TEXT, MOST_TARGETS } from "../engine/ops.js";
import { shifted } from "./affine.js";
import { intersection, strokeBox, union } from "./boxes.js";
import { CLIP, clipOf, marksIn } from "./clip.js";
import { byId } from "./dom.js";
import { middleOf } from "./grips.js";
import { textOf } from "./pastedtext.js";
import * as words from "./words.js";

const NAME = "clip";
const ASIDE = 24; // px from one paste to the next

/**
 * Have what is selected copied, and what was copied pasted.
 * @param {Ties} ties
 */
export function useClipboard(ties) {
  const clipboard = new Clipboard(ties);
  for (const name of /** @type {const} */ (["copy", "cut", "paste"])) {
    document.addEventListener(name, (event) => clipboard.hear(name, event));
  }
  byId("chosen-clip").addEventListener("click", () => clipboard.keep());
  byId("paste").addEventListener("click", () => clipboard.pasteKept());
}

class Clipboard {
  #ties;
  #pasted = ""; // what was pasted last
  #times = 0; // and how often

  /** @param {Ties} ties */
  constructor(ties) {
    this.#ties = ties;
    this.#show();
  }

  /**
   * @param {"copy" | "cut" | "paste"} name
   * @param {ClipboardEvent} event
   */
  hear(name, event) {
    const data = event.clipboardData;
    if (data === null || isForText(event.target)) return;
    if (name === "paste") this.#pasteFrom(data, event);
    else if (!this.#ties.selection.isEmpty) this.#copyTo(data, event);
  }

  /** Copy what is selected, for this browser alone. */
  keep() {
    const { selection, memory, notices } = this.#ties;
    const { marks } = selection;
    memory.keep(NAME, clipOf(marks));
    notices.tell(words.clipped(marks.length));
    this.#show();
  }

  /** Paste what this browser has kept. */
  pasteKept() {
    const kept = this.#ties.memory.recall(NAME);
    if (typeof kept === "string") this.#paste(kept);
  }

  /**
   * @param {DataTransfer} data
   * @param {ClipboardEvent} event
   */
  #copyTo(data, event) {
    event.preventDefault();
    data.setData(CLIP, clipOf(this.#ties.selection.marks));
    this.keep();
    if (event.type === "cut") this.#ties.selection.remove();
  }

  /**
   * @param {DataTransfer} data
   * @param {ClipboardEvent} event
   */
  #pasteFrom(data, event) {
    const clip = data.getData(CLIP);
    const letters = data.getData("text/plain");
    const isText = clip === "" && data.files.length === 0 && letters.trim() !== "";
    if (clip === "" && !isText) return;
    event.preventDefault();
    if (isText) this.#pasteText(letters);
    else this.#paste(clip);
  }

  /** @param {string} letters */
  #pasteText(letters) {
    const { selection, brushes, notices, workspace, mayMark } = this.#ties;
    if (!mayMark()) return;
    const { angle, middle } = workspace;
    const pasted = textOf(letters, { brushes, angle }, workspace.toPaper(middle));
    brushes.tool = "select";
    selection.add([pasted], shifted(0, 0));
    if (letters.trim().length > LONGEST_TEXT) notices.tell(words.textTooLong);
  }

  /** @param {string} clip */
  #paste(clip) {
    const { selection, brushes, notices, mayMark } = this.#ties;
    const marks = marksIn(clip).map((mark) => ({ ...mark, layer: brushes.layer }));
    if (marks.length === 0 || !mayMark()) return;
    this.#times = clip === this.#pasted ? this.#times + 1 : 1;
    this.#pasted = clip;
    if (brushes.tool !== "lasso") brushes.tool = "select";
    selection.add(marks, this.#map(marks));
    if (marks.length === MOST_TARGETS) notices.tell(words.pastedMost);
  }

  /**
   * Return what puts marks a little aside of where they were, or where one looks when that is elsewhere.
   * @param {readonly Mark[]} marks
   */
  #map(marks) {
    const { x, y, width, height } = this.#ties.workspace.seen;
    const seen = { left: x, top: y, right: x + width, bottom: y + height };
    /** @type {Box | null} */
    let box = null;
    for (const mark of marks) box = union(box, strokeBox(mark));
    const far = ASIDE * this.#times;
    if (box === null || intersection(box, seen) !== null) return shifted(far, far);
    const [from, to] = [middleOf(box), middleOf(seen)];
    return shifted(to.x - from.x, to.y - from.y);
  }

  #show() {
    byId("paste").hidden = this.#ties.memory.recall(NAME) === null;
  }
}

/** @param {EventTarget | null} target */
function isForText(target) {
  return target instanceof Element && target.matches("input, textarea, select, dialog *");
}
