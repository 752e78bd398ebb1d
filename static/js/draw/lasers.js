/**
 * The light of laser pointers, one's own and the others': trails over the paper that fade by themselves.
 *
 * @import { Place } from "./view.js"
 * @import { Workspace } from "./workspace.js"
 * @typedef {{x: number, y: number, time: number}} Spot where a laser was on the paper, and when
 * @typedef {{colour: string, spots: Spot[], isNew: boolean}} Trail
 *   isNew: the next spot begins another trail.
 */

import { inNextFrame } from "./nextframe.js";

const LASTING = 1400; // ms a spot takes to fade
const WIDTH = 6; // CSS px of a spot just made
const CORE = 0.35; // of the width that is white
const LONGEST = 2000; // spots kept of one laser

export class Lasers {
  #canvas;
  #context;
  #workspace;
  /** @type {Map<string, Trail[]>} by participant */
  #trails = new Map();
  #ask = inNextFrame(() => this.#frame());

  /**
   * @param {HTMLCanvasElement} canvas as large as the workspace
   * @param {Workspace} workspace
   */
  constructor(canvas, workspace) {
    this.#canvas = canvas;
    this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.#workspace = workspace;
    workspace.on("change", () => this.#trails.size > 0 && this.#ask());
  }

  /**
   * Show where somebody's laser has been.
   * @param {{id: string, colour: string}} whose
   * @param {readonly Place[]} places
   */
  shine({ id, colour }, places) {
    const trails = this.#trails.get(id) ?? [];
    this.#trails.set(id, trails);
    if (trails.at(-1)?.isNew ?? true) trails.push({ colour, spots: [], isNew: false });
    const { spots } = trails[trails.length - 1];
    const time = performance.now();
    spots.push(...places.map(({ x, y }) => ({ x, y, time })));
    spots.splice(0, spots.length - LONGEST);
    this.#ask();
  }

  /**
   * Know that somebody's laser was put out; what it has left fades.
   * @param {string} id
   */
  putOut(id) {
    const last = this.#trails.get(id)?.at(-1);
    if (last) last.isNew = true;
  }

  #frame() {
    this.#forget(performance.now() - LASTING);
    // A canvas as large as the screen is laid over it in every frame, empty or not.
    this.#canvas.hidden = this.#trails.size === 0;
    this.#clear();
    for (const trail of [...this.#trails.values()].flat()) this.#draw(trail);
    this.#canvas.dataset.trails = String(this.#trails.size);
    if (this.#trails.size > 0) this.#ask();
  }

  /** @param {number} time what is older has faded */
  #forget(time) {
    for (const [id, trails] of this.#trails) {
      for (const trail of trails) trail.spots = trail.spots.filter((spot) => spot.time > time);
      const left = trails.filter(({ spots }) => spots.length > 0);
      if (left.length > 0) this.#trails.set(id, left);
      else this.#trails.delete(id);
    }
  }

  #clear() {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const dense = window.devicePixelRatio;
    const [wide, high] = [Math.round(width * dense), Math.round(height * dense)];
    // Setting a size clears; so does clearRect, without new memory.
    if (this.#canvas.width !== wide) this.#canvas.width = wide;
    if (this.#canvas.height !== high) this.#canvas.height = high;
    this.#context.setTransform(dense, 0, 0, dense, 0, 0);
    this.#context.clearRect(0, 0, width, height);
  }

  /** @param {Trail} trail */
  #draw({ colour, spots }) {
    const now = performance.now();
    const places = spots.map((spot) => this.#workspace.toScreen(spot));
    for (const [ink, share] of /** @type {const} */ ([
      [colour, 1],
      ["#fff", CORE],
    ])) {
      this.#context.strokeStyle = ink;
      places.forEach((to, i) => {
        const left = 1 - (now - spots[i].time) / LASTING;
        this.#line(places[Math.max(0, i - 1)], to, WIDTH * share * left);
      });
    }
  }

  /**
   * @param {Place} from
   * @param {Place} to
   * @param {number} width
   */
  #line(from, to, width) {
    this.#context.lineCap = "round";
    this.#context.lineWidth = Math.max(0, width);
    this.#context.beginPath();
    this.#context.moveTo(from.x, from.y);
    this.#context.lineTo(to.x, to.y);
    this.#context.stroke();
  }
}
