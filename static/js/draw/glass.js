/**
 * What one sees of the paper: a canvas as large as the desk, in the screen's own pixels.
 *
 * A browser that scales the paper itself does so anew wherever anything moves over it, a cursor is enough: without a
 * GPU that takes it 4 ms of a frame. Here it is scaled where it has changed, and as a whole when it lies elsewhere.
 *
 * @import { Box } from "../engine/geometry.js"
 * @import { Workspace } from "./workspace.js"
 */

import { inNextFrame } from "./nextframe.js";

const MARGIN = 1; // px of the screen around a box: what lies there is made of its edge too

export class Glass {
  #canvas;
  #context;
  #workspace;
  #isStale = false;
  #ratio = 1; // px of the screen in a CSS px, as it was filled
  #showAllSoon = inNextFrame(() => this.#showAll());

  /**
   * @param {HTMLCanvasElement} canvas as large as the workspace
   * @param {HTMLCanvasElement} paper
   * @param {Workspace} workspace
   */
  constructor(canvas, paper, workspace) {
    this.paper = paper;
    this.#canvas = canvas;
    this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.#workspace = workspace;
    workspace.on("change", () => {
      this.#isStale = true;
      this.#showAllSoon();
    });
    // A window may move to a finer screen and stay as large.
    addEventListener("resize", this.#showAllSoon);
    // Another size empties a canvas: it is filled again before that is seen.
    new ResizeObserver(() => this.#showAll()).observe(canvas);
  }

  /**
   * Show boxes of the paper as they are now.
   * @param {readonly Box[]} boxes
   */
  show(boxes) {
    if (this.#isStale) return;
    if (this.#ratio !== devicePixelRatio) return this.#showAll();
    for (const box of boxes) this.#show(this.#around(box));
  }

  #showAll() {
    this.#isStale = false;
    this.#ratio = devicePixelRatio;
    const { clientWidth, clientHeight } = this.#canvas;
    const right = Math.round(clientWidth * this.#ratio);
    const bottom = Math.round(clientHeight * this.#ratio);
    if (this.#canvas.width !== right) this.#canvas.width = right;
    if (this.#canvas.height !== bottom) this.#canvas.height = bottom;
    this.#show({ left: 0, top: 0, right, bottom });
  }

  /** @param {Box} box in px of the screen */
  #show({ left, top, right, bottom }) {
    const context = this.#context;
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    context.clearRect(left, top, right - left, bottom - top);
    this.#lay(context);
    context.restore();
  }

  /** @param {CanvasRenderingContext2D} context */
  #lay(context) {
    const { x, y } = this.#workspace.toScreen({ x: 0, y: 0 });
    context.scale(this.#ratio, this.#ratio);
    context.translate(x, y);
    context.rotate(this.#workspace.angle);
    context.scale(this.#workspace.scale, this.#workspace.scale);
    context.imageSmoothingEnabled = !this.#workspace.showsPixels;
    context.drawImage(this.paper, 0, 0);
  }

  /**
   * Return where on the screen a box of the paper is, in px of the screen.
   * @param {Box} box
   */
  #around({ left, top, right, bottom }) {
    const xs = [];
    const ys = [];
    for (const x of [left, right]) {
      for (const y of [top, bottom]) {
        const place = this.#workspace.toScreen({ x, y });
        xs.push(place.x * this.#ratio);
        ys.push(place.y * this.#ratio);
      }
    }
    // An enlarged pixel is as wide as it is enlarged, and so is what it has of its neighbours.
    const far = MARGIN + this.#workspace.scale * this.#ratio;
    return {
      left: Math.floor(Math.min(...xs) - far),
      top: Math.floor(Math.min(...ys) - far),
      right: Math.ceil(Math.max(...xs) + far),
      bottom: Math.ceil(Math.max(...ys) + far),
    };
  }
}
