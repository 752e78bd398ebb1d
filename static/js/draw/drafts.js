/**
 * One's own strokes on their way from the pen to the log.
 *
 * @import { Style } from "../engine/ops.js"
 * @import { Brushes } from "./brushes.js"
 * @import { Names } from "./names.js"
 * @import { Outlet } from "./outlet.js"
 * @import { Painter } from "./painter.js"
 * @import { Session } from "./session.js"
 * @import { Drafts } from "./tools.js"
 * @import { Size } from "./view.js"
 * @typedef {{session: Session, painter: Painter, outlet: Outlet, brushes: Brushes, names: Names, paper: Size}} Ways
 */

import { intersection, strokeBox } from "./boxes.js";
import { Draft } from "./draft.js";

/** @implements {Drafts} */
export class OwnDrafts {
  #ways;

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
    return new Draft(this.#ways.names.next(), style, spacing);
  }

  /**
   * Show a stroke as far as it has come, here and to the others.
   * @param {Draft} draft
   */
  grown(draft) {
    this.#ways.painter.show(draft);
    this.#ways.outlet.grow(draft);
  }

  /**
   * Make a stroke an op; one that never touched the paper is none.
   * @param {Draft} draft
   */
  finish(draft) {
    const { session, painter, outlet, brushes } = this.#ways;
    if (!this.#isOnPaper(draft)) return this.giveUp(draft);
    session.propose(draft.toStroke());
    painter.forget(draft);
    outlet.end();
    brushes.use();
  }

  /**
   * Let a stroke go as if it had never been.
   * @param {Draft} draft
   */
  giveUp(draft) {
    this.#ways.painter.forget(draft);
    this.#ways.outlet.giveUp(draft);
  }

  /** @param {Draft} draft */
  #isOnPaper({ style, points }) {
    const { width, height } = this.#ways.paper;
    const paper = { left: 0, top: 0, right: width, bottom: height };
    return intersection(strokeBox({ ...style, points }), paper) !== null;
  }
}
