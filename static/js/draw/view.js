/**
 * Where the paper lies in the workspace: plain values, no DOM.
 *
 * @typedef {Readonly<{x: number, y: number}>} Place
 *   On the screen in CSS px, or on the paper in paper px.
 * @typedef {Readonly<{x: number, y: number, scale: number, angle: number}>} View
 *   The screen place of the paper's top left corner, how many CSS px a paper px takes, and how far the paper is
 *   turned to the right, in radians.
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
 * Return the view that shows the paper upright in the middle of the room at this scale.
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
    angle: 0,
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
  const right = room.x + room.width;
  const bottom = room.y + room.height;
  return around([
    toPaper(view, room),
    toPaper(view, { x: right, y: room.y }),
    toPaper(view, { x: right, y: bottom }),
    toPaper(view, { x: room.x, y: bottom }),
  ]);
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
  return { ...view, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio, scale };
}

/**
 * Return the view turned, with the paper under `at` staying where it is.
 * @param {View} view
 * @param {number} by radians, to the right
 * @param {Place} at on the screen
 * @returns {View}
 */
export function turned(view, by, at) {
  const [cos, sin] = [Math.cos(by), Math.sin(by)];
  const [dx, dy] = [view.x - at.x, view.y - at.y];
  const place = { x: at.x + cos * dx - sin * dy, y: at.y + sin * dx + cos * dy };
  return { ...view, ...place, angle: halfTurn(view.angle + by) };
}

/**
 * Return an angle as one between half a turn to the left and half a turn to the right.
 * @param {number} angle
 */
export function halfTurn(angle) {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
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
  if (view.angle !== 0) return heldInMiddle(view, paper, room);
  const { scale } = view;
  return {
    ...view,
    x: reach(view.x, paper.width * scale, room.x, room.width),
    y: reach(view.y, paper.height * scale, room.y, room.height),
  };
}

/**
 * Return the view moved just so far that there is paper in the middle of the room: beside a corner of a turned
 * paper there may be none to be seen.
 * @param {View} view
 * @param {Size} paper
 * @param {Room} room
 * @returns {View}
 */
function heldInMiddle(view, { width, height }, room) {
  const middle = { x: room.x + room.width / 2, y: room.y + room.height / 2 };
  const { x, y } = toPaper(view, middle);
  const nearest = { x: Math.min(width, Math.max(0, x)), y: Math.min(height, Math.max(0, y)) };
  const lies = toScreen(view, nearest);
  return panned(view, middle.x - lies.x, middle.y - lies.y);
}

/**
 * Return the place in a room that is nearest to a place.
 * @param {Place} place
 * @param {Room} room
 * @returns {Place}
 */
export function inside({ x, y }, room) {
  return {
    x: Math.min(room.x + room.width, Math.max(room.x, x)),
    y: Math.min(room.y + room.height, Math.max(room.y, y)),
  };
}

/**
 * Return the paper place that lies at a screen place.
 * @param {View} view
 * @param {Place} place
 * @returns {Place}
 */
export function toPaper(view, place) {
  const [cos, sin] = [Math.cos(view.angle), Math.sin(view.angle)];
  const [dx, dy] = [(place.x - view.x) / view.scale, (place.y - view.y) / view.scale];
  return { x: cos * dx + sin * dy, y: cos * dy - sin * dx };
}

/**
 * Return the screen place at which a paper place lies.
 * @param {View} view
 * @param {Place} place
 * @returns {Place}
 */
export function toScreen(view, place) {
  const [cos, sin] = [Math.cos(view.angle), Math.sin(view.angle)];
  const [x, y] = [place.x * view.scale, place.y * view.scale];
  return { x: cos * x - sin * y + view.x, y: sin * x + cos * y + view.y };
}

/**
 * Return the part that places lie in.
 * @param {readonly Place[]} places
 * @returns {Part}
 */
function around(places) {
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
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
