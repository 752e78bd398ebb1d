/**
 * Files on their way to the server, until it has made images of them (protocol P67).
 *
 * @import { ImageStyle } from "../engine/ops.js"
 * @typedef {Pick<ImageStyle, "image" | "width" | "height">} Content what an op says of an image
 * @typedef {{state: "waiting" | "making" | "made" | "failed", code: string, address: string, image: Content | null}} Told
 * @typedef {{address: string, token: string}} Door where files are sent, and what lets them in
 * @typedef {(file: File, signal: AbortSignal) => Promise<Content>} Send throws Untaken, or NotNow
 */

import { NotNow } from "./catchup.js";
import { tokenNow } from "./token.js";

const FIRST = 250; // ms; a small image is made by then
const LONGEST = 2000; // ms between two looks
const MOST_LOOKS = 60; // two minutes
const AGAIN = new Set(["too-many"]); // others' files are in the way for a moment

/** A file that no image was made of. */
export class Untaken extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code);
    this.name = "Untaken";
    this.code = code;
  }
}

/**
 * Return what sends a file and answers with the image that was made of it.
 * @param {Door} door
 * @returns {Send}
 */
export function sender({ address, token }) {
  return async (file, signal) => {
    const headers = { "X-CSRFToken": tokenNow() ?? token, "Content-Type": file.type };
    const told = await ask(address, { method: "POST", body: file, headers, signal });
    return made(told, signal);
  };
}

/**
 * @param {Told} first
 * @param {AbortSignal} signal
 */
async function made(first, signal) {
  let told = first;
  let pause = FIRST;
  for (let looks = 0; told.image === null; looks += 1) {
    if (told.state === "failed") throw new Untaken(told.code);
    if (looks === MOST_LOOKS) throw new Untaken("given-up");
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 1.5, LONGEST);
    told = await ask(told.address, { signal });
  }
  return told.image;
}

/**
 * @param {string} address
 * @param {RequestInit} request
 * @returns {Promise<Told>}
 */
async function ask(address, request) {
  const answer = await fetch(address, request).catch(unlessAway);
  const told = await answer.json().catch(unlessCut);
  if (answer.ok && "image" in told) return told;
  // What the server has no word for says nothing against the file.
  if (told.code === undefined || AGAIN.has(told.code)) throw new NotNow(`${answer.status}`);
  throw new Untaken(told.code);
}

/**
 * @param {unknown} error
 * @returns {never}
 */
function unlessAway(error) {
  // The network failed, or was given up; or a body was cut short, as reading it says.
  if (error instanceof TypeError || error instanceof DOMException) throw new NotNow(error.message);
  throw error;
}

/** @param {unknown} error */
function unlessCut(error) {
  if (error instanceof SyntaxError) return {}; // a page that says something broke
  return unlessAway(error);
}
