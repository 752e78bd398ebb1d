/**
 * Text that comes from elsewhere, as it is to stand on the paper: nothing breaks its lines there.
 *
 * @import { Text } from "../engine/ops.js"
 * @import { Brushes } from "./brushes.js"
 * @import { Place } from "./view.js"
 */

import { POINT_UNIT } from "../engine/geometry.js";
import { LONGEST_TEXT, text } from "../engine/ops.js";
import { matrixAt } from "./text.js";

const LINE = 40; // letters
const HALF = 0.25; // em: half as wide as most letters

/**
 * Return a text of letters, upright on the screen with its first line in the middle of a place.
 * @param {string} letters
 * @param {{brushes: Brushes, angle: number}} written how one writes now, and how far the paper is turned
 * @param {Place} place
 * @returns {Text}
 */
export function textOf(letters, { brushes, angle }, place) {
  const shown = broken(letters);
  const style = brushes.textStyle();
  const [first] = shown.split("\n");
  const back = (HALF * first.length * style.size) / POINT_UNIT;
  const [x, y] = [place.x - Math.cos(angle) * back, place.y + Math.sin(angle) * back];
  return text({
    ...style,
    id: "pasted.text",
    text: shown,
    matrix: matrixAt({ brushes, angle }, { x, y }),
  });
}

/**
 * Return letters with their lines broken between words, and no more of them than a text may have.
 * @param {string} letters
 */
export function broken(letters) {
  const lines = letters.trim().split(/\r\n|\r|\n/);
  return lines.map(filled).join("\n").slice(0, LONGEST_TEXT);
}

/** @param {string} line */
function filled(line) {
  let shown = "";
  for (const word of line.split(/\s+/)) {
    const last = shown.slice(shown.lastIndexOf("\n") + 1);
    const gap = last === "" ? "" : last.length + word.length < LINE ? " " : "\n";
    shown += gap + word;
  }
  return shown;
}
