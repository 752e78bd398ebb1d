/**
 * Images that come from outside: pasted, dropped on the paper, or picked from files.
 *
 * @import { Replica } from "../engine/replica.js"
 * @import { Pixels } from "../engine/sampling.js"
 * @import { Brushes } from "./brushes.js"
 * @import { Images } from "./images.js"
 * @import { Names } from "./names.js"
 * @import { Notices } from "./notices.js"
 * @import { Selection } from "./selection.js"
 * @import { Session } from "./session.js"
 * @import { Told } from "./told.js"
 * @import { Place, Size } from "./view.js"
 * @import { Workspace } from "./workspace.js"
 * @typedef {object} Hosts what takes an image in
 * @property {HTMLElement} element the desk
 * @property {HTMLCanvasElement} paper
 * @property {Workspace} workspace
 * @property {Session} session
 * @property {Replica} replica
 * @property {Selection} selection
 * @property {Brushes} brushes
 * @property {Names} names
 * @property {Images} images
 * @property {Notices} notices
 * @property {Told} told
 * @property {() => boolean} mayMark whether the layer can be drawn on; if not, that is told
 */

import { toMatrix } from "../engine/matrix.js";
import { FULL_ALPHA, image } from "../engine/ops.js";
import { byId } from "./dom.js";
import { checkRoom, takenIn } from "./files.js";
import { Untaken } from "./sending.js";
import * as words from "./words.js";

const SHARE = 0.8; // of what one sees that an image covers at most
const STEP = 24; // px from one of several images to the next

/**
 * Have images taken in, however they come.
 * @param {Hosts} hosts
 */
export function useImages(hosts) {
  const arrivals = new Arrivals(hosts);
  const { element, workspace } = hosts;
  const input = byId("image-file", HTMLInputElement);
  byId("image-button").addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    arrivals.take([...(input.files ?? [])], workspace.toPaper(workspace.middle));
    input.value = ""; // the same file once more is news again
  });
  document.addEventListener("paste", (event) => arrivals.paste(event));
  element.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  element.addEventListener("drop", (event) => arrivals.drop(event));
}

class Arrivals {
  #hosts;

  /** @param {Hosts} hosts */
  constructor(hosts) {
    this.#hosts = hosts;
  }

  /** @param {ClipboardEvent} event */
  paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0 || event.defaultPrevented) return;
    event.preventDefault();
    const { workspace } = this.#hosts;
    this.take(files, workspace.toPaper(workspace.middle));
  }

  /** @param {DragEvent} event */
  drop(event) {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.take(files, this.#hosts.workspace.toPaper({ x: event.clientX, y: event.clientY }));
  }

  /**
   * Take files in, one beside the other.
   * @param {readonly File[]} files
   * @param {Place} place the middle of the first, on the paper
   */
  async take(files, { x, y }) {
    const { session, mayMark } = this.#hosts;
    if (session.may !== "draw" || session.stand === "refused" || !mayMark()) return;
    for (const [i, file] of files.entries()) {
      await this.#take(file, { x: x + i * STEP, y: y + i * STEP });
    }
  }

  /**
   * @param {File} file
   * @param {Place} place
   */
  async #take(file, place) {
    const { notices, told, replica } = this.#hosts;
    try {
      const taken = await takenIn(file);
      checkRoom(replica.ops, taken.pixels);
      this.#put(taken, place);
      told.read(words.imagePut);
    } catch (error) {
      if (!(error instanceof Untaken)) throw error;
      notices.warn(words.imageRefused(file.name, error.code));
    }
  }

  /**
   * Put an image on the paper, and choose it.
   * @param {{file: File, pixels: Pixels}} taken
   * @param {Place} place its middle
   */
  #put({ file, pixels }, place) {
    const { session, names, images, brushes, selection } = this.#hosts;
    const { width, height } = pixels;
    const id = names.next();
    const matrix = this.#matrixOf(pixels, place);
    const style = { image: id, width, height, alpha: FULL_ALPHA, layer: brushes.layer, matrix };
    images.add(id, pixels);
    session.propose(image({ ...style, id }), file);
    brushes.tool = "select";
    selection.chooseAt(place);
  }

  /**
   * Return what lays an image around a place.
   * @param {Size} size
   * @param {Place} place
   */
  #matrixOf({ width, height }, place) {
    const scale = this.#scaleOf({ width, height });
    const [e, f] = [place.x - (width * scale) / 2, place.y - (height * scale) / 2];
    return toMatrix({ a: scale, b: 0, c: 0, d: scale, e, f });
  }

  /**
   * Return how many px of the paper one of an image takes: as it is, if one then sees all of it.
   * @param {Size} size
   */
  #scaleOf({ width, height }) {
    const { paper, workspace } = this.#hosts;
    const { seen } = workspace;
    const across = Math.min(seen.width, paper.width) / width;
    const down = Math.min(seen.height, paper.height) / height;
    return Math.min(1, SHARE * across, SHARE * down);
  }
}
