/**
 * Images that come from outside: pasted, dropped on the paper, or picked from files.
 *
 * @import { Brushes } from "./brushes.js"
 * @import { Images } from "./images.js"
 * @import { Names } from "./names.js"
 * @import { Notices } from "./notices.js"
 * @import { Selection } from "./selection.js"
 * @import { Content, Door } from "./sending.js"
 * @import { Session } from "./session.js"
 * @import { Told } from "./told.js"
 * @import { Place, Size } from "./view.js"
 * @import { Workspace } from "./workspace.js"
 * @typedef {object} Hosts what takes an image in
 * @property {HTMLElement} element the desk
 * @property {HTMLCanvasElement} paper
 * @property {Workspace} workspace
 * @property {Session} session
 * @property {Selection} selection
 * @property {Brushes} brushes
 * @property {Names} names
 * @property {Images} images
 * @property {Notices} notices
 * @property {Told} told
 * @property {() => boolean} mayMark whether the layer can be drawn on; if not, that is told
 * @property {Door} door
 */

import { toMatrix } from "../engine/matrix.js";
import { FULL_ALPHA, image } from "../engine/ops.js";
import { byId } from "./dom.js";
import { Ghost } from "./ghost.js";
import { OFFLINE, send, Untaken } from "./sending.js";
import * as words from "./words.js";

// The server's own list, and its limit, so that nobody waits to be told.
const KINDS = new Set(["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"]);
const LARGEST_FILE = 16 * 1_048_576; // bytes

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
  take(files, { x, y }) {
    const { session, notices, told, mayMark } = this.#hosts;
    if (session.may !== "draw" || !mayMark()) return;
    if (session.stand !== "here") return notices.warn(words.imageRefused(OFFLINE));
    told.tell(words.imageComing);
    for (const [i, file] of files.entries()) this.#take(file, { x: x + i * STEP, y: y + i * STEP });
  }

  /**
   * @param {File} file
   * @param {Place} place
   */
  async #take(file, place) {
    const { element, notices, door, images } = this.#hosts;
    const ghost = new Ghost(file, place, (size) => this.#scaleOf(size));
    ghost.show(element);
    try {
      check(file);
      const content = await send(file, door);
      await images.fetch(content.image);
      this.#put(content, place);
    } catch (error) {
      if (!(error instanceof Untaken)) throw error;
      notices.warn(words.imageRefused(error.code));
    } finally {
      ghost.remove();
    }
  }

  /**
   * Put an image on the paper, and choose it.
   * @param {Content} content
   * @param {Place} place its middle
   */
  #put(content, place) {
    const { session, names, brushes, selection } = this.#hosts;
    const scale = this.#scaleOf(content);
    const [e, f] = [place.x - (content.width * scale) / 2, place.y - (content.height * scale) / 2];
    const matrix = toMatrix({ a: scale, b: 0, c: 0, d: scale, e, f });
    const style = { ...content, alpha: FULL_ALPHA, layer: brushes.layer, matrix };
    session.propose(image({ ...style, id: names.next() }));
    brushes.tool = "select";
    selection.chooseAt(place);
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

/**
 * Throw Untaken for a file that the server would not take either.
 * @param {File} file
 */
function check({ type, size }) {
  if (!KINDS.has(type)) throw new Untaken("not-an-image");
  if (size > LARGEST_FILE) throw new Untaken("too-large");
}
