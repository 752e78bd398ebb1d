/**
 * A log on the screen: where it stands as a seq of the log, whether or not what was undone is shown.
 *
 * @import { Entry } from "../engine/codec.js"
 * @import { Supply } from "../draw/supplies.js"
 * @import { Mark } from "../engine/ops.js"
 */

import { Emitter } from "../draw/emitter.js";
import { allowed, countUpTo, lasting } from "./entries.js";
import { Film } from "./film.js";
import { Player } from "./player.js";

const MEGABYTE = 1_048_576;
const ROOM = 160 * MEGABYTE; // for bitmaps; Safari gives all the canvases of a page 384
const MUCH_ROOM = 400 * MEGABYTE; // where a browser says that the machine has 8 GB
const SPEEDS = [1, 2, 4, 8, 16, 32, 64];
const LONGEST = 60_000; // ms that a replay takes unless one asks for it

/** @extends {Emitter<{change: []}>} */
export class Screening extends Emitter {
  #canvas;
  #supply;
  #head;
  #all;
  #calm = matchMedia("(prefers-reduced-motion: reduce)");
  #showsUndone = true;
  #asked = 0;
  /** @type {readonly Entry[]} */
  #entries;
  #film;
  #player;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {readonly Entry[]} entries
   * @param {number} head
   * @param {Supply} supply letters and images
   */
  constructor(canvas, entries, head, supply) {
    super();
    this.#canvas = canvas;
    this.#supply = supply;
    this.#head = head;
    this.#all = this.#entries = allowed(entries);
    this.#film = this.#newFilm();
    this.#player = this.#newPlayer();
    this.speed = SPEEDS.find((one) => this.#player.length / one <= LONGEST) ?? 64;
  }

  /** The seq up to which the log is seen, or soon will be. */
  get seq() {
    // Several seqs have one picture where what was undone is left out: the one asked for stays.
    if (countUpTo(this.#entries, this.#asked) === this.#player.count) return this.#asked;
    const next = this.#entries[this.#player.count];
    return next ? next.seq - 1 : this.#head;
  }

  /** The last op seen, if there is one. */
  get entry() {
    return this.#entries[this.#player.count - 1];
  }

  /** Whether the picture is of the moment asked for. */
  get isThere() {
    return this.#player.isThere;
  }

  get isPlaying() {
    return this.#player.isPlaying;
  }

  /** Whether the person at this browser minds motion. */
  get isCalm() {
    return this.#calm.matches;
  }

  get speed() {
    return this.#player.speed;
  }

  set speed(speed) {
    this.#player.speed = speed;
  }

  get showsUndone() {
    return this.#showsUndone;
  }

  set showsUndone(shows) {
    const { seq, isPlaying, speed } = this;
    this.#player.retire();
    this.#showsUndone = shows;
    this.#entries = shows ? this.#all : lasting(this.#all);
    this.#film = this.#newFilm();
    this.#player = this.#newPlayer();
    this.speed = speed;
    this.seek(seq);
    if (isPlaying) this.#player.play();
  }

  play() {
    this.#player.play();
  }

  pause() {
    this.#player.pause();
  }

  /** @param {number} seq */
  seek(seq) {
    this.#asked = seq;
    this.#player.seek(countUpTo(this.#entries, seq));
  }

  /** @param {number} ops how many on, or back */
  step(ops) {
    this.#player.pause();
    this.#player.seek(this.#player.count + ops);
  }

  /**
   * Take the next speed.
   * @param {1 | -1} way up or down
   */
  shift(way) {
    this.speed = SPEEDS[SPEEDS.indexOf(this.speed) + way] ?? this.speed;
    this.emit("change");
  }

  /** @returns {readonly Mark[]} the strokes one sees, in paint order */
  get strokes() {
    return this.#film.strokes;
  }

  /**
   * Return an op of the log by its id.
   * @param {string} id
   */
  find(id) {
    return this.#all.find(({ op }) => op.id === id);
  }

  /** The letters of texts, if there are any. */
  get typeface() {
    return this.#supply.typeface;
  }

  #newFilm() {
    const memory = /** @type {{deviceMemory?: number}} */ (navigator).deviceMemory ?? 0;
    return new Film(this.#canvas, this.#entries, this.#supply, memory >= 8 ? MUCH_ROOM : ROOM);
  }

  #newPlayer() {
    const player = new Player(this.#entries, this.#film, !this.isCalm);
    return player.on("change", () => this.emit("change"));
  }
}
