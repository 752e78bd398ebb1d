/**
 * From gestures to strokes: the tool in the hand draws where the pen is on the paper.
 *
 * @import { Brushes } from "./brushes.js"
 * @import { Touch } from "./draft.js"
 * @import { Acts, Contact } from "./gestures.js"
 * @import { Drafts, Hand } from "./tools.js"
 * @import { Workspace } from "./workspace.js"
 */

import { toolNamed } from "./tools.js";

/** @implements {Acts} */
export class Easel {
  #workspace;
  #brushes;
  #drafts;
  /** @type {Hand | null} */
  #hand = null;
  /** Whether this person may draw here. */
  mayDraw = false;

  /**
   * @param {Workspace} workspace
   * @param {Brushes} brushes
   * @param {Drafts} drafts
   */
  constructor(workspace, brushes, drafts) {
    this.#workspace = workspace;
    this.#brushes = brushes;
    this.#drafts = drafts;
  }

  /** @param {Contact} contact */
  begin(contact) {
    if (!this.mayDraw) return;
    const tool = toolNamed(contact.erases ? "eraser" : this.#brushes.tool);
    const studio = { drafts: this.#drafts, brushes: this.#brushes, scale: this.#workspace.scale };
    this.#hand = tool.start(studio, this.#touch(contact), contact.kind === "pen");
  }

  /** @param {readonly Contact[]} contacts */
  draw(contacts) {
    this.#hand?.draw(contacts.map((contact) => this.#touch(contact)));
  }

  end() {
    this.#hand?.end();
    this.#hand = null;
  }

  giveUp() {
    this.#hand?.giveUp();
    this.#hand = null;
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
   * @param {Contact} contact
   * @returns {Touch}
   */
  #touch(contact) {
    return { ...this.#workspace.toPaper(contact), pressure: contact.pressure };
  }
}
