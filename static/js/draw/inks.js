/**
 * What the others are drawing just now: strokes that grow by ink, sketches of all else. Each is forgotten once it is
 * an op.
 *
 * @import { Ink } from "../engine/codec.js"
 * @import { Shape, Text } from "../engine/ops.js"
 * @import { Sketch } from "../engine/presence.js"
 * @import { Twin } from "./mirror.js"
 * @import { Size } from "./view.js"
 * @typedef {Draft | Twin | Shown} Seen
 * @typedef {{draft: Draft, next: number, twins: readonly Twin[]}} Growing
 *   A stroke, the index of the point it needs next, and what grows along with it in a mirror.
 */

import { Draft } from "./draft.js";
import { Emitter } from "./emitter.js";
import { copiesOf, twinsOf } from "./mirror.js";
import { Shown } from "./shown.js";

/**
 * @extends {Emitter<{grown: [draft: Draft | Twin], sketched: [draft: Shown], gone: [draft: Seen],
 *   veiled: [ids: ReadonlySet<string>], reached: [from: string, x: number, y: number]}>}
 */
export class Inks extends Emitter {
  #paper;
  /** @type {Map<string, {draft: Seen, from: string}>} everything that is seen, and whose it is */
  #seen = new Map();
  /** @type {Map<string, Growing>} */
  #growing = new Map();
  /** @type {Map<string, string>} the marks that texts are written in the place of, by the ids of these */
  #replaced = new Map();

  /** @param {Size} paper */
  constructor(paper) {
    super();
    this.#paper = paper;
  }

  /**
   * Take in points of a stroke, or that something was given up.
   * @param {Ink} ink
   * @param {string} from
   */
  receive(ink, from) {
    if (ink.stroke === null) return this.forget(ink.id);
    const growing = this.#growingOn(ink) ?? this.#begin(ink, from);
    if (this.#seen.get(ink.id)?.from !== from) this.#handOver(growing, from);
    this.#grow(growing, ink);
    const { x, y } = ink.points[ink.points.length - 1];
    this.emit("reached", from, x, y);
  }

  /**
   * Take in what a shape or a text looks like now.
   * @param {Sketch} sketch
   * @param {string} from
   */
  receiveSketch({ mark, mirror, instead }, from) {
    this.#sketch(mark, from);
    const copies = mark.t === "shape" ? copiesOf(mark, mirror ?? "none", this.#paper) : [];
    for (const copy of copies) this.#sketch(copy, from);
    if (instead !== undefined && this.#replaced.get(mark.id) !== instead) {
      this.#replaced.set(mark.id, instead);
      this.#tellVeiled();
    }
  }

  /**
   * Forget what is an op now, or was given up.
   * @param {string} id
   */
  forget(id) {
    const seen = this.#seen.get(id);
    if (seen === undefined) return;
    this.#seen.delete(id);
    this.#growing.delete(id);
    if (this.#replaced.delete(id)) this.#tellVeiled();
    this.emit("gone", seen.draft);
  }

  /**
   * Forget blanks in the place of a mark that is no more.
   * @param {string} removed
   */
  forgetBlanks(removed) {
    for (const [id, replaced] of this.#replaced)
      if (replaced === removed && isBlank(this.#seen.get(id)?.draft)) this.forget(id);
  }

  /**
   * Forget what a participant was drawing.
   * @param {string} from
   */
  forgetFrom(from) {
    for (const [id, seen] of this.#seen) if (seen.from === from) this.forget(id);
  }

  /** Forget everything. */
  clear() {
    for (const id of this.#seen.keys()) this.forget(id);
  }

  /**
   * Return the stroke that ink is a part of, unless it went on on another layer: then it is begun there.
   * @param {Ink} ink
   */
  #growingOn({ id, stroke }) {
    const growing = this.#growing.get(id);
    return growing?.draft.style.layer === stroke?.layer ? growing : undefined;
  }

  /**
   * @param {Ink} ink
   * @param {string} from
   */
  #begin({ id, stroke, start, mirror }, from) {
    const style = /** @type {NonNullable<typeof stroke>} */ (stroke);
    const before = this.#growing.get(id);
    const draft = new Draft(id, style);
    if (before) draft.points.push(...before.draft.points);
    const twins = twinsOf(draft, mirror ?? "none", this.#paper);
    for (const one of [draft, ...twins]) this.#keep(one, from);
    const growing = { draft, next: before?.next ?? start, twins };
    this.#growing.set(id, growing);
    return growing;
  }

  /**
   * Add the points that are new. Some may have been dropped on the way: the gap is drawn straight across,
   * until the op itself comes.
   * @param {Growing} growing
   * @param {Ink} ink
   */
  #grow(growing, { start, points }) {
    const fresh = points.slice(Math.max(0, growing.next - start));
    if (fresh.length === 0) return;
    growing.draft.points.push(...fresh);
    growing.next = start + points.length;
    this.emit("grown", growing.draft);
    for (const twin of growing.twins) this.#follow(twin);
  }

  /**
   * Have a copy grow, unless it is an op already.
   * @param {Twin} twin
   */
  #follow(twin) {
    if (this.#seen.get(twin.id)?.draft !== twin) return;
    twin.follow();
    this.emit("grown", twin);
  }

  /**
   * @param {Shape | Text} mark
   * @param {string} from
   */
  #sketch(mark, from) {
    const seen = this.#seen.get(mark.id)?.draft;
    const draft = seen instanceof Shown ? seen : this.#keep(new Shown(mark), from);
    this.#belong(mark.id, from);
    draft.become(mark);
    this.emit("sketched", draft);
  }

  /**
   * Know of something that is being drawn; nothing else goes by its name.
   * @template {Seen} Kind
   * @param {Kind} draft
   * @param {string} from
   */
  #keep(draft, from) {
    this.forget(draft.id);
    this.#seen.set(draft.id, { draft, from });
    return draft;
  }

  /**
   * @param {Growing} growing
   * @param {string} from
   */
  #handOver({ draft, twins }, from) {
    for (const { id } of [draft, ...twins]) this.#belong(id, from);
  }

  /**
   * Know whose something is: who comes back on a new line goes on with what they drew.
   * @param {string} id
   * @param {string} from
   */
  #belong(id, from) {
    const seen = this.#seen.get(id);
    if (seen) seen.from = from;
  }

  #tellVeiled() {
    this.emit("veiled", new Set(this.#replaced.values()));
  }
}

/** @param {Seen | undefined} draft */
function isBlank(draft) {
  const { mark = null } = draft instanceof Shown ? draft : {};
  return mark?.t === "text" && mark.text.trim() === "";
}
