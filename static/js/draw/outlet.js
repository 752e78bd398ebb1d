/**
 * What leaves while it happens: the ink of the stroke being drawn, a laser's light, and where the pointer is.
 *
 * At most one of each a frame, and the more people listen, the fewer: all of them hear all of the others.
 *
 * @import { WireInk } from "../engine/codec.js"
 * @import { WireLaser } from "../engine/presence.js"
 * @import { Draft } from "./draft.js"
 * @import { Place } from "./view.js"
 * @typedef {WireInk | WireLaser | {type: "cursor", x: number | null, y: number | null}} Volatile
 */

import { encodeInk } from "../engine/codec.js";
import { POINT_UNIT } from "../engine/geometry.js";
import { LEAST_COORDINATE, MOST_COORDINATE } from "../engine/ops.js";
import { encodeLaser } from "../engine/presence.js";

const PEOPLE_A_FRAME = 12; // so many listeners more, and a frame more between two messages
const MOST_FRAMES = 8;
const POINTS_A_MESSAGE = 500;

export class Outlet {
  #send;
  #nextFrame;
  #listeners = 0;
  #isAsked = false;
  #frames = 0; // since something left
  /** @type {Draft | null} */
  #draft = null;
  #sent = 0; // points of it
  /** @type {Place[]} where the laser has been since something left */
  #light = [];
  /** @type {Place | null} */
  #place = null;
  #hasMoved = false;

  /**
   * @param {(message: Volatile) => void} send
   * @param {(callback: () => void) => void} nextFrame
   */
  constructor(send, nextFrame) {
    this.#send = send;
    this.#nextFrame = nextFrame;
  }

  /** @param {number} listeners how many others there are to hear it */
  set listeners(listeners) {
    // Somebody new has not heard the beginning.
    if (listeners > this.#listeners) this.#sent = 0;
    this.#listeners = listeners;
    this.#ask();
  }

  /**
   * Tell of a stroke as it grows.
   * @param {Draft} draft
   */
  grow(draft) {
    if (this.#draft !== draft) this.#sent = 0;
    this.#draft = draft;
    this.#ask();
  }

  /** Tell no more of the stroke: it is an op now. */
  end() {
    this.#draft = null;
  }

  /**
   * Tell that a stroke was given up, if it was told of.
   * @param {{id: string}} draft
   */
  giveUp(draft) {
    if (this.#draft !== draft) return;
    if (this.#sent > 0) this.#send(encodeInk({ id: draft.id, stroke: null, start: 0, points: [] }));
    this.end();
  }

  /**
   * Tell where the pointer is on the paper; null: it has left.
   * @param {Place | null} place
   */
  point(place) {
    this.#place = place;
    this.#hasMoved = true;
    this.#ask();
  }

  /**
   * Tell where a laser has been.
   * @param {readonly Place[]} places
   */
  shine(places) {
    this.#light.push(...places);
    this.#ask();
  }

  /** Tell that the laser was put out. */
  putOut() {
    if (this.#listeners === 0) return;
    this.#sendLight();
    this.#send(encodeLaser([]));
  }

  #ask() {
    if (this.#isAsked || this.#listeners === 0) return;
    this.#isAsked = true;
    this.#nextFrame(() => this.#frame());
  }

  #frame() {
    this.#isAsked = false;
    this.#frames += 1;
    if (this.#frames < this.#pace) return this.#ask();
    this.#frames = 0;
    if (this.#draft) this.#sendInk(this.#draft);
    else if (this.#light.length > 0) this.#sendLight();
    else if (this.#hasMoved) this.#sendCursor();
  }

  get #pace() {
    return Math.min(MOST_FRAMES, Math.ceil(this.#listeners / PEOPLE_A_FRAME));
  }

  /** @param {Draft} draft */
  #sendInk({ id, style, points }) {
    const start = this.#sent;
    const fresh = points.slice(start, start + POINTS_A_MESSAGE);
    if (fresh.length === 0) return;
    this.#sent += fresh.length;
    this.#send(encodeInk({ id, stroke: style, start, points: fresh }));
    if (this.#sent < points.length) this.#ask();
  }

  #sendLight() {
    const places = this.#light.splice(0);
    if (places.length > 0) this.#send(encodeLaser(places));
  }

  #sendCursor() {
    this.#hasMoved = false;
    const { x, y } = this.#place ?? { x: null, y: null };
    this.#send({ type: "cursor", x: coordinate(x), y: coordinate(y) });
  }
}

/** @param {number | null} px */
function coordinate(px) {
  if (px === null) return null;
  return Math.min(MOST_COORDINATE, Math.max(LEAST_COORDINATE, Math.round(px * POINT_UNIT)));
}
