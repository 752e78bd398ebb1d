/** Starts the page on which a drawing is watched being made. */

import { NotNow } from "../draw/catchup.js";
import { byId } from "../draw/dom.js";
import { Controls } from "../replay/controls.js";
import { readImages, readLog, readTypeface } from "../replay/read.js";
import { Screening } from "../replay/screening.js";
import { Who } from "../replay/who.js";
import { Authors } from "../replay/words.js";
import { offerCopy } from "./copy.js";

const canvas = byId("paper", HTMLCanvasElement);
const { head, start, chunk = "", tail = "", typeface = "", images = "" } = canvas.dataset;
const progress = byId("loaded", HTMLProgressElement);
const again = byId("again", HTMLButtonElement);

/** Fetch the log and open; where that cannot be done now, offer to try again. */
async function load() {
  again.hidden = true;
  try {
    const entries = await readLog({ chunk, tail }, Number(head), tell);
    const letters = await readTypeface(entries, typeface);
    const put = await readImages(entries, images, canvas);
    open(entries, { typeface: letters, stamp: (mark) => put.stamp(mark) });
  } catch (error) {
    if (!(error instanceof NotNow)) throw error;
    again.hidden = false;
  }
}

/** @param {number} share of the log */
function tell(share) {
  progress.value = share;
}

/**
 * @param {Awaited<ReturnType<typeof readLog>>} entries
 * @param {import("../draw/supplies.js").Supply} supply
 */
function open(entries, supply) {
  const authors = new Authors(JSON.parse(byId("authors").textContent ?? "[]"));
  const screening = new Screening(canvas, entries, Number(head), supply);
  new Controls(canvas, screening, authors);
  new Who(canvas, screening, authors);
  byId("loading").hidden = true;
  byId("controls").inert = false;
  screening.seek(Number(start ?? 0));
  if (start === undefined && !screening.isCalm) screening.play();
}

again.addEventListener("click", load);
offerCopy();
load();
