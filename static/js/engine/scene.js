/**
 * What the ops of a log add up to: the strokes one sees.
 *
 * @import { Clear, Mark, Op } from "./ops.js"
 */

import { authorOf, isMark, LAYERS } from "./ops.js";

/**
 * A mark or a clear in the scene, and whether it was last hidden or shown.
 * @template {Mark | Clear} Kind
 * @typedef {{seq: number, op: Kind, hidden: boolean}} Held
 */

/**
 * What an op did to the picture: the marks that came and went, in paint order; and which marks it
 * turned, to be able to take it back.
 * @typedef {object} Change
 * @property {Mark[]} added
 * @property {Mark[]} removed
 * @property {Held<Mark | Clear>[]} turned
 */

/** The strokes and clears of a layer, by seq; a stroke before its horizon is not seen. */
class Layer {
  /** @type {Held<Mark>[]} */
  strokes = [];
  /** @type {Held<Clear>[]} */
  clears = [];
  horizon = 0;

  /** Move the horizon to the last clear in force; return the strokes that uncovers or covers. */
  settle() {
    const was = this.horizon;
    this.horizon = this.clears.findLast((mark) => !mark.hidden)?.seq ?? 0;
    return {
      uncovered: this.#between(this.horizon, was),
      covered: this.#between(was, this.horizon),
    };
  }

  /**
   * @param {number} low
   * @param {number} high
   */
  #between(low, high) {
    if (low >= high) return [];
    const within = this.strokes.slice(this.#indexOf(low), this.#indexOf(high));
    return within.filter((mark) => !mark.hidden);
  }

  /**
   * Return how many strokes come before seq.
   * @param {number} seq
   */
  #indexOf(seq) {
    let low = 0;
    let high = this.strokes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.strokes[middle].seq < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The strokes of a drawing up to a seq, seen and unseen; only ops change it. */
export class Scene {
  head = 0;
  /** @type {Op[]} */
  #ops = [];
  /** @type {Set<string>} */
  #known = new Set();
  /** @type {Map<string, Held<Mark>>} */
  #strokes = new Map();
  /** @type {Map<string, Held<Clear>>} */
  #clears = new Map();
  /** @type {Map<number, Layer>} */
  #layers = new Map();

  /** @param {ReadonlySet<number>} [layers] */
  constructor(layers = new Set(Array(LAYERS).keys())) {
    this.layers = layers;
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
      case "stroke":
      case "shape":
        return this.#draw({ seq, op, hidden: false });
      case "clear":
        return this.#clear({ seq, op, hidden: false });
      case "hide":
        return this.#hide(op.ops);
      case "show":
        return this.#show(op.ops);
    }
  }

  /**
   * Take back the last op applied, which made this change.
   * @param {Op} op
   * @param {Change} change
   */
  revert(op, { turned }) {
    this.head -= 1;
    this.#ops.pop();
    this.#known.delete(op.id);
    for (const mark of turned) mark.hidden = !mark.hidden;
    if (isMark(op)) this.#undraw(op);
    if (op.t === "clear") this.#unclear(op);
    this.#settle(turned);
  }

  /** Return every op, in the order of the log. */
  ops() {
    return [...this.#ops];
  }

  /** Give every op, the last of the log first. */
  *newest() {
    for (let i = this.#ops.length - 1; i >= 0; i -= 1) yield this.#ops[i];
  }

  /** Return the strokes one sees, in paint order. */
  strokes() {
    return [...this.#strokes.values()].filter((mark) => this.#isSeen(mark)).map(opOf);
  }

  /**
   * Return the strokes one sees that are painted after this one.
   * @param {string} id
   */
  above(id) {
    const later = [];
    const seq = this.seqOf(id);
    for (const layer of this.#layers.values()) {
      for (let i = layer.strokes.length - 1; i >= 0 && layer.strokes[i].seq > seq; i -= 1) {
        if (this.#isSeen(layer.strokes[i])) later.push(layer.strokes[i]);
      }
    }
    return later.sort(bySeq).map(opOf);
  }

  /**
   * Return the seq of a stroke or a clear, 0 when it is not here.
   * @param {string} id
   */
  seqOf(id) {
    return (this.#strokes.get(id) ?? this.#clears.get(id))?.seq ?? 0;
  }

  /**
   * Say whether there is an op of that id, of whatever type.
   * @param {string} id
   */
  knows(id) {
    return this.#known.has(id);
  }

  /**
   * Say whether this stroke is seen, or this clear in force.
   * @param {string} id
   */
  shows(id) {
    const mark = this.#strokes.get(id);
    return mark ? this.#isSeen(mark) : this.#clears.get(id)?.hidden === false;
  }

  /**
   * Return a mark as one sees it, null when one does not.
   * @param {string} id
   */
  seen(id) {
    const held = this.#strokes.get(id);
    return held && this.#isSeen(held) ? held.op : null;
  }

  /**
   * Say whether all of these are strokes or clears of this scene.
   * @param {readonly string[]} ids
   */
  has(ids) {
    return ids.every((id) => this.#strokes.has(id) || this.#clears.has(id));
  }

  /**
   * Return whose ops these are.
   * @param {readonly string[]} ids
   */
  authors(ids) {
    return new Set(ids.map(authorOf));
  }

  /** @param {Held<Mark>} mark */
  #draw(mark) {
    this.#strokes.set(mark.op.id, mark);
    this.#layer(mark.op.layer).strokes.push(mark);
    return { added: [mark.op], removed: [], turned: [] };
  }

  /** @param {Mark} stroke */
  #undraw(stroke) {
    this.#strokes.delete(stroke.id);
    this.#layer(stroke.layer).strokes.pop();
  }

  /** @param {Held<Clear>} mark */
  #clear(mark) {
    this.#clears.set(mark.op.id, mark);
    this.#layer(mark.op.layer).clears.push(mark);
    const { uncovered, covered } = this.#settle([mark]);
    return change(uncovered, covered, []);
  }

  /** @param {Clear} clear */
  #unclear(clear) {
    this.#clears.delete(clear.id);
    this.#layer(clear.layer).clears.pop();
    this.#layer(clear.layer).settle();
  }

  // Strokes are hidden before clears, and clears shown before strokes: so no stroke both comes and goes
  // by one op.

  /** @param {readonly string[]} ids */
  #hide(ids) {
    const strokes = turn(this.#strokes, ids, true);
    const inSight = this.#inSight(strokes);
    const clears = turn(this.#clears, ids, true);
    return change(this.#settle(clears).uncovered, inSight, [...strokes, ...clears]);
  }

  /** @param {readonly string[]} ids */
  #show(ids) {
    const clears = turn(this.#clears, ids, false);
    const { covered } = this.#settle(clears);
    const strokes = turn(this.#strokes, ids, false);
    return change(this.#inSight(strokes), covered, [...clears, ...strokes]);
  }

  /**
   * Move the horizons of the layers of those of marks that are clears.
   * @param {readonly Held<Mark | Clear>[]} marks
   */
  #settle(marks) {
    const clears = marks.filter(({ op }) => op.t === "clear");
    const layers = new Set(clears.map(({ op }) => this.#layer(op.layer)));
    const settled = [...layers].map((layer) => layer.settle());
    return {
      uncovered: settled.flatMap((one) => one.uncovered),
      covered: settled.flatMap((one) => one.covered),
    };
  }

  /** @param {Held<Mark>[]} marks */
  #inSight(marks) {
    return marks.filter((mark) => this.#isPastHorizon(mark));
  }

  /** @param {Held<Mark>} mark */
  #isSeen(mark) {
    return !mark.hidden && this.#isPastHorizon(mark);
  }

  /** @param {Held<Mark>} mark */
  #isPastHorizon(mark) {
    return mark.seq > this.#layer(mark.op.layer).horizon;
  }

  /** @param {number} number */
  #layer(number) {
    const layer = this.#layers.get(number) ?? new Layer();
    this.#layers.set(number, layer);
    return layer;
  }
}

/**
 * Hide or show those of ids that are among marks; return the ones that turned.
 * @template {Mark | Clear} Kind
 * @param {ReadonlyMap<string, Held<Kind>>} marks
 * @param {readonly string[]} ids
 * @param {boolean} hidden
 */
function turn(marks, ids, hidden) {
  const turned = [];
  for (const id of ids) {
    const mark = marks.get(id);
    if (mark === undefined || mark.hidden === hidden) continue;
    mark.hidden = hidden;
    turned.push(mark);
  }
  return turned;
}

/**
 * Return a change, its strokes in paint order.
 * @param {Held<Mark>[]} added
 * @param {Held<Mark>[]} removed
 * @param {Held<Mark | Clear>[]} turned
 * @returns {Change}
 */
function change(added, removed, turned) {
  return { added: added.sort(bySeq).map(opOf), removed: removed.sort(bySeq).map(opOf), turned };
}

/**
 * @param {Held<Mark>} a
 * @param {Held<Mark>} b
 */
function bySeq(a, b) {
  return a.seq - b.seq;
}

/** @param {Held<Mark>} mark */
function opOf(mark) {
  return mark.op;
}
