/** Every sentence the draw page says by itself, in one place. */

const plural = new Intl.PluralRules("en");

/**
 * @param {number} count
 * @param {string} one
 * @param {string} other
 */
function counted(count, one, other) {
  return `${count} ${plural.select(count) === "one" ? one : other}`;
}

export const opening = "Opening…";
export const saved = "Saved";
export const saving = "Saving…";
export const notSaved = "Not yet saved…";
export const offline = "Offline";

/** @param {number} count */
export function waiting(count) {
  return `Offline: ${counted(count, "stroke waits", "strokes wait")}`;
}

export const closed = "Closed";

/** @param {number} count */
export function keptHere(count) {
  return `Only here: ${counted(count, "stroke", "strokes")}`;
}

/** @param {number} count */
export function savingFirst(count) {
  return `Saving ${counted(count, "stroke", "strokes")} first…`;
}

/** @param {number} count */
export function peopleHere(count) {
  return counted(count, "person here", "people here");
}

/** @param {string} name */
export const seenAs = (name) => `The others see you as ${name}`;
/** @param {string} name */
export const hasJoined = (name) => `${name} is here`;
/** @param {string} name */
export const hasLeft = (name) => `${name} has left`;

/** @param {string} name */
export const draws = (name) => `${name} draws`;

export const cleared = "Cleared. Undo brings everything back.";
/** @param {number} count */
export const clipped = (count) =>
  `Copied ${counted(count, "mark", "marks")}: paste here or in another drawing.`;
export const undone = "Undone. Three fingers bring it back.";
export const redone = "Done again.";
export const pastedMost = "At most 1,000 marks are pasted at once.";
export const textTooLong = "A text has at most 500 letters: the rest was left out.";
export const lettersMissing =
  "Some letters are not in this typeface: everybody sees boxes instead.";
export const removed = "Deleted. Undo brings it back.";
export const copied = "The link is copied.";
export const copyByHand = "Press Ctrl+C or ⌘C to copy the link.";
export const shared = "Kept: this is who may see it now.";
export const notShared = "That could not be kept. Try again.";
export const watching = "You are watching: only those who may can draw here.";
export const finished = "The drawing has been finished.";
export const finishedMeanwhile =
  "The drawing was finished meanwhile. What you drew since is kept in this browser, and goes out once somebody draws on.";
export const cookiesNeeded =
  "Nobody can tell any more which strokes are yours: you have signed out, or this site may not keep cookies. Sign in or allow cookies, and open the page again.";
export const notKept =
  "This browser keeps nothing between visits: stay here until your strokes are saved.";
const storageFull =
  "This browser has no room left to keep what you draw: stay here until it is saved.";

/** @param {string} reason */
export function unkept(reason) {
  return reason === "QuotaExceededError" ? storageFull : notKept;
}

export const logMissing = "Part of the drawing is still on its way…";

const REJECTED = new Map([
  ["drawing-full", "This drawing is full. Start another one to go on."],
  ["no-such-op", "That was already gone."],
  ["no-such-image", "This drawing does not have that image."],
  ["layer-locked", "That layer is locked: what you just drew on it is not kept."],
  ["no-such-layer", "That layer was deleted: what you just drew on it is not kept."],
  ["not-yours", "Only those who drew something can take it back."],
  [
    "anothers",
    "What was drawn here under another name is kept in this browser until they sign in again.",
  ],
  ["watch-only", "The drawing is finished: what you just drew is kept in this browser only."],
]);

/** @param {string} code */
export function rejected(code) {
  return REJECTED.get(code) ?? `The drawing did not take that stroke (${code}).`;
}

const REFUSED = new Map([
  ["no-such-drawing", "This drawing is gone, or no longer shared with you."],
  ["signed-out", "You have signed out in this browser. Open the page again to go on."],
]);

/** @param {string} code */
export function refused(code) {
  return REFUSED.get(code) ?? `The drawing cannot be opened (${code}). Try to reload the page.`;
}

export const you = "you";
export const jumpTo = {
  shown: "Jump to",
  named: (/** @type {string} */ name) => `Jump to ${name}`,
};
export const follow = { shown: "Follow", named: (/** @type {string} */ name) => `Follow ${name}` };
/** @param {string} name */
export const following = (name) => `Following ${name}`;
/** @param {string} name */
export const followsYou = (name) => `${name} follows you`;
/** @param {string} name */
export const unseen = (name) => `${name} has not pointed anywhere yet`;
/**
 * @param {string} name
 * @param {string} text
 */
export const says = (name, text) => `${name}: ${text}`;
/** @param {{name: string, number: number}} level */
export const layerName = ({ name, number }) => name || `Layer ${number + 1}`;
/** @type {Readonly<Record<string, (name: string) => string>>} */
export const layerActs = {
  up: (name) => `Raise ${name}`,
  down: (name) => `Lower ${name}`,
  hide: (name) => `Hide ${name}`,
  lock: (name) => `Lock ${name}`,
  copy: (name) => `Duplicate ${name}`,
  merge: (name) => `Merge ${name} with the one below`,
  move: (name) => `Move ${name}: drag it, or use the arrow keys`,
};
/** @param {string} name */
export const layerCopy = (name) => `${name} copy`;
export const layerTooFull =
  "There is too much on this layer to copy it, or there are too many layers.";
export const layersAllUsed = "This drawing has had as many layers as one can have.";
export const layersNotAlike =
  "These two cannot become one and look the same: neither may be hidden, locked, see-through or blended, and nothing erased on the upper one.";
export const layerLocked = "This layer is locked: unlock it or choose another one.";
export const layerHidden = "This layer is hidden: show it or choose another one.";
export const barredMeanwhile =
  "What you are moving stays where it was: its layer was locked, hidden or deleted.";
/** @param {string} name */
export const hiddenMeanwhile = (name) =>
  `“${name}” was hidden: what you are drawing goes on there, unseen.`;
/**
 * @param {string} name
 * @param {"locked" | "deleted"} how
 */
export const nothingErased = (name, how) => `“${name}” was ${how}: nothing is erased there.`;
/**
 * @param {string} name
 * @param {"locked" | "deleted"} how
 * @param {{name: string, number: number, hidden: boolean} | null} refuge where it goes
 */
export function leftMeanwhile(name, how, refuge) {
  const was = `“${name}” was ${how}: what you are drawing`;
  if (refuge === null) return `${was} is not kept unless a layer is unlocked.`;
  return `${was} goes onto “${layerName(refuge)}”${refuge.hidden ? ", which is hidden" : ""}.`;
}
/** @param {number} unread */
export const chat = (unread) => (unread > 0 ? `Chat, ${unread} unread` : "Chat");
export const notSaid = "Not sent: try again when you are online.";

export const colours = {
  ink: "Ink",
  grey: "Grey",
  red: "Red",
  orange: "Orange",
  yellow: "Yellow",
  lime: "Lime",
  white: "White",
  brown: "Brown",
  green: "Green",
  sky: "Sky blue",
  blue: "Blue",
  violet: "Violet",
};

const percentage = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 });

/** @param {number} share */
export const percent = (share) => percentage.format(share);
/** @param {number} angle in radians */
export const degrees = (angle) => `${Math.round((angle * 180) / Math.PI)}°`;
/** @param {number} count */
export const px = (count) => `${count} px`;

export const picking = { colour: "Colour", second: "Colour of the fill" };
/** @param {{tool: string, width: number, colour: string, bySpeed: boolean}} preset */
export const preset = ({ tool, width, colour, bySpeed }) =>
  `${tools[tool]}, ${px(width)}, ${colour}${bySpeed ? ", thinner when fast" : ""}`;

export const imagePut = "The image is on the paper.";

const UNTAKEN = new Map([
  ["not-an-image", "It is no image this drawing can show: PNG, JPEG, WebP, GIF and AVIF are."],
  ["broken", "Its file is damaged."],
  ["unreadable", "Its file cannot be read."],
  ["too-large", "Its file is too large: an image may have 16 MB."],
  ["too-many-pixels", "It has too many pixels."],
  ["too-many-images", "This drawing holds no more images."],
  ["too-long", "It takes too long to open."],
  ["given-up", "The server has not got to it. Put it there once more later."],
  ["no-such-image", "Its file is no longer in this browser."],
  ["elsewhere", "It could not be fetched from the drawing it was copied in."],
]);

/**
 * @param {string} name of its file
 * @param {string} code
 */
export function imageRefused(name, code) {
  const which = name === "" ? "An image" : `“${name}”`;
  const why = UNTAKEN.get(code) ?? `The drawing did not take it (${code}).`;
  return `${which} could not be put on the paper. ${why}`;
}

/** @type {Readonly<Record<string, string>>} */
export const tools = {
  pen: "Pen",
  pencil: "Pencil",
  marker: "Marker",
  eraser: "Eraser",
  line: "Line",
  arrow: "Arrow",
  rectangle: "Rectangle",
  ellipse: "Ellipse",
  polygon: "Polygon",
  fill: "Fill",
  text: "Text",
  select: "Select",
  lasso: "Lasso",
  eyedropper: "Eyedropper",
  laser: "Laser pointer",
  hand: "Hand",
};

/**
 * How a tool is used that has neither size nor strength: it stands where these would.
 * @type {Readonly<Record<string, string>>}
 */
export const ways = {
  select: "Drag around marks, or touch one.",
  lasso: "Draw a line around marks, or touch one.",
  eyedropper: "Touch the paper to take its colour.",
  laser: "Show the others where; it leaves no mark.",
  hand: "Drag to move the paper.",
};

export const keys = {
  undo: "Undo",
  image: "Put in an image",
  redo: "Redo",
  smaller: "Smaller brush",
  larger: "Larger brush",
  fainter: "Cover less",
  stronger: "Cover more",
  figured: "Shapes outlined, filled, both",
  people: "Who is here",
  share: "Share the link",
  desk: "The desk",
  grid: "Grid over the paper",
  rulers: "Rulers along the paper",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  fit: "Show all of it",
  actualSize: "Actual size",
  pan: "Move the paper",
  turnLeft: "Turn the paper to the left",
  turnRight: "Turn the paper to the right",
  upright: "Turn the paper upright",
  mirror: "Draw in a mirror",
  swap: "Swap the colours",
  all: "Select all that is yours",
  flipAcross: "Flip what is selected left and right",
  flipDown: "Flip what is selected up and down",
  remove: "Delete what is selected",
  duplicate: "Duplicate what is selected",
  copy: "Copy what is selected",
  cut: "Cut what is selected",
  paste: "Paste",
  nudge: "Move what is selected, with Shift further",
  layers: "Layers",
  chat: "Chat",
  close: "Close a polygon",
  drop: "Give up, select nothing, stop following",
  fullScreen: "Full screen",
  help: "Shortcuts",
};
