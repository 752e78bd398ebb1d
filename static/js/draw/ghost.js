/**
 * An image that is on its way, as it will lie on the paper: seen by the one who puts it there.
 *
 * @import { Place, Size } from "./view.js"
 */

import { LARGEST_IMAGE } from "../engine/ops.js";
import { make } from "./dom.js";

export class Ghost {
  #element = make("div", { className: "ghost" });
  #address;

  /**
   * @param {Blob} file
   * @param {Place} place its middle, on the paper
   * @param {(size: Size) => number} scaleOf how many px of the paper one of an image so large takes
   */
  constructor(file, { x, y }, scaleOf) {
    this.#address = URL.createObjectURL(file);
    const picture = make("img", { src: this.#address, alt: "" });
    picture.addEventListener("load", () => this.#measure(picture, scaleOf));
    this.#element.append(picture);
    this.#element.style.setProperty("--x", String(x));
    this.#element.style.setProperty("--y", String(y));
  }

  /** @param {HTMLElement} desk */
  show(desk) {
    desk.append(this.#element);
  }

  remove() {
    this.#element.remove();
    URL.revokeObjectURL(this.#address);
  }

  /**
   * @param {HTMLImageElement} picture
   * @param {(size: Size) => number} scaleOf
   */
  #measure({ naturalWidth, naturalHeight }, scaleOf) {
    const share = Math.min(1, LARGEST_IMAGE / Math.max(naturalWidth, naturalHeight));
    const [width, height] = [naturalWidth * share, naturalHeight * share];
    this.#element.style.setProperty("--wide-ghost", String(width * scaleOf({ width, height })));
  }
}
