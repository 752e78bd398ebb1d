/**
 * The pixels of an image where it lies on the paper: the same here and in raster/sampling.py.
 *
 * Each is mixed from the four pixels of the image around the place it shows. An image that is shown much smaller is
 * first halved as often as it takes, so that none of it is passed over; beyond its edges it goes on as it ends.
 *
 * @import { Box } from "./geometry.js"
 * @import { Placed } from "./images.js"
 * @import { Matrix } from "./matrix.js"
 * @typedef {{width: number, height: number, data: Uint8ClampedArray<ArrayBuffer>}} Pixels red, green, blue, alpha of each pixel
 * @typedef {readonly [number, number, number, number, number, number]} Coefficients
 */

import { POINT_UNIT } from "./geometry.js";
import { seat } from "./images.js";
import { ONE } from "./matrix.js";
import { FULL_ALPHA } from "./ops.js";

// Of two pixels mixed into one neither is lost; of three one would be.
const SMALLEST = 0.5;

// px an image goes on beyond its edges: antialiasing asks for the colour of places up to one px of the paper
// outside, which is less than two of the image.
const BEYOND = 2;

const BANDS = 4;

/**
 * Return what a box of the paper shows of an image; null when it is as thin as a line.
 * @param {Placed} image
 * @param {Pixels} pixels the image's own
 * @param {Box} box
 * @returns {Pixels | null}
 */
export function sampled(image, pixels, box) {
  const matrix = seat(image);
  const [a, b, c, d] = matrix;
  if (a * d === b * c) return null;
  const across = halvings(Math.sqrt(a * a + b * b) / ONE, image.width);
  const down = halvings(Math.sqrt(c * c + d * d) / ONE, image.height);
  let small = premultiplied(pixels);
  for (let i = 0; i < across; i += 1) small = halved(small, 2, 1);
  for (let i = 0; i < down; i += 1) small = halved(small, 1, 2);
  const found = reduced(coefficients(matrix), 2 ** across, 2 ** down);
  return straight(mixed(small, found, box));
}

/**
 * Return how often a side shown at a scale is halved first.
 * @param {number} scale
 * @param {number} side
 */
function halvings(scale, side) {
  let count = 0;
  for (let [now, left] = [scale, side]; now <= SMALLEST && left > 1; count += 1) {
    now *= 2;
    left = Math.floor((left + 1) / 2);
  }
  return count;
}

/**
 * Return the map from places on the paper to those of the image, in px.
 * @param {Matrix} matrix
 * @returns {Coefficients}
 */
function coefficients([a, b, c, d, e, f]) {
  const unit = ONE / (a * d - b * c);
  const [x, y] = [e / POINT_UNIT, f / POINT_UNIT];
  const [ux, uy, vx, vy] = [d * unit, -(c * unit), -(b * unit), a * unit];
  return [ux, uy, -(ux * x + uy * y), vx, vy, -(vx * x + vy * y)];
}

/**
 * Return the map to places of an image that was made so much smaller, and goes on beyond its edges.
 * @param {Coefficients} found
 * @param {number} across
 * @param {number} down
 * @returns {Coefficients}
 */
function reduced([a, b, c, d, e, f], across, down) {
  return [a / across, b / across, c / across + BEYOND, d / down, e / down, f / down + BEYOND];
}

/**
 * Return an image with the colours multiplied by alpha.
 * @param {Pixels} pixels
 * @returns {Pixels}
 */
function premultiplied({ width, height, data }) {
  const bands = data.slice();
  for (let i = 0; i < bands.length; i += BANDS) {
    const alpha = bands[i + 3];
    if (alpha === FULL_ALPHA) continue;
    for (let band = i; band < i + 3; band += 1) {
      bands[band] = Math.floor((bands[band] * alpha + 127) / FULL_ALPHA);
    }
  }
  return { width, height, data: bands };
}

/**
 * Return an image with the colours no longer multiplied by alpha.
 * @param {Pixels} pixels
 */
function straight(pixels) {
  const { data } = pixels;
  for (let i = 0; i < data.length; i += BANDS) {
    const alpha = data[i + 3];
    if (alpha === FULL_ALPHA || alpha === 0) continue;
    for (let band = i; band < i + 3; band += 1) {
      data[band] = Math.round((data[band] * FULL_ALPHA) / alpha);
    }
  }
  return pixels;
}

/**
 * Return an image half as wide, or half as high; of an odd side the last pixel stays as it is.
 * @param {Pixels} pixels
 * @param {1 | 2} across
 * @param {1 | 2} down
 * @returns {Pixels}
 */
function halved({ width, height, data }, across, down) {
  const [columns, rows] = [Math.ceil(width / across), Math.ceil(height / down)];
  const bands = new Uint8ClampedArray(columns * rows * BANDS);
  let at = 0;
  for (let row = 0; row < rows; row += 1) {
    const below = Math.min((row + 1) * down, height) - 1;
    for (let column = 0; column < columns; column += 1) {
      const right = Math.min((column + 1) * across, width) - 1;
      const one = (row * down * width + column * across) * BANDS;
      const other = (below * width + right) * BANDS;
      for (let band = 0; band < BANDS; band += 1) {
        bands[at++] = (data[one + band] + data[other + band] + 1) >> 1;
      }
    }
  }
  return { width: columns, height: rows, data: bands };
}

/**
 * Return what a box of the paper shows.
 * @param {Pixels} pixels premultiplied
 * @param {Coefficients} found
 * @param {Box} box
 * @returns {Pixels}
 */
function mixed(pixels, [a, b, c, d, e, f], { left, top, right, bottom }) {
  const [width, height] = [right - left, bottom - top];
  const data = new Uint8ClampedArray(width * height * BANDS);
  const [x0, y0] = [c + a * left + b * top, f + d * left + e * top];
  for (let row = 0, at = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1, at += BANDS) {
      const x = a * (column + 0.5) + b * (row + 0.5) + x0;
      const y = d * (column + 0.5) + e * (row + 0.5) + y0;
      mixOne(pixels, x, y, data, at);
    }
  }
  return { width, height, data };
}

/**
 * Mix the pixel for a place of the image; far beyond its edges there is nothing.
 * @param {Pixels} pixels
 * @param {number} x
 * @param {number} y
 * @param {Uint8ClampedArray} data where it goes
 * @param {number} at
 */
function mixOne({ width, height, data: from }, x, y, data, at) {
  if (!(x >= 0 && y >= 0 && x < width + 2 * BEYOND && y < height + 2 * BEYOND)) return;
  const column = Math.floor(x - 0.5);
  const row = Math.floor(y - 0.5);
  const dx = x - 0.5 - column;
  const dy = y - 0.5 - row;
  const left = within(column - BEYOND, width);
  const right = within(column + 1 - BEYOND, width);
  const above = within(row - BEYOND, height) * width;
  const below = within(row + 1 - BEYOND, height) * width;
  const [a, b] = [(above + left) * BANDS, (above + right) * BANDS];
  const [c, d] = [(below + left) * BANDS, (below + right) * BANDS];
  for (let band = 0; band < BANDS; band += 1) {
    const upper = from[a + band] + (from[b + band] - from[a + band]) * dx;
    const lower = from[c + band] + (from[d + band] - from[c + band]) * dx;
    data[at + band] = Math.floor(upper + (lower - upper) * dy);
  }
}

/**
 * Return the nearest of so many columns or rows.
 * @param {number} number
 * @param {number} count
 */
function within(number, count) {
  return number < 0 ? 0 : number >= count ? count - 1 : number;
}
