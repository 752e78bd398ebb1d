/**
 * The other end of a session, in memory: a log and those who are connected to it, by the rules of the protocol.
 * Messages wait until they are let through, so a test says what is on its way when a connection goes.
 */

import { NotNow } from "../../../static/js/draw/catchup.js";
import { Names } from "../../../static/js/draw/names.js";
import { Past } from "../../../static/js/draw/past.js";
import { FleetingPending } from "../../../static/js/draw/pending.js";
import { Session } from "../../../static/js/draw/session.js";
import { decode } from "../../../static/js/engine/codec.js";
import { authorOf } from "../../../static/js/engine/ops.js";
import { Replica } from "../../../static/js/engine/replica.js";
import { Disconnected, Refused } from "../../../static/js/realtime/socket.js";

const MOST = 1000; // ops that `since` answers with

export class Server {
  /** The log: what decodes to an op, in the order it was accepted. */
  log = [];
  /** Codes to answer the next ops with, instead of taking them in. */
  refusals = [];
  isFinished = false;
  #visitors = new Set();
  #onTheirWay = [];

  /** Let messages through until there are no more. */
  async settle() {
    for (let rounds = 0; rounds < 20; rounds += 1) {
      while (this.#onTheirWay.length > 0) {
        this.#onTheirWay.shift()();
        await turn();
      }
      await turn();
    }
  }

  /** Lose everything on its way. */
  lose() {
    this.#onTheirWay.length = 0;
  }

  later(act) {
    this.#onTheirWay.push(act);
  }

  enter(visitor) {
    this.#visitors.add(visitor);
    visitor.hear({
      type: "welcome",
      head: this.log.length,
      me: visitor.id,
      mine: [visitor.author],
      may: this.isFinished ? "watch" : "draw",
      participants: [],
    });
  }

  leave(visitor) {
    this.#visitors.delete(visitor);
  }

  /** Answer a message; throw Refused where the server would. */
  answer(visitor, message) {
    if (message.type === "since") return this.#since(visitor, message.seq);
    if (message.type === "op") return this.#propose(visitor, message.op);
    visitor.told.push(message);
  }

  readChunk(chunk) {
    return this.#entries(chunk * MOST, (chunk + 1) * MOST);
  }

  /** Return a part of the log as it travels, of a full chunk or of the end. */
  readPart(chunk, isFull) {
    const part = this.#entries(chunk * MOST, (chunk + 1) * MOST);
    if (isFull && part.length < MOST) throw new Error("This chunk is not full.");
    return part;
  }

  /** Return what a checkpoint at the head tells. */
  checkpoint() {
    const authors = new Map(this.log.map(({ id, t }) => [authorOf(id), t]));
    return { seq: this.log.length, authors, known: [] };
  }

  #propose(visitor, wire) {
    if (this.refusals.length > 0) throw new Refused(this.refusals.shift());
    assertTheirs(visitor, wire);
    const known = this.log.findIndex((one) => one.id === wire.id);
    if (known >= 0) return visitor.hear({ type: "ops", ops: this.#entries(known, known + 1) });
    this.log.push(wire);
    const { length } = this.log;
    const ops = this.#entries(length - 1, length);
    for (const one of this.#visitors) one.hear({ type: "ops", ops });
  }

  #since(visitor, seq) {
    const head = this.log.length;
    if (head - seq > MOST) return visitor.hear({ type: "behind", head });
    visitor.hear({ type: "ops", ops: this.#entries(seq, head) });
    visitor.hear({ type: "caught-up", head });
  }

  #entries(from, to) {
    return this.log.slice(from, to).map((op, i) => [from + i + 1, 1_700_000_000_000, op]);
  }
}

/** Somebody's tab: a session with a line that can be cut. */
export class Visitor {
  replica = new Replica();
  told = [];
  retries = [];
  chunks = [];
  parts = [];
  #server;
  #isConnected = false;
  #connection = 0;
  #unanswered = new Set();

  constructor(server, author, { pending = new FleetingPending(), tab = "tab" } = {}) {
    this.#server = server;
    this.author = author;
    this.id = `${author}-${tab}`;
    this.names = new Names(author, tab);
    const later = (callback) => this.retries.push(callback);
    const readPart = async (chunk, isFull) => this.#readPart(chunk, isFull);
    this.past = new Past(this.replica, readPart, later);
    this.session = new Session({
      past: this.past,
      replica: this.replica,
      line: {
        send: (message) => this.#send(message),
        sendVolatile: (message) => this.told.push(message),
      },
      pending,
      names: this.names,
      readChunk: (chunk) => this.#readChunk(chunk),
      later,
    });
  }

  connect() {
    this.#isConnected = true;
    this.#connection += 1;
    this.#server.enter(this);
  }

  /** Cut the line, with everything on it. */
  disconnect() {
    this.#isConnected = false;
    this.#server.leave(this);
    this.#server.lose();
    for (const reject of this.#unanswered) reject(new Disconnected());
    this.#unanswered.clear();
    this.session.lose();
  }

  /** Do what was put off. */
  retry() {
    for (const callback of this.retries.splice(0)) callback();
  }

  /** Hear a message, if the line it came by is still there when it arrives. */
  hear(message) {
    const connection = this.#connection;
    this.#server.later(() => {
      if (this.#isConnected && connection === this.#connection) this.session.receive(message);
    });
  }

  get strokes() {
    return this.replica.scene.strokes().map((stroke) => stroke.id);
  }

  #send(message) {
    if (!this.#isConnected) return Promise.reject(new Disconnected());
    return new Promise((resolve, reject) => {
      this.#unanswered.add(reject);
      this.#server.later(() => {
        this.#unanswered.delete(reject);
        try {
          resolve(this.#server.answer(this, message));
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  #readPart(chunk, isFull) {
    if (!this.#isConnected) throw new NotNow();
    this.parts.push(chunk);
    return this.#server.readPart(chunk, isFull);
  }

  async #readChunk(chunk) {
    this.chunks.push(chunk);
    const list = this.#server.readChunk(chunk);
    return list.map(([seq, time, wire]) => ({ seq, time, op: decode(wire) }));
  }
}

function assertTheirs(visitor, wire) {
  if (authorOf(wire.id) !== visitor.author) throw new Refused("not-yours");
}

/** Let promises that can settle do so. */
function turn() {
  return new Promise((resolve) => setImmediate(resolve));
}
