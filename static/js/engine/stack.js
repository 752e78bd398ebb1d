/**
 * The layers of a drawing as they stand, and in which order.
 *
 * Each property of a layer is what the last op in force that names it has said: whoever has the same log has the
 * same stack.
 *
 * @import { Blend, Layer, Op, Remove } from "./ops.js"
 * @typedef {object} Level a layer as it stands; opacity is 0 to 255
 * @property {number} number
 * @property {string} name
 * @property {number} opacity
 * @property {Blend} blend
 * @property {boolean} hidden
 * @property {boolean} locked
 * @property {boolean} deleted
 * @property {number} position
 */

import { authorOf, FULL_ALPHA, LAYER_STEP, NORMAL } from "./ops.js";

/**
 * An op in the scene: out of the picture when it was last hidden, or as long as a remove strikes it.
 * @template {Op} Kind
 */
export class Held {
  hidden = false;
  undone = false;
  #struck = 0;

  /**
   * @param {number} seq
   * @param {Kind} op
   */
  constructor(seq, op) {
    this.seq = seq;
    this.op = op;
  }

  /**
   * Take in that it was hidden, or shown.
   * @param {boolean} undone
   */
  turn(undone) {
    this.undone = undone;
    this.hidden = undone || this.#struck > 0;
  }

  /**
   * Take in that so many more removes in force are about it.
   * @param {number} times
   */
  strike(times) {
    this.#struck += times;
    this.hidden = this.undone || this.#struck > 0;
  }
}

/**
 * A remove in the scene, and the ops it is about.
 * @extends {Held<Remove>}
 */
export class Removal extends Held {
  /** @type {readonly Held<Op>[]} */
  targets = [];

  /**
   * Strike the ops it is about.
   * @param {readonly Held<Op>[]} targets
   */
  begin(targets) {
    this.targets = targets;
    this.#strike(1);
  }

  /** Strike them no more, as if it had never been. */
  end() {
    if (!this.undone) this.#strike(-1);
  }

  /** @param {boolean} undone */
  turn(undone) {
    if (undone !== this.undone) this.#strike(undone ? -1 : 1);
    super.turn(undone);
  }

  /** @param {number} times */
  #strike(times) {
    for (const held of this.targets) held.strike(times);
  }
}

/**
 * Return those of the earlier ops, by id, that a remove is about: never another remove.
 * @template {Held<Op>} Found
 * @param {Remove} remove
 * @param {ReadonlyMap<string, Found>} earlier
 * @returns {Found[]}
 */
export function removedBy({ ops, author }, earlier) {
  const named = ops ? [...new Set(ops)].map((id) => earlier.get(id)) : [...earlier.values()];
  const found = named.filter((held) => held !== undefined);
  return found.filter(
    (held) => held.op.t !== "remove" && (author === null || authorOf(held.op.id) === author),
  );
}

/**
 * Return the ops that may come or go with those turned: what removes are about, in their place.
 * @param {Iterable<Held<Op>>} turned
 */
export function reach(turned) {
  /** @type {Set<Held<Op>>} */
  const reached = new Set();
  for (const held of turned) {
    if (held instanceof Removal) for (const target of held.targets) reached.add(target);
    else reached.add(held);
  }
  return [...reached];
}

/** What was told of a layer, and what comes of it. */
class Told {
  /** @type {Held<Layer>[]} */
  ops = [];
  isThere = false; // whether an op in force speaks of it

  /** @param {number} number */
  constructor(number) {
    this.level = plain(number);
  }

  /** Find out anew how the layer stands. */
  settle() {
    this.level = plain(this.level.number);
    this.isThere = false;
    for (const held of this.ops) this.heed(held);
  }

  /**
   * Change the layer by one more op, if it is in force.
   * @param {Held<Layer>} held
   */
  heed({ op, hidden }) {
    if (hidden) return;
    this.isThere = true;
    this.level = { ...this.level, ...said(op) };
  }
}

/** The layers that ops speak of. */
export class Stack {
  /** @type {Map<number, Told>} */
  #told = new Map();

  /**
   * Take in one more op.
   * @param {Held<Layer>} held
   */
  put(held) {
    const { layer } = held.op;
    const told = this.#told.get(layer) ?? new Told(layer);
    this.#told.set(layer, told);
    told.ops.push(held);
    told.heed(held);
  }

  /**
   * Take back the last op of a layer.
   * @param {number} number
   */
  pop(number) {
    this.#told.get(number)?.ops.pop();
    this.settle(number);
  }

  /**
   * Find out anew how a layer stands, some of its ops having been hidden or shown.
   * @param {number} number
   */
  settle(number) {
    this.#told.get(number)?.settle();
  }

  /**
   * Return a layer as it stands.
   * @param {number} number
   * @returns {Level}
   */
  level(number) {
    return this.#told.get(number)?.level ?? plain(number);
  }

  /**
   * Return the layers in use and those ops speak of, the lowest first.
   * @param {Iterable<number>} used
   */
  levels(used) {
    const numbers = new Set(used);
    for (const [number, told] of this.#told) if (told.isThere) numbers.add(number);
    const there = [...numbers].map((number) => this.level(number)).filter((one) => !one.deleted);
    return there.sort((a, b) => a.position - b.position || a.number - b.number);
  }
}

/**
 * Return a layer that nothing was told of.
 * @param {number} number
 * @returns {Level}
 */
export function plain(number) {
  return {
    number,
    name: "",
    opacity: FULL_ALPHA,
    blend: NORMAL,
    hidden: false,
    locked: false,
    deleted: false,
    position: number * LAYER_STEP,
  };
}

/**
 * Return the properties that an op sets.
 * @param {Layer} op
 * @returns {Partial<Level>}
 */
function said({ t: _t, id: _id, layer: _layer, ...properties }) {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
}
