/** Starts the page on which a drawing is watched being made. */

import { NotNow } from "../draw/catchup.js";
import { byId } from "../draw/dom.js";
import { Controls } from "../replay/controls.js";
import { readLog, readTypeface } from "../replay/read.js";
import { Screening } from "../replay/screening.js";
import { Who } from "../replay/who.js";
import { Authors } from "../replay/words.js";
import { offerCopy } from "./copy.js";

const canvas = byId("paper", HTMLCanvasElement);
const { head, start, chunk = "", tail = "", typeface = "" } = canvas.dataset;
const progress = byId("loaded", HTMLProgressElement);
const again = byId("again", HTMLButtonElement);

/** Fetch the log and open; where that cannot be done now, offer to try again. */
async function load() {
  again.hidden = true;
  try {
    const entries = await readLog({ chunk, tail }, Number(head), tell);
    open(entries, { typeface: await readTypeface(entries, typeface) });
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
 * @param {{typeface: Awaited<ReturnType<typeof readTypeface>>}} type
 */
function open(entries, type) {
  const authors = new Authors(JSON.parse(byId("authors").textContent ?? "[]"));
  const screening = new Screening(canvas, entries, Number(head), type);
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
