/** Plain strokes for tests that ask which, and not how they look. */

import { point, stroke } from "../../../static/js/engine/ops.js";

const PLAIN = {
  brush: "pen",
  colour: "#102030",
  alpha: 255,
  width: 64,
  layer: 0,
  pressure: false,
  points: [point(0, 0)],
};

/** Return a plain stroke. */
export function mark(id, style = {}) {
  return stroke({ ...PLAIN, ...style, id });
}

/** Return the ids of ops. */
export function ids(ops) {
  return ops.map((op) => op.id);
}
