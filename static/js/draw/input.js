/**
 * Pointer events of the workspace, turned into contacts for the gestures.
 *
 * @import { Contact, Gestures } from "./gestures.js"
 * @typedef {UIEvent & {scale: number, clientX: number, clientY: number}} PinchEvent scale is since it began
 */

import { leanOf } from "./lean.js";

const ERASER = 32; // the bit of `buttons` that says the pen is the other way round
const NO_PRESSURE = 0.5; // what a mouse reports while pressed
const HELD = Object.freeze(["Shift", "Alt"]);
const FRAME = 17; // ms: further ahead, a guess misses more than it gains

/**
 * Have gestures follow the pointers on an element.
 * @param {HTMLElement} element
 * @param {Gestures} gestures
 */
export function follow(element, gestures) {
  const news = new News();
  const move = (/** @type {Event} */ event) => {
    const contacts = news.of(/** @type {PointerEvent} */ (event));
    if (contacts.length > 0) gestures.move(contacts);
  };
  element.addEventListener("pointerdown", (event) => press(element, gestures, event));
  // Comes as soon as the pointer has moved, where a browser has it; a pointermove may wait for the next frame, or
  // for the next move.
  element.addEventListener("pointerrawupdate", move);
  element.addEventListener("pointermove", (event) => {
    move(event);
    gestures.expect(expectedOf(event));
  });
  element.addEventListener("pointerup", (event) => lift(gestures, event));
  element.addEventListener("pointercancel", (event) => gestures.cancel(event.pointerId));
  // Comes after every up and cancel too; by then there is nothing left to end.
  element.addEventListener("lostpointercapture", (event) => gestures.cancel(event.pointerId));
  followPinch(element, gestures);
  element.addEventListener("contextmenu", (event) => event.preventDefault());
  for (const name of /** @type {const} */ (["keydown", "keyup"])) {
    // With the focus here, the pen is moved by keys, and shift is for larger steps.
    addEventListener(name, (event) => event.target === element || hold(gestures, event));
  }
  // Whichever comes first: after the last of them nothing can be kept any more.
  addEventListener("beforeunload", () => gestures.finish());
  addEventListener("pagehide", () => gestures.finish());
  document.addEventListener("visibilitychange", () => document.hidden && gestures.finish());
}

/**
 * Have gestures follow pinches on the trackpad of a Mac or an iPad: from Safari they do not come as a wheel, and would
 * enlarge the page.
 * @param {HTMLElement} element
 * @param {Gestures} gestures
 */
function followPinch(element, gestures) {
  let reached = 1;
  element.addEventListener("gesturestart", (event) => {
    event.preventDefault();
    reached = 1;
  });
  element.addEventListener("gesturechange", (event) => {
    event.preventDefault();
    const { scale, clientX: x, clientY: y } = /** @type {PinchEvent} */ (event);
    gestures.pinch(scale / reached, { x, y });
    reached = scale;
  });
}

/**
 * @param {HTMLElement} element
 * @param {Gestures} gestures
 * @param {PointerEvent} event
 */
function press(element, gestures, event) {
  event.preventDefault(); // no selection, no focus; and no auto-scroll with the middle button
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  element.setPointerCapture(event.pointerId);
  gestures.down(contactOf(event));
}

/**
 * @param {Gestures} gestures
 * @param {PointerEvent} event
 */
function lift(gestures, event) {
  gestures.move([contactOf(event)]);
  gestures.up(event.pointerId);
}

/**
 * @param {Gestures} gestures
 * @param {KeyboardEvent} event
 */
function hold(gestures, event) {
  if (!gestures.isDrawing || event.repeat || !HELD.includes(event.key)) return;
  event.preventDefault(); // alt alone would open the menu of some browsers
  gestures.hold({ shift: event.shiftKey, alt: event.altKey, time: event.timeStamp });
}

/** What events tell of a pointer that no event before them has told. */
class News {
  /** @type {Map<number, number>} when each pointer was heard of last, by its id */
  #times = new Map();

  /**
   * Return where a pointer has been since then: between two frames it may have been in many places.
   * @param {PointerEvent} event
   */
  of(event) {
    const heard = this.#times.get(event.pointerId) ?? Number.NEGATIVE_INFINITY;
    this.#times.set(event.pointerId, event.timeStamp);
    const coalesced = event.getCoalescedEvents?.() ?? [];
    const all = coalesced.length > 0 ? coalesced : [event];
    return all.filter(({ timeStamp }) => timeStamp > heard).map(contactOf);
  }
}

/**
 * Return where the browser expects a pointer by the time the next frame is seen, if it ventures a guess.
 * @param {PointerEvent} event
 */
function expectedOf(event) {
  const soon = event.timeStamp + FRAME;
  const expected = event.getPredictedEvents?.() ?? [];
  return expected.filter(({ timeStamp }) => timeStamp <= soon).map(contactOf);
}

/**
 * @param {PointerEvent} event
 * @returns {Contact}
 */
function contactOf(event) {
  return {
    id: event.pointerId,
    kind: event.pointerType,
    x: event.clientX,
    y: event.clientY,
    pressure: event.pressure || NO_PRESSURE,
    lean: leanOf(event),
    time: event.timeStamp,
    button: event.button,
    erases: (event.buttons & ERASER) !== 0,
    shift: event.shiftKey,
    alt: event.altKey,
  };
}
