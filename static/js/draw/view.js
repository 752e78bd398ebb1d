/**
 * Where the paper lies in the workspace: plain values, no DOM.
 *
 * @typedef {Readonly<{x: number, y: number}>} Place
 *   On the screen in CSS px, or on the paper in paper px.
 * @typedef {Readonly<{x: number, y: number, scale: number}>} View
 *   The screen place of the paper's top left corner, and how many CSS px a paper px takes.
 * @typedef {Readonly<{width: number, height: number}>} Size
 * @typedef {Readonly<{x: number, y: number, width: number, height: number}>} Room
 *   The part of the screen that no toolbar covers.
 * @typedef {Readonly<{x: number, y: number, width: number, height: number}>} Part of the paper, in paper px
 */

export const SMALLEST = 0.05;
export const LARGEST = 32;
export const STEP = 1.25; // what one press of a zoom button does

const REMAINDER = 48; // CSS px of paper that always stay in the room: enough to grab it again

/**
 * Return the view that shows the whole paper in the middle of the room.
 * @param {Size} paper
 * @param {Room} room
 * @returns {View}
 */
export function fit(paper, room) {
  const scale = clampScale(Math.min(room.width / paper.width, room.height / paper.height));
  return centred(paper, room, scale);
}

/**
 * Return the view that shows the paper in the middle of the room at this scale.
 * @param {Size} paper
 * @param {Room} room
 * @param {number} scale
 * @returns {View}
 */
export function centred(paper, room, scale) {
  return {
    x: room.x + (room.width - paper.width * scale) / 2,
    y: room.y + (room.height - paper.height * scale) / 2,
    scale,
  };
}

/**
 * Return the view that shows a part of the paper in the middle of the room, as large as fits.
 * @param {Part} part
 * @param {Room} room
 * @returns {View}
 */
export function showing(part, room) {
  const view = fit(part, room);
  return panned(view, -part.x * view.scale, -part.y * view.scale);
}

/**
 * Return the part of the paper that the room shows, and what lies beside the paper.
 * @param {View} view
 * @param {Room} room
 * @returns {Part}
 */
export function seen(view, room) {
  const { x, y } = toPaper(view, room);
  return { x, y, width: room.width / view.scale, height: room.height / view.scale };
}

/**
 * Return the view enlarged by factor, with the paper under `at` staying where it is.
 * @param {View} view
 * @param {number} factor
 * @param {Place} at on the screen
 * @returns {View}
 */
export function zoomed(view, factor, at) {
  const scale = clampScale(view.scale * factor);
  const ratio = scale / view.scale;
  return { x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio, scale };
}

/**
 * Return the view moved by so many CSS px.
 * @param {View} view
 * @param {number} dx
 * @param {number} dy
 * @returns {View}
 */
export function panned(view, dx, dy) {
  return { ...view, x: view.x + dx, y: view.y + dy };
}

/**
 * Return the view moved just so far that the paper cannot be lost from sight.
 * @param {View} view
 * @param {Size} paper
 * @param {Room} room
 * @returns {View}
 */
export function held(view, paper, room) {
  const { scale } = view;
  return {
    x: reach(view.x, paper.width * scale, room.x, room.width),
    y: reach(view.y, paper.height * scale, room.y, room.height),
    scale,
  };
}

/**
 * Return the paper place that lies at a screen place.
 * @param {View} view
 * @param {Place} place
 * @returns {Place}
 */
export function toPaper(view, place) {
  return { x: (place.x - view.x) / view.scale, y: (place.y - view.y) / view.scale };
}

/**
 * Return the screen place at which a paper place lies.
 * @param {View} view
 * @param {Place} place
 * @returns {Place}
 */
export function toScreen(view, place) {
  return { x: place.x * view.scale + view.x, y: place.y * view.scale + view.y };
}

/** @param {number} scale */
function clampScale(scale) {
  return Math.min(LARGEST, Math.max(SMALLEST, scale));
}

/**
 * Return `start` moved so that a span of this length keeps REMAINDER inside the room.
 * @param {number} start
 * @param {number} length
 * @param {number} near
 * @param {number} extent
 */
function reach(start, length, near, extent) {
  const kept = Math.min(REMAINDER, length);
  return Math.min(near + extent - kept, Math.max(near + kept - length, start));
}
