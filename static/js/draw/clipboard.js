/**
 * Copy, cut and paste: by the browser's own keys and menus, by buttons, within a drawing and between drawings.
 *
 * @import { Mark } from "../engine/ops.js"
 * @import { Box } from "../engine/geometry.js"
 * @import { Replica } from "../engine/replica.js"
 * @import { Brought, Copied } from "./brought.js"
 * @import { Brushes } from "./brushes.js"
 * @import { Images } from "./images.js"
 * @import { Memory } from "./memory.js"
 * @import { Notices } from "./notices.js"
 * @import { Selection } from "./selection.js"
 * @import { TypeCase } from "./typecase.js"
 * @import { Workspace } from "./workspace.js"
 * @typedef {{selection: Selection, workspace: Workspace, brushes: Brushes, notices: Notices, memory: Memory,
 *   type: TypeCase, mayMark: () => boolean, replica: Replica, images: Images, address: string}} Ties
 *   address is where the drawing's images are
 */

import { LONGEST_TEXT, MOST_TARGETS } from "../engine/ops.js";
import { shifted } from "./affine.js";
import { intersection, strokeBox, union } from "./boxes.js";
import { bring, isForeign } from "./brought.js";
import { CLIP, clipOf, marksIn } from "./clip.js";
import { byId } from "./dom.js";
import { middleOf } from "./grips.js";
import { textOf } from "./pastedtext.js";
import { Untaken } from "./sending.js";
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
  addEventListener("storage", ({ key }) => key === NAME && clipboard.show()); // copied in another tab
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
    this.show();
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
    memory.keep(NAME, clipOf(marks, this.#ties.address));
    notices.tell(words.clipped(marks.length));
    this.show();
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
    const clip = clipOf(this.#ties.selection.marks, this.#ties.address);
    event.preventDefault();
    data.setData(CLIP, clip);
    this.keep();
    if (event.type === "cut") this.#cut(clip);
  }

  /**
   * Take what was copied away: pasted for the first time, it lies where it was.
   * @param {string} clip
   */
  #cut(clip) {
    this.#pasted = clip;
    this.#times = -1;
    this.#ties.selection.remove();
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
    const { selection, brushes, notices, workspace, mayMark, type } = this.#ties;
    if (!mayMark()) return;
    const { angle, middle } = workspace;
    const pasted = textOf(letters, { brushes, angle }, workspace.toPaper(middle));
    brushes.tool = "select";
    selection.add([pasted], shifted(0, 0));
    type.check(pasted.text);
    if (letters.trim().length > LONGEST_TEXT) notices.tell(words.textTooLong);
  }

  /** @param {string} clip */
  #paste(clip) {
    const { address, notices } = this.#ties;
    const marks = marksIn(clip);
    if (marks.length === 0 || !this.#ties.mayMark()) return;
    this.#times = clip === this.#pasted ? this.#times + 1 : 1;
    this.#pasted = clip;
    if (!marks.some((mark) => isForeign(mark, address))) return this.#put(marks);
    bring(marks, this.#ties).then(
      (brought) => this.#put(marks, brought),
      (error) => {
        if (!(error instanceof Untaken)) throw error;
        notices.warn(words.imageRefused("", error.code));
      },
    );
  }

  /**
   * @param {readonly Copied[]} marks
   * @param {Brought} [brought]
   */
  #put(marks, brought) {
    const { selection, brushes, notices } = this.#ties;
    const here = marks.map(({ from, ...mark }) => ({ ...mark, layer: brushes.layer }));
    if (brushes.tool !== "lasso") brushes.tool = "select";
    selection.add(here, this.#map(here), { own: brought && ((op) => brought.own(op)) });
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

  /** Offer to paste, if there is something to. */
  show() {
    byId("paste", HTMLButtonElement).disabled = this.#ties.memory.recall(NAME) === null;
  }
}

/** @param {EventTarget | null} target */
function isForText(target) {
  return target instanceof Element && target.matches("input, textarea, select, dialog *");
}
