/**
 * The naive way, to be compared with: whatever has changed, every stroke is painted again, once a frame.
 *
 * It paints with the engine's own modules, and keeps every stroke's outline: what it lacks is pixels that stay.
 */

import { erases } from "./engine/coats.js";
import { decodeEntries } from "./engine/codec.js";
import { point, stroke } from "./engine/ops.js";
import { CONTEXT_SETTINGS, ink, paint, path } from "./engine/render.js";

const STYLE = { brush: "pen", colour: "#1d4ed8", alpha: 255, width: 96, layer: 0, pressure: false };

const paper = document.querySelector("#paper");
const context = paper.getContext("2d", CONTEXT_SETTINGS);
const strokes = [];
let growing = null;
let isAsked = false;

paper.addEventListener("pointerdown", (event) => {
  growing = [];
  grow(event);
});
paper.addEventListener("pointermove", (event) => growing && grow(event));
paper.addEventListener("pointerup", () => {
  keep(inMaking());
  growing = null;
  ask();
});

for (const op of await readLog(location.hash.slice(1))) keep(op);
paintAll();
paper.dataset.head = String(strokes.length);

async function readLog(first) {
  const entries = [];
  for (let chunk = 0; ; chunk += 1) {
    const answer = await fetch(new URL(String(chunk), new URL(first, location.href)));
    if (!answer.ok) break;
    entries.push(...decodeEntries(await answer.json()));
  }
  const tail = new URL(`tail?since=${entries.length}`, new URL(first, location.href));
  entries.push(...decodeEntries(await (await fetch(tail)).json()));
  return entries.map(({ op }) => op);
}

function keep(op) {
  const lays = erases(op) ? "destination-out" : "source-over";
  strokes.push({ lays, colour: ink(op), outline: path(op, Path2D) });
}

function inMaking() {
  return stroke({ ...STYLE, id: "naive.0", points: growing });
}

function grow(event) {
  const coalesced = event.getCoalescedEvents();
  const scale = (16 * paper.width) / paper.clientWidth;
  const { left, top } = paper.getBoundingClientRect();
  for (const { clientX, clientY } of coalesced.length > 0 ? coalesced : [event]) {
    growing.push(point(Math.round((clientX - left) * scale), Math.round((clientY - top) * scale)));
  }
  ask();
}

function ask() {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    paintAll();
  });
}

function paintAll() {
  context.clearRect(0, 0, paper.width, paper.height);
  for (const { lays, colour, outline } of strokes) {
    context.globalCompositeOperation = lays;
    context.fillStyle = colour;
    context.fill(outline, "nonzero");
  }
  context.globalCompositeOperation = "source-over";
  if (growing) paint(context, inMaking());
}
