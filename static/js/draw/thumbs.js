/**
 * Small pictures of the layers, made anew a moment after something has changed, and only while they are seen.
 */

const PATIENCE = 300; // ms
const HEIGHT = 30; // CSS px

export class Thumbs {
  #panel;
  #pictures;
  /** @type {Map<number, HTMLCanvasElement>} */
  #canvases = new Map();
  #isAsked = false;

  /**
   * @param {HTMLElement} panel they are in
   * @param {() => ReadonlyMap<number, HTMLCanvasElement>} pictures what is on each layer
   */
  constructor(panel, pictures) {
    this.#panel = panel;
    this.#pictures = pictures;
    panel.addEventListener("toggle", () => this.#paint());
  }

  /**
   * Return the picture of a layer.
   * @param {number} number
   */
  of(number) {
    const canvas = this.#canvases.get(number) ?? document.createElement("canvas");
    this.#canvases.set(number, canvas);
    canvas.className = "thumb";
    return canvas;
  }

  /** Make them anew soon. */
  update() {
    if (this.#isAsked) return;
    this.#isAsked = true;
    setTimeout(() => this.#paint(), PATIENCE);
  }

  #paint() {
    this.#isAsked = false;
    if (!this.#panel.matches(":popover-open")) return;
    const pictures = this.#pictures();
    for (const [number, canvas] of this.#canvases) paint(canvas, pictures.get(number));
  }
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLCanvasElement | undefined} picture nothing has been drawn on the layer without one
 */
function paint(canvas, picture) {
  const share = picture ? picture.width / picture.height : 16 / 9;
  canvas.height = HEIGHT * devicePixelRatio;
  canvas.width = canvas.height * Math.min(2, Math.max(0.5, share));
  const context = canvas.getContext("2d");
  if (context === null || picture === undefined) return;
  context.imageSmoothingQuality = "medium";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
}
