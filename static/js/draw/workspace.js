/**
 * The desk the paper lies on. It fills the window, so a place in it is a place on the screen.
 *
 * @import { Place, Room, View } from "./view.js"
 */

import { Emitter } from "./emitter.js";
import { fit, held, panned, STEP, toPaper, toScreen, zoomed } from "./view.js";

const MARGIN = 12; // CSS px between the paper and what floats at the edges
const PIXELS = 3; // from this scale on the pixels themselves are shown
const WHEEL = 0.0022; // how much one px of a wheel enlarges, as a power of e
const LINE = 16; // px a wheel that counts in lines means

/** @extends {Emitter<{change: []}>} */
export class Workspace extends Emitter {
  #element;
  #paper;
  #bars;
  /** @type {View} */
  #view = { x: 0, y: 0, scale: 1 };
  #isFitted = true;

  /**
   * @param {HTMLElement} element
   * @param {HTMLCanvasElement} paper
   * @param {{top: HTMLElement, bottom: HTMLElement}} bars what floats above and below
   */
  constructor(element, paper, bars) {
    super();
    this.#element = element;
    this.#paper = paper;
    this.#bars = bars;
    const sized = new ResizeObserver(() => this.#resize());
    for (const one of [element, bars.top, bars.bottom]) sized.observe(one);
    element.addEventListener("wheel", (event) => this.#turnWheel(event), { passive: false });
  }

  get scale() {
    return this.#view.scale;
  }

  /** Show all of the paper. */
  fit() {
    this.#isFitted = true;
    this.#show(fit(this.#paper, this.#room));
  }

  /** Show the paper pixel by pixel. */
  showActualSize() {
    this.#look(zoomed(this.#view, 1 / this.scale, this.#middle));
  }

  zoomIn() {
    this.zoom(STEP, this.#middle);
  }

  zoomOut() {
    this.zoom(1 / STEP, this.#middle);
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
  }

  /** @param {View} view */
  #show(view) {
    this.#view = view;
    this.#paper.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
    this.#paper.toggleAttribute("data-large", view.scale >= PIXELS);
    this.emit("change");
  }

  #resize() {
    if (this.#isFitted) this.fit();
    else this.#look(this.#view);
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

  get #middle() {
    const { x, y, width, height } = this.#room;
    return { x: x + width / 2, y: y + height / 2 };
  }

  /** @returns {Room} */
  get #room() {
    const { top, bottom } = this.#bars;
    const from = top.offsetTop + top.offsetHeight + MARGIN;
    const to = bottom.offsetTop - MARGIN;
    const width = this.#element.clientWidth - 2 * MARGIN;
    return { x: MARGIN, y: from, width: Math.max(1, width), height: Math.max(1, to - from) };
  }
}
