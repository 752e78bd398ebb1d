/**
 * Shows who is here, and tells who comes and goes.
 *
 * @import { Told } from "./told.js"
 * @import { Participant, Presence } from "./presence.js"
 * @typedef {object} Acts what can be done about somebody else
 * @property {(participant: Participant) => void} jumpTo
 * @property {(participant: Participant) => void} follow
 * @property {() => void} stopFollowing
 * @property {() => Participant | null} leader
 */

import { arrange, make } from "./dom.js";
import * as words from "./words.js";

const FACES = 4; // shown before the rest is a number

export class Participants {
  #presence;
  #parts;
  #acts;
  /** @type {WeakMap<Participant, HTMLElement>} */
  #entries = new WeakMap();
  #isGreeted = false;

  /**
   * @param {Presence} presence
   * @param {{panel: HTMLElement, list: HTMLElement, button: HTMLElement, faces: HTMLElement}} parts
   * @param {Told} told
   * @param {Acts} acts
   */
  constructor(presence, parts, told, acts) {
    this.#presence = presence;
    this.#parts = parts;
    this.#acts = acts;
    presence.on("change", () => this.show());
    presence.on("change", () => this.#greet(told));
    presence.on("joined", ({ name }) => told.tell(words.hasJoined(name)));
    presence.on("left", ({ name }) => told.tell(words.hasLeft(name)));
  }

  /**
   * Say to whoever comes where others are, once, under which name they see them.
   * @param {Told} told
   */
  #greet(told) {
    const [me, ...others] = this.#presence.people;
    if (this.#isGreeted || !me) return;
    this.#isGreeted = true;
    if (others.length > 0) told.tell(words.seenAs(me.name));
  }

  /** Show everybody as they are now. */
  show() {
    const { people } = this.#presence;
    const { panel, list, button, faces } = this.#parts;
    panel.dataset.participants = String(people.length);
    button.dataset.count = String(people.length);
    button.setAttribute("aria-label", words.peopleHere(people.length));
    arrange(
      list,
      people.map((one) => this.#entryOf(one)),
    );
    faces.replaceChildren(...people.slice(0, FACES).map(face));
    const rest = people.length - FACES;
    if (rest > 0) faces.append(others(rest));
  }

  /** @param {Participant} participant */
  #entryOf(participant) {
    const entry = this.#entries.get(participant) ?? this.#entry(participant);
    this.#entries.set(participant, entry);
    const isLed = this.#acts.leader()?.author === participant.author;
    entry.querySelector("[aria-pressed]")?.setAttribute("aria-pressed", String(isLed));
    return entry;
  }

  /** @param {Participant} participant */
  #entry(participant) {
    const name = make("bdi", { className: "person-name" }, [participant.name]);
    const entry = make("li", {}, [face(participant), name]);
    if (this.#presence.isMe(participant)) {
      entry.append(make("span", { className: "you" }, [words.you]));
    } else entry.append(...this.#buttons(participant));
    return entry;
  }

  /** @param {Participant} participant */
  #buttons(participant) {
    const { jumpTo, follow, stopFollowing, leader } = this.#acts;
    const jump = this.#button(words.jumpTo, participant, () => jumpTo(participant));
    const along = this.#button(words.follow, participant, () => {
      if (leader()?.author === participant.author) stopFollowing();
      else follow(participant);
    });
    along.setAttribute("aria-pressed", "false");
    return [jump, along];
  }

  /**
   * @param {{shown: string, named: (name: string) => string}} label
   * @param {Participant} participant
   * @param {() => void} act
   */
  #button({ shown, named }, { name }, act) {
    const button = make("button", { type: "button", className: "quiet", textContent: shown });
    button.setAttribute("aria-label", named(name));
    button.addEventListener("click", act);
    return button;
  }
}

/** @param {Participant} participant */
function face({ name, colour }) {
  const [first] = new Intl.Segmenter().segment(name);
  const shown = make("span", { className: "face", ariaHidden: "true" });
  // Not text: what is read out is the name beside it, or how many are here.
  shown.dataset.initial = first?.segment ?? "?";
  shown.style.background = colour;
  return shown;
}

/** @param {number} count */
function others(count) {
  const shown = make("span", { className: "face rest" });
  shown.dataset.initial = `+${count}`;
  return shown;
}
