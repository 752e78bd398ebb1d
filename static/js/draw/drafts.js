/**
 * One's own strokes on their way from the pen to the log.
 *
 * @import { Mark, ShapeStyle, Style } from "../engine/ops.js"
 * @import { Brushes } from "./brushes.js"
 * @import { Reflection } from "./mirror.js"
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
import { intersection, strokeBox } from "./boxes.js";
import { Carried } from "./carried.js";
import { Draft } from "./draft.js";
import { Figure } from "./figure.js";
import { reflected, reflectionsOf, Twin } from "./mirror.js";
import { Written } from "./written.js";

/** @implements {Drafts} */
export class OwnDrafts {
  #ways;
  /** @type {WeakMap<Draft, Twin[]>} */
  #twins = new WeakMap();
  /** @type {WeakMap<Figure, {reflection: Reflection, figure: Figure}[]>} */
  #images = new WeakMap();

  /** @param {Ways} ways */
  constructor(ways) {
    this.#ways = ways;
  }

  /**
   * Begin a stroke.
   * @param {Style} style
   * @param {number} spacing
   */
  begin(style, spacing) {
    const { names, brushes, paper } = this.#ways;
    const reflections = reflectionsOf(brushes.mirror);
    if (reflections.length === 0) return new Draft(names.next(), style, spacing);
    const name = names.gesture();
    const draft = new Draft(name(), style, spacing);
    const twins = reflections.map((reflection) => new Twin(name(), draft, reflection, paper));
    this.#twins.set(draft, twins);
    return draft;
  }

  /**
   * Begin a shape.
   * @param {ShapeStyle} style
   */
  beginShape(style) {
    const { names, brushes } = this.#ways;
    const reflections = reflectionsOf(brushes.mirror);
    if (reflections.length === 0) return new Figure(names.next(), style);
    const name = names.gesture();
    const figure = new Figure(name(), style);
    this.#images.set(
      figure,
      reflections.map((reflection) => ({ reflection, figure: new Figure(name(), style) })),
    );
    return figure;
  }

  /**
   * Show a shape as it is now; others see it once it is done.
   * @param {Figure} figure
   * @param {readonly Place[]} places its points, in px
   */
  reshape(figure, places) {
    this.#reshape(figure, places);
    for (const { reflection, figure: other } of this.#images.get(figure) ?? []) {
      const there = places.map((place) => reflected(place, reflection, this.#ways.paper));
      this.#reshape(other, there);
    }
  }

  /**
   * Begin a text.
   * @param {Script} style
   */
  beginText(style) {
    return new Written(this.#ways.names.next(), style);
  }

  /**
   * Show a text as it is now; others see it once it is done.
   * @param {Written} written
   * @param {string} letters
   */
  rewrite(written, letters) {
    this.#ways.painter.forget(written);
    written.letters = letters;
    if (letters !== "") this.#ways.painter.show(written);
  }

  /**
   * Return what shows marks on their way elsewhere.
   * @param {readonly Mark[]} marks
   */
  carry(marks) {
    return new Carried(this.#ways.painter, marks);
  }

  /**
   * Leave marks out of the picture as long as they are shown otherwise; those before are seen again.
   * @param {readonly string[]} ids
   */
  veil(ids) {
    this.#ways.painter.veil(new Set(ids));
  }

  /**
   * Have a text take the place of another; an empty one only takes that away.
   * @param {string} old the id of the other
   * @param {Written} written
   */
  exchange(old, written) {
    const { session, names } = this.#ways;
    const name = names.gesture();
    session.propose(remove(name(), [old]));
    written.id = name();
    if (written.isEmpty) this.giveUp(written);
    else this.finish(written);
  }

  /**
   * Show a stroke as far as it has come, here and to the others.
   * @param {Draft} draft
   */
  grown(draft) {
    this.#ways.painter.show(draft);
    this.#ways.outlet.grow(draft);
    for (const twin of this.#twins.get(draft) ?? []) {
      twin.follow();
      this.#ways.painter.show(twin);
    }
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
    const all = [draft, ...this.#reflectionsOf(draft)];
    const seen = all.filter((one) => this.#isOnPaper(one));
    if (!seen.includes(draft)) this.giveUp(draft);
    for (const one of seen) {
      this.#ways.session.propose(one.toOp());
      this.#ways.painter.forget(one);
    }
    if (seen.length === 0) return;
    this.#ways.outlet.end();
    this.#ways.brushes.use();
  }

  /**
   * Let it go as if it had never been.
   * @param {Growing} draft
   */
  giveUp(draft) {
    for (const one of [draft, ...this.#reflectionsOf(draft)]) this.#ways.painter.forget(one);
    this.#ways.outlet.giveUp(draft);
  }

  /**
   * @param {Figure} figure
   * @param {readonly Place[]} places
   */
  #reshape(figure, places) {
    this.#ways.painter.forget(figure);
    figure.reshape(places);
    this.#ways.painter.show(figure);
  }

  /**
   * Return what is drawn along with a draft, in a mirror.
   * @param {Growing} draft
   * @returns {Growing[]}
   */
  #reflectionsOf(draft) {
    const twins = draft instanceof Draft ? (this.#twins.get(draft) ?? []) : [];
    for (const twin of twins) twin.follow();
    const images = draft instanceof Figure ? (this.#images.get(draft) ?? []) : [];
    return [...twins, ...images.map(({ figure }) => figure)];
  }

  /** @param {Growing} draft */
  #isOnPaper({ mark }) {
    const { width, height } = this.#ways.paper;
    const paper = { left: 0, top: 0, right: width, bottom: height };
    return intersection(strokeBox(mark), paper) !== null;
  }
}
