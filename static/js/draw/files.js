/**
 * The files that people hand over, looked into before anything is sent: so that one is seen at once, and what the
 * server would not take is refused here.
 *
 * @import { Op } from "../engine/ops.js"
 * @import { Pixels } from "../engine/sampling.js"
 * @import { ReadImage } from "./images.js"
 * @import { Pending } from "./pending.js"
 * @import { Size } from "./view.js"
 */

import { sizeKept } from "../engine/images.js";
import { Untaken } from "./sending.js";
import { contextOf } from "./stamps.js";
import { isOpId } from "./unsent.js";

// The server's own list, and its limits, so that nobody waits to be told.
const KINDS = new Set(["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"]);
const LARGEST_FILE = 16 * 1_048_576; // bytes
const MOST_PIXELS = 64 * 1_048_576; // of a file, and of all images of a drawing
const MOST_IMAGES = 200; // of a drawing
// How a file of each kind begins: of one that does, but cannot be shown, it is said that it is damaged.
const BEGINNING = /^(\x89PNG|\xff\xd8\xff|GIF8|RIFF.{4}WEBP|.{4}ftyp)/s;
const LONGEST_BEGINNING = 12; // bytes

/**
 * Return a file as this browser keeps it, for people change and delete theirs, and what it shows; or throw Untaken.
 * @param {File} file
 * @returns {Promise<{file: File, pixels: Pixels}>}
 */
export async function takenIn(file) {
  check(file);
  const bytes = await file.arrayBuffer().catch(unlessUnreadable);
  const own = new File([bytes], file.name, { type: file.type });
  return { file: own, pixels: await shownIn(own) };
}

/**
 * Throw Untaken when a drawing has no room for an image more, as far as is known here.
 * @param {readonly Op[]} ops
 * @param {Size} size
 */
export function checkRoom(ops, { width, height }) {
  const areas = new Map(ops.flatMap((op) => (op.t === "image" ? [[op.image, areaOf(op)]] : [])));
  const pixels = [...areas.values()].reduce((sum, area) => sum + area, areaOf({ width, height }));
  if (areas.size >= MOST_IMAGES || pixels > MOST_PIXELS) throw new Untaken("too-many-images");
}

/**
 * Return what a file shows, upright, in sRGB, and as large as it is kept (protocol P68), or throw Untaken.
 * @param {File} file
 * @returns {Promise<Pixels>}
 */
async function shownIn(file) {
  const address = URL.createObjectURL(file);
  try {
    return shrunk(await opened(address));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw new Untaken((await isBegun(file)) ? "broken" : "not-an-image");
  } finally {
    URL.revokeObjectURL(address);
  }
}

/**
 * Return what reads images wherever they are: in the keeping of this browser, or on the server.
 * @param {Pending} pending
 * @param {ReadImage} readSent
 * @returns {ReadImage}
 */
export function reader(pending, readSent) {
  return (name) => (isOpId(name) ? readKept(pending, name) : readSent(name));
}

/**
 * @param {Pending} pending
 * @param {string} name
 */
async function readKept(pending, name) {
  const kept = await pending.find(name);
  if (!kept?.file) return null;
  try {
    return await shownIn(kept.file);
  } catch (error) {
    if (error instanceof Untaken) return null; // the server will say why
    throw error;
  }
}

/** @param {File} file */
function check({ type, size }) {
  if (!KINDS.has(type)) throw new Untaken("not-an-image");
  if (size > LARGEST_FILE) throw new Untaken("too-large");
}

/**
 * @param {unknown} error
 * @returns {never}
 */
function unlessUnreadable(error) {
  if (error instanceof DOMException) throw new Untaken("unreadable");
  throw error;
}

/** @param {Size} size */
function areaOf({ width, height }) {
  return width * height;
}

/** @param {string} address */
async function opened(address) {
  const picture = document.createElement("img");
  picture.src = address;
  // Its size is known before its pixels are: of too many, none is made.
  await measured(picture);
  const { naturalWidth: width, naturalHeight: height } = picture;
  if (areaOf({ width, height }) > MOST_PIXELS) throw new Untaken("too-many-pixels");
  await picture.decode();
  return picture;
}

/**
 * @param {HTMLImageElement} picture
 * @returns {Promise<void>}
 */
function measured(picture) {
  return new Promise((resolve, reject) => {
    picture.addEventListener("load", () => resolve());
    picture.addEventListener("error", () => reject(new DOMException("", "EncodingError")));
  });
}

/** @param {HTMLImageElement} picture */
function shrunk(picture) {
  const { width, height } = sizeKept({
    width: picture.naturalWidth,
    height: picture.naturalHeight,
  });
  const context = contextOf(width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

/** @param {File} file */
async function isBegun(file) {
  const beginning = await file.slice(0, LONGEST_BEGINNING).arrayBuffer();
  return BEGINNING.test(String.fromCharCode(...new Uint8Array(beginning)));
}
