/**
 * What marks are painted with beside colour: the letters of texts, and images. Each comes once it is needed.
 *
 * @import { Typeface } from "../engine/lettering.js"
 * @import { Mark, TakenImage } from "../engine/ops.js"
 * @import { Stamp } from "../engine/render.js"
 * @import { Images } from "./images.js"
 * @import { TypeCase } from "./typecase.js"
 * @typedef {Readonly<{typeface: Typeface | null, stamp: (mark: TakenImage) => Stamp | null}>} Supply
 *   As much of it as is there.
 */

import { Emitter } from "./emitter.js";

/** @type {Supply} */
export const NO_SUPPLY = Object.freeze({ typeface: null, stamp: () => null });

/** @extends {Emitter<{come: [isMeant: (mark: Mark) => boolean]}>} */
export class Supplies extends Emitter {
  #type;
  #images;

  /**
   * @param {TypeCase} type
   * @param {Images} images
   */
  constructor(type, images) {
    super();
    this.#type = type;
    this.#images = images;
    type.on("come", () => this.emit("come", isText));
    images.on("come", (name) =>
      this.emit("come", (mark) => "image" in mark && mark.image === name),
    );
  }

  get typeface() {
    return this.#type.typeface;
  }

  /** Whether something that is to be painted has to do without for now. */
  get isAwaited() {
    return this.#type.isAwaited || this.#images.isAwaited;
  }

  /** @param {TakenImage} mark */
  stamp(mark) {
    return this.#images.stamp(mark);
  }

  /**
   * Have what these marks need fetched; images are once they are painted.
   * @param {readonly Mark[]} marks
   */
  ask(marks) {
    if (marks.some(isText)) this.#type.ask();
  }
}

/** @param {Mark} mark */
function isText(mark) {
  return mark.t === "text";
}
