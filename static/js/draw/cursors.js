/**
 * The others' pointers on the paper, each with its name.
 *
 * They are heard of some times a second and glide in between. All are placed once a frame, by nothing but their
 * transforms: however many messages come, the page is laid out not once.
 *
 * @import { Participant } from "./presence.js"
 * @import { Turns } from "./turns.js"
 * @import { Place } from "./view.js"
 * @import { Workspace } from "./workspace.js"
 * @typedef {{element: HTMLElement, place: Place, goal: Place}} Cursor
 *   place is where it is seen on the paper, goal where it is on the way to.
 */

import { make } from "./dom.js";
import { inNextFrame } from "./nextframe.js";

const SVG = "http://www.w3.org/2000/svg";
const LAG = 35; // ms: how far a pointer glides behind
const NEAR = 0.5; // paper px: it has arrived
const ARROW = "M2 2l5.5 13.500 2.200-5.800L15.500 7.500z";

export class Cursors {
  #layer;
  #workspace;
  #turns;
  /** @type {Map<string, Cursor>} by participant */
  #cursors = new Map();
  /** @type {Set<Cursor>} those that do not stand where they are to be seen */
  #astray = new Set();
  #calm = matchMedia("(prefers-reduced-motion: reduce)");
  #ask = inNextFrame((time) => this.#frame(time));
  #time = 0; // of the last frame

  /**
   * @param {HTMLElement} layer
   * @param {Workspace} workspace
   * @param {Turns} turns
   */
  constructor(layer, workspace, turns) {
    this.#layer = layer;
    this.#workspace = workspace;
    this.#turns = turns;
    workspace.on("change", () => this.#placeAll());
  }

  /**
   * Show a participant's pointer at a place on the paper.
   * @param {Participant} participant
   * @param {Place} place
   */
  move(participant, place) {
    const cursor = this.#cursors.get(participant.id) ?? this.#add(participant, place);
    cursor.goal = place;
    this.#place(cursor);
  }

  /**
   * Show a participant's pointer no more.
   * @param {string} id
   */
  remove(id) {
    const cursor = this.#cursors.get(id);
    if (cursor === undefined) return;
    cursor.element.remove();
    this.#cursors.delete(id);
    this.#astray.delete(cursor);
  }

  /** @param {boolean} isHidden whether nobody's pointer is shown */
  set isHidden(isHidden) {
    this.#layer.hidden = isHidden;
  }

  /** Show none. */
  clear() {
    for (const id of [...this.#cursors.keys()]) this.remove(id);
  }

  /**
   * @param {Participant} participant
   * @param {Place} place
   */
  #add({ id, name, colour }, place) {
    const label = make("span", { className: "cursor-name" }, [make("bdi", {}, [name])]);
    label.style.background = colour;
    const element = make("div", { className: "cursor" }, [arrow(colour), label]);
    const cursor = { element, place, goal: place };
    this.#cursors.set(id, cursor);
    this.#layer.append(element);
    return cursor;
  }

  #placeAll() {
    for (const cursor of this.#cursors.values()) this.#place(cursor);
  }

  /**
   * Place a cursor in the next frame.
   * @param {Cursor} cursor
   */
  #place(cursor) {
    this.#astray.add(cursor);
    this.#ask();
  }

  /** @param {number} time */
  #frame(time) {
    if (!this.#turns.isCursors(time)) return this.#ask();
    const passed = Math.min(LAG, time - this.#time);
    this.#time = time;
    const share = this.#calm.matches ? 1 : 1 - Math.exp(-passed / LAG);
    for (const cursor of this.#astray) {
      if (this.#glide(cursor, share)) this.#astray.delete(cursor);
    }
    if (this.#astray.size > 0) this.#ask();
  }

  /**
   * Move a cursor a share of its way; say whether it has arrived.
   * @param {Cursor} cursor
   * @param {number} share
   */
  #glide(cursor, share) {
    const { element, place, goal } = cursor;
    const [dx, dy] = [goal.x - place.x, goal.y - place.y];
    const hasArrived = Math.abs(dx) + Math.abs(dy) < NEAR;
    cursor.place = hasArrived ? goal : { x: place.x + dx * share, y: place.y + dy * share };
    const { x, y } = this.#workspace.toScreen(cursor.place);
    element.style.transform = `translate(${x}px, ${y}px)`;
    return hasArrived;
  }
}

/** @param {string} colour */
function arrow(colour) {
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("viewBox", "0 0 18 18");
  icon.setAttribute("class", "cursor-tip");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ARROW);
  path.setAttribute("fill", colour);
  icon.append(path);
  return icon;
}
