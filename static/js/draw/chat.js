/**
 * What people here say to each other, and how much of it has not been read.
 *
 * @import { Participant, Presence } from "./presence.js"
 * @import { Session } from "./session.js"
 * @import { Told } from "./told.js"
 * @typedef {(message: object) => Promise<unknown>} Send
 * @typedef {{panel: HTMLElement, said: HTMLElement, form: HTMLFormElement, field: HTMLInputElement,
 *   button: HTMLElement, close: HTMLElement, trouble: HTMLElement}} Parts
 */

import { legible } from "../engine/rules.js";
import { Disconnected, Refused } from "../realtime/socket.js";
import { make } from "./dom.js";
import { Emitter } from "./emitter.js";
import * as words from "./words.js";

const MOST = 200; // entries kept

/** @extends {Emitter<{opened: []}>} */
export class Chat extends Emitter {
  #parts;
  #told;
  #send;
  #unread = 0;

  /**
   * @param {Parts} parts
   * @param {Told} told
   * @param {Send} send
   */
  constructor(parts, told, send) {
    super();
    this.#parts = parts;
    this.#told = told;
    this.#send = send;
    parts.form.addEventListener("submit", (event) => this.#submit(event));
    parts.button.addEventListener("click", () => this.toggle());
    parts.close.addEventListener("click", () => this.#close());
    parts.panel.addEventListener("keydown", ({ key }) => key === "Escape" && this.#close());
  }

  /**
   * Show what is said on a drawing's channel, and who comes and goes.
   * @param {Session} session
   * @param {Presence} presence
   */
  listen(session, presence) {
    session.on("notice", (notice) => {
      const speaker = notice.type === "chat" ? presence.get(notice.from) : undefined;
      if (notice.type === "chat" && speaker) this.#hear(notice.text, speaker, presence.me);
    });
    presence.on("joined", ({ name }) => this.#note(words.hasJoined(name)));
    presence.on("left", ({ name }) => this.#note(words.hasLeft(name)));
  }

  toggle() {
    if (this.#isOpen) this.#close();
    else this.#open();
  }

  get #isOpen() {
    return !this.#parts.panel.hidden;
  }

  #open() {
    this.#parts.panel.hidden = false;
    this.#parts.button.setAttribute("aria-expanded", "true");
    this.#count(0);
    this.#toEnd();
    this.#parts.field.focus();
    this.emit("opened");
  }

  #close() {
    this.makeRoom();
    this.#parts.button.focus();
  }

  /** Be closed, for what comes in its place. */
  makeRoom() {
    this.#parts.panel.hidden = true;
    this.#parts.button.setAttribute("aria-expanded", "false");
  }

  /**
   * @param {string} text
   * @param {Participant} speaker
   * @param {string} me
   */
  #hear(text, speaker, me) {
    this.#add(entry(text, speaker));
    if (this.#isOpen || speaker.id === me) return;
    this.#count(this.#unread + 1);
    this.#told.tell(words.says(speaker.name, text));
  }

  /** @param {string} text */
  #note(text) {
    this.#add(make("p", { className: "passing" }, [text]));
  }

  /** @param {HTMLElement} item */
  #add(item) {
    const { said } = this.#parts;
    const atEnd = said.scrollHeight - said.scrollTop - said.clientHeight < said.clientHeight / 4;
    said.append(item);
    if (said.childElementCount > MOST) said.firstElementChild?.remove();
    if (atEnd) this.#toEnd();
  }

  #toEnd() {
    this.#parts.said.scrollTop = this.#parts.said.scrollHeight;
  }

  /** @param {number} unread */
  #count(unread) {
    const { button } = this.#parts;
    this.#unread = unread;
    button.setAttribute("aria-label", words.chat(unread));
    if (unread > 0) button.dataset.unread = unread > 9 ? "9+" : String(unread);
    else delete button.dataset.unread;
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    const { field, trouble } = this.#parts;
    const text = legible(field.value).trim();
    if (text === "") return;
    field.value = "";
    const isSaid = await this.#isSaid(text);
    trouble.textContent = isSaid ? "" : words.notSaid;
    if (!isSaid && field.value === "") field.value = text;
  }

  /** @param {string} text */
  async #isSaid(text) {
    try {
      await this.#send({ type: "chat", text });
      return true;
    } catch (error) {
      if (error instanceof Disconnected || error instanceof Refused) return false;
      throw error;
    }
  }
}

/**
 * @param {string} text
 * @param {Participant} speaker
 */
function entry(text, { name, colour }) {
  const dot = make("span", { className: "dot", ariaHidden: "true" });
  dot.style.background = colour;
  const who = make("strong", {}, [make("bdi", {}, [name])]);
  return make("p", {}, [dot, who, " ", make("bdi", { className: "words" }, [text])]);
}
