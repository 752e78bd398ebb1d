/**
 * The others' pointers on the paper, each with its name.
 *
 * @import { Participant } from "./presence.js"
 * @import { Place } from "./view.js"
 * @import { Workspace } from "./workspace.js"
 * @typedef {{element: HTMLElement, place: Place}} Cursor
 */

import { make } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const ARROW = "M2 2l5.5 13.500 2.200-5.800L15.500 7.500z";

export class Cursors {
  #layer;
  #workspace;
  /** @type {Map<string, Cursor>} by participant */
  #cursors = new Map();

  /**
   * @param {HTMLElement} layer
   * @param {Workspace} workspace
   */
  constructor(layer, workspace) {
    this.#layer = layer;
    this.#workspace = workspace;
    workspace.on("change", () => this.#placeAll());
  }

  /**
   * Show a participant's pointer at a place on the paper.
   * @param {Participant} participant
   * @param {Place} place
   */
  move(participant, place) {
    const cursor = this.#cursors.get(participant.id) ?? this.#add(participant);
    cursor.place = place;
    this.#layer.removeAttribute("data-moving");
    this.#put(cursor);
  }

  /**
   * Show a participant's pointer no more.
   * @param {string} id
   */
  remove(id) {
    this.#cursors.get(id)?.element.remove();
    this.#cursors.delete(id);
  }

  /** @param {boolean} isHidden whether nobody's pointer is shown */
  set isHidden(isHidden) {
    this.#layer.hidden = isHidden;
  }

  /** Show none. */
  clear() {
    for (const id of [...this.#cursors.keys()]) this.remove(id);
  }

  /** @param {Participant} participant */
  #add({ id, name, colour }) {
    const label = make("span", { className: "cursor-name" }, [make("bdi", {}, [name])]);
    label.style.background = colour;
    const element = make("div", { className: "cursor" }, [arrow(colour), label]);
    const cursor = { element, place: { x: 0, y: 0 } };
    this.#cursors.set(id, cursor);
    this.#layer.append(element);
    return cursor;
  }

  #placeAll() {
    // When the paper moves, cursors move with it at once, not after it.
    this.#layer.setAttribute("data-moving", "");
    for (const cursor of this.#cursors.values()) this.#put(cursor);
  }

  /** @param {Cursor} cursor */
  #put({ element, place }) {
    const { x, y } = this.#workspace.toScreen(place);
    element.style.transform = `translate(${x}px, ${y}px)`;
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
