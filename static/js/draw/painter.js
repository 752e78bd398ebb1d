/**
 * Keeps the canvas as the replica is: once a frame, and only where something has changed.
 *
 * Confirmed strokes settle into pixels. Over them come those not confirmed yet, and over these what is still
 * being drawn; both are painted anew wherever the picture changes, and only there.
 *
 * @import { Box } from "../engine/geometry.js"
 * @import { Mark as Drawn } from "../engine/ops.js"
 * @import { News, Replica } from "../engine/replica.js"
 * @import { Glass } from "./glass.js"
 * @import { Growing } from "./tools.js"
 * @import { Mark } from "./layers.js"
 * @import { Supplies } from "./supplies.js"
 * @import { Shown } from "./shown.js"
 * @import { Turns } from "./turns.js"
 * @typedef {Readonly<{number: number, opacity: number}>} Faded a layer
 */

import { intersection, strokeBox, union } from "./boxes.js";
import { Damage } from "./damage.js";
import { Ground } from "./ground.js";
import { contextOf, Layers } from "./layers.js";
import { inNextFrame } from "./nextframe.js";
import { Repair } from "./repair.js";
import { Sketches } from "./sketches.js";
import { Unsettled } from "./unsettled.js";
import { Veil } from "./veil.js";

// How many ms of a frame settling and repairing may take: a long log must not hold up the pen. What the browser
// does with the paths afterwards takes about as long again.
const WHILE_DRAWING = 3;
const OTHERWISE = 8;

export class Painter {
  #glass;
  #replica;
  #context;
  #layers;
  /** @type {Box} */
  #whole;
  #sketches = new Sketches();
  #unsettled = new Unsettled();
  /** @type {WeakMap<Drawn, Box>} */
  #boxes = new WeakMap();
  #ground;
  /** @type {Box | null} where settled pixels are wrong */
  #broken = null;
  /** @type {Box | null} where those of the ground are, too */
  #sunken = null;
  /** @type {Repair | null} */
  #repair = null;
  /** where the canvas is wrong */
  #damage;
  /** where it is, too, but that may wait for the others' turn */
  #later;
  #turns;
  #time = 0; // of the last frame
  #ask = inNextFrame((time) => this.#frame(time));
  #supplies;
  #veil = new Veil();
  /** @type {Faded | null} */
  #faded = null;
  /** @type {ReadonlyMap<number, number>} the opacities others choose, by layer */
  #fadedByOthers = new Map();

  /**
   * @param {Glass} glass
   * @param {Replica} replica
   * @param {Supplies} supplies letters and images
   * @param {Turns} turns
   */
  constructor(glass, replica, supplies, turns) {
    const canvas = glass.paper;
    this.#glass = glass;
    this.#context = contextOf(canvas);
    this.#layers = new Layers(canvas, supplies);
    this.#ground = new Ground(new Layers(canvas, supplies), replica);
    this.#supplies = supplies;
    supplies.on("come", (isMeant) => this.#complete(isMeant));
    this.#whole = { left: 0, top: 0, right: canvas.width, bottom: canvas.height };
    this.#damage = new Damage(this.#whole);
    this.#later = new Damage(this.#whole);
    this.#turns = turns;
    this.#replica = replica;
    replica.listen((news) => this.#hear(news));
  }

  /**
   * Begin with the pictures of the checkpoint the replica begins at, each that of a layer.
   * @param {ReadonlyMap<number, CanvasImageSource>} pictures
   */
  begin(pictures) {
    this.#ground.begin(pictures);
    this.#layers.restore(pictures);
    this.#spoil(this.#whole);
  }

  /**
   * Show what is drawn here as far as it has come, in the next frame.
   * @param {Growing} draft
   */
  show(draft) {
    this.#sketches.show(draft);
    this.#ask();
  }

  /**
   * Show what somebody else draws as far as it has come, as soon as there is room.
   * @param {Growing} draft
   */
  showOthers(draft) {
    this.#sketches.showOthers(draft);
    this.#ask();
  }

  /**
   * Show what somebody else makes, other than a stroke, as it is now.
   * @param {Shown} draft
   */
  showSketch(draft) {
    this.#supplies.ask([draft.mark]);
    this.showOthers(draft);
  }

  /**
   * Show a stroke no longer as being drawn: it was given up, or is an op now.
   * @param {Growing} draft
   */
  forget(draft) {
    const damage = this.#sketches.isOwn(draft) ? this.#damage : this.#later;
    const mark = this.#unsettled.early(draft.mark.id);
    if (mark && this.#sketches.shows(mark)) this.#land(draft);
    else damage.add(this.#sketches.forget(draft));
    this.#ask();
  }

  /** @param {Growing} draft one that is a mark now */
  #land(draft) {
    const { box, fallen } = this.#sketches.land(draft);
    this.#unsettled.remember(draft.mark.id, fallen);
    this.#damage.add(box);
  }

  /**
   * Show what was on its way no longer, as soon as the marks are painted that take its place.
   * @param {Growing} draft
   */
  release(draft) {
    this.#sketches.release(draft);
    this.#ask();
  }

  /**
   * Leave marks out, as while they are edited or dragged; those left out before are seen again.
   * @param {ReadonlySet<string>} ids
   */
  veil(ids) {
    for (const id of this.#veil.lay("own", ids)) this.#retouch(id);
  }

  /**
   * Leave marks out that others edit.
   * @param {ReadonlySet<string>} ids
   */
  veilOthers(ids) {
    for (const id of this.#veil.lay("others", ids)) this.#retouch(id);
  }

  /**
   * Leave marks out that others carry elsewhere.
   * @param {ReadonlySet<string>} ids
   */
  veilCarried(ids) {
    for (const id of this.#veil.lay("carried", ids)) this.#retouch(id);
  }

  /**
   * Show a layer with an opacity it may have soon; null: all as they are.
   * @param {Faded | null} faded
   */
  fade(faded) {
    this.#faded = faded;
    this.#spoil(this.#whole);
  }

  /**
   * Show layers with the opacities others may give them soon.
   * @param {ReadonlyMap<number, number>} opacities
   */
  fadeOthers(opacities) {
    this.#fadedByOthers = opacities;
    this.#spoil(this.#whole);
  }

  /** What is settled on each layer, to be looked at only. */
  get pictures() {
    return this.#layers.canvases;
  }

  /** Say in the page which seq the canvas shows, even when nothing has changed. */
  update() {
    this.#ask();
  }

  /** @param {News} news */
  #hear({ added, removed, confirmed, layers }) {
    if (this.#ground.follow(confirmed)) this.#broken = this.#whole;
    if (layers) this.#spoil(this.#whole);
    for (const stroke of removed) this.#takeAway(stroke);
    for (const op of confirmed) {
      const seen = this.#replica.scene.seen(op.id);
      if (seen) this.#unsettled.await(seen);
    }
    for (const stroke of added) this.#add(stroke);
    this.#supplies.ask(added);
    this.#ask();
  }

  /**
   * Paint what had to do without its letters or its image.
   * @param {(mark: Drawn) => boolean} isMeant
   */
  #complete(isMeant) {
    for (const { id } of this.#replica.scene.strokes().filter(isMeant)) this.#retouch(id);
    for (const box of this.#sketches.where(isMeant)) this.#spoil(box);
  }

  /** @param {string} id of a mark that is to be painted anew */
  #retouch(id) {
    const mark = this.#replica.scene.seen(id);
    if (mark === null) return;
    if (this.#isConfirmed(mark)) this.#break(mark);
    this.#spoil(this.#boxOf(mark));
  }

  /** @param {Drawn} stroke */
  #takeAway(stroke) {
    const waited = this.#unsettled.awaits(stroke.id);
    this.#unsettled.drop(stroke.id);
    if (!waited && this.#isConfirmed(stroke)) this.#break(stroke);
    this.#spoil(this.#boxOf(stroke));
  }

  /** @param {Drawn} stroke */
  #add(stroke) {
    if (!this.#isConfirmed(stroke)) this.#unsettled.show(stroke);
    else if (!this.#unsettled.awaits(stroke.id)) this.#break(stroke);
    if (!this.#sketches.shows(stroke)) this.#spoil(this.#boxOf(stroke));
  }

  /** @param {Drawn} stroke */
  #isConfirmed(stroke) {
    return this.#replica.confirmed.knows(stroke.id);
  }

  /** @param {Drawn} stroke */
  #break(stroke) {
    const box = intersection(this.#boxOf(stroke), this.#whole);
    this.#broken = union(this.#broken, box);
    if (this.#ground.has(stroke)) this.#sunken = union(this.#sunken, box);
  }

  /** @param {Box | null} box */
  #spoil(box) {
    this.#later.add(box);
    this.#ask();
  }

  /** @param {number} time */
  #frame(time) {
    this.#time = time;
    if (this.#turns.isLull(time)) return this.#ask();
    this.#sketches.growOwn(this.#damage);
    this.#turns.isDrawing = this.#sketches.isDrawing;
    const isTheirs = this.#turns.isInks(time);
    if (isTheirs && !this.#turns.isDrawing) this.#takeTurn();
    this.#compose();
    this.#turns.painted(time, performance.now());
    // What a frame takes decides how late it is seen: nothing of it goes to the others while one draws.
    if (isTheirs && this.#turns.isDrawing) setTimeout(() => this.#pause(time));
    this.#goOn();
  }

  /**
   * What is seen in the next frame of the others' may be painted as soon as one is done; not after the next has begun,
   * for the one after that may be one that goes by.
   * @param {number} time of the frame that is done
   */
  #pause(time) {
    if (time !== this.#time) return this.#ask();
    this.#takeTurn();
    this.#compose();
    this.#goOn();
  }

  #goOn() {
    const isDone = !this.#isBehind && this.#later.isNone && !this.#sketches.isReleasing;
    if (!isDone || this.#sketches.isUnfinished) this.#ask();
    if (isDone) this.#rest();
  }

  /** Go on with what is not under one's own pen. */
  #takeTurn() {
    const end = performance.now() + (this.#sketches.isEmpty ? OTHERWISE : WHILE_DRAWING);
    if (this.#repair === null) this.#settle(end);
    // What waits must settle first: a stroke repaired before it would end up below strokes older than it.
    if (this.#unsettled.isDone) this.#beginRepair();
    this.#goOnRepairing(end);
    for (const box of this.#later.take()) this.#damage.add(box);
    if (!this.#isBehind) for (const box of this.#sketches.forgetReleased()) this.#damage.add(box);
    this.#sketches.growOthers(this.#damage);
  }

  /** Say what there is to be seen, now that all of it is, and make the next repair cheap. */
  #rest() {
    if (this.#replica.lacks || this.#supplies.isAwaited) return;
    this.#glass.paper.dataset.head = String(this.#replica.confirmed.head);
    if (this.#sketches.isEmpty) this.#ground.moveUp(this.#layers);
  }

  /** Whether there is more to do than fitted into a frame. */
  get #isBehind() {
    const damaged = this.#sunken ?? this.#broken ?? this.#repair;
    return !this.#unsettled.isDone || damaged !== null;
  }

  /** @param {number} end when to stop */
  #settle(end) {
    for (const stroke of this.#unsettled.waiting) {
      if (!this.#veil.has(stroke.id)) this.#layers.settle(this.#unsettled.wholeOf(stroke));
      this.#unsettled.drop(stroke.id);
      this.#damage.add(this.#boxOf(stroke));
      if (performance.now() > end) return;
    }
  }

  #beginRepair() {
    if (this.#repair !== null) return;
    const ground = this.#ground;
    if (this.#sunken !== null) {
      const damage = this.#wound(this.#sunken, ground.within());
      this.#repair = new Repair(ground.layers, damage, () => {});
      this.#sunken = null;
    } else if (this.#broken !== null) {
      const damage = this.#wound(this.#broken, ground.over());
      this.#repair = new Repair(this.#layers, damage, (aside) => ground.lay(aside));
      this.#broken = null;
    }
  }

  /**
   * @param {Box} box
   * @param {Drawn[]} marks
   */
  #wound(box, marks) {
    const seen = marks.filter(({ id }) => !this.#veil.has(id));
    return { box, marks: seen, boxOf: this.#boxOf };
  }

  /** @param {number} end when to stop */
  #goOnRepairing(end) {
    if (this.#repair === null || !this.#repair.goOn(end)) return;
    this.#damage.add(this.#repair.box);
    this.#repair = null;
  }

  #compose() {
    const boxes = this.#damage.take();
    if (boxes.length === 0) return;
    const over = this.#over;
    const patches = boxes.map((box) => ({ box, marks: this.#marksIn(box, over) }));
    this.#layers.compose(this.#context, patches, this.#levelOf);
    this.#glass.show(boxes);
  }

  /**
   * Return what lies over the settled pixels in a box.
   * @param {Box} box
   * @param {readonly Drawn[]} over
   * @returns {Mark[]}
   */
  #marksIn(box, over) {
    const met = over.filter((mark) => this.#meets(box, mark));
    const parts = met.map((mark) => this.#unsettled.partOf(mark, box));
    return [...parts, ...this.#sketches.within(box)];
  }

  #levelOf = (/** @type {number} */ layer) => {
    const level = this.#replica.scene.level(layer);
    if (this.#faded?.number === layer) return { ...level, ...this.#faded };
    return { ...level, opacity: this.#fadedByOthers.get(layer) ?? level.opacity };
  };

  /** What is to be seen before it settles, in paint order. */
  get #over() {
    const { scene } = this.#replica;
    const seen = this.#unsettled.seen.filter(({ id }) => !this.#veil.has(id));
    // What was moved came in anew, and may lie below what is here for longer.
    return seen.sort((a, b) => scene.seqOf(a.id) - scene.seqOf(b.id));
  }

  #meets = (/** @type {Box} */ box, /** @type {Drawn} */ stroke) =>
    intersection(box, this.#boxOf(stroke)) !== null;

  #boxOf = (/** @type {Drawn} */ stroke) => {
    const known = this.#boxes.get(stroke) ?? strokeBox(stroke);
    this.#boxes.set(stroke, known);
    return known;
  };
}
