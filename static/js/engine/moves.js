/**
 * How marks are moved: point by point, and the same here and in moves.py.
 *
 * A move that would take a mark beyond its limits leaves it where it is; whatever is hidden or shown, every log
 * gives a scene, and what a scene costs to paint stays bounded.
 *
 * @import { Box } from "./geometry.js"
 * @import { Matrix } from "./matrix.js"
 * @import { Area, Image, Mark, Text } from "./ops.js"
 */

import { box, length, OUTLINE_UNIT, POINT_UNIT, perimeter } from "./geometry.js";
import { corners } from "./images.js";
import { compose, IDENTITY, moved, scale, stretch, withinLimits } from "./matrix.js";
import {
  area,
  image,
  LARGEST_TEXT,
  LEAST_COORDINATE,
  LEAST_WIDTH,
  LONGEST_PATH,
  MOST_COORDINATE,
  MOST_WIDTH,
  point,
  shape,
  stroke,
  text,
} from "./ops.js";

const FINER = OUTLINE_UNIT / POINT_UNIT; // the corners of an area are told so much more finely

export const MOST_MOVES = 1000; // of one mark; of further ones it stays where it is
export const LONGEST_MOVED = 2 * LONGEST_PATH; // px

/** What has to stay within limits when points are moved. */
class Frame {
  #corners;
  #length;

  /**
   * @param {Box} around in 1/16 px
   * @param {number} length px
   */
  constructor({ left, top, right, bottom }, length) {
    this.#corners = [left, right].flatMap((x) => [top, bottom].map((y) => ({ x, y })));
    this.#length = length;
  }

  /**
   * Say whether points may be where a map takes them.
   * @param {Matrix} matrix
   */
  allows(matrix) {
    return (
      withinLimits(matrix) &&
      this.#length * stretch(matrix) <= LONGEST_MOVED &&
      this.#corners.every((corner) => isInWorld(moved(matrix, corner)))
    );
  }
}

/** What has to stay within limits when text is moved: where it begins, and its size. */
class Begun {
  #text;

  /** @param {Text} text */
  constructor(text) {
    this.#text = text;
  }

  /**
   * Say whether the text may be where a map takes it.
   * @param {Matrix} matrix
   */
  allows(matrix) {
    const whole = compose(matrix, this.#text.matrix);
    const [, , , , x, y] = whole;
    return (
      withinLimits(matrix) &&
      withinLimits(whole) &&
      this.#text.size * stretch(whole) <= LARGEST_TEXT &&
      isInWorld({ x, y })
    );
  }
}

/** What has to stay within limits when an image is moved: its corners. */
class Laid {
  #image;

  /** @param {Image} image */
  constructor(image) {
    this.#image = image;
  }

  /**
   * Say whether the image may be where a map takes it.
   * @param {Matrix} matrix
   */
  allows(matrix) {
    const whole = compose(matrix, this.#image.matrix);
    return (
      withinLimits(matrix) && withinLimits(whole) && corners(this.#image, whole).every(isInWorld)
    );
  }
}

/** Where a mark has come by its moves. */
export class Placing {
  matrix = IDENTITY;
  #limits;

  /** @param {Mark} mark */
  constructor(mark) {
    this.#limits = limits(mark);
  }

  /**
   * Move the mark once more, if it may be there.
   * @param {Matrix} matrix
   */
  move(matrix) {
    const further = compose(matrix, this.matrix);
    if (this.#limits.allows(further)) this.matrix = further;
  }
}

/**
 * Return what limits the moves of a mark.
 * @param {Mark} mark
 */
function limits(mark) {
  if (mark.t === "text") return new Begun(mark);
  if (mark.t === "image") return new Laid(mark);
  if (mark.t === "area") return areaFrame(mark);
  const flat = mark.points.flatMap(({ x, y }) => [x, y]);
  return new Frame(box(flat), length(mark.points));
}

/** @param {Area} mark */
function areaFrame({ contours }) {
  return new Frame(coarse(box(contours.flat())), perimeter(contours));
}

/**
 * Return the whole sixteenths of a pixel around a box in 1/64 px.
 * @param {Box} around
 * @returns {Box}
 */
function coarse({ left, top, right, bottom }) {
  return {
    left: Math.floor(left / FINER),
    top: Math.floor(top / FINER),
    right: Math.ceil(right / FINER),
    bottom: Math.ceil(bottom / FINER),
  };
}

/** @param {{x: number, y: number}} place */
export function isInWorld({ x, y }) {
  return LEAST_COORDINATE <= Math.min(x, y) && Math.max(x, y) <= MOST_COORDINATE;
}

/**
 * Return a mark where a map takes it.
 * @param {Mark} mark
 * @param {Matrix} matrix
 * @returns {Mark}
 */
export function placed(mark, matrix) {
  if (isSame(matrix, IDENTITY)) return mark;
  if (mark.t === "text") return text({ ...mark, matrix: compose(matrix, mark.matrix) });
  if (mark.t === "image") return image({ ...mark, matrix: compose(matrix, mark.matrix) });
  if (mark.t === "area") return placedArea(mark, matrix);
  const points = mark.points.map((one) => {
    const { x, y } = moved(matrix, one);
    return point(x, y, one.pressure, one.lean);
  });
  const wide = Math.floor(mark.width * scale(matrix) + 0.5);
  const width = Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, wide));
  return mark.t === "stroke"
    ? stroke({ ...mark, points, width })
    : shape({ ...mark, points, width });
}

/**
 * Return an area where a map takes it.
 * @param {Area} mark
 * @param {Matrix} matrix
 */
function placedArea(mark, [a, b, c, d, e, f]) {
  /** @type {Matrix} */
  const finer = [a, b, c, d, e * FINER, f * FINER];
  const contours = mark.contours.map((corners) => {
    /** @type {number[]} */
    const there = [];
    for (let i = 0; i < corners.length; i += 2) {
      const { x, y } = moved(finer, { x: corners[i], y: corners[i + 1] });
      there.push(x, y);
    }
    return there;
  });
  return area({ ...mark, contours });
}

/**
 * Say whether two maps are one.
 * @param {Matrix} a
 * @param {Matrix} b
 */
export function isSame(a, b) {
  return a.every((number, i) => number === b[i]);
}
