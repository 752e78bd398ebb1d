/**
 * From gestures to strokes: the tool in the hand draws where the pen is on the paper.
 *
 * @import { Brushes } from "./brushes.js"
 * @import { Touch } from "./draft.js"
 * @import { Acts, Contact } from "./gestures.js"
 * @import { Hand, Means } from "./tools.js"
 * @import { Place } from "./view.js"
 * @import { Workspace } from "./workspace.js"
 */

import { Emitter } from "./emitter.js";
import { toolNamed } from "./tools.js";

const TAP = Object.freeze({
  id: -1, // no pointer has this id
  kind: "mouse",
  pressure: 0.5,
  lean: 0,
  time: 0,
  button: 0,
  erases: false,
  shift: false,
  alt: false,
});

/**
 * `open` tells that something has come to wait for another touch, or waits no more.
 * @extends {Emitter<{tapped: [fingers: number], open: []}>}
 * @implements {Acts}
 */
export class Easel extends Emitter {
  #workspace;
  #brushes;
  #means;
  /** @type {Hand | null} */
  #hand = null;
  #tool = "";
  #mayDraw = false;
  #wasOpen = false;

  /**
   * @param {Workspace} workspace
   * @param {Brushes} brushes
   * @param {Means} means what tools work with
   */
  constructor(workspace, brushes, means) {
    super();
    this.#workspace = workspace;
    this.#brushes = brushes;
    this.#means = means;
    brushes.on("change", () => {
      if (brushes.tool !== this.#tool) this.settle();
      else if (this.#hand?.isOpen) this.#hand.restyle?.();
    });
  }

  /** @param {boolean} mayDraw whether this person may draw here; what they have drawn by then is kept */
  set mayDraw(mayDraw) {
    this.#mayDraw = mayDraw;
    if (mayDraw) return;
    if (this.isOpen) this.settle();
    else this.end();
    this.#hand = null;
  }

  /**
   * Finish what waits for another touch, such as a polygon for its next corner. What the pen is drawing just now goes
   * on until it is lifted, whatever tool is chosen meanwhile.
   */
  settle() {
    if (!this.#hand?.isOpen) return;
    this.#hand.settle?.();
    this.#close();
  }

  /**
   * Take back what was done last of what waits for another touch; say whether there was anything. What knows of no
   * steps is finished: then it can be undone, and be done again.
   */
  stepBack() {
    const hand = this.#hand;
    if (!hand?.isOpen) return false;
    if (hand.stepBack) hand.stepBack();
    else this.settle();
    this.#close();
    return hand.stepBack !== undefined;
  }

  /** Let what waits for another touch go. */
  drop() {
    if (!this.#hand?.isOpen) return;
    this.#hand.drop?.();
    this.#close();
  }

  /** Whether something waits for another touch. */
  get isOpen() {
    return this.#hand?.isOpen ?? false;
  }

  /**
   * Touch a place on the paper, as one tool does for another.
   * @param {Place} place
   */
  tap(place) {
    this.begin({ ...TAP, ...this.#workspace.toScreen(place) });
    this.end();
  }

  /** @param {Contact} contact */
  begin(contact) {
    if (!this.#mayDraw) return;
    if (this.#hand?.isOpen) return this.#hand.resume?.(this.#touch(contact));
    const tool = this.#toolFor(contact);
    if (!tool.leavesNoMark && !this.#means.mayMark()) return;
    const { scale, angle } = this.#workspace;
    const settle = () => this.settle();
    const studio = { ...this.#means, brushes: this.#brushes, scale, angle, settle };
    this.#tool = this.#brushes.tool;
    this.#hand = tool.start(studio, this.#touch(contact), contact.kind === "pen");
  }

  /** @param {readonly Contact[]} contacts */
  draw(contacts) {
    this.#hand?.draw(contacts.map((contact) => this.#touch(contact)));
  }

  /** @param {readonly Contact[]} contacts */
  expect(contacts) {
    this.#hand?.expect?.(contacts.map((contact) => this.#touch(contact)));
  }

  end() {
    this.#hand?.end();
    this.#close();
  }

  /** Let what is being drawn go; the pen draws nothing more until it is lifted. */
  giveUp() {
    this.#hand?.giveUp();
    this.#close();
  }

  /** @param {number} fingers that have touched the paper for a moment */
  tapWith(fingers) {
    this.emit("tapped", fingers);
  }

  /**
   * @param {number} dx
   * @param {number} dy
   */
  pan(dx, dy) {
    this.#workspace.pan(dx, dy);
  }

  /**
   * @param {number} factor
   * @param {import("./view.js").Place} at
   */
  zoom(factor, at) {
    this.#workspace.zoom(factor, at);
  }

  /**
   * @param {number} by
   * @param {import("./view.js").Place} at
   */
  turn(by, at) {
    this.#workspace.turn(by, at);
  }

  /**
   * Return which tool a touch is for: a pen may be the other way round, and with alt one that lays colour takes it.
   * @param {Contact} contact
   */
  #toolFor({ erases, alt }) {
    if (erases) return toolNamed("eraser");
    const tool = toolNamed(this.#brushes.tool);
    return alt && tool.dips ? toolNamed("eyedropper") : tool;
  }

  #close() {
    if (!this.isOpen) this.#hand = null;
    if (this.isOpen === this.#wasOpen) return;
    this.#wasOpen = this.isOpen;
    this.emit("open");
  }

  /**
   * @param {Contact} contact
   * @returns {Touch}
   */
  #touch(contact) {
    const { pressure, lean, time, shift, alt } = contact;
    return { ...this.#workspace.toPaper(contact), pressure, lean, time, shift, alt };
  }
}
