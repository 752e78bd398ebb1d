/**
 * The tools, each declared here in one line; what it does is a module of its own.
 *
 * @import { Mark, Op, ShapeStyle, Style } from "../engine/ops.js"
 * @import { Point } from "../engine/geometry.js"
 * @import { Inked } from "../engine/coats.js"
 * @import { Brushes } from "./brushes.js"
 * @import { Carried } from "./carried.js"
 * @import { Draft, Touch } from "./draft.js"
 * @import { Figure } from "./figure.js"
 * @import { Pouring } from "./pouring.js"
 * @import { Selection } from "./selection.js"
 * @import { Typing } from "./typing.js"
 * @import { Place } from "./view.js"
 * @import { Script, Written } from "./written.js"
 * @typedef {object} Hand what a tool does from pen down to pen up
 * @property {(touches: readonly Touch[]) => void} draw
 * @property {(touches: readonly Touch[]) => void} [expect] shows where the pen will be by the next frame
 * @property {() => void} end
 * @property {() => void} giveUp
 * @property {boolean} [isOpen] whether it waits for another touch after the end
 * @property {(touch: Touch) => void} [resume] takes that touch
 * @property {() => void} [settle] makes do without
 * @property {() => void} [stepBack] takes the last touch back
 * @property {() => void} [restyle] looks as the brushes say now
 * @property {() => void} [drop] lets go of everything
 * @typedef {object} Growing what is being drawn
 * @property {string} id
 * @property {readonly unknown[]} points
 * @property {readonly Point[]} [ahead] where it may be by the time the next frame is seen
 * @property {Mark | (Inked & {layer: number})} mark what is to be seen of it
 * @property {() => Op} toOp
 * @typedef {object} Drafts where strokes and shapes grow before they are ops
 * @property {(style: Style, spacing: number) => Draft} begin
 * @property {(draft: Draft) => void} grown
 * @property {(draft: Draft) => void} reached shows where a draft is expected to go
 * @property {(style: ShapeStyle) => Figure} beginShape
 * @property {(figure: Figure, places: readonly Place[]) => void} reshape
 * @property {(style: Script, old?: string) => Written} beginText to take the place of an older one, if of any
 * @property {(marks: readonly Mark[]) => Pick<Carried, "id" | "to" | "finish" | "giveUp">} carry shows marks on their way
 * @property {(written: Written, letters: string) => void} rewrite
 * @property {(ids: readonly string[]) => void} veil shows marks not, and those before again
 * @property {(written: Written) => void} exchange puts a text in the place of the older one
 * @property {(draft: Growing) => void} finish
 * @property {(draft: Growing) => void} giveUp
 * @typedef {Pick<Typing, "begin" | "focus" | "end" | "isAt" | "choose" | "stretch">} Typist
 * @typedef {object} Light a laser pointer
 * @property {(places: readonly Place[]) => void} shine
 * @property {() => void} putOut
 * @typedef {object} Means what tools work with
 * @property {Drafts} drafts
 * @property {Light} light
 * @property {Typist} typing
 * @property {Pick<Pouring, "pour">} pouring
 * @property {Selection} selection
 * @property {(place: Place) => void} edit writes the text at a place anew
 * @property {() => boolean} mayMark whether the layer can be drawn on; if not, that is told
 * @property {(place: Place) => string | null} colourAt the colour of the paper at a place
 * @typedef {Readonly<Means & {brushes: Brushes, scale: number, angle: number, settle: () => void}>} Studio
 *   What a tool works with; scale is how many CSS px a paper px takes, angle how far the paper is turned; settle
 *   finishes what waits for another touch.
 * @typedef {object} Tool
 * @property {string} name as in the page's radio buttons
 * @property {string} key on the keyboard
 * @property {(studio: Studio, touch: Touch, hasPressure: boolean) => Hand} start
 * @property {boolean} [isTapped] whether a touch is all it needs: a key is that, too
 * @property {boolean} [dips] whether it takes a colour from the paper with alt
 * @property {boolean} [leavesNoMark] whether it can be used on a layer that is locked
 */

import { dragged } from "./dragged.js";
import { eyedropper } from "./eyedropper.js";
import { fill } from "./fill.js";
import { freehand } from "./freehand.js";
import { laser } from "./laser.js";
import { nothing } from "./nothing.js";
import { polygon } from "./polygon.js";
import { lasso, select } from "./select.js";
import { text } from "./text.js";

/** @type {readonly Tool[]} */
export const TOOLS = Object.freeze([
  { name: "pen", key: "p", start: freehand("pen"), dips: true },
  { name: "pencil", key: "b", start: freehand("pencil"), dips: true },
  { name: "marker", key: "m", start: freehand("marker"), dips: true },
  { name: "eraser", key: "e", start: freehand("eraser") },
  { name: "line", key: "l", start: dragged("line") },
  { name: "arrow", key: "a", start: dragged("arrow") },
  { name: "rectangle", key: "r", start: dragged("rectangle") },
  { name: "ellipse", key: "o", start: dragged("ellipse") },
  { name: "polygon", key: "g", start: polygon, isTapped: true },
  { name: "fill", key: "f", start: fill, isTapped: true, dips: true },
  { name: "text", key: "t", start: text, isTapped: true },
  { name: "select", key: "v", start: select, leavesNoMark: true },
  { name: "lasso", key: "s", start: lasso, leavesNoMark: true },
  { name: "eyedropper", key: "i", start: eyedropper, isTapped: true, leavesNoMark: true },
  { name: "laser", key: "k", start: laser, leavesNoMark: true },
  { name: "hand", key: "h", start: nothing, leavesNoMark: true },
]);

/**
 * Return the tool of this name; the first where there is none.
 * @param {string} name
 */
export function toolNamed(name) {
  return TOOLS.find((tool) => tool.name === name) ?? TOOLS[0];
}
