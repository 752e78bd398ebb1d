/**
 * Commands: each by a key, most by a button too; shown in the tips and listed for who asks.
 *
 * @typedef {Readonly<{key: string, isCommand: boolean, isShift: boolean}>} Press
 *   A key pressed; isCommand is whether with ctrl or ⌘.
 * @typedef {object} Command
 * @property {string} label
 * @property {string} shown the key as people read it
 * @property {(press: Press) => boolean} matches
 * @property {(press: Press) => void} act
 * @property {string} [control] the id of the button for it
 */

import { make } from "./dom.js";
import { latin } from "./latin.js";

const IS_MAC = /Mac|iP(hone|ad)/.test(navigator.platform);
const CLOSED_BY_ESCAPE = "[popover]:not([popover=manual]):popover-open";
// A slider that was just dragged keeps the focus, and has a use for arrows alone.
const WRITTEN_IN = "input:not([type=radio], [type=range], [type=checkbox])";
const CLICK = Object.freeze({ key: "", isCommand: false, isShift: false });

/**
 * Return what matches any of these keys, pressed alone.
 * @param {...string} keys
 * @returns {(press: Press) => boolean}
 */
export function plain(...keys) {
  return ({ key, isCommand }) => !isCommand && keys.includes(key.toLowerCase());
}

/**
 * Return what matches a key pressed with ctrl or ⌘, and perhaps shift.
 * @param {string} letter
 * @param {boolean} [withShift]
 * @returns {(press: Press) => boolean}
 */
export function command(letter, withShift = false) {
  return ({ key, isCommand, isShift }) =>
    isCommand && isShift === withShift && key.toLowerCase() === letter;
}

/**
 * Return the name of a key pressed with ctrl or ⌘.
 * @param {string} key
 */
export function commandName(key) {
  return IS_MAC ? `⌘${key.replace("Shift+", "⇧")}` : `Ctrl+${key}`;
}

/**
 * Have keys and buttons do what their commands say, and show the keys in tips and in a list.
 * @param {readonly Command[]} commands
 * @param {HTMLElement} list
 */
export function useCommands(commands, list) {
  addEventListener("keydown", (event) => press(commands, event));
  for (const { label, shown, act, control } of commands) {
    const key = make("dd", {}, [make("kbd", {}, [shown])]);
    list.append(make("div", {}, [make("dt", {}, [label]), key]));
    const button = control ? document.getElementById(control) : null;
    if (button === null) continue;
    button.dataset.key = shown;
    button.addEventListener("click", () => act(CLICK));
  }
}

/**
 * @param {readonly Command[]} commands
 * @param {KeyboardEvent} event
 */
function press(commands, event) {
  if (!isForThePage(event)) return;
  const isCommand = event.ctrlKey || event.metaKey;
  const pressed = { key: latin(event), isCommand, isShift: event.shiftKey };
  const meant = commands.find((one) => one.matches(pressed));
  if (meant === undefined) return;
  event.preventDefault();
  meant.act(pressed);
}

/**
 * Say whether a key is not meant for a field, a dialog, a panel or the browser.
 * @param {KeyboardEvent} event
 */
function isForThePage({ target, key, altKey, isComposing }) {
  if (altKey || isComposing || document.querySelector("dialog[open]")) return false;
  if (key === "Escape" && document.querySelector(CLOSED_BY_ESCAPE)) return false;
  if (!(target instanceof Element)) return true;
  const ownKeys = key.startsWith("Arrow") ? "input" : WRITTEN_IN;
  return !target.matches(`${ownKeys}, textarea, select`);
}
