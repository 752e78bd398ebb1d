/**
 * Shows who is here, and tells who comes and goes.
 *
 * @import { Participant, Presence } from "./presence.js"
 */

import { make } from "./dom.js";
import * as words from "./words.js";

const FACES = 4; // shown before the rest is a number

export class Participants {
  #presence;
  #parts;

  /**
   * @param {Presence} presence
   * @param {{panel: HTMLElement, list: HTMLElement, button: HTMLElement, faces: HTMLElement, told: HTMLElement}} parts
   */
  constructor(presence, parts) {
    this.#presence = presence;
    this.#parts = parts;
    presence.on("change", () => this.#show());
    presence.on("joined", ({ name }) => this.#tell(words.hasJoined(name)));
    presence.on("left", ({ name }) => this.#tell(words.hasLeft(name)));
  }

  #show() {
    const { people } = this.#presence;
    const { panel, list, button, faces } = this.#parts;
    panel.dataset.participants = String(people.length);
    button.setAttribute("aria-label", words.peopleHere(people.length));
    list.replaceChildren(...people.map((one) => this.#entry(one)));
    faces.replaceChildren(...people.slice(0, FACES).map(face));
    const rest = people.length - FACES;
    if (rest > 0) faces.append(others(rest));
  }

  /** @param {Participant} participant */
  #entry(participant) {
    const name = make("bdi", { className: "person-name" }, [participant.name]);
    const entry = make("li", {}, [face(participant), name]);
    if (this.#presence.isMe(participant)) {
      entry.append(make("span", { className: "you" }, [words.you]));
    }
    return entry;
  }

  /** @param {string} text */
  #tell(text) {
    this.#parts.told.textContent = text;
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
  const shown = make("span", { className: "face others" });
  shown.dataset.initial = `+${count}`;
  return shown;
}
