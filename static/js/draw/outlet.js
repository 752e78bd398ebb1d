/**
 * What leaves while it happens: the ink of the stroke being drawn, a sketch of any other mark being made, where marks
 * are being carried, a laser's light, and where the pointer is.
 *
 * At most one message a frame, and the more people listen, the fewer: all of them hear all of the others.
 *
 * @import { WireInk } from "../engine/codec.js"
 * @import { WireCarry, WireFade, WireLaser, WireSketch } from "../engine/presence.js"
 * @import { Draft } from "./draft.js"
 * @import { Place } from "./view.js"
 * @typedef {WireInk | WireSketch | WireCarry | WireFade | WireLaser | {type: "cursor", x: number | null, y: number | null}} Volatile
 * @typedef {{id: string}} Made what is being drawn
 * @typedef {() => WireSketch | WireCarry | WireFade | null} Look tells what it looks like now; null: there is nothing to be seen
 */

import { encodeInk } from "../engine/codec.js";
import { POINT_UNIT } from "../engine/geometry.js";
import { LEAST_COORDINATE, MOST_COORDINATE } from "../engine/ops.js";
import { encodeLaser } from "../engine/presence.js";

const PEOPLE_A_FRAME = 12; // so many listeners more, and a frame more between two messages
const MOST_FRAMES = 8;
const POINTS_A_MESSAGE = 500;
// From one sketch to the next: each tells of all of the mark, and is painted anew by everybody.
const FRAMES_A_SKETCH = 3;
// Each is told twice, the second time when nothing has changed for a while: one that gets lost would be missed for as
// long as somebody thinks about how a sentence goes on.
const TWICE = 2;
const FRAMES_TO_THE_SECOND = 30;

export class Outlet {
  #send;
  #nextFrame;
  #takeBack;
  #listeners = 0;
  #isAsked = false;
  #frames = 0; // since something left
  /** @type {Draft | null} */
  #draft = null;
  #sent = 0; // points of it
  /** @type {{draft: Made, look: Look} | null} a mark that is no stroke, and what it looks like now */
  #sketch = null;
  #tellings = 0; // of what it looks like now, yet to leave
  /** @type {Made | null} of which the others have a sketch */
  #sketched = null;
  #sketchFrames = FRAMES_A_SKETCH; // since one left
  /** @type {Place[]} where the laser has been since something left */
  #light = [];
  /** @type {Place | null} */
  #place = null;
  #hasMoved = false;

  /**
   * @param {(message: Volatile) => void} send
   * @param {(callback: () => void) => void} nextFrame
   * @param {(id: string) => void} takeBack tells that something was given up; that must not get lost
   */
  constructor(send, nextFrame, takeBack) {
    this.#send = send;
    this.#nextFrame = nextFrame;
    this.#takeBack = takeBack;
  }

  /** @param {number} listeners how many others there are to hear it */
  set listeners(listeners) {
    // Somebody new has not heard the beginning.
    if (listeners > this.#listeners) this.#tellAnew();
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

  /**
   * Tell what a mark that is no stroke looks like, whenever that may be told.
   * @param {Made} draft
   * @param {Look} look
   */
  sketch(draft, look) {
    this.#sketch = { draft, look };
    this.#tellings = TWICE;
    this.#ask();
  }

  /**
   * Whether something else is being made that the others have a sketch of.
   * @param {Made} made
   */
  isBusyBeside(made) {
    return this.#sketch !== null && this.#sketch.draft !== made;
  }

  /**
   * Tell no more of what was drawn, but that some of it was given up, if it was told of.
   * @param {Made} draft
   * @param {readonly string[]} lost the ids of what will be no op; the rest are ops now
   */
  end(draft, lost) {
    const isInk = this.#draft === draft;
    if (isInk ? this.#sent > 0 : this.#sketched === draft) lost.forEach(this.#takeBack);
    if (isInk) this.#draft = null;
    if (this.#sketch?.draft === draft) this.#dropSketch();
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
    this.#sketchFrames += 1;
    if (this.#frames < this.#pace) return this.#ask();
    this.#frames = 0;
    if (this.#draft) this.#sendInk(this.#draft);
    else if (this.#light.length > 0) this.#sendLight();
    else if (this.#isSketchDue) this.#sendSketch();
    else if (this.#hasMoved) this.#sendCursor();
    if (this.#tellings > 0) this.#ask();
  }

  get #pace() {
    return Math.min(MOST_FRAMES, Math.ceil(this.#listeners / PEOPLE_A_FRAME));
  }

  /** Whether it is a sketch's turn: the pointer has every other one at least. */
  get #isSketchDue() {
    const least = this.#tellings === TWICE ? FRAMES_A_SKETCH : FRAMES_TO_THE_SECOND;
    return this.#tellings > 0 && this.#sketchFrames >= Math.max(least, 2 * this.#pace);
  }

  #tellAnew() {
    this.#sent = 0;
    this.#tellings = this.#sketch ? TWICE : 0;
  }

  /** @param {Draft} draft */
  #sendInk({ id, style, points, mirror }) {
    const start = this.#sent;
    const fresh = points.slice(start, start + POINTS_A_MESSAGE);
    if (fresh.length === 0) return;
    this.#sent += fresh.length;
    const drawn = mirror === "none" ? undefined : mirror;
    this.#send(encodeInk({ id, stroke: style, start, points: fresh, mirror: drawn }));
    if (this.#sent < points.length) this.#ask();
  }

  #sendSketch() {
    if (this.#sketch === null) return;
    const { draft, look } = this.#sketch;
    const sketch = look();
    this.#tellings = sketch ? this.#tellings - 1 : 0;
    this.#sketchFrames = 0;
    if (sketch) this.#send(sketch);
    else if (this.#sketched === draft) this.#takeBack(draft.id);
    this.#sketched = sketch && draft;
  }

  #dropSketch() {
    this.#sketch = null;
    this.#sketched = null;
    this.#tellings = 0;
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
