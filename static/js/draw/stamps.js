/**
 * The pixels that images show where they lie, made once: to paint an image again is to copy them.
 *
 * @import { Box } from "../engine/geometry.js"
 * @import { Image, TakenImage } from "../engine/ops.js"
 * @import { Stamp } from "../engine/render.js"
 * @import { Pixels } from "../engine/sampling.js"
 * @import { Size } from "./view.js"
 */

import { frame } from "../engine/images.js";
import { bounds, CONTEXT_SETTINGS, trace } from "../engine/render.js";
import { sampled } from "../engine/sampling.js";
import { intersection } from "./boxes.js";

const ROOM = 96 * 1_048_576; // bytes of stamps that are kept: a dozen as large as the paper

export class Stamps {
  /** @type {Box} */
  #paper;
  /** @type {Map<string, Pixels>} */
  #pixels = new Map();
  /** @type {Map<Image, Stamp & {weight: number}>} those made last, the oldest first */
  #kept = new Map();
  #weight = 0;

  /** @param {Size} paper */
  constructor({ width, height }) {
    this.#paper = { left: 0, top: 0, right: width, bottom: height };
  }

  /**
   * Take in the pixels of an image.
   * @param {string} name by which ops know it
   * @param {Pixels} pixels
   */
  add(name, pixels) {
    this.#pixels.set(name, pixels);
  }

  /**
   * Let go of the pixels of an image.
   * @param {string} name
   */
  forget(name) {
    this.#pixels.delete(name);
  }

  /**
   * Say whether the pixels of an image are there.
   * @param {string} name
   */
  has(name) {
    return this.#pixels.has(name);
  }

  /**
   * Return what an image shows on the paper; null as long as it is not there, or where nothing of it is seen. As long
   * as it is on its way, what it shows where it lies is near enough.
   * @param {TakenImage} mark
   * @returns {Stamp | null}
   */
  stamp(mark) {
    const { taken } = mark;
    if (taken === undefined) return this.#stamp(mark);
    const stamp = this.#stamp(taken.from);
    return stamp && { ...stamp, by: taken.by };
  }

  /**
   * @param {Image} mark
   * @returns {Stamp | null}
   */
  #stamp(mark) {
    const known = this.#kept.get(mark);
    this.#kept.delete(mark);
    const stamp = known ?? this.#make(mark);
    if (stamp === null) return null;
    this.#kept.set(mark, stamp);
    if (!known) this.#weigh(stamp.weight);
    return stamp;
  }

  /** @param {number} more bytes */
  #weigh(more) {
    this.#weight += more;
    for (const [mark, { weight }] of this.#kept) {
      if (this.#weight <= ROOM || this.#kept.size === 1) return;
      this.#kept.delete(mark);
      this.#weight -= weight;
    }
  }

  /** @param {Image} mark */
  #make(mark) {
    const pixels = this.#pixels.get(mark.image);
    const box = intersection(bounds(mark), this.#paper);
    if (!pixels || !box || pixels.width !== mark.width || pixels.height !== mark.height)
      return null;
    const shown = sampled(mark, pixels, box);
    return shown && { ...cutOut(mark, shown, box), weight: shown.data.length };
  }
}

/**
 * Return the pixels an image shows in a box, cut out along its edges as the outline of any other mark is.
 * @param {Image} mark
 * @param {Pixels} shown
 * @param {Box} box
 * @returns {Stamp}
 */
function cutOut(mark, { width, height, data }, { left, top }) {
  const context = contextOf(width, height);
  context.translate(-left, -top);
  context.beginPath();
  trace(context, [frame(mark)]);
  context.fill("nonzero");
  const whole = contextOf(width, height);
  whole.putImageData(new ImageData(data, width, height), 0, 0);
  context.globalCompositeOperation = "source-in";
  context.drawImage(whole.canvas, left, top);
  return { picture: context.canvas, left, top };
}

/**
 * Return a canvas nobody sees, for pixels.
 * @param {number} width
 * @param {number} height
 */
export function contextOf(width, height) {
  const context = new OffscreenCanvas(width, height).getContext("2d", CONTEXT_SETTINGS);
  if (context === null) throw new Error("This browser has no 2D canvas.");
  return context;
}

/**
 * Return the pixels of an image file, as they are: no browser may fit them to its screen.
 * @param {Blob} file
 * @returns {Promise<Pixels>}
 */
export async function pixelsOf(file) {
  const picture = await createImageBitmap(file, { colorSpaceConversion: "none" });
  const { width, height } = picture;
  const context = contextOf(width, height);
  context.drawImage(picture, 0, 0);
  picture.close();
  return context.getImageData(0, 0, width, height);
}
