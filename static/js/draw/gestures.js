/**
 * What the pointers on the workspace mean: drawing, or moving the paper.
 *
 * One finger draws, two move and enlarge the paper and never leave a mark. Once a pen has been seen, fingers
 * only move the paper: the hand that holds the pen rests on it. The first finger of two cannot be told from
 * one that draws; it draws until the second comes, and what it drew is given up unless it is a stroke for sure.
 *
 * @import { Place } from "./view.js"
 * @typedef {Readonly<{id: number, kind: string, x: number, y: number, pressure: number, lean: number, time: number,
 *   button: number, erases: boolean, shift: boolean, alt: boolean}>} Contact
 *   A pointer at one moment: kind is mouse, pen or touch; x and y are on the screen; lean is how far a pen leans, 0
 *   to 1; shift and alt say which keys are held.
 * @typedef {object} Acts what gestures set off
 * @property {(contact: Contact) => void} begin
 * @property {(contacts: readonly Contact[]) => void} draw
 * @property {(contacts: readonly Contact[]) => void} expect shows ink where the pen is expected by the next frame
 * @property {() => void} end
 * @property {() => void} giveUp
 * @property {(dx: number, dy: number) => void} pan
 * @property {(factor: number, at: Place) => void} zoom
 * @property {(by: number, at: Place) => void} turn by so many radians, to the right
 * @property {(fingers: number) => void} tapWith says that so many fingers have touched the paper for a moment
 */

import { halfTurn } from "./view.js";

const SURE_AGE = 200; // ms; and
const SURE_TRAVEL = 16; // CSS px: beyond both, another finger is a palm, not the second of two
const TAP_TRAVEL = 4; // CSS px a finger wanders in a tap

const TAP_WANDER = 12; // CSS px several of them do together; and
const TAP_AGE = 300; // ms from the first of several fingers down to the last one up in a tap

const SURE_TWIST = 0.2; // radians two fingers turn before the paper does: enlarging, they are never quite straight

const MIDDLE = 1; // the button of a mouse that grabs the paper

export class Gestures {
  /** Whether the main button grabs the paper, as with the space bar held. */
  grabs = false;
  /** Whether one finger moves the paper, as once a pen has been seen. */
  fingersPan = false;
  #hasSeenPen = false;
  #acts;
  /** @type {{id: number, kind: string, start: Contact, last: Contact, travel: number} | null} */
  #stroke = null;
  /** @type {Map<number, Contact>} the pointers that move the paper */
  #movers = new Map();
  #twist = 0; // how far two fingers have turned
  /** @type {Tap | null} what may be a tap of several fingers */
  #tap = null;

  /** @param {Acts} acts */
  constructor(acts) {
    this.#acts = acts;
  }

  get isDrawing() {
    return this.#stroke !== null;
  }

  get isMoving() {
    return this.#movers.size > 0;
  }

  /** @param {Contact} contact */
  down(contact) {
    if (contact.kind === "pen") this.#penDown(contact);
    else if (contact.kind === "touch") this.#fingerDown(contact);
    else this.#mouseDown(contact);
  }

  /**
   * Take in where a pointer has been since it was last heard of.
   * @param {readonly Contact[]} contacts
   */
  move(contacts) {
    const last = contacts[contacts.length - 1];
    if (this.#movers.has(last.id)) this.#moveBy(last);
    else if (this.#stroke?.id === last.id) this.#drawOn(contacts);
  }

  /**
   * Take in where a pointer is expected next.
   * @param {readonly Contact[]} contacts
   */
  expect(contacts) {
    if (contacts.length > 0 && this.#stroke?.id === contacts[0].id) this.#acts.expect(contacts);
  }

  /** @param {number} id */
  up(id) {
    if (this.#movers.delete(id) && !this.isMoving) this.#endTap();
    if (this.#stroke?.id === id) this.#end();
  }

  /**
   * Take in that the system took a pointer away: what has become a stroke is kept.
   * @param {number} id
   */
  cancel(id) {
    if (this.#movers.delete(id)) this.#tap = null;
    if (this.#stroke?.id !== id) return;
    if (this.#stroke.travel > TAP_TRAVEL) this.#end();
    else this.#giveUp();
  }

  /**
   * Take in that shift or alt is held from now on, or no longer: a shape follows though the pointer rests.
   * @param {{shift: boolean, alt: boolean, time: number}} held
   */
  hold(held) {
    if (this.#stroke) this.#drawOn([{ ...this.#stroke.last, ...held }]);
  }

  /**
   * Take in that a trackpad was pinched. Fingers on the screen are told of so too, and known already.
   * @param {number} factor by which it enlarges
   * @param {Place} at
   */
  pinch(factor, at) {
    if (!this.isDrawing && !this.isMoving) this.#acts.zoom(factor, at);
  }

  /** Give up what is being drawn. */
  drop() {
    if (this.#stroke) this.#giveUp();
  }

  /** End what is being drawn, as when the page goes away. */
  finish() {
    if (this.#stroke) this.cancel(this.#stroke.id);
  }

  /** @param {Contact} contact */
  #mouseDown(contact) {
    if (this.#stroke || this.isMoving) return;
    if (contact.button === MIDDLE || (contact.button === 0 && this.grabs)) this.#grab(contact);
    else if (contact.button === 0) this.#begin(contact);
  }

  /** @param {Contact} contact */
  #penDown(contact) {
    // Only the first one: who has said since that fingers draw too does not want to say it after every stroke.
    this.fingersPan ||= !this.#hasSeenPen;
    this.#hasSeenPen = true;
    this.#movers.clear();
    if (this.#stroke?.kind === "touch") this.#giveUp();
    if (this.#stroke) return;
    if (this.grabs) this.#grab(contact);
    else this.#begin(contact);
  }

  /** @param {Contact} contact */
  #fingerDown(contact) {
    if (this.#stroke) this.#secondFinger(this.#stroke, contact);
    else if (this.fingersPan || this.grabs || this.isMoving) this.#grab(contact);
    else this.#begin(contact);
  }

  /**
   * @param {{kind: string, start: Contact, last: Contact, travel: number}} stroke
   * @param {Contact} contact
   */
  #secondFinger(stroke, contact) {
    const sure = contact.time - stroke.start.time > SURE_AGE && stroke.travel > SURE_TRAVEL;
    if (stroke.kind !== "touch" || sure) return;
    this.#giveUp();
    this.#grab({ ...stroke.last, time: stroke.start.time });
    this.#grab(contact);
    if (stroke.travel > TAP_TRAVEL) this.#tap = null;
  }

  /** @param {Contact} contact */
  #grab(contact) {
    this.#twist = 0;
    if (!this.isMoving) this.#tap = new Tap(contact);
    this.#movers.set(contact.id, contact);
    this.#tap?.join(this.#movers.size);
  }

  #endTap() {
    if (this.#tap?.isOne) this.#acts.tapWith(this.#tap.fingers);
    this.#tap = null;
  }

  /** @param {Contact} contact */
  #begin(contact) {
    const { id, kind } = contact;
    this.#stroke = { id, kind, start: contact, last: contact, travel: 0 };
    this.#acts.begin(contact);
  }

  /** @param {readonly Contact[]} contacts */
  #drawOn(contacts) {
    const stroke = this.#stroke;
    if (!stroke) return;
    for (const contact of contacts) {
      stroke.travel += Math.hypot(contact.x - stroke.last.x, contact.y - stroke.last.y);
      stroke.last = contact;
    }
    this.#acts.draw(contacts);
  }

  #end() {
    this.#stroke = null;
    this.#acts.end();
  }

  #giveUp() {
    this.#stroke = null;
    this.#acts.giveUp();
  }

  /** @param {Contact} contact */
  #moveBy(contact) {
    this.#tap?.follow(contact, /** @type {Contact} */ (this.#movers.get(contact.id)));
    const before = grip(this.#movers);
    this.#movers.set(contact.id, contact);
    const after = grip(this.#movers);
    this.#acts.pan(after.x - before.x, after.y - before.y);
    if (before.spread > 0 && after.spread > 0) {
      this.#acts.zoom(after.spread / before.spread, { x: after.x, y: after.y });
      this.#turnBy(halfTurn(after.angle - before.angle), after);
    }
  }

  /**
   * @param {number} by
   * @param {Place} at
   */
  #turnBy(by, { x, y }) {
    const wasSure = Math.abs(this.#twist) > SURE_TWIST;
    if (wasSure) this.#acts.turn(by, { x, y });
    else this.#twist += by;
  }
}

/** Fingers that came down together, and may go as they came. */
class Tap {
  fingers = 0;
  #since;
  #until;
  #travel = 0;
  #isTouch;

  /** @param {Contact} first */
  constructor(first) {
    this.#since = first.time;
    this.#until = first.time;
    this.#isTouch = first.kind === "touch";
  }

  /** @param {number} fingers that are down now */
  join(fingers) {
    this.fingers = Math.max(this.fingers, fingers);
  }

  /**
   * @param {Contact} now
   * @param {Contact} before
   */
  follow(now, before) {
    this.#travel += Math.hypot(now.x - before.x, now.y - before.y);
    this.#until = now.time;
  }

  get isOne() {
    const isShort = this.#until - this.#since < TAP_AGE && this.#travel < TAP_WANDER;
    return this.#isTouch && isShort && this.fingers > 1;
  }
}

/**
 * Return the middle of the first two pointers, how far apart they are and in which direction.
 * @param {Map<number, Contact>} movers
 */
function grip(movers) {
  const [a, b = a] = movers.values();
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  return { ...middle, spread: Math.hypot(dx, dy), angle: Math.atan2(dy, dx) };
}
