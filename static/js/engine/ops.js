/**
 * The ops: the only ways a drawing changes. Plain frozen objects, the same as in ops.py.
 *
 * @typedef {import("./geometry.js").Point} Point
 * @typedef {"pen" | "pencil" | "marker" | "eraser"} Brush
 * @typedef {object} Style
 *   How a stroke looks; width in 1/16 px, alpha 1 to 255, colour as #rrggbb.
 * @property {Brush} brush
 * @property {string} colour
 * @property {number} alpha
 * @property {number} width
 * @property {number} layer
 * @property {boolean} pressure whether its points tell of it
 * @property {boolean} [leans] whether they tell of that
 * @typedef {Readonly<Style & {t: "stroke", id: string, points: readonly Point[]}>} Stroke
 * @typedef {"line" | "arrow" | "polygon" | "rectangle" | "ellipse"} ShapeKind
 * @typedef {object} ShapeStyle
 *   How a shape looks: outlined in colour, filled with fill, or both; otherwise as a stroke.
 * @property {ShapeKind} kind
 * @property {string | null} colour
 * @property {string | null} fill
 * @property {number} alpha
 * @property {number} width
 * @property {number} layer
 * @typedef {Readonly<ShapeStyle & {t: "shape", id: string, points: readonly Point[]}>} Shape
 * @typedef {Readonly<{t: "hide", id: string, ops: readonly string[]}>} Hide
 * @typedef {Readonly<{t: "show", id: string, ops: readonly string[]}>} Show
 * @typedef {Readonly<{t: "clear", id: string, layer: number}>} Clear
 * @typedef {import("./matrix.js").Matrix} Matrix
 * @typedef {"normal" | "multiply" | "screen" | "darken" | "lighten"} Blend
 * @typedef {object} Properties
 *   How a layer is from now on; what is null stays as it was.
 * @property {string | null} name
 * @property {number | null} opacity
 * @property {Blend | null} blend
 * @property {boolean | null} hidden
 * @property {boolean | null} locked
 * @property {boolean | null} deleted
 * @property {number | null} position
 * @typedef {Readonly<Properties & {t: "layer", id: string, layer: number}>} Layer
 * @typedef {Readonly<{t: "move", id: string, ops: readonly string[], matrix: Matrix}>} Move
 * @typedef {Readonly<{t: "remove", id: string, ops: readonly string[] | null, author: string | null}>} Remove
 * @typedef {object} TextStyle
 *   Letters of the one font, their first baseline begun where matrix takes (0, 0); size is that of an em before
 *   matrix, in 1/16 px.
 * @property {string} text
 * @property {string} colour
 * @property {number} alpha
 * @property {number} size
 * @property {number} layer
 * @property {Matrix} matrix
 * @typedef {Readonly<TextStyle & {t: "text", id: string}>} Text
 * @typedef {object} AreaStyle
 *   What a fill has covered: contours in 1/64 px, each one flat list of x, y, x, y, …, filled together, nonzero.
 * @property {string} colour
 * @property {number} alpha
 * @property {number} layer
 * @property {readonly (readonly number[])[]} contours
 * @typedef {Readonly<AreaStyle & {t: "area", id: string}>} Area
 * @typedef {object} ImageStyle
 *   An image on the paper, its pixels laid where matrix takes them. Image is the SHA-256 of its file in hexadecimal;
 *   width and height are its own, in px.
 * @property {string} image
 * @property {number} width
 * @property {number} height
 * @property {number} alpha
 * @property {number} layer
 * @property {Matrix} matrix
 * @typedef {Readonly<ImageStyle & {t: "image", id: string}>} Image
 * @typedef {Image & Readonly<{taken?: Readonly<{from: Image, by: Matrix}>}>} TakenImage
 *   An image on its way: which one it is, as it lies, and what takes it here.
 * @typedef {Stroke | Shape | Text | Area | Image} Mark what one sees
 * @typedef {Mark | Hide | Show | Clear | Layer | Move | Remove} Op
 */

import { FULL_PRESSURE } from "./geometry.js";

// The limits of the protocol, P40 to P45; ops.py has the same.
/** @type {readonly Brush[]} */
export const BRUSHES = Object.freeze(["pen", "pencil", "marker", "eraser"]);
export const FULL_ALPHA = 255;
export const LEAST_WIDTH = 8;
export const MOST_WIDTH = 4096;
export const LEAST_COORDINATE = -32_768;
export const MOST_COORDINATE = 65_535;
export const LAYERS = 64;
export const LAYER_STEP = 2 ** 32; // from the position of one layer to the next, as long as nobody sorts
export const MOST_POSITION = LAYERS * LAYER_STEP;
export const LONGEST_NAME = 80;
export const NORMAL = "normal";
/** @type {readonly Blend[]} */
export const BLENDS = Object.freeze([NORMAL, "multiply", "screen", "darken", "lighten"]);
export const MOST_POINTS = 1000;
export const LONGEST_PATH = 65_536; // px
export const MOST_TARGETS = 1000; // ops in one hide, show or move
/** @type {readonly ShapeKind[]} */
export const OPEN_SHAPES = Object.freeze(["line", "arrow"]);
/** @type {Readonly<Record<ShapeKind, number>>} how many points a shape has at least */
export const CORNERS = Object.freeze({ line: 2, arrow: 2, polygon: 3, rectangle: 3, ellipse: 3 });
const MARKS = Object.freeze(["stroke", "shape", "text", "area", "image"]);
export const MOST_CONTOURS = 256; // of an area
export const MOST_CORNERS = 4000; // of all contours of an area
export const LONGEST_TEXT = 500; // characters
export const LEAST_SIZE = 64; // of an em, in 1/16 px
export const MOST_SIZE = 8192;
export const LARGEST_TEXT = 16_384; // an em as its matrix makes it, by the length of its factors
export const LARGEST_IMAGE = 2048; // px, either side of an image as it is kept
export const MOST_START = 65_535; // index of a first point of ink
export const MOST_OPS = 200_000; // in one drawing

/** An op this drawing will not take; the code is part of the protocol. */
export class Rejected extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code);
    this.name = "Rejected";
    this.code = code;
  }
}

/**
 * Where a pen was, how hard it was pressed and how far it leant.
 * @param {number} x
 * @param {number} y
 * @param {number} [pressure]
 * @param {number} [lean]
 * @returns {Point}
 */
export function point(x, y, pressure = FULL_PRESSURE, lean = 0) {
  return Object.freeze({ x, y, pressure, lean });
}

/**
 * One mark of a brush.
 * @param {Style & {id: string, points: readonly Point[]}} fields
 * @returns {Stroke}
 */
export function stroke({
  id,
  brush,
  colour,
  alpha,
  width,
  layer,
  pressure,
  leans = false,
  points,
}) {
  return Object.freeze({
    t: "stroke",
    id,
    brush,
    colour,
    alpha,
    width,
    layer,
    pressure,
    leans,
    points: Object.freeze([...points]),
  });
}

/**
 * A figure. A rectangle is three of its corners in turn, an ellipse three of the rectangle around it: so both
 * can be turned and slanted like the others, point by point.
 * @param {ShapeStyle & {id: string, points: readonly Point[]}} fields
 * @returns {Shape}
 */
export function shape({ id, kind, colour, fill, alpha, width, layer, points }) {
  return Object.freeze({
    t: "shape",
    id,
    kind,
    colour,
    fill,
    alpha,
    width,
    layer,
    points: Object.freeze([...points]),
  });
}

/**
 * Letters of the one font.
 * @param {TextStyle & {id: string}} fields
 * @returns {Text}
 */
export function text({ id, text: letters, colour, alpha, size, layer: number, matrix }) {
  const [a, b, c, d, e, f] = matrix;
  const own = Object.freeze(/** @type {Matrix} */ ([a, b, c, d, e, f]));
  const look = { text: letters, colour, alpha, size, layer: number, matrix: own };
  return Object.freeze({ t: "text", id, ...look });
}

/**
 * What a fill has covered.
 * @param {AreaStyle & {id: string}} fields
 * @returns {Area}
 */
export function area({ id, colour, alpha, layer: number, contours }) {
  const own = Object.freeze(contours.map((corners) => Object.freeze([...corners])));
  return Object.freeze({ t: "area", id, colour, alpha, layer: number, contours: own });
}

/**
 * An image on the paper.
 * @param {ImageStyle & {id: string}} fields
 * @returns {Image}
 */
export function image({ id, image: name, width, height, alpha, layer: number, matrix }) {
  const [a, b, c, d, e, f] = matrix;
  const own = Object.freeze(/** @type {Matrix} */ ([a, b, c, d, e, f]));
  const look = { image: name, width, height, alpha, layer: number, matrix: own };
  return Object.freeze({ t: "image", id, ...look });
}

/**
 * Take ops out of the picture; the log keeps them.
 * @param {string} id
 * @param {readonly string[]} ops
 * @returns {Hide}
 */
export function hide(id, ops) {
  return Object.freeze({ t: "hide", id, ops: Object.freeze([...ops]) });
}

/**
 * Bring hidden ops back into the picture.
 * @param {string} id
 * @param {readonly string[]} ops
 * @returns {Show}
 */
export function show(id, ops) {
  return Object.freeze({ t: "show", id, ops: Object.freeze([...ops]) });
}

/**
 * Take every earlier mark of a layer out of the picture.
 * @param {string} id
 * @param {number} layer
 * @returns {Clear}
 */
export function clear(id, layer) {
  return Object.freeze({ t: "clear", id, layer });
}

/**
 * Say how a layer is from now on; what is not given stays as it was.
 * @param {string} id
 * @param {number} number
 * @param {Partial<Properties>} properties
 * @returns {Layer}
 */
export function layer(id, number, properties) {
  const { name = null, opacity = null, blend = null, hidden = null } = properties;
  const { locked = null, deleted = null, position = null } = properties;
  const all = { name, opacity, blend, hidden, locked, deleted, position };
  return Object.freeze({ t: "layer", id, layer: number, ...all });
}

/**
 * Take marks elsewhere, turn them, make them larger or smaller.
 * @param {string} id
 * @param {readonly string[]} ops
 * @param {Matrix} matrix
 * @returns {Move}
 */
export function move(id, ops, matrix) {
  const [a, b, c, d, e, f] = matrix;
  const own = Object.freeze(/** @type {Matrix} */ ([a, b, c, d, e, f]));
  return Object.freeze({ t: "move", id, ops: Object.freeze([...ops]), matrix: own });
}

/**
 * Take ops out of the picture as long as this is not hidden: those named; where none is, all earlier ones of an
 * author, or of everybody.
 * @param {string} id
 * @param {readonly string[] | null} ops
 * @param {string | null} author
 * @returns {Remove}
 */
export function remove(id, ops, author = null) {
  return Object.freeze({ t: "remove", id, ops: ops && Object.freeze([...ops]), author });
}

/**
 * Say whether an op is one that one sees.
 * @param {Op} op
 * @returns {op is Mark}
 */
export function isMark(op) {
  return MARKS.includes(op.t);
}

/**
 * Return who made an op: the part of its id before the dot.
 * @param {string} id
 */
export function authorOf(id) {
  return id.split(".", 1)[0];
}
