/**
 * The desk the paper lies on. It fills the window, so a place in it is a place on the screen.
 *
 * @import { Part, Place, Room, View } from "./view.js"
 */

import { Emitter } from "./emitter.js";
import {
  fit,
  halfTurn,
  held,
  inside,
  panned,
  STEP,
  seen,
  showing,
  toPaper,
  toScreen,
  turned,
  zoomed,
} from "./view.js";

const MARGIN = 12; // CSS px between the paper and what floats at the edges
const PIXELS = 3; // from this scale on the pixels themselves are shown
const WHEEL = 0.0022; // how much one px of a wheel enlarges, as a power of e
const UPRIGHT = 0.07; // radians from upright at which it snaps there
const LINE = 16; // px a wheel that counts in lines means

/**
 * `change` tells that the paper lies elsewhere, `moved` that the person here has moved it.
 * @extends {Emitter<{change: [], moved: []}>}
 */
export class Workspace extends Emitter {
  #element;
  #paper;
  #bars;
  /** @type {View} */
  #view = { x: 0, y: 0, scale: 1, angle: 0 };
  #turn = 0; // how far it was asked to be turned: near upright, it is not turned so far
  /** @type {Room} */
  #room = { x: 0, y: 0, width: 1, height: 1 };
  #isFitted = true;
  #reserved = 0; // CSS px for rulers

  /**
   * @param {HTMLElement} element
   * @param {HTMLCanvasElement} paper
   * @param {{top: HTMLElement, bottom: HTMLElement, side: HTMLElement}} bars what floats above, below and, where
   *   there is room, at a side
   */
  constructor(element, paper, bars) {
    super();
    this.#element = element;
    this.#paper = paper;
    this.#bars = bars;
    element.style.setProperty("--wide", `${paper.width}px`);
    element.style.setProperty("--high", `${paper.height}px`);
    const sized = new ResizeObserver(() => this.measure());
    for (const one of [element, ...Object.values(bars)]) sized.observe(one);
    element.addEventListener("wheel", (event) => this.#turnWheel(event), { passive: false });
  }

  get scale() {
    return this.#view.scale;
  }

  /** How far the paper is turned to the right, in radians. */
  get angle() {
    return this.#view.angle;
  }

  /** Whether it is so large that the pixels themselves are shown. */
  get showsPixels() {
    return this.scale >= PIXELS;
  }

  /** What lays the paper on the screen, as CSS says it. */
  get transform() {
    const { x, y, scale, angle } = this.#view;
    return `translate(${x}px, ${y}px) rotate(${angle}rad) scale(${scale})`;
  }

  /**
   * Keep room free along the paper's left and upper edge.
   * @param {number} wide CSS px
   */
  reserve(wide) {
    this.#reserved = wide;
    this.measure();
  }

  /** The part of the screen that nothing covers. */
  get room() {
    return this.#room;
  }

  /** Show all of the paper. */
  fit() {
    this.#isFitted = true;
    this.#show(fit(this.#paper, this.#room));
    this.emit("moved");
  }

  /** The part of the paper one sees. */
  get seen() {
    return seen(this.#view, this.#room);
  }

  /**
   * Show a part of the paper that somebody else looks at.
   * @param {Part} part
   */
  lookAlong(part) {
    this.#isFitted = false;
    this.#show(held(showing(part, this.#room), this.#paper, this.#room));
  }

  /**
   * Bring a place on the paper into the middle.
   * @param {Place} place
   */
  centreOn(place) {
    const { x, y } = this.toScreen(place);
    this.pan(this.middle.x - x, this.middle.y - y);
  }

  /**
   * Move the paper as little as it takes for a place on it to be seen; of one beside it, the edge.
   * @param {Place} place
   */
  bringIntoSight(place) {
    const { width, height } = this.#paper;
    const at = this.toScreen(inside(place, { x: 0, y: 0, width, height }));
    const seen = inside(at, this.#room);
    if (seen.x !== at.x || seen.y !== at.y) this.pan(seen.x - at.x, seen.y - at.y);
  }

  /**
   * Have the paper at a place on the screen be seen; return where that lies then, within what one sees.
   * @param {Place} place
   */
  reach(place) {
    const under = this.toPaper(place);
    this.bringIntoSight(under);
    return inside(this.toScreen(under), this.#room);
  }

  /** Take in anew what covers the desk. */
  measure() {
    this.#room = this.#measured();
    if (this.#isFitted) this.#show(fit(this.#paper, this.#room));
    else this.#show(held(this.#view, this.#paper, this.#room));
  }

  /** Show the paper pixel by pixel. */
  showActualSize() {
    this.#look(zoomed(this.#view, 1 / this.scale, this.middle));
  }

  zoomIn() {
    this.zoom(STEP, this.middle);
  }

  zoomOut() {
    this.zoom(1 / STEP, this.middle);
  }

  /**
   * Enlarge by factor about a place on the screen.
   * @param {number} factor
   * @param {Place} at
   */
  zoom(factor, at) {
    this.#look(zoomed(this.#view, factor, at));
  }

  /**
   * Turn about a place on the screen.
   * @param {number} by radians, to the right
   * @param {Place} at
   */
  turn(by, at) {
    this.#turn = halfTurn(this.#turn + by);
    const angle = Math.abs(this.#turn) < UPRIGHT ? 0 : this.#turn;
    this.#look(turned(this.#view, angle - this.angle, at));
  }

  turnUpright() {
    this.turn(-this.#turn, this.middle);
  }

  /**
   * @param {number} dx
   * @param {number} dy
   */
  pan(dx, dy) {
    this.#look(panned(this.#view, dx, dy));
  }

  /**
   * Return the paper place at a place on the screen.
   * @param {Place} place
   */
  toPaper(place) {
    return toPaper(this.#view, place);
  }

  /**
   * Return where on the screen a paper place lies.
   * @param {Place} place
   */
  toScreen(place) {
    return toScreen(this.#view, place);
  }

  /** @param {View} view */
  #look(view) {
    this.#isFitted = false;
    this.#show(held(view, this.#paper, this.#room));
    this.emit("moved");
  }

  /** @param {View} view */
  #show(view) {
    this.#view = view;
    if (view.angle === 0 && Math.abs(this.#turn) >= UPRIGHT) this.#turn = 0;
    this.#paper.style.transform = this.transform;
    this.#element.style.setProperty("--laid", this.transform);
    this.#element.style.setProperty("--turn", `${view.angle}rad`);
    this.#element.style.setProperty("--left", `${view.x}px`);
    this.#element.style.setProperty("--top", `${view.y}px`);
    this.#element.style.setProperty("--scale", String(view.scale));
    this.emit("change");
  }

  /** @param {WheelEvent} event */
  #turnWheel(event) {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
    // A pinch on a trackpad comes as a wheel with ctrl.
    if (event.ctrlKey || event.metaKey) {
      this.zoom(Math.exp(-event.deltaY * unit * WHEEL), { x: event.clientX, y: event.clientY });
    } else {
      this.pan(-event.deltaX * unit, -event.deltaY * unit);
    }
  }

  /** The middle of what one sees, on the screen. */
  get middle() {
    const { x, y, width, height } = this.#room;
    return { x: x + width / 2, y: y + height / 2 };
  }

  /** @returns {Room} */
  #measured() {
    const { top, bottom, side } = this.#bars;
    const all = this.#element.clientWidth;
    const upper = top.offsetTop + top.offsetHeight + MARGIN + this.#reserved;
    const lower = bottom.offsetTop - MARGIN;
    const { left, right } = beside(side, all);
    const start = left + MARGIN + this.#reserved;
    const width = right - MARGIN - start;
    const height = lower - upper;
    return { x: start, y: upper, width: Math.max(1, width), height: Math.max(1, height) };
  }
}

/**
 * Return from where to where the desk is free of what floats at its side.
 * @param {HTMLElement} side
 * @param {number} width of the desk
 */
function beside(side, width) {
  const { left, right } = side.getBoundingClientRect();
  if (getComputedStyle(side).position !== "fixed") return { left: 0, right: width };
  return left + right < width ? { left: right, right: width } : { left: 0, right: left };
}
