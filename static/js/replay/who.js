/**
 * Who drew this? By pointing at the drawing, or by a cross that the arrow keys move.
 *
 * @import { Mark } from "../engine/ops.js"
 * @import { Place } from "../draw/hit.js"
 * @import { Screening } from "./screening.js"
 * @import { Authors } from "./words.js"
 */

import { byId } from "../draw/dom.js";
import { strokeNear } from "../draw/hit.js";
import { path } from "../engine/render.js";
import { when } from "./words.js";

const STEPS = 40; // of the cross, from one side of the drawing to the other
const REACH = 6; // CSS px by which one may miss a stroke
const CROSS = 14; // CSS px of each arm
/** @type {Readonly<Record<string, readonly [number, number]>>} */
const WAYS = Object.freeze({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
});

export class Who {
  #canvas;
  #marks;
  #screening;
  #authors;
  /** @type {Place} */
  #cross;
  #seq = 0; // of the stroke that was pointed at

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Screening} screening
   * @param {Authors} authors
   */
  constructor(canvas, screening, authors) {
    this.#canvas = canvas;
    this.#marks = marksOver(canvas);
    this.#screening = screening;
    this.#authors = authors;
    this.#cross = { x: canvas.width / 2, y: canvas.height / 2 };
    canvas.addEventListener("click", (event) => this.#ask(this.#placeOf(event)));
    canvas.addEventListener("keydown", (event) => this.#press(event));
    canvas.addEventListener("blur", () => this.#wipe());
    byId("who-jump").addEventListener("click", () => this.#jump());
    screening.on("change", () => this.#wipe());
  }

  /** How many px of the drawing are one of the screen. */
  get #scale() {
    return this.#canvas.width / this.#canvas.getBoundingClientRect().width;
  }

  /**
   * @param {MouseEvent} event
   * @returns {Place}
   */
  #placeOf({ clientX, clientY }) {
    const { left, top } = this.#canvas.getBoundingClientRect();
    return { x: (clientX - left) * this.#scale, y: (clientY - top) * this.#scale };
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const way = WAYS[event.key];
    if (way) this.#moveCross(way);
    else if (event.key === "Enter") this.#ask(this.#cross);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {readonly [number, number]} way */
  #moveCross([x, y]) {
    const { width, height } = this.#canvas;
    const step = width / STEPS;
    this.#cross = {
      x: Math.min(width, Math.max(0, this.#cross.x + x * step)),
      y: Math.min(height, Math.max(0, this.#cross.y + y * step)),
    };
    this.#wipe();
    this.#line(2, crossAt(this.#cross, CROSS * this.#scale));
  }

  /** @param {Place} place */
  #ask({ x, y }) {
    const pixel = { x: Math.floor(x) + 0.5, y: Math.floor(y) + 0.5 };
    const { strokes, typeface } = this.#screening;
    const stroke = strokeNear(strokes, pixel, REACH * this.#scale, typeface);
    this.#wipe();
    if (stroke) this.#tell(stroke);
    else this.#sayNothing();
  }

  /** @param {Mark} stroke */
  #tell(stroke) {
    const found = this.#screening.find(stroke.id);
    if (!found) return;
    const author = this.#authors.of(stroke);
    this.#seq = found.seq;
    byId("who-name").textContent = author.name;
    document.getElementById("who-colour")?.setAttribute("fill", author.colour);
    byId("who-time", HTMLTimeElement).dateTime = new Date(found.time).toISOString();
    byId("who-time").textContent = when(found.time);
    byId("who-seq").textContent = String(found.seq);
    document.getElementById("who-op")?.setAttribute("value", stroke.id);
    byId("who").hidden = false;
    byId("who-hint").hidden = true;
    this.#line(1.5, path(stroke, Path2D, this.#screening.typeface));
  }

  #sayNothing() {
    byId("who").hidden = true;
    byId("who-hint").hidden = false;
    byId("who-hint").textContent = "Nothing is drawn there at this moment.";
  }

  #jump() {
    this.#screening.pause();
    this.#screening.seek(this.#seq);
  }

  /**
   * Mark something with a line that is seen on light and on dark.
   * @param {number} width CSS px
   * @param {Path2D} what
   */
  #line(width, what) {
    const colour = getComputedStyle(this.#canvas).getPropertyValue("--mark");
    for (const [style, times] of /** @type {[string, number][]} */ ([
      ["#fff", 3],
      [colour, 1],
    ])) {
      this.#marks.strokeStyle = style;
      this.#marks.lineWidth = width * times * this.#scale;
      this.#marks.stroke(what);
    }
  }

  #wipe() {
    this.#marks.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
  }
}

/** @param {HTMLCanvasElement} canvas */
function marksOver(canvas) {
  const marks = byId("marks", HTMLCanvasElement).getContext("2d");
  if (marks === null) throw new Error("This browser has no 2D canvas.");
  marks.canvas.width = canvas.width;
  marks.canvas.height = canvas.height;
  marks.lineJoin = "round";
  return marks;
}

/**
 * @param {Place} place
 * @param {number} arm
 */
function crossAt({ x, y }, arm) {
  const cross = new Path2D();
  cross.moveTo(x - arm, y);
  cross.lineTo(x + arm, y);
  cross.moveTo(x, y - arm);
  cross.lineTo(x, y + arm);
  return cross;
}
