/**
 * Where replica and channel meet: joining, proposing, and what comes of it (protocol P10 to P50).
 *
 * Whatever has happened to the connection, coming in and coming back are one path: welcome → since → caught-up →
 * the pending ops once more. Their ids make that harmless.
 *
 * @import { Entry, WireInk, WireOp } from "../engine/codec.js"
 * @import { Op } from "../engine/ops.js"
 * @import { WireCarry, WireFade, WireLaser, WireSketch, WireView } from "../engine/presence.js"
 * @import { Become, News, Replica } from "../engine/replica.js"
 * @import { Names } from "./names.js"
 * @import { Past } from "./past.js"
 * @import { Pending } from "./pending.js"
 * @import { Participant } from "./presence.js"
 * @typedef {object} Line what the session needs of a channel
 * @property {(message: unknown) => Promise<unknown>} send
 * @property {(message: unknown) => void} sendVolatile
 * @typedef {"opening" | "here" | "away" | "refused"} Stand how this tab stands to the server
 * @typedef {object} World what a session works with
 * @property {Replica} replica
 * @property {Line} line
 * @property {Pending} pending
 * @property {Names} names
 * @property {Past} past
 * @property {(chunk: number) => Promise<Entry[]>} readChunk a full chunk of the log
 * @property {(callback: () => void) => void} later
 * @typedef {{type: "welcome", head: number, me: string, mine: string[], may: "draw" | "watch",
 *   participants: Participant[]}} Welcome
 * @typedef {{type: "joined", participant: Participant} | {type: "left", id: string}
 *   | (WireInk & {from: string}) | (WireSketch & {from: string}) | (WireCarry & {from: string})
 *   | (WireFade & {from: string}) | {type: "cursor", x: number | null, y: number | null, from: string}
 *   | {type: "chat", text: string, from: string} | {type: "follow", id: string | null, from: string}
 *   | (WireLaser & {from: string}) | (WireView & {from: string})
 *   | {type: "finished"} | {type: "reopened"}} Notice what the session itself has no use for
 * @typedef {Welcome | Notice
 *   | {type: "ops", ops: [number, number, WireOp][]}
 *   | {type: "caught-up" | "behind", head: number}
 *   | {type: "rejected", id: string, code: string} | {type: "out", code: string}} Message
 */

import { decode, decodeEntries, encode, encodeInk } from "../engine/codec.js";
import { authorOf, clear, hide, Rejected, show } from "../engine/ops.js";
import { WITHDRAWN } from "../engine/replica.js";
import { clamp, redo, undo } from "../engine/rules.js";
import { Disconnected, Refused } from "../realtime/socket.js";
import { CatchUp } from "./catchup.js";
import { Emitter } from "./emitter.js";
import { Outbox } from "./outbox.js";

// These say nothing against the op: it is sent again.
const NOT_SAVED = "not-saved";
const AGAIN = new Set([NOT_SAVED, "too-fast", "error"]);
// What a drawing does not take now it may take another day: this browser keeps it until then.
const ANOTHER_DAY = new Set(["watch-only"]);
// Drawn here by somebody who has signed out since: theirs when they are back.
const ANOTHERS = "anothers";

/**
 * @extends {Emitter<{stand: [], welcome: [Welcome], change: [News], notice: [Notice], rejected: [code: string],
 *   refused: [code: string], kept: [], unkept: [reason: string]}>}
 */
export class Session extends Emitter {
  /** @type {Stand} */
  stand = "opening";
  /** @type {"draw" | "watch"} */
  may = "watch";
  /** @type {ReadonlySet<string>} */
  mine = new Set();
  #world;
  #catchUp;
  #outbox;
  /** @type {Set<string>} the ids of ops in this browser's keeping */
  #kept = new Set();
  /** @type {Set<string>} the ids of those on their way there */
  #unwritten = new Set();
  #isRetrying = false;
  #isTroubled = false;

  /** @param {World} world */
  constructor(world) {
    super();
    this.#world = world;
    this.#catchUp = new CatchUp(world.replica, {
      askSince: (seq) => this.#askSince(seq),
      readChunk: world.readChunk,
      later: world.later,
      done: () => this.#arrive(),
    });
    this.#outbox = new Outbox(world.replica, (op) => this.#sendOp(op));
    world.replica.listen((news) => this.#hear(news));
  }

  /** How many ops wait for the server. */
  get waiting() {
    return this.#world.replica.pending.length;
  }

  /** How many of those this browser has written down: they outlive the tab. */
  get kept() {
    return this.#world.replica.pending.filter(({ id }) => !this.#unwritten.has(id)).length;
  }

  /** Whether the server could not keep what it was sent last; it is sent again and again. */
  get isTroubled() {
    return this.#isTroubled && this.waiting > 0;
  }

  /** What one would undo next. */
  get undoable() {
    return undo(this.#world.replica.scene, this.mine);
  }

  /** What one would redo next. */
  get redoable() {
    return redo(this.#world.replica.scene, this.mine);
  }

  /** Whether there may be something to undo; what is not in the scene is looked for when asked to. */
  get mayUndo() {
    return this.undoable.length > 0 || this.#world.past.hasOf(this.mine);
  }

  /** Whether there may be something to redo. */
  get mayRedo() {
    return this.redoable.length > 0 || (this.#world.past.endsUndone(this.mine) && !this.#hasDone);
  }

  /** Take up what an earlier visit left behind. */
  async restore() {
    const kept = /** @type {WireOp[]} */ (await this.#world.pending.all());
    for (const wire of kept) this.#restoreOne(wire);
  }

  /**
   * Draw: at once here, soon everywhere.
   * @param {Op} op
   * @param {File | null} [file] that of an image which is not sent yet
   */
  propose(op, file = null) {
    const { replica, names } = this.#world;
    for (const one of clamp(op, replica.scene, () => names.next())) this.#propose(one, file);
  }

  /**
   * Have pending ops that were not sent say something else, or be there no more.
   * @param {Become} become
   */
  amend(become) {
    const { replica, pending } = this.#world;
    const amended = replica.amend(become).map(encode);
    if (amended.length > 0) pending.amend(amended).catch((error) => this.#cannotKeep(error));
    this.#outbox.pump();
  }

  /**
   * Return an op as it would be drawn now, or null when nothing would be left of it.
   * @param {Op} op
   */
  fitted(op) {
    const [first = null] = clamp(op, this.#world.replica.scene, () => op.id);
    return first;
  }

  /**
   * Tell the others that what they were shown of an op will be none. Of several volatile messages at once only the
   * first might leave.
   * @param {string} id
   */
  takeBack(id) {
    this.#send(encodeInk({ id, stroke: null, start: 0, points: [] }));
  }

  async undo() {
    if (this.#mustLookBack(this.undoable)) await this.readPast();
    const ops = this.undoable;
    if (ops.length > 0) this.propose(hide(this.#world.names.next(), ops));
  }

  async redo() {
    if (this.#mustLookBack(this.redoable)) await this.readPast();
    const ops = this.redoable;
    if (ops.length > 0) this.propose(show(this.#world.names.next(), ops));
  }

  /** Read what was drawn before the checkpoint this began at, for whoever needs more than to see it. */
  async readPast() {
    if (!this.#world.past.isMissing) return;
    await this.#world.past.read();
    this.emit("stand");
  }

  /** @param {number} layer */
  clear(layer) {
    this.propose(clear(this.#world.names.next(), layer));
  }

  /** Hear that the connection has gone; it comes back by itself. */
  lose() {
    if (this.stand !== "refused") this.#stop("away");
  }

  /**
   * Hear that this drawing is not to be had.
   * @param {string} code
   */
  refuse(code) {
    this.#stop("refused");
    this.emit("refused", code);
  }

  /**
   * Take in a message of the drawing's channel.
   * @param {Message} message
   */
  receive(message) {
    switch (message.type) {
      case "welcome":
        return this.#welcome(message);
      case "ops":
        return this.#catchUp.receive(decodeEntries(message.ops));
      case "caught-up":
        return this.#catchUp.caughtUp(message.head);
      case "behind":
        return this.#catchUp.behind(message.head);
      case "rejected":
        return this.turnDown(message.id, message.code);
      case "out":
        return this.refuse(message.code);
      case "finished":
        return this.#finish(message);
      default:
        return this.emit("notice", message);
    }
  }

  /**
   * Take back an op that is not taken, at least not now.
   * @param {string} id
   * @param {string} code
   */
  turnDown(id, code) {
    if (AGAIN.has(code)) return this.#sendLater(code);
    if (ANOTHER_DAY.has(code) || !this.#isOwn(id)) this.#kept.delete(id);
    this.takeBack(id);
    this.#world.replica.reject(id, this.#isOwn(id) ? code : ANOTHERS);
  }

  /** @param {Welcome} welcome */
  #welcome(welcome) {
    this.mine = new Set(welcome.mine);
    this.may = welcome.may;
    this.emit("welcome", welcome);
    this.#catchUp.begin(welcome.head);
  }

  /**
   * Only watch from now on: what is drawn at this moment is not sent in vain, but kept until the drawing is reopened.
   * @param {Notice} notice
   */
  #finish(notice) {
    this.may = "watch";
    this.#outbox.close();
    this.emit("notice", notice);
    this.emit("stand");
  }

  #arrive() {
    if (this.stand === "here") return;
    this.#setStand("here");
    this.#sendPending();
  }

  /** @param {Stand} stand */
  #stop(stand) {
    this.#catchUp.stop();
    this.#outbox.close();
    this.#setStand(stand);
  }

  /** @param {Stand} stand */
  #setStand(stand) {
    this.stand = stand;
    this.emit("stand");
  }

  /** @param {WireOp} wire */
  #restoreOne(wire) {
    this.#kept.add(wire.id);
    try {
      this.#world.replica.propose(decode(wire));
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      this.#drop([wire.id]); // of another time: nobody knows any more what it was
    }
  }

  /**
   * @param {Op} op
   * @param {File | null} file
   */
  #propose(op, file) {
    this.#keep(op, file);
    this.#world.replica.propose(op);
    this.#outbox.pump();
  }

  /**
   * @param {Op} op
   * @param {File | null} file
   */
  async #keep(op, file) {
    this.#kept.add(op.id);
    this.#unwritten.add(op.id);
    try {
      await this.#world.pending.keep(encode(op), file);
    } catch (error) {
      this.#cannotKeep(error);
    } finally {
      this.#unwritten.delete(op.id);
      this.emit("kept");
    }
  }

  /** Whether the scene does not say what was done last: an op speaks of what is missing in it. */
  get #isUnsure() {
    return this.#world.replica.lacks;
  }

  /** @param {readonly string[]} found what one would undo or redo, as far as the scene knows */
  #mustLookBack(found) {
    return this.#isUnsure || (found.length === 0 && this.#world.past.hasOf(this.mine));
  }

  /** Whether the scene has an op of one's own. */
  get #hasDone() {
    for (const op of this.#world.replica.scene.newest())
      if (this.mine.has(authorOf(op.id))) return true;
    return false;
  }

  #sendPending() {
    if (this.stand === "here" && this.may === "draw") this.#outbox.open();
  }

  /** @param {Op} op */
  async #sendOp(op) {
    const code = await this.#send({ type: "op", op: encode(op) });
    if (code !== null) this.turnDown(op.id, code);
  }

  /** @param {number} seq */
  async #askSince(seq) {
    return (await this.#send({ type: "since", seq })) === null;
  }

  /**
   * Send a message; return why it was refused, or null. One that did not arrive was not refused: what it was for
   * is taken up at the next welcome.
   * @param {unknown} message
   * @returns {Promise<string | null>}
   */
  async #send(message) {
    try {
      await this.#world.line.send(message);
      return null;
    } catch (error) {
      if (error instanceof Refused) return error.code;
      if (error instanceof Disconnected) return null;
      throw error;
    }
  }

  /**
   * Whether an op was drawn by whoever this is now: they may have signed out since.
   * @param {string} id
   */
  #isOwn(id) {
    return this.mine.has(authorOf(id));
  }

  /** @param {string} code */
  #sendLater(code) {
    this.#isTroubled ||= code === NOT_SAVED;
    this.emit("stand");
    if (this.#isRetrying) return;
    this.#isRetrying = true;
    this.#outbox.close();
    this.#world.later(() => {
      this.#isRetrying = false;
      this.#sendPending();
    });
  }

  /** @param {News} news */
  #hear(news) {
    const settled = [...news.confirmed, ...news.rejected.map(({ op }) => op)];
    const own = settled.map((op) => op.id).filter((id) => this.#kept.has(id));
    if (own.length > 0) this.#isTroubled = false;
    this.#drop(own);
    this.emit("change", news);
    if (this.#isUnsure) this.readPast();
    // An image may have held up what was drawn after it, and another tab have sent it.
    if (settled.length > 0) this.#outbox.pump();
    for (const { code } of news.rejected) if (code !== WITHDRAWN) this.emit("rejected", code);
  }

  /** @param {string[]} ids */
  #drop(ids) {
    if (ids.length === 0) return;
    for (const id of ids) this.#kept.delete(id);
    this.#world.pending.drop(ids).catch((error) => this.#cannotKeep(error));
  }

  /** @param {unknown} error */
  #cannotKeep(error) {
    if (!(error instanceof DOMException)) throw error;
    this.emit("unkept", error.name);
  }
}
