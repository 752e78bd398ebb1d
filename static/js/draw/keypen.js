/**
 * The pen on the keyboard: with the paper in focus, arrows move it, Enter puts it down and lifts it.
 *
 * What it does comes to the gestures as a mouse's doing would, so every tool can be used so.
 *
 * @import { Contact, Gestures } from "./gestures.js"
 * @import { Place } from "./view.js"
 * @typedef {object} Desk
 * @property {() => Place} middle where the pen is at first
 * @property {(place: Place) => Place} reach moves the paper below it where it would be out of sight
 * @property {() => boolean} taps whether the tool in the hand needs no more than a touch
 */

const STEP = 8; // CSS px
const STRIDE = 48; // with shift
const POINTER = -1; // no pointer of the browser's has this id
const ARROWS = new Map([
  ["ArrowLeft", [-1, 0]],
  ["ArrowUp", [0, -1]],
  ["ArrowRight", [1, 0]],
  ["ArrowDown", [0, 1]],
]);

export class KeyPen {
  #element;
  #cross;
  #gestures;
  #desk;
  /** @type {Place | null} on the screen */
  #place = null;
  #isDown = false;

  /**
   * @param {{element: HTMLElement, cross: HTMLElement}} shown the workspace, and what shows where the pen is
   * @param {Gestures} gestures
   * @param {Desk} desk
   */
  constructor({ element, cross }, gestures, desk) {
    this.#element = element;
    this.#cross = cross;
    this.#gestures = gestures;
    this.#desk = desk;
    element.addEventListener("keydown", (event) => this.#press(event));
    element.addEventListener("blur", () => this.#leave());
    element.addEventListener("focus", () => this.#comeBack());
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.target !== this.#element || event.ctrlKey || event.metaKey) return;
    const way = ARROWS.get(event.key);
    if (way) this.#move(way, event.shiftKey ? STRIDE : STEP);
    else if (event.key === "Enter") this.#turn();
    else if (event.key === "Escape" && this.#isDown) this.#drop();
    else return;
    event.preventDefault();
    event.stopPropagation(); // arrows would move the paper, Enter would close a polygon
  }

  /**
   * @param {number[]} way
   * @param {number} step
   */
  #move([dx, dy], step) {
    const { x, y } = this.#place ?? this.#desk.middle();
    this.#show(this.#desk.reach({ x: x + dx * step, y: y + dy * step }));
    if (this.#isDown) this.#gestures.move([this.#contact()]);
  }

  #turn() {
    if (this.#place === null) return this.#show(this.#desk.middle());
    if (this.#isDown) this.#lift();
    else this.#putDown();
  }

  #putDown() {
    this.#isDown = true;
    this.#cross.toggleAttribute("data-down", true);
    this.#gestures.down(this.#contact());
    if (this.#desk.taps()) this.#lift();
  }

  #lift() {
    this.#isDown = false;
    this.#cross.removeAttribute("data-down");
    this.#gestures.up(POINTER);
  }

  #drop() {
    this.#gestures.drop();
    this.#lift();
  }

  #leave() {
    if (this.#isDown) this.#lift();
    this.#cross.hidden = true;
  }

  /** Be there again where it was, as after a text was written there. */
  #comeBack() {
    if (this.#place !== null && this.#element.matches(":focus-visible")) this.#show(this.#place);
  }

  /** @param {Place} place */
  #show(place) {
    this.#place = place;
    this.#cross.hidden = false;
    this.#cross.style.transform = `translate(${place.x}px, ${place.y}px)`;
  }

  /** @returns {Contact} */
  #contact() {
    const { x, y } = this.#place ?? this.#desk.middle();
    const plain = { button: 0, erases: false, shift: false, alt: false };
    return {
      id: POINTER,
      kind: "mouse",
      x,
      y,
      pressure: 0.5,
      lean: 0,
      time: performance.now(),
      ...plain,
    };
  }
}
