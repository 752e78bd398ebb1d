/**
 * The controls below the sheet, their keys, and what goes along with the moment: link and fork.
 *
 * @import { Screening } from "./screening.js"
 * @import { Authors } from "./words.js"
 */

import { byId } from "../draw/dom.js";

const LEAP = 100; // ops

export class Controls {
  #canvas;
  #screening;
  #authors;
  #head;
  #play = byId("play");
  #moment = byId("moment", HTMLInputElement);
  #speed = byId("speed", HTMLSelectElement);
  #undone = byId("undone", HTMLInputElement);
  #address = byId("address", HTMLInputElement);
  #told = "";

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Screening} screening
   * @param {Authors} authors
   */
  constructor(canvas, screening, authors) {
    this.#canvas = canvas;
    this.#screening = screening;
    this.#authors = authors;
    this.#head = Number(this.#moment.max);
    this.#listen();
    screening.on("change", () => this.#show());
  }

  #listen() {
    const screening = this.#screening;
    this.#play.addEventListener("click", () => this.#playOrPause());
    byId("back").addEventListener("click", () => screening.step(-1));
    byId("on").addEventListener("click", () => screening.step(1));
    this.#moment.addEventListener("input", () => screening.seek(Number(this.#moment.value)));
    this.#speed.addEventListener("change", () => {
      screening.speed = Number(this.#speed.value);
    });
    this.#undone.addEventListener("change", () => {
      screening.showsUndone = this.#undone.checked;
    });
    addEventListener("keydown", (event) => this.#press(event));
  }

  #playOrPause() {
    if (this.#screening.isPlaying) this.#screening.pause();
    else this.#screening.play();
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || hasKeysOfItsOwn(event)) return;
    const act = this.#acts(event.shiftKey ? LEAP : 1).get(event.key.toLowerCase());
    if (!act) return;
    event.preventDefault();
    act();
  }

  /**
   * @param {number} ops how far an arrow goes
   * @returns {Map<string, () => void>}
   */
  #acts(ops) {
    const screening = this.#screening;
    return new Map([
      [" ", () => this.#playOrPause()],
      ["k", () => this.#playOrPause()],
      ["arrowleft", () => screening.step(-ops)],
      ["arrowright", () => screening.step(ops)],
      ["home", () => screening.seek(0)],
      ["end", () => screening.seek(this.#head)],
      ["-", () => screening.shift(-1)],
      ["+", () => screening.shift(1)],
      ["=", () => screening.shift(1)],
      ["u", () => this.#undone.click()],
    ]);
  }

  #show() {
    const { seq, isThere, isPlaying, speed } = this.#screening;
    this.#canvas.dataset.at = isThere ? String(seq) : "";
    this.#play.dataset.playing = String(isPlaying);
    this.#play.setAttribute("aria-label", isPlaying ? "Pause" : "Play");
    this.#speed.value = String(speed);
    this.#moment.value = String(seq);
    this.#tell(seq);
    byId("fork-seq", HTMLInputElement).value = String(seq);
    this.#point(seq);
  }

  /** @param {number} seq */
  #tell(seq) {
    const { entry, isPlaying } = this.#screening;
    const words = entry ? this.#authors.told(entry) : "An empty sheet";
    const told = `Step ${seq} of ${this.#head} · ${words}`;
    byId("now").textContent = told;
    this.#moment.setAttribute("aria-valuetext", told);
    // Read out where one has gone, not all that is played.
    if (!isPlaying && told !== this.#told) byId("told").textContent = told;
    this.#told = told;
  }

  /** @param {number} seq */
  #point(seq) {
    const address = new URL(this.#address.value);
    address.searchParams.set("at", String(seq));
    this.#address.value = address.href;
  }
}

/**
 * Say whether what has the focus needs this key itself.
 * @param {KeyboardEvent} event
 */
function hasKeysOfItsOwn({ target, key }) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("input[type=range]")) return key !== " " && key.length > 1;
  if (target.matches("button, a, summary, [type=checkbox]")) return key === " " || key === "Enter";
  return target.matches("input, select, textarea");
}
