/**
 * Plays a film along its timeline; says at each frame where it stands.
 *
 * @import { Mark } from "../draw/layers.js"
 * @import { Entry } from "../engine/codec.js"
 * @import { Film } from "./film.js"
 */

import { Emitter } from "../draw/emitter.js";
import { Timeline } from "./timeline.js";

const FRAME = 12; // ms of a frame that painting may take
const LONGEST_STEP = 100; // ms: who comes back to a hidden tab has missed nothing

/** @extends {Emitter<{change: []}>} */
export class Player extends Emitter {
  /** How many times as fast as hands were. */
  speed = 1;
  isPlaying = false;
  #entries;
  #film;
  #timeline;
  #grows;
  #clock = 0; // ms of the timeline
  #last = 0; // ms of the frame before
  #isAsked = false;
  #isRetired = false;

  /**
   * @param {readonly Entry[]} entries
   * @param {Film} film
   * @param {boolean} grows whether strokes are seen growing, or come whole
   */
  constructor(entries, film, grows) {
    super();
    this.#entries = entries;
    this.#film = film;
    this.#timeline = new Timeline(entries);
    this.#grows = grows;
  }

  /** How many ops are asked for. */
  get count() {
    return this.#timeline.at(this.#clock).count;
  }

  /** Whether the picture is the one asked for. */
  get isThere() {
    return this.count === this.#film.count;
  }

  /** How many ms all of it takes at speed 1. */
  get length() {
    return this.#timeline.length;
  }

  play() {
    if (this.count === this.#film.length) this.#clock = 0;
    this.isPlaying = true;
    this.#ask();
  }

  pause() {
    this.isPlaying = false;
    this.#ask();
  }

  /** Leave the canvas to another player. */
  retire() {
    this.#isRetired = true;
  }

  /**
   * Go where there are so many ops.
   * @param {number} count
   */
  seek(count) {
    this.#clock = this.#timeline.endOf(Math.min(this.#film.length, Math.max(0, count)));
    this.#ask();
  }

  #ask() {
    if (this.#isAsked) return;
    this.#isAsked = true;
    requestAnimationFrame((now) => this.#frame(now));
  }

  /** @param {number} now */
  #frame(now) {
    this.#isAsked = false;
    if (this.#isRetired) return;
    if (this.isPlaying) this.#clock += Math.min(now - this.#last, LONGEST_STEP) * this.speed;
    this.#last = now;
    this.#paint(performance.now() + FRAME);
    if (this.isThere && this.count === this.#film.length) this.isPlaying = false;
    this.emit("change");
    if (this.isPlaying || !this.isThere) this.#ask();
  }

  /** @param {number} end */
  #paint(end) {
    const { count, share } = this.#timeline.at(this.#clock);
    const isThere = this.#film.move(count, () => performance.now() > end);
    // What painting cannot keep up with must not run away from it.
    if (!isThere && this.isPlaying) this.#clock = this.#timeline.endOf(this.#film.count);
    this.#film.show(isThere && this.#grows ? this.#growing(count, share) : null);
  }

  /**
   * Return the stroke being drawn as far as it has come.
   * @param {number} count
   * @param {number} share
   * @returns {Mark | null}
   */
  #growing(count, share) {
    const op = this.#entries[count]?.op;
    if (op?.t !== "stroke" || share === 0) return null;
    return { ...op, points: op.points.slice(0, Math.ceil(share * op.points.length)) };
  }
}
