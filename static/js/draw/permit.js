/**
 * Whether this person may draw here, now and when that changes.
 *
 * @import { Easel } from "./easel.js"
 * @import { HandHold } from "./hand.js"
 * @import { Notices } from "./notices.js"
 * @import { Session, Welcome } from "./session.js"
 */

import { byId } from "./dom.js";
import * as words from "./words.js";

export class Permit {
  #session;
  #facts;
  #notices;
  /** @type {(mayDraw: boolean) => void} */
  #tell;
  #hasDrawn = false; // whether this page has been one to draw on
  #isOver = false;

  /**
   * @param {Session} session
   * @param {{author: string, address: string}} facts this browser's author key, and where the drawing is
   * @param {Notices} notices
   * @param {(mayDraw: boolean) => void} tell
   */
  constructor(session, facts, notices, tell) {
    this.#session = session;
    this.#facts = facts;
    this.#notices = notices;
    this.#tell = tell;
    session.on("welcome", () => this.#welcome());
    session.on("refused", (code) => this.#close(words.refused(code)));
    session.on("notice", ({ type }) => {
      if (type === "finished") this.#finish();
    });
    session.on("change", () => this.#leaveIfOver());
  }

  #welcome() {
    const { may, mine } = this.#session;
    if (may === "watch" && this.#hasDrawn) this.#finish();
    else if (may === "watch") this.#close(words.watching);
    else if (!mine.has(this.#facts.author)) this.#close(words.cookiesNeeded);
    else this.#open();
  }

  #open() {
    this.#hasDrawn = true;
    this.#isOver = false;
    this.#permit(true);
  }

  /** @param {string} reason */
  #close(reason) {
    this.#permit(false);
    this.#notices.warn(reason);
  }

  #finish() {
    this.#isOver = true;
    this.#permit(false);
    if (this.#session.waiting > 0) this.#notices.warn(words.finishedMeanwhile);
    else this.#notices.tell(words.finished);
    this.#leaveIfOver();
  }

  /** Go to the finished drawing, once nothing drawn here waits for an answer. */
  #leaveIfOver() {
    if (this.#isOver && this.#session.waiting === 0) location.replace(this.#facts.address);
  }

  /** @param {boolean} mayDraw */
  #permit(mayDraw) {
    byId("studio").dataset.may = mayDraw ? "draw" : "watch";
    this.#tell(mayDraw);
  }
}
