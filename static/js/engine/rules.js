/**
 * What makes honest input fit the rules of rules.py, and which of one's own ops to undo or redo.
 *
 * @import { Point } from "./geometry.js"
 * @import { Clear, Hide, Op, Show, Stroke } from "./ops.js"
 * @import { Scene } from "./scene.js"
 * @typedef {{layers: ReadonlySet<number>}} Drawn
 * @typedef {() => string} NewId makes up an op id nobody has
 */

import { distance, FULL_PRESSURE, POINT_UNIT } from "./geometry.js";
import {
  authorOf,
  clear,
  FULL_ALPHA,
  hide,
  LEAST_COORDINATE,
  LEAST_WIDTH,
  LONGEST_PATH,
  MOST_COORDINATE,
  MOST_POINTS,
  MOST_TARGETS,
  MOST_WIDTH,
  point,
  show,
  stroke,
} from "./ops.js";

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
    case "clear":
      return [clear(op.id, nearestLayer(op.layer, scene))];
    case "hide":
      return parts(op.ops).map((ops) => hide(id(), ops));
    case "show":
      return parts(op.ops).map((ops) => show(id(), ops));
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
  };
  return runs(clampPoints(given)).map((points) => ({ ...style, points }));
}

/** @param {Stroke} given */
function clampPoints({ points, pressure }) {
  const real = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  return real.map((one) =>
    point(
      within(one.x, LEAST_COORDINATE, MOST_COORDINATE),
      within(one.y, LEAST_COORDINATE, MOST_COORDINATE),
      pressure ? within(one.pressure, 0, FULL_PRESSURE) : FULL_PRESSURE,
    ),
  );
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
function nearestLayer(wanted, { layers }) {
  const far = (/** @type {number} */ layer) => Math.abs(layer - wanted);
  return [...layers].reduce((best, layer) => (far(layer) < far(best) ? layer : best));
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

/**
 * Return the ops to hide next: the last thing somebody with these author keys did that can be seen.
 * @param {Scene} scene
 * @param {ReadonlySet<string>} mine
 */
export function undo(scene, mine) {
  return lastDeed(new Deeds(scene, mine).done, (id) => scene.shows(id));
}

/**
 * Return the ops to show next: what they undid last, unless they have drawn since.
 * @param {Scene} scene
 * @param {ReadonlySet<string>} mine
 */
export function redo(scene, mine) {
  return lastDeed(new Deeds(scene, mine).undone, (id) => scene.has([id]));
}

/**
 * Return those ops of the last deed that count.
 * @param {ReadonlyMap<string, string>} deeds
 * @param {(id: string) => boolean} counts
 */
function lastDeed(deeds, counts) {
  const ids = [...deeds.keys()].filter(counts);
  const last = ids.at(-1);
  return last === undefined ? [] : ids.filter((id) => deeds.get(id) === deeds.get(last));
}

/**
 * What somebody has done and undone, from the log alone: so it outlives a reload, and their other tabs and
 * devices know it too. Each op, in the order of the deeds, with the id of the op that did or undid it: ops
 * of one deed go together.
 */
class Deeds {
  /** @type {Map<string, string>} */
  done = new Map();
  /** @type {Map<string, string>} */
  undone = new Map();
  #mine;
  /** @type {Stroke | Clear | undefined} */
  #last;

  /**
   * @param {Scene} scene
   * @param {ReadonlySet<string>} mine
   */
  constructor(scene, mine) {
    this.#mine = mine;
    for (const op of scene.ops()) this.#add(op);
  }

  /** @param {Op} op */
  #add(op) {
    if (op.t === "hide") this.#hide(op);
    else if (op.t === "show") this.#show(op);
    else if (this.#isMine(op.id)) this.#do(op);
  }

  /** @param {Stroke | Clear} op */
  #do(op) {
    const deed = goesOn(this.#last, op) ? this.done.get(this.#last.id) : op.id;
    this.done.set(op.id, deed ?? op.id);
    this.undone.clear();
    this.#last = op;
  }

  /** @param {Hide} hide */
  #hide({ id, ops }) {
    this.#forget(ops);
    // What somebody else has hidden is not one's own to bring back.
    if (this.#isMine(id)) this.#note(this.undone, id, ops);
  }

  /** @param {Show} show */
  #show({ id, ops }) {
    this.#forget(ops);
    this.#note(this.done, id, ops);
  }

  /** @param {readonly string[]} ops */
  #forget(ops) {
    for (const op of ops) {
      this.done.delete(op);
      this.undone.delete(op);
    }
  }

  /**
   * @param {Map<string, string>} deeds
   * @param {string} deed
   * @param {readonly string[]} ops
   */
  #note(deeds, deed, ops) {
    for (const op of ops) if (this.#isMine(op)) deeds.set(op, deed);
  }

  /** @param {string} id */
  #isMine(id) {
    return this.#mine.has(authorOf(id));
  }
}

/**
 * Say whether a stroke is the rest of the one before, cut there by clamp.
 * @param {Stroke | Clear | undefined} before
 * @param {Stroke | Clear} op
 * @returns {before is Stroke}
 */
function goesOn(before, op) {
  if (before?.t !== "stroke" || op.t !== "stroke") return false;
  const [end, start] = [before.points[before.points.length - 1], op.points[0]];
  return before.points.length === MOST_POINTS && end.x === start.x && end.y === start.y;
}
