/** What the others see of what one draws, as it comes. */

import { Inks } from "../../../static/js/draw/inks.js";
import { Outlet } from "../../../static/js/draw/outlet.js";
import { decodeInk } from "../../../static/js/engine/codec.js";
import { decodeSketch } from "../../../static/js/engine/presence.js";

/**
 * Return an outlet whose every message comes to somebody at once, and frames too.
 * @param {Map} seen what they see, by id
 * @param {{width: number, height: number}} paper
 */
export function watched(seen, paper) {
  const inks = new Inks(paper);
  for (const event of ["grown", "sketched"]) inks.on(event, (one) => seen.set(one.id, one));
  inks.on("gone", ({ id }) => seen.delete(id));
  const receive = (message) => {
    if (message.type === "ink") inks.receive(decodeInk(message), "a");
    if (message.type === "sketch") inks.receiveSketch(decodeSketch(message), "a");
  };
  const made = new Outlet(
    receive,
    (callback) => callback(),
    (id) => inks.receive({ id, stroke: null, start: 0, points: [] }, "a"),
  );
  made.listeners = 1;
  return made;
}
