/**
 * What makes honest input fit the rules of rules.py, and which of one's own ops to undo or redo.
 *
 * @import { Point } from "./geometry.js"
 * @import { Area, Image, Layer, Mark, Matrix, Op, Shape, Stroke, Text } from "./ops.js"
 * @import { Scene } from "./scene.js"
 * @typedef {{layers: ReadonlySet<number>, locked: ReadonlySet<number>}} Drawn
 * @typedef {() => string} NewId makes up an op id nobody has
 */

import {
  distance,
  FULL_LEAN,
  FULL_PRESSURE,
  OUTLINE_UNIT,
  POINT_UNIT,
  perimeter,
} from "./geometry.js";
import { corners as cornersOf } from "./images.js";
import { MOST_FACTOR, MOST_SHIFT, stretch } from "./matrix.js";
import { isInWorld } from "./moves.js";
import {
  area,
  authorOf,
  CORNERS,
  clear,
  FULL_ALPHA,
  hide,
  image,
  isMark,
  LARGEST_TEXT,
  LAYERS,
  LEAST_COORDINATE,
  LEAST_SIZE,
  LEAST_WIDTH,
  LONGEST_NAME,
  LONGEST_PATH,
  LONGEST_TEXT,
  layer,
  MOST_CONTOURS,
  MOST_COORDINATE,
  MOST_CORNERS,
  MOST_POINTS,
  MOST_POSITION,
  MOST_SIZE,
  MOST_TARGETS,
  MOST_WIDTH,
  move,
  OPEN_SHAPES,
  point,
  remove,
  shape,
  show,
  stroke,
  text,
} from "./ops.js";

// Control characters, and halves of pairs, which cannot be written as UTF-8.
const UNNAMEABLE = /[\p{Cc}\p{Cs}]/gu;
const TOGETHER = /^[^.]+\.[0-9a-y]{9,12}z(?=[0-9a-y]{1,3}$)/;
const UNWRITABLE = /(?!\n)[\p{Cc}\p{Cs}]/gu; // in a text: it may have several lines

/**
 * Return a text with blanks in the place of what cannot be sent, such as tabs.
 * @param {string} text
 */
export function legible(text) {
  return text.replace(UNWRITABLE, " ");
}

/**
 * Return the ops a drawing will take that come nearest to op: most often one, just like it. The first keeps
 * its id. Points that are no numbers are left out; without any other, nothing is left.
 * @param {Op} op
 * @param {Drawn} scene
 * @param {NewId} newId
 * @returns {Op[]}
 */
export function clamp(op, scene, newId) {
  const id = firstThen(op.id, newId);
  switch (op.t) {
    case "stroke":
      return clampStroke(op, scene).map((one) => stroke({ ...one, id: id() }));
    case "shape":
      return clampShape(op, scene).map((one) => shape({ ...one, id: id() }));
    case "text":
      return clampText(op, scene);
    case "image":
      return clampImage(op, scene);
    case "area":
      return clampArea(op, scene);
    case "clear":
      return [clear(op.id, nearestLayer(op.layer, scene))];
    case "hide":
      return parts(op.ops).map((ops) => hide(id(), ops));
    case "show":
      return parts(op.ops).map((ops) => show(id(), ops));
    case "layer":
      return [layer(op.id, nearest(op.layer, layersFor(op, scene)), clampProperties(op))];
    case "move":
      return parts(op.ops).map((ops) => move(id(), ops, clampMatrix(op.matrix)));
    case "remove":
      return op.ops ? parts(op.ops).map((ops) => remove(id(), ops)) : [op];
  }
}

/**
 * Return a maker of ids whose first is already made.
 * @param {string} first
 * @param {NewId} newId
 * @returns {NewId}
 */
function firstThen(first, newId) {
  let made = false;
  return () => {
    if (made) return newId();
    made = true;
    return first;
  };
}

/**
 * Return the layers of which an op may speak: any one, if it brings it back.
 * @param {Layer} op
 * @param {Drawn} scene
 */
function layersFor({ layer: number, deleted }, { layers }) {
  return deleted === false ? [within(number, 0, LAYERS - 1)] : [...layers];
}

/**
 * Return the position that puts a layer right above one of a stack, or below all (-1); null when there is no room
 * left there, and the layers have to be spread first.
 * @param {readonly {position: number}[]} stack
 * @param {number} index
 */
export function positionAbove(stack, index) {
  const low = stack[index]?.position ?? -1;
  const high = stack[index + 1]?.position ?? MOST_POSITION + 1;
  const middle = Math.floor((low + high) / 2);
  return low < middle && middle < high ? middle : null;
}

/** @param {Layer} given */
function clampProperties({ name, opacity, position, ...others }) {
  return {
    ...others,
    name: name && [...name.replace(UNNAMEABLE, "")].slice(0, LONGEST_NAME).join(""),
    opacity: opacity === null ? null : within(opacity, 0, FULL_ALPHA),
    position: position === null ? null : within(position, 0, MOST_POSITION),
  };
}

/**
 * @param {Matrix} given
 * @returns {Matrix}
 */
function clampMatrix([a, b, c, d, e, f]) {
  const factor = (/** @type {number} */ value) => within(value, -MOST_FACTOR, MOST_FACTOR);
  const shift = (/** @type {number} */ value) => within(value, -MOST_SHIFT, MOST_SHIFT);
  return [factor(a), factor(b), factor(c), factor(d), shift(e), shift(f)];
}

/**
 * @param {Stroke} given
 * @param {Drawn} scene
 */
function clampStroke(given, scene) {
  const style = {
    ...given,
    colour: given.colour.toLowerCase(),
    alpha: within(given.alpha, 1, FULL_ALPHA),
    width: within(given.width, LEAST_WIDTH, MOST_WIDTH),
    layer: nearestLayer(given.layer, scene),
    leans: leans(given),
  };
  const { points } = given;
  return runs(clampPoints({ ...style, points })).map((cut) => ({ ...style, points: cut }));
}

/**
 * Say whether a stroke leans anywhere: what its points tell of lean is not sent for nothing.
 * @param {Stroke} given
 */
function leans({ brush, pressure, leans: told, points }) {
  return brush === "pencil" && pressure && told === true && points.some(({ lean }) => lean > 0);
}

/**
 * @param {Shape} given
 * @param {Drawn} scene
 */
function clampShape(given, scene) {
  const open = OPEN_SHAPES.includes(given.kind);
  const style = {
    ...given,
    colour: given.colour?.toLowerCase() ?? null,
    fill: open ? null : (given.fill?.toLowerCase() ?? null),
    alpha: within(given.alpha, 1, FULL_ALPHA),
    width: within(given.width, LEAST_WIDTH, MOST_WIDTH),
    layer: nearestLayer(given.layer, scene),
  };
  if (style.colour === null && style.fill === null) return [];
  const cut = open ? runs(clampPoints(given)) : [corners(given)];
  return cut
    .filter((points) => points.length >= CORNERS[given.kind])
    .map((points) => ({ ...style, points }));
}

/**
 * @param {Text} given
 * @param {Drawn} scene
 */
function clampText(given, scene) {
  const letters = [...given.text.normalize("NFC").replace(UNWRITABLE, "")];
  if (letters.length === 0) return [];
  const [a, b, c, d, e, f] = clampMatrix(given.matrix);
  /** @type {Matrix} */
  const matrix = [a, b, c, d, coordinate(e), coordinate(f)];
  const largest = Math.min(MOST_SIZE, Math.floor(LARGEST_TEXT / stretch(matrix)));
  if (largest < LEAST_SIZE) return [];
  const fitting = {
    text: letters.slice(0, LONGEST_TEXT).join(""),
    colour: given.colour.toLowerCase(),
    alpha: within(given.alpha, 1, FULL_ALPHA),
    size: within(given.size, LEAST_SIZE, largest),
    layer: nearestLayer(given.layer, scene),
  };
  return [text({ ...fitting, matrix, id: given.id })];
}

/**
 * @param {Image} given
 * @param {Drawn} scene
 */
function clampImage(given, scene) {
  const [a, b, c, d, e, f] = clampMatrix(given.matrix);
  /** @type {Matrix} */
  const matrix = [a, b, c, d, coordinate(e), coordinate(f)];
  if (!cornersOf(given, matrix).every(isInWorld)) return [];
  const alpha = within(given.alpha, 1, FULL_ALPHA);
  return [image({ ...given, alpha, layer: nearestLayer(given.layer, scene), matrix })];
}

/**
 * @param {Area} given
 * @param {Drawn} scene
 */
function clampArea(given, scene) {
  const real = given.contours.filter(isContour).slice(0, MOST_CONTOURS);
  const contours = real.map((numbers) => numbers.map(finely));
  const corners = contours.flat().length / 2;
  if (corners === 0 || corners > MOST_CORNERS || perimeter(contours) > LONGEST_PATH) return [];
  const look = {
    colour: given.colour.toLowerCase(),
    alpha: within(given.alpha, 1, FULL_ALPHA),
    layer: nearestLayer(given.layer, scene),
  };
  return [area({ ...look, id: given.id, contours })];
}

/** @param {readonly number[]} numbers */
function isContour(numbers) {
  return numbers.length >= 6 && numbers.length % 2 === 0 && numbers.every(Number.isFinite);
}

/** @param {number} value in 1/64 px */
function finely(value) {
  const finer = OUTLINE_UNIT / POINT_UNIT;
  return within(value, LEAST_COORDINATE * finer, MOST_COORDINATE * finer);
}

/**
 * Return the points of a closed shape; of too many, evenly as many as it may have.
 * @param {Shape} given
 */
function corners(given) {
  const points = clampPoints(given);
  if (given.kind !== "polygon") return points.slice(0, CORNERS[given.kind]);
  const step = Math.ceil(points.length / MOST_POINTS);
  return runs(points.filter((_, i) => i % step === 0))[0] ?? [];
}

/** @param {{points: readonly Point[], pressure?: boolean, leans?: boolean}} given */
function clampPoints({ points, pressure = false, leans: leant = false }) {
  const real = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  return real.map((one) =>
    point(
      coordinate(one.x),
      coordinate(one.y),
      pressure ? within(one.pressure, 0, FULL_PRESSURE) : FULL_PRESSURE,
      leant ? within(one.lean, 0, FULL_LEAN) : 0,
    ),
  );
}

/** @param {number} value */
function coordinate(value) {
  return within(value, LEAST_COORDINATE, MOST_COORDINATE);
}

/**
 * Return the whole number from least to most nearest to value; what is no number becomes least.
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
function within(value, least, most) {
  const number = Number.isNaN(value) ? least : value;
  return Math.round(Math.min(most, Math.max(least, number))) + 0; // + 0: no -0
}

/**
 * @param {number} wanted
 * @param {Drawn} scene
 */
function nearestLayer(wanted, { layers, locked }) {
  const open = [...layers].filter((layer) => !locked.has(layer));
  return nearest(wanted, open.length > 0 ? open : [...layers]);
}

/**
 * @param {number} wanted
 * @param {readonly number[]} numbers
 */
function nearest(wanted, numbers) {
  const far = (/** @type {number} */ number) => Math.abs(number - wanted);
  return numbers.reduce((best, number) => (far(number) < far(best) ? number : best));
}

/**
 * Cut a path where it has too many points or is too long; each run begins where the one before ended.
 * @param {readonly Point[]} points
 */
function runs(points) {
  /** @type {Point[][]} */
  const cut = [];
  let path = 0;
  for (const one of points) {
    const run = cut.at(-1);
    const last = run?.at(-1);
    const step = last ? distance(last, one) : 0;
    path += step;
    if (run && run.length < MOST_POINTS && path / POINT_UNIT <= LONGEST_PATH) {
      run.push(one);
    } else {
      cut.push(last ? [last, one] : [one]);
      path = step;
    }
  }
  return cut;
}

/** @param {readonly string[]} ids */
function parts(ids) {
  const cut = [];
  for (let i = 0; i < ids.length; i += MOST_TARGETS) cut.push(ids.slice(i, i + MOST_TARGETS));
  return cut;
}

// What somebody has done and undone is read from the log alone, the newest op first: so it outlives a reload,
// their other tabs and devices know it too, and an answer is found near the end of the longest log.

/**
 * Return the ops to hide next: the last thing somebody with these author keys did, or showed again, that
 * can be seen.
 * @param {Scene} scene
 * @param {ReadonlySet<string>} mine
 */
export function undo(scene, mine) {
  const later = new Set();
  const counts = (/** @type {string} */ id) =>
    mine.has(authorOf(id)) && !later.has(id) && scene.shows(id) && !scene.moderates(id, mine);
  for (const op of scene.newest()) {
    const done = op.t === "hide" ? [] : touched(op).filter(counts);
    if (done.length > 0) return withWhole(op, done, scene).filter(counts);
    for (const id of touched(op)) later.add(id);
  }
  return [];
}

/**
 * Return the ops to show next: what somebody with these author keys has hidden last, unless they have drawn
 * since.
 * @param {Scene} scene
 * @param {ReadonlySet<string>} mine
 */
export function redo(scene, mine) {
  const later = new Set();
  const counts = (/** @type {string} */ id) =>
    mine.has(authorOf(id)) && !later.has(id) && scene.has([id]) && !scene.moderates(id, mine);
  for (const op of scene.newest()) {
    const isMine = mine.has(authorOf(op.id)) && !scene.moderates(op.id, mine);
    if (isMine && op.t !== "hide" && op.t !== "show") return [];
    // What somebody else has hidden is not one's own to bring back.
    const undone = isMine && op.t === "hide" ? op.ops.filter(counts) : [];
    if (undone.length > 0) return undone;
    for (const id of touched(op)) later.add(id);
  }
  return [];
}

/**
 * Return the ops that an op draws, hides or shows.
 * @param {Op} op
 */
function touched(op) {
  return op.t === "hide" || op.t === "show" ? op.ops : [op.id];
}

/**
 * Return what was done along with an op: all of one gesture, or the parts of a mark that clamp has cut.
 * @param {Op} op
 * @param {readonly string[]} done what the op itself has done
 * @param {Scene} scene
 */
function withWhole(op, done, scene) {
  const gesture = gestureOf(op.id);
  if (gesture && op.t !== "show") return ofGesture(gesture, scene);
  return isMark(op) ? whole(op, scene) : done;
}

/**
 * Return what the ids of all ops of one gesture begin with (P31), or null for an op by itself.
 * @param {string} id
 */
function gestureOf(id) {
  return id.match(TOGETHER)?.[0] ?? null;
}

/**
 * Return the ops of a gesture; they follow on each other in their author's part of the log.
 * @param {string} gesture
 * @param {Scene} scene
 */
function ofGesture(gesture, scene) {
  const found = [];
  for (const op of scene.newest()) {
    if (op.id.startsWith(gesture)) found.unshift(op.id);
    else if (found.length > 0 && authorOf(op.id) === authorOf(gesture)) break;
  }
  return found;
}

/**
 * Return the parts of the mark that ends with this one, if clamp has cut it.
 * @param {Mark} end
 * @param {Scene} scene
 */
function whole(end, scene) {
  const parts = [end];
  for (const op of scene.newest()) {
    if (!doneBefore(op, parts[0], scene)) continue;
    if (!goesOn(op, parts[0])) break;
    parts.unshift(op);
  }
  return parts.map((part) => part.id);
}

/**
 * Say whether an op, not a hide or a show, is from the same hand as this mark, but earlier.
 * @param {Op} op
 * @param {Mark} end
 * @param {Scene} scene
 */
function doneBefore(op, end, scene) {
  if (op.t === "hide" || op.t === "show") return false;
  return authorOf(op.id) === authorOf(end.id) && scene.seqOf(op.id) < scene.seqOf(end.id);
}

/**
 * Say whether a mark is the rest of the one before, cut there by clamp.
 * @param {Op} before
 * @param {Mark} rest
 * @returns {before is Mark}
 */
function goesOn(before, rest) {
  if (!("points" in before && "points" in rest) || before.t !== rest.t) return false;
  if (before.points.length !== MOST_POINTS) return false;
  const [end, start] = [before.points[MOST_POINTS - 1], rest.points[0]];
  return end.x === start.x && end.y === start.y;
}
