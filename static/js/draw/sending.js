/**
 * Files on their way to the server, until it has made images of them (protocol P67).
 *
 * @import { ImageStyle } from "../engine/ops.js"
 * @typedef {Pick<ImageStyle, "image" | "width" | "height">} Content what an op says of an image
 * @typedef {{state: "waiting" | "making" | "made" | "failed", code: string, address: string, image: Content | null}} Told
 * @typedef {{address: string, token: string}} Door where files are sent, and what lets them in
 */

const FIRST = 250; // ms; a small image is made by then
const LONGEST = 2000; // ms between two looks

export const OFFLINE = "offline";

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
 * Send a file; return the image that was made of it, or throw Untaken.
 * @param {Blob} file
 * @param {Door} door
 * @returns {Promise<Content>}
 */
export async function send(file, { address, token }) {
  const headers = { "X-CSRFToken": token, "Content-Type": file.type };
  let told = await ask(fetch(address, { method: "POST", body: file, headers }));
  for (let pause = FIRST; told.image === null; pause = Math.min(pause * 1.5, LONGEST)) {
    if (told.state === "failed") throw new Untaken(told.code);
    await new Promise((resolve) => setTimeout(resolve, pause));
    told = await ask(fetch(told.address));
  }
  return told.image;
}

/**
 * @param {Promise<Response>} asked
 * @returns {Promise<Told>}
 */
async function ask(asked) {
  const answer = await asked.catch(unlessAway);
  const told = await answer.json().catch(unlessCut);
  if (!answer.ok) throw new Untaken(told.code ?? "refused");
  return told;
}

/**
 * @param {unknown} error
 * @returns {never}
 */
function unlessAway(error) {
  if (error instanceof TypeError) throw new Untaken(OFFLINE); // the network failed
  throw error;
}

/** @param {unknown} error */
function unlessCut(error) {
  if (error instanceof SyntaxError) return {}; // a page that says something broke
  return unlessAway(error);
}
