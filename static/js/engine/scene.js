/**
 * What the ops of a log add up to: the marks one sees, and the layers they are on.
 *
 * @import { Clear, Layer, Mark, Move, Op } from "./ops.js"
 */

import { authorOf, isMark, LAYERS } from "./ops.js";
import { Drawn, Sheet } from "./sheet.js";
import { Held, Removal, reach, removedBy, Stack } from "./stack.js";

/** @typedef {Drawn | Held<Clear> | Held<Layer> | Held<Move> | Removal} Any */

/**
 * What an op did to the picture: the marks that came and went, in paint order, and whether layers changed; and
 * what it hid or showed, to be able to take it back. A mark that was moved has gone as it was and come as it is.
 * @typedef {object} Change
 * @property {Mark[]} added
 * @property {Mark[]} removed
 * @property {boolean} layers
 * @property {Any[]} turned
 */

/** The marks of a drawing up to a seq, seen and unseen; only ops change it. */
export class Scene {
  head = 0;
  #numbers;
  /** @type {Op[]} */
  #ops = [];
  /** @type {Set<string>} */
  #known = new Set();
  /** @type {Map<string, Drawn>} */
  #marks = new Map();
  /** @type {Map<string, Exclude<Any, Drawn>>} */
  #others = new Map();
  /** @type {Map<number, Sheet>} */
  #sheets = new Map();
  #stack = new Stack();

  /** @param {ReadonlySet<number>} [layers] */
  constructor(layers = new Set(Array(LAYERS).keys())) {
    this.#numbers = layers;
  }

  /**
   * The numbers of the layers there may be.
   * @returns {ReadonlySet<number>}
   */
  get layers() {
    return this.#numbersWhere((level) => !level.deleted);
  }

  /**
   * The numbers of the layers nobody may draw on now.
   * @returns {ReadonlySet<number>}
   */
  get locked() {
    return this.#numbersWhere((level) => level.locked);
  }

  /** Return the layers there are as they stand, the lowest first. */
  stack() {
    const used = [...this.#sheets].filter(([, sheet]) => sheet.isUsed);
    return this.#stack.levels([0, ...used.map(([number]) => number)]);
  }

  /**
   * Return a layer as it stands, whether or not anything is on it.
   * @param {number} number
   */
  level(number) {
    return this.#stack.level(number);
  }

  /**
   * Take in the op numbered seq; return what that changed in the picture.
   * @param {number} seq
   * @param {Op} op
   * @returns {Change}
   */
  apply(seq, op) {
    this.head = seq;
    this.#ops.push(op);
    this.#known.add(op.id);
    switch (op.t) {
      case "clear":
        return this.#clear(new Held(seq, op));
      case "layer":
        return this.#arrange(new Held(seq, op));
      case "move":
        return this.#move(new Held(seq, op));
      case "remove":
        return this.#remove(new Removal(seq, op));
      case "hide":
        return this.#turn(op.ops, true);
      case "show":
        return this.#turn(op.ops, false);
      default:
        return this.#draw(new Drawn(seq, op));
    }
  }

  /**
   * Take back the last op applied, which made this change.
   * @param {Op} op
   * @param {Change} change
   */
  revert(op, { removed, turned }) {
    this.head -= 1;
    this.#ops.pop();
    this.#known.delete(op.id);
    for (const held of turned) held.turn(!held.undone);
    const reached = [...reach(turned), ...this.#forget(op)];
    for (const mark of this.#movedBy(reached)) mark.replace();
    // The very marks that went come back: a painter knows them.
    for (const mark of removed) this.#marks.get(mark.id)?.restore(mark);
    this.#settle(reached, new Before());
  }

  /** Return every op, in the order of the log. */
  ops() {
    return [...this.#ops];
  }

  /** Give every op, the last of the log first. */
  *newest() {
    for (let i = this.#ops.length - 1; i >= 0; i -= 1) yield this.#ops[i];
  }

  /** Return the marks one sees, strokes and others, in paint order. */
  strokes() {
    return [...this.#marks.values()].filter((mark) => this.#isSeen(mark)).map(nowOf);
  }

  /**
   * Return the marks one sees that are painted after this one.
   * @param {string} id
   */
  above(id) {
    const later = [];
    const seq = this.seqOf(id);
    for (const { marks } of this.#sheets.values()) {
      for (let i = marks.length - 1; i >= 0 && marks[i].seq > seq; i -= 1) {
        if (this.#isSeen(marks[i])) later.push(marks[i]);
      }
    }
    return later.sort(bySeq).map(nowOf);
  }

  /**
   * Return the seq of the last clear in force on a layer, 0 without one: no mark before it is seen.
   * @param {number} layer
   */
  horizon(layer) {
    return this.#sheets.get(layer)?.horizon ?? 0;
  }

  /**
   * Return the seq of an op that can be hidden, 0 when it is not here.
   * @param {string} id
   */
  seqOf(id) {
    return this.#find(id)?.seq ?? 0;
  }

  /**
   * Say whether there is an op of that id, of whatever type.
   * @param {string} id
   */
  knows(id) {
    return this.#known.has(id);
  }

  /**
   * Say whether this mark is seen, or this other op in force.
   * @param {string} id
   */
  shows(id) {
    const mark = this.#marks.get(id);
    return mark ? this.#isSeen(mark) : this.#others.get(id)?.hidden === false;
  }

  /**
   * Say whether an op is a remove of what those with these author keys have not done themselves.
   * @param {string} id
   * @param {ReadonlySet<string>} mine
   */
  moderates(id, mine) {
    const op = this.#others.get(id)?.op;
    if (op?.t !== "remove") return false;
    return op.ops === null || op.ops.some((one) => !mine.has(authorOf(one)));
  }

  /**
   * Return a mark as one sees it, null when one does not.
   * @param {string} id
   */
  seen(id) {
    const mark = this.#marks.get(id);
    return mark && this.#isSeen(mark) ? mark.now : null;
  }

  /**
   * Say whether all of these are in this scene, and no hides or shows.
   * @param {readonly string[]} ids
   */
  has(ids) {
    return ids.every((id) => this.#find(id) !== undefined);
  }

  /**
   * Return whose ops these are.
   * @param {readonly string[]} ids
   */
  authors(ids) {
    return new Set(ids.map(authorOf));
  }

  /**
   * @param {Drawn} mark
   * @returns {Change}
   */
  #draw(mark) {
    this.#marks.set(mark.op.id, mark);
    this.#sheet(mark.op.layer).marks.push(mark);
    return { added: [mark.op], removed: [], layers: false, turned: [] };
  }

  /** @param {Held<Clear>} held */
  #clear(held) {
    this.#others.set(held.op.id, held);
    this.#sheet(held.op.layer).clears.push(held);
    const before = new Before();
    this.#settle([held], before);
    return this.#change(before);
  }

  /**
   * @param {Held<Layer>} held
   * @returns {Change}
   */
  #arrange(held) {
    this.#others.set(held.op.id, held);
    this.#stack.put(held);
    return { added: [], removed: [], layers: true, turned: [] };
  }

  /** @param {Held<Move>} held */
  #move(held) {
    this.#others.set(held.op.id, held);
    const marks = this.#movedBy([held]);
    const before = this.#look(marks);
    for (const mark of marks) mark.move(held);
    return this.#change(before);
  }

  /**
   * Hide ops, or show them.
   * @param {readonly string[]} ids
   * @param {boolean} hidden
   */
  #turn(ids, hidden) {
    const found = [...new Set(ids)].map((id) => this.#find(id));
    const there = found.filter((held) => held !== undefined);
    const turned = there.filter((held) => held.undone !== hidden);
    const change = this.#alter(reach(turned), () => {
      for (const held of turned) held.turn(hidden);
    });
    return { ...change, turned };
  }

  /** @param {Removal} removal */
  #remove(removal) {
    const { op } = removal;
    const targets = [...removedBy(op, this.#marks), ...removedBy(op, this.#others)];
    this.#others.set(op.id, removal);
    return this.#alter(targets, () => removal.begin(targets));
  }

  /**
   * Do what may make these ops come or go; return what it changed in the picture.
   * @param {readonly Held<Op>[]} reached
   * @param {() => void} act
   */
  #alter(reached, act) {
    const moved = this.#movedBy(reached);
    const before = this.#look([...reached.filter((held) => held instanceof Drawn), ...moved]);
    act();
    for (const mark of moved) mark.replace();
    this.#settle(reached, before);
    return { ...this.#change(before), layers: layersOf(reached, "layer").size > 0 };
  }

  /**
   * Let go of the last op; return the ops that may come or go by that.
   * @param {Op} op
   */
  #forget(op) {
    const held = this.#others.get(op.id);
    this.#marks.delete(op.id);
    this.#others.delete(op.id);
    if (isMark(op)) this.#sheet(op.layer).marks.pop();
    if (op.t === "clear") this.#unclear(op.layer);
    if (op.t === "layer") this.#stack.pop(op.layer);
    if (held && isMove(held)) for (const mark of this.#movedBy([held])) mark.unmove(held);
    if (!(held instanceof Removal)) return [];
    held.end();
    return held.targets;
  }

  /** @param {number} layer */
  #unclear(layer) {
    this.#sheet(layer).clears.pop();
    this.#sheet(layer).settle();
  }

  /** @param {string} id */
  #find(id) {
    return this.#marks.get(id) ?? this.#others.get(id);
  }

  /**
   * Return the marks that those of these ops which are moves have moved.
   * @param {readonly Held<Op>[]} held
   */
  #movedBy(held) {
    const ids = new Set(held.filter(isMove).flatMap(({ op }) => op.ops));
    return [...ids].map((id) => this.#marks.get(id)).filter((mark) => mark !== undefined);
  }

  /**
   * Settle the layers of clears and layer ops that came or went.
   * @param {readonly Held<Op>[]} turned
   * @param {Before} before
   */
  #settle(turned, before) {
    for (const number of layersOf(turned, "clear")) {
      const { uncovered, covered } = this.#sheet(number).settle();
      for (const mark of covered) before.take(mark, true);
      for (const mark of uncovered) before.take(mark, false);
    }
    for (const number of layersOf(turned, "layer")) this.#stack.settle(number);
  }

  /** @param {readonly Drawn[]} marks */
  #look(marks) {
    const before = new Before();
    for (const mark of marks) before.take(mark, this.#isSeen(mark));
    return before;
  }

  /**
   * Return what differs now from how marks were seen before.
   * @param {Before} before
   * @returns {Change}
   */
  #change(before) {
    /** @type {Change} */
    const change = { added: [], removed: [], layers: false, turned: [] };
    for (const [mark, was] of [...before.marks].sort(([a], [b]) => bySeq(a, b))) {
      const now = this.#isSeen(mark) ? mark.now : null;
      if (now === was) continue;
      if (was) change.removed.push(was);
      if (now) change.added.push(now);
    }
    return change;
  }

  /** @param {Drawn} mark */
  #isSeen(mark) {
    return !mark.hidden && mark.seq > this.#sheet(mark.op.layer).horizon;
  }

  /** @param {number} number */
  #sheet(number) {
    const sheet = this.#sheets.get(number) ?? new Sheet();
    this.#sheets.set(number, sheet);
    return sheet;
  }

  /** @param {(level: import("./stack.js").Level) => boolean} holds */
  #numbersWhere(holds) {
    return new Set([...this.#numbers].filter((number) => holds(this.#stack.level(number))));
  }
}

/** How marks were seen before an op; null for those that were not. */
class Before {
  /** @type {Map<Drawn, Mark | null>} */
  marks = new Map();

  /**
   * Remember a mark that is not remembered yet.
   * @param {Drawn} mark
   * @param {boolean} isSeen
   */
  take(mark, isSeen) {
    if (!this.marks.has(mark)) this.marks.set(mark, isSeen ? mark.now : null);
  }
}

/**
 * Return the layers that those of these ops speak of that are of a kind.
 * @param {readonly Held<Op>[]} held
 * @param {"clear" | "layer"} kind
 */
function layersOf(held, kind) {
  const numbers = new Set();
  for (const { op } of held) if (op.t === kind) numbers.add(op.layer);
  return /** @type {Set<number>} */ (numbers);
}

/**
 * @param {Held<Op>} held
 * @returns {held is Held<Move>}
 */
function isMove(held) {
  return held.op.t === "move";
}

/**
 * @param {Drawn} a
 * @param {Drawn} b
 */
function bySeq(a, b) {
  return a.seq - b.seq;
}

/** @param {Drawn} mark */
function nowOf(mark) {
  return mark.now;
}
