/**
 * Text: a touch begins one, or takes up one's own that is there; keys write it, a touch elsewhere ends it.
 *
 * @import { Text } from "../engine/ops.js"
 * @import { Touch } from "./draft.js"
 * @import { Hand, Studio } from "./tools.js"
 * @import { Place } from "./view.js"
 * @import { Written } from "./written.js"
 */

import { POINT_UNIT } from "../engine/geometry.js";
import { toMatrix } from "../engine/matrix.js";

const MIDDLE = 0.36; // em from the baseline to the middle of its letters, where the touch is

/**
 * Begin to write.
 * @param {Studio} studio
 * @param {Touch} touch
 * @returns {Hand}
 */
export function text(studio, touch) {
  const old = studio.selection.textAt(touch);
  if (old) studio.brushes.takeUp(old);
  return new Writing(studio, old, old ? old.matrix : matrixAt(studio, touch));
}

/**
 * Return the matrix of a text whose first letter is at a place, and which is upright on the screen.
 * @param {Pick<Studio, "brushes" | "angle">} studio
 * @param {Place} place
 */
export function matrixAt({ brushes, angle }, { x, y }) {
  const down = (MIDDLE * brushes.textStyle().size) / POINT_UNIT;
  const [cos, sin] = [Math.cos(angle), -Math.sin(angle)];
  return toMatrix({ a: cos, b: sin, c: -sin, d: cos, e: x - sin * down, f: y + cos * down });
}

/** @implements {Hand} */
class Writing {
  isOpen = true;
  #studio;
  #old;
  #isFirst = true; // whether this is the first touch of it
  #isLeft = false; // whether the last touch was elsewhere
  /** @type {Written} */
  #draft;

  /**
   * @param {Studio} studio
   * @param {Text | null} old what is written anew
   * @param {Text["matrix"]} matrix
   */
  constructor(studio, old, matrix) {
    this.#studio = studio;
    this.#old = old;
    const { layer } = old ?? studio.brushes.textStyle();
    const style = { ...studio.brushes.textStyle(), matrix, layer };
    this.#draft = studio.drafts.beginText(style, old?.id);
    if (old) studio.drafts.veil([old.id]);
    this.#write(old?.text ?? "");
    studio.typing.begin(this.#draft, {
      write: (letters) => this.#write(letters),
      end: () => studio.settle(),
    });
  }

  /** @param {Touch} touch */
  resume(touch) {
    this.#isFirst = false;
    this.#isLeft = !this.#studio.typing.isAt(touch);
    if (!this.#isLeft) this.#studio.typing.choose(touch, touch);
  }

  /** @param {readonly Touch[]} touches */
  draw(touches) {
    if (!this.#isFirst && !this.#isLeft) this.#studio.typing.stretch(touches[touches.length - 1]);
  }

  end() {
    if (this.#isLeft) this.settle();
    else this.#studio.typing.focus();
  }

  giveUp() {
    if (this.#isFirst) this.drop();
  }

  restyle() {
    const { matrix, layer } = this.#draft.style;
    this.#draft.style = { ...this.#studio.brushes.textStyle(), matrix, layer };
    this.#write(this.#draft.letters);
  }

  settle() {
    const { drafts } = this.#studio;
    if (this.#isAsBefore) return this.drop();
    this.#close();
    if (this.#old) drafts.exchange(this.#draft);
    else drafts.finish(this.#draft);
    drafts.veil([]);
  }

  drop() {
    this.#close();
    this.#studio.drafts.giveUp(this.#draft);
    this.#studio.drafts.veil([]);
  }

  /** Whether there is nothing to keep: a new text is empty, or an old one is as it was. */
  get #isAsBefore() {
    if (this.#old === null) return this.#draft.isEmpty;
    const { text: letters, colour, size, alpha } = this.#draft.toOp();
    const { text: before, ...was } = this.#old;
    return letters === before && colour === was.colour && size === was.size && alpha === was.alpha;
  }

  #close() {
    this.isOpen = false;
    this.#studio.typing.end();
  }

  /** @param {string} letters */
  #write(letters) {
    this.#studio.drafts.rewrite(this.#draft, letters);
  }
}
