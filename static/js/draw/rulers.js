/**
 * Rulers along the paper, in its own px; off until somebody wants them, and away while the paper is turned.
 *
 * @import { Workspace } from "./workspace.js"
 */

const WIDE = 18; // CSS px
const APART = 70; // CSS px between two numbers, at least
const STEPS = [1, 2, 5, 10]; // a number stands at these, times a power of ten
const PARTS = 5; // from one number to the next
const [LONG, SHORT] = [10, 5]; // CSS px a line is

export class Rulers {
  #canvas;
  #context;
  #workspace;
  #isShown = false;

  /**
   * @param {HTMLCanvasElement} canvas as large as the workspace
   * @param {Workspace} workspace
   */
  constructor(canvas, workspace) {
    this.#canvas = canvas;
    this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.#workspace = workspace;
    workspace.on("change", () => this.#isShown && this.#show());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      if (this.#isShown) this.#show();
    });
  }

  /** @param {boolean} isShown */
  set isShown(isShown) {
    this.#isShown = isShown;
    this.#canvas.hidden = !isShown;
    this.#workspace.reserve(isShown ? WIDE : 0);
    if (isShown) this.#show();
  }

  #show() {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    this.#canvas.width = width * devicePixelRatio;
    this.#canvas.height = height * devicePixelRatio;
    if (this.#workspace.angle !== 0) return;
    this.#context.scale(devicePixelRatio, devicePixelRatio);
    const { x, y, width: across, height: down } = this.#workspace.room;
    this.#context.font = "10px sans-serif";
    this.#rule({ left: x, top: y - WIDE, length: across });
    this.#context.rotate(Math.PI / 2);
    this.#context.scale(1, -1);
    this.#rule({ left: y, top: x - WIDE, length: down }, true);
  }

  /**
   * Draw a ruler from left to right, or, the canvas being turned, from above to below.
   * @param {{left: number, top: number, length: number}} place
   * @param {boolean} [isDown]
   */
  #rule({ left, top, length }, isDown = false) {
    const context = this.#context;
    const styles = getComputedStyle(this.#canvas);
    context.fillStyle = styles.outlineColor; // resolved, as a custom property would not be
    context.fillRect(left, top, length, WIDE);
    context.fillStyle = context.strokeStyle = styles.color;
    context.beginPath();
    for (const { at, number } of this.#marks(left, length, isDown)) {
      context.moveTo(at, top + WIDE);
      context.lineTo(at, top + WIDE - (number === null ? SHORT : LONG));
      if (number !== null) this.#write(String(number), at, top, isDown);
    }
    context.stroke();
  }

  /**
   * Return where lines are, and the numbers that stand at some of them.
   * @param {number} left
   * @param {number} length
   * @param {boolean} isDown
   */
  #marks(left, length, isDown) {
    const { scale } = this.#workspace;
    const origin = this.#workspace.toScreen({ x: 0, y: 0 })[isDown ? "y" : "x"];
    const step = stepFor(scale);
    const part = step / PARTS;
    const marks = [];
    for (let i = Math.ceil((left - origin) / scale / part); ; i += 1) {
      const at = origin + i * part * scale;
      if (at > left + length) return marks;
      marks.push({ at: Math.round(at) + 0.5, number: i % PARTS === 0 ? i * part : null });
    }
  }

  /**
   * @param {string} number
   * @param {number} at
   * @param {number} top
   * @param {boolean} isDown
   */
  #write(number, at, top, isDown) {
    this.#context.save();
    this.#context.translate(at + 3, top + (isDown ? 3 : 10));
    if (isDown) this.#context.scale(1, -1); // the canvas is turned over there: letters are not
    this.#context.fillText(number, 0, isDown ? -1 : 0);
    this.#context.restore();
  }
}

/**
 * Return how many paper px are from one number to the next.
 * @param {number} scale how many CSS px a paper px takes
 */
export function stepFor(scale) {
  const power = 10 ** Math.floor(Math.log10(APART / scale));
  const step = STEPS.find((one) => one * power * scale >= APART) ?? 10;
  return Math.max(PARTS, step * power);
}
