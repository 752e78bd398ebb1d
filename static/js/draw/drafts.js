/**
 * One's own strokes on their way from the pen to the log.
 *
 * @import { Mark, Shape, ShapeStyle, Style, Text } from "../engine/ops.js"
 * @import { WireSketch } from "../engine/presence.js"
 * @import { Brushes } from "./brushes.js"
 * @import { Twin } from "./mirror.js"
 * @import { Names } from "./names.js"
 * @import { Outlet } from "./outlet.js"
 * @import { Painter } from "./painter.js"
 * @import { Session } from "./session.js"
 * @import { Drafts, Growing } from "./tools.js"
 * @import { Place, Size } from "./view.js"
 * @import { Script } from "./written.js"
 * @typedef {{session: Session, painter: Painter, outlet: Outlet, brushes: Brushes, names: Names, paper: Size}} Ways
 */

import { remove } from "../engine/ops.js";
import { encodeSketch } from "../engine/presence.js";
import { intersection, strokeBox } from "./boxes.js";
import { Carried } from "./carried.js";
import { Draft } from "./draft.js";
import { Figure } from "./figure.js";
import { copiesOf, twinsOf } from "./mirror.js";
import { Shown } from "./shown.js";
import { Written } from "./written.js";

/** @implements {Drafts} */
export class OwnDrafts {
  #ways;
  /** @type {WeakMap<Growing, (Twin | Shown)[]>} what grows along with a draft, in a mirror */
  #copies = new WeakMap();
  /** @type {WeakMap<Written, {id: string, old: string}>} the text one takes the place of, and what will remove it */
  #exchanged = new WeakMap();
  /** @type {Draft | Figure | Written | null} */
  #current = null;

  /** @param {Ways} ways */
  constructor(ways) {
    this.#ways = ways;
  }

  /** What is being drawn just now, other than marks that are carried. */
  get current() {
    return this.#current;
  }

  /**
   * Begin a stroke.
   * @param {Style} style
   * @param {number} spacing
   */
  begin(style, spacing) {
    const { brushes, paper } = this.#ways;
    const draft = new Draft(this.#name(), style, spacing, brushes.mirror);
    this.#copies.set(draft, twinsOf(draft, brushes.mirror, paper));
    this.#current = draft;
    return draft;
  }

  /**
   * Begin a shape.
   * @param {ShapeStyle} style
   */
  beginShape(style) {
    const { mirror } = this.#ways.brushes;
    const figure = new Figure(this.#name(), style, mirror);
    const copies = copiesOf(figure.toOp(), mirror, this.#ways.paper);
    const shown = copies.map((copy) => new Shown(copy));
    this.#copies.set(figure, shown);
    this.#current = figure;
    return figure;
  }

  /**
   * Show a shape as it is now, here and to the others.
   * @param {Figure} figure
   * @param {readonly Place[]} places its points, in px
   */
  reshape(figure, places) {
    figure.reshape(places);
    this.#reshaped(figure);
  }

  /** @param {Figure} figure */
  #reshaped(figure) {
    const { painter, outlet, paper } = this.#ways;
    painter.show(figure);
    const copies = copiesOf(figure.mark, figure.mirror, paper);
    for (const [i, copy] of this.#copiesOf(figure).entries()) {
      /** @type {Shown} */ (copy).become(copies[i]);
      painter.show(copy);
    }
    outlet.sketch(figure, () => this.#shapeSketch(figure));
  }

  /**
   * Begin a text; where it is an older one written anew, it will take the place of that.
   * @param {Script} style
   * @param {string} [old]
   */
  beginText(style, old) {
    const { names } = this.#ways;
    const name = old === undefined ? () => names.next() : names.gesture();
    const exchanged = old !== undefined && { id: name(), old };
    const written = new Written(name(), style);
    if (exchanged) this.#exchanged.set(written, exchanged);
    this.#current = written;
    return written;
  }

  /**
   * Show a text as it is now, here and to the others.
   * @param {Written} written
   * @param {string} letters
   */
  rewrite(written, letters) {
    const { painter, outlet } = this.#ways;
    written.letters = letters;
    if (letters === "") painter.forget(written);
    else painter.show(written);
    outlet.sketch(written, () => this.#textSketch(written));
  }

  /**
   * Have what is being drawn go on on another layer, here and for the others.
   * @param {number} layer
   */
  moveTo(layer) {
    const draft = this.#current;
    if (draft === null) return;
    Object.assign(draft, { style: { ...draft.style, layer } });
    if (draft instanceof Written) this.rewrite(draft, draft.letters);
    else if (draft instanceof Draft) this.grown(draft);
    else if (draft.points.length > 0) this.#reshaped(draft);
  }

  /**
   * Return what shows marks on their way elsewhere, here and to the others.
   * @param {readonly Mark[]} marks
   */
  carry(marks) {
    return new Carried(this.#ways, this.#ways.names.gesture()(), marks);
  }

  /**
   * Leave marks out of the picture as long as they are shown otherwise; those before are seen again.
   * @param {readonly string[]} ids
   */
  veil(ids) {
    this.#ways.painter.veil(new Set(ids));
  }

  /**
   * Have a text take the place of the other it was begun for; an empty one only takes that away.
   * @param {Written} written
   */
  exchange(written) {
    const exchanged = this.#exchanged.get(written);
    if (exchanged) this.#ways.session.propose(remove(exchanged.id, [exchanged.old]));
    // Its sketch, a blank, goes with what it was in the place of.
    if (written.isEmpty) this.#letGo(written, []);
    else this.finish(written);
  }

  /**
   * Show a stroke as far as it has come, here and to the others.
   * @param {Draft} draft
   */
  grown(draft) {
    this.#ways.painter.show(draft);
    this.#ways.outlet.grow(draft);
    for (const twin of this.#copiesOf(draft)) this.#ways.painter.show(twin);
  }

  /**
   * Show where a stroke is expected to go: here, and to nobody else.
   * @param {Draft} draft
   */
  reached(draft) {
    this.#ways.painter.show(draft);
  }

  /**
   * Make what was drawn an op; what never touched the paper is none.
   * @param {Growing} draft
   */
  finish(draft) {
    const all = this.#all(draft);
    const seen = all.filter((one) => this.#isOnPaper(one));
    for (const one of seen) this.#ways.session.propose(one.toOp());
    this.#letGo(
      draft,
      all.filter((one) => !seen.includes(one)),
    );
    if (seen.length > 0) this.#ways.brushes.use();
  }

  /**
   * Let it go as if it had never been.
   * @param {Growing} draft
   */
  giveUp(draft) {
    this.#letGo(draft, this.#all(draft));
  }

  /**
   * Show a draft no longer; tell the others what of it will be no op.
   * @param {Growing} draft
   * @param {readonly Growing[]} lost
   */
  #letGo(draft, lost) {
    if (this.#current === draft) this.#current = null;
    for (const one of this.#all(draft)) this.#ways.painter.forget(one);
    this.#ways.outlet.end(
      draft,
      lost.map(({ id }) => id),
    );
  }

  /** Return a name for what one draws next: in a mirror, the first of a gesture. */
  #name() {
    const { names, brushes } = this.#ways;
    return brushes.mirror === "none" ? names.next() : names.gesture()();
  }

  /**
   * Return what the others are told of a shape, or null when there is nothing to be seen.
   * @param {Figure} figure
   * @returns {WireSketch | null}
   */
  #shapeSketch({ mark, mirror: chosen }) {
    const fitted = /** @type {Shape | null} */ (this.#ways.session.fitted(mark));
    const mirror = chosen === "none" ? undefined : chosen;
    return fitted && encodeSketch({ mark: fitted, mirror });
  }

  /**
   * Return what the others are told of a text, or null when there is nothing to be seen. Where it takes the place of
   * another, it is a blank before it has letters: nobody is to see the other again.
   * @param {Written} written
   * @returns {WireSketch | null}
   */
  #textSketch(written) {
    const instead = this.#exchanged.get(written)?.old;
    const { mark, letters } = written;
    const seen = instead && letters === "" ? { ...mark, text: " " } : mark;
    const fitted = /** @type {Text | null} */ (this.#ways.session.fitted(seen));
    return fitted && encodeSketch({ mark: fitted, instead });
  }

  /**
   * Return a draft and what grows along with it.
   * @param {Growing} draft
   * @returns {Growing[]}
   */
  #all(draft) {
    return [draft, ...this.#copiesOf(draft)];
  }

  /**
   * Return what grows along with a draft, as far as that has come.
   * @param {Growing} draft
   */
  #copiesOf(draft) {
    const copies = this.#copies.get(draft) ?? [];
    for (const copy of copies) if ("follow" in copy) copy.follow();
    return copies;
  }

  /** @param {Growing} draft */
  #isOnPaper({ mark }) {
    const { width, height } = this.#ways.paper;
    const paper = { left: 0, top: 0, right: width, bottom: height };
    return intersection(strokeBox(mark), paper) !== null;
  }
}
