/**
 * The tools, each declared here in one line; what it does is a module of its own.
 *
 * @import { Style } from "../engine/ops.js"
 * @import { Brushes } from "./brushes.js"
 * @import { Draft, Touch } from "./draft.js"
 * @typedef {object} Hand what a tool does from pen down to pen up
 * @property {(touches: readonly Touch[]) => void} draw
 * @property {() => void} end
 * @property {() => void} giveUp
 * @typedef {object} Drafts where strokes grow before they are ops
 * @property {(style: Style, spacing: number) => Draft} begin
 * @property {(draft: Draft) => void} grown
 * @property {(draft: Draft) => void} finish
 * @property {(draft: Draft) => void} giveUp
 * @typedef {Readonly<{drafts: Drafts, brushes: Brushes, scale: number}>} Studio
 *   What a tool works with; scale is how many CSS px a paper px takes.
 * @typedef {object} Tool
 * @property {string} name as in the page's radio buttons
 * @property {string} key on the keyboard
 * @property {(studio: Studio, touch: Touch, hasPressure: boolean) => Hand} start
 */

import { freehand } from "./freehand.js";

/** @type {readonly Tool[]} */
export const TOOLS = Object.freeze([
  { name: "pen", key: "p", start: freehand("pen") },
  { name: "marker", key: "m", start: freehand("marker") },
  { name: "eraser", key: "e", start: freehand("eraser") },
]);

/**
 * Return the tool of this name; the first where there is none.
 * @param {string} name
 */
export function toolNamed(name) {
  return TOOLS.find((tool) => tool.name === name) ?? TOOLS[0];
}
