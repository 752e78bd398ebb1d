/**
 * What is alike around a place on a picture, and the edges of that: a flood, traced and simplified.
 *
 * Only the browser does this; what it sends is an area, which everybody paints alike. All here is plain numbers:
 * no canvas, only its pixels.
 *
 * @typedef {{data: ArrayLike<number>, width: number, height: number}} Pixels red, green, blue, alpha, …
 * @typedef {{inside: Uint8Array, width: number, height: number}} Mask 1 for each pixel of a region
 */

const CHANNELS = 4;
const SPAN = 256; // corners simplified at once, so that the longest edge takes no more than its share

// Ways along the edges of pixels, with the region on the right.
const EAST = 0;
const SOUTH = 1;
const WEST = 2;
const NORTH = 3;
const STEPS = Object.freeze([
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
]);
// Right first: regions that touch at a corner stay apart. Then straight on, then left.
const TURNS = Object.freeze([1, 0, 3]);

/**
 * Return the region of like pixels around each of some places.
 * @param {Pixels} pixels
 * @param {readonly {x: number, y: number}[]} places
 * @param {number} tolerance
 * @returns {Mask}
 */
export function flood(pixels, places, tolerance) {
  const { width, height } = pixels;
  const all = { inside: new Uint8Array(width * height), width, height };
  for (const place of places) {
    const [x, y] = [Math.floor(place.x), Math.floor(place.y)];
    const start = y * width + x;
    const isThere = x >= 0 && y >= 0 && x < width && y < height;
    if (isThere && !all.inside[start]) join(all, floodFrom(pixels, start, tolerance));
  }
  return all;
}

/**
 * @param {Pixels} pixels
 * @param {number} start
 * @param {number} tolerance
 * @returns {Mask}
 */
function floodFrom(pixels, start, tolerance) {
  const { width, height } = pixels;
  const mask = { inside: new Uint8Array(width * height), width, height };
  const isLike = likeness(pixels, start, tolerance);
  const waiting = [start];
  while (waiting.length > 0) runAcross(mask, Number(waiting.pop()), isLike, waiting);
  return mask;
}

/**
 * Have a mask cover what another does, too.
 * @param {Mask} mask
 * @param {Mask} more
 */
function join({ inside }, more) {
  for (let pixel = 0; pixel < inside.length; pixel += 1) inside[pixel] |= more.inside[pixel];
}

/**
 * Return what tells whether a pixel is like the one at start.
 * @param {Pixels} pixels
 * @param {number} start
 * @param {number} tolerance
 */
function likeness({ data }, start, tolerance) {
  const first = start * CHANNELS;
  const [red, green, blue, alpha] = [0, 1, 2, 3].map((i) => data[first + i]);
  // Asked for every pixel of a picture, so without a list.
  return (/** @type {number} */ pixel) =>
    Math.abs(data[pixel * CHANNELS] - red) <= tolerance &&
    Math.abs(data[pixel * CHANNELS + 1] - green) <= tolerance &&
    Math.abs(data[pixel * CHANNELS + 2] - blue) <= tolerance &&
    Math.abs(data[pixel * CHANNELS + 3] - alpha) <= tolerance;
}

/**
 * Take in the row of like pixels around one, and have those above and below looked at.
 * @param {Mask} mask
 * @param {number} pixel
 * @param {(pixel: number) => boolean} isLike
 * @param {number[]} waiting
 */
function runAcross({ inside, width, height }, pixel, isLike, waiting) {
  if (inside[pixel]) return;
  const row = Math.floor(pixel / width);
  const isNew = (/** @type {number} */ one) => !inside[one] && isLike(one);
  let first = pixel;
  let last = pixel;
  while (first > row * width && isNew(first - 1)) first -= 1;
  while (last + 1 < (row + 1) * width && isNew(last + 1)) last += 1;
  inside.fill(1, first, last + 1);
  for (const next of [row - 1, row + 1]) {
    if (next >= 0 && next < height)
      waitFor(first + (next - row) * width, last - first, isNew, waiting);
  }
}

/**
 * Have the first pixel of each run of new ones looked at.
 * @param {number} first
 * @param {number} length
 * @param {(pixel: number) => boolean} isNew
 * @param {number[]} waiting
 */
function waitFor(first, length, isNew, waiting) {
  let within = false;
  for (let pixel = first; pixel <= first + length; pixel += 1) {
    const found = isNew(pixel);
    if (found && !within) waiting.push(pixel);
    within = found;
  }
}

/**
 * Return a mask grown by some pixels to every side.
 * @param {Mask} mask
 * @param {number} by
 */
export function grown(mask, by) {
  let larger = mask;
  for (let i = 0; i < by; i += 1) larger = grownByOne(larger);
  return larger;
}

/**
 * @param {Mask} mask
 * @returns {Mask}
 */
function grownByOne({ inside, width, height }) {
  const larger = inside.slice();
  for (let pixel = 0; pixel < inside.length; pixel += 1) {
    if (!inside[pixel]) continue;
    const x = pixel % width;
    if (x > 0) larger[pixel - 1] = 1;
    if (x + 1 < width) larger[pixel + 1] = 1;
    if (pixel >= width) larger[pixel - width] = 1;
    if (pixel + width < inside.length) larger[pixel + width] = 1;
  }
  return { inside: larger, width, height };
}

/**
 * Return the corners of each edge of a mask, in px: clockwise around the region, the other way around its holes.
 * @param {Mask} mask
 */
export function trace(mask) {
  const ways = edgesOf(mask);
  const across = mask.width + 1;
  const rings = [];
  for (let at = 0; at < ways.length; at += 1) {
    while (ways[at]) rings.push(follow(ways, at, across));
  }
  return rings;
}

/**
 * Return for each corner of pixels the ways that edges lead on from it, a bit each.
 * @param {Mask} mask
 */
function edgesOf({ inside, width, height }) {
  const ways = new Uint8Array((width + 1) * (height + 1));
  const has = (/** @type {number} */ x, /** @type {number} */ y) =>
    x >= 0 && y >= 0 && x < width && y < height && inside[y * width + x] === 1;
  for (let pixel = 0; pixel < inside.length; pixel += 1) {
    if (!inside[pixel]) continue;
    const x = pixel % width;
    const y = (pixel - x) / width;
    const corner = y * (width + 1) + x;
    if (!has(x, y - 1)) ways[corner] |= 1 << EAST;
    if (!has(x + 1, y)) ways[corner + 1] |= 1 << SOUTH;
    if (!has(x, y + 1)) ways[corner + width + 2] |= 1 << WEST;
    if (!has(x - 1, y)) ways[corner + width + 1] |= 1 << NORTH;
  }
  return ways;
}

/**
 * Follow an edge from a corner until it is back there, taking it out of ways; return where it turns.
 * @param {Uint8Array} ways
 * @param {number} start
 * @param {number} across how many corners there are in a row
 */
function follow(ways, start, across) {
  /** @type {[number, number][]} */
  const ring = [];
  let at = start;
  let way = -1;
  do {
    const next = wayOn(ways[at], way);
    if (next !== way) ring.push([at % across, Math.floor(at / across)]);
    ways[at] &= ~(1 << next);
    way = next;
    at += STEPS[way][0] + STEPS[way][1] * across;
  } while (at !== start || leadsOn(ways[at], way));
  return ring;
}

/**
 * Return which of the ways open to take, having come by one; any of them at first.
 * @param {number} open
 * @param {number} way
 */
function wayOn(open, way) {
  if (way < 0) return [EAST, SOUTH, WEST, NORTH].find((one) => open & (1 << one)) ?? EAST;
  const turn = TURNS.find((one) => open & (1 << ((way + one) % 4))) ?? 0;
  return (way + turn) % 4;
}

/**
 * Say whether an edge that is back at its start goes on to the right there, and is not whole yet.
 * @param {number} open
 * @param {number} way
 */
function leadsOn(open, way) {
  return (open & (1 << ((way + 1) % 4))) !== 0;
}

/**
 * Return the area a ring goes around, in px², negative where it goes the other way.
 * @param {[number, number][]} ring
 */
export function area(ring) {
  return (
    ring.reduce((sum, [x, y], i) => {
      const [nextX, nextY] = ring[(i + 1) % ring.length];
      return sum + x * nextY - nextX * y;
    }, 0) / 2
  );
}

/**
 * Return a ring without the corners that it hardly needs (Ramer, 1972; Douglas and Peucker, 1973).
 * @param {[number, number][]} ring
 * @param {number} finest px that an edge may stray
 * @param {(corner: [number, number]) => boolean} [isFixed] whether a corner stays in any case
 */
export function simplified(ring, finest, isFixed = () => false) {
  const kept = [];
  const starts = [...ring.keys()].filter((i) => i % SPAN === 0 || isFixed(ring[i]));
  for (const [i, start] of starts.entries()) {
    const end = starts[i + 1] ?? ring.length;
    const part = [...ring.slice(start, end), ring[end % ring.length]];
    kept.push(...needed(part, finest));
  }
  return kept;
}

/**
 * Return the corners that a way needs, but for its last.
 * @param {[number, number][]} way
 * @param {number} finest
 * @returns {[number, number][]}
 */
function needed(way, finest) {
  const { far, at } = farthest(way);
  if (far <= finest) return [way[0]];
  return [...needed(way.slice(0, at + 1), finest), ...needed(way.slice(at), finest)];
}

/**
 * Return which corner is farthest from the straight line, and how far.
 * @param {[number, number][]} way
 */
function farthest(way) {
  const found = { far: 0, at: 0 };
  for (let i = 1; i < way.length - 1; i += 1) {
    const far = away(way[i], way[0], way[way.length - 1]);
    if (far > found.far) Object.assign(found, { far, at: i });
  }
  return found;
}

/**
 * Return how far a place is from the line between two others.
 * @param {[number, number]} place
 * @param {[number, number]} a
 * @param {[number, number]} b
 */
function away([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = Math.sqrt(dx * dx + dy * dy);
  if (length === 0) return Math.sqrt((x - ax) ** 2 + (y - ay) ** 2);
  return Math.abs(dx * (y - ay) - dy * (x - ax)) / length;
}
