/**
 * The settled pixels of some moment of the log. What is painted anew begins with these, and not with the first
 * stroke: so an undo costs as much in a long drawing as in a short one.
 *
 * @import { Op } from "../engine/ops.js"
 * @import { Replica } from "../engine/replica.js"
 * @import { Mark as Drawn } from "../engine/ops.js"
 * @import { Layers } from "./layers.js"
 */

import { isMark } from "../engine/ops.js";

const FAR = 500; // marks over it, before it is moved up to them
const MOST_LAYERS = 8; // a copy of more would take too much memory

export class Ground {
  #layers;
  #replica;
  #seq = 0;
  /** @type {string[]} the ids of the marks over it, seen or not, in paint order */
  #over = [];
  /** @type {ReadonlySet<number>} the layers of a checkpoint that a clear has covered since */
  #covered = new Set();

  /**
   * @param {Layers} layers to paint it on
   * @param {Replica} replica
   */
  constructor(layers, replica) {
    this.#layers = layers;
    this.#replica = replica;
  }

  /** Its pixels, layer by layer. */
  get layers() {
    return this.#layers;
  }

  /**
   * Begin where the replica does.
   * @param {ReadonlyMap<number, CanvasImageSource>} pictures
   */
  begin(pictures) {
    this.#layers.restore(pictures);
    this.#seq = this.#replica.since;
  }

  /**
   * Follow the log; say whether a clear covers, or uncovers, what only the checkpoint shows.
   * @param {readonly Op[]} confirmed
   */
  follow(confirmed) {
    for (const op of confirmed) if (isMark(op) && this.#isOver(op)) this.#over.push(op.id);
    const before = this.#covered;
    this.#covered = new Set(this.#layers.numbers.filter((number) => this.#isCovered(number)));
    return (
      before.size !== this.#covered.size || ![...before].every((one) => this.#covered.has(one))
    );
  }

  /**
   * Say whether a mark is in it, or was.
   * @param {Drawn} mark
   */
  has(mark) {
    const seq = this.#replica.confirmed.seqOf(mark.id);
    return seq > 0 && seq <= this.#seq;
  }

  /** Return the marks to be seen in it, in paint order. */
  within() {
    return this.#replica.scene.strokes().filter((mark) => this.has(mark));
  }

  /** Return the confirmed marks to be seen over it, in paint order. */
  over() {
    const seen = this.#over.map((id) => this.#replica.scene.seen(id));
    return seen.filter((mark) => mark !== null);
  }

  /**
   * Lay it under what will be painted.
   * @param {Layers} aside
   */
  lay(aside) {
    aside.copy(this.#layers, this.#covered);
  }

  /**
   * Move up to the head of the log, when that is far.
   * @param {Layers} settled the pixels there
   */
  moveUp(settled) {
    if (this.#over.length < FAR || this.#replica.since > 0) return;
    if (settled.numbers.length > MOST_LAYERS) return;
    this.#layers.restore(settled.canvases);
    this.#seq = this.#replica.confirmed.head;
    this.#over = [];
  }

  /** @param {Drawn} mark */
  #isOver(mark) {
    return this.#replica.confirmed.seqOf(mark.id) > this.#seq;
  }

  /** @param {number} layer */
  #isCovered(layer) {
    const { since, scene } = this.#replica;
    return since > 0 && scene.horizon(layer) > since;
  }
}
