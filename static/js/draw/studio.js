/**
 * The draw page put together: engine and channel, paper and pen, and everything around them.
 *
 * @import { Level } from "../engine/stack.js"
 * @import { Pending } from "./pending.js"
 * @import { Send } from "./sending.js"
 * @import { Place } from "./view.js"
 * @typedef {{key: string, channel: string, author: string, address: string, log: string,
 *   checkpoint: string, typeface: string, flood: string, images: string, token: string}} Facts
 *   What the page says of its drawing, and of who looks at it.
 * @typedef {ReturnType<typeof openCore>} Core
 * @typedef {ReturnType<typeof setOut>} Desk
 */

import { Replica } from "../engine/replica.js";
import { alone } from "./alone.js";
import { useImages } from "./arrivals.js";
import { Brushes } from "./brushes.js";
import { readCheckpoint } from "./checkpoint.js";
import { useClipboard } from "./clipboard.js";
import { Connection } from "./connection.js";
import { useControls } from "./controls.js";
import { Cursors } from "./cursors.js";
import { useDesk } from "./desk.js";
import { byId } from "./dom.js";
import { OwnDrafts } from "./drafts.js";
import { Easel } from "./easel.js";
import { reader } from "./files.js";
import { useFingers } from "./fingers.js";
import { useFinishing } from "./finish.js";
import { showSelection } from "./frame.js";
import { Gestures } from "./gestures.js";
import { Glass } from "./glass.js";
import { HandHold } from "./hand.js";
import { Images, imageReader } from "./images.js";
import { follow } from "./input.js";
import { KeyPen } from "./keypen.js";
import { Lasers } from "./lasers.js";
import { Levels } from "./levels.js";
import { OwnLight } from "./light.js";
import { logReader, partReader } from "./log.js";
import { heedMeanwhile } from "./meanwhile.js";
import { browserMemory } from "./memory.js";
import { Names } from "./names.js";
import { Notices } from "./notices.js";
import { Outlet } from "./outlet.js";
import { Painter } from "./painter.js";
import { Palette } from "./palette.js";
import { Past } from "./past.js";
import { FleetingPending, openPending } from "./pending.js";
import { Permit } from "./permit.js";
import { Picker } from "./picker.js";
import { Pixels } from "./pixels.js";
import { followPointer } from "./pointing.js";
import { Pouring } from "./pouring.js";
import { Presence } from "./presence.js";
import { Presets } from "./presets.js";
import { Ring } from "./ring.js";
import { Saved } from "./saved.js";
import { Selection } from "./selection.js";
import { sender } from "./sending.js";
import { Session } from "./session.js";
import { useSharing } from "./share.js";
import { Supplies } from "./supplies.js";
import { Thumbs } from "./thumbs.js";
import { Tips } from "./tips.js";
import { keepCompany } from "./together.js";
import { Told } from "./told.js";
import { Toolbar } from "./toolbar.js";
import { toolNamed } from "./tools.js";
import { Turns } from "./turns.js";
import { TypeCase, typefaceReader } from "./typecase.js";
import { Typing } from "./typing.js";
import { Uploads } from "./uploads.js";
import * as words from "./words.js";
import { Workspace } from "./workspace.js";

const RETRY = 1500; // ms

/** Open the drawing this page is for. */
export async function openStudio() {
  const facts = /** @type {Facts} */ ({ ...byId("studio").dataset });
  const notices = new Notices(byId("notices"));
  const pending = await pendingOf(facts.key, notices);
  const core = openCore(facts, pending);
  const desk = setOut(core, facts);
  const told = new Told({ heard: byId("told"), seen: byId("passing-word") });
  const company = keepCompany({ ...core, ...desk, told });
  const hands = handOut(facts, core, desk, notices);
  furnish({ ...core, ...desk, ...company, ...hands, notices, told, address: facts.images });
  useImages({ ...core, ...desk, ...hands, notices, told });
  sendImages({ ...core, ...desk }, sender({ address: facts.images, token: facts.token }), notices);
  await beginAtCheckpoint(facts, core, desk);
  await core.session.restore();
  core.connection.open(core.session);
}

/**
 * Show the drawing's checkpoint, if there is one to be had; what was drawn since comes when connected.
 * @param {Facts} facts
 * @param {Core} core
 * @param {Desk} desk
 */
async function beginAtCheckpoint(facts, { past }, { painter }) {
  const found = await readCheckpoint(facts.checkpoint);
  if (found === null) return;
  past.begin(found);
  painter.begin(found.pictures);
}

/**
 * Return what keeps this browser's pending ops.
 * @param {string} key
 * @param {Notices} notices
 * @returns {Promise<Pending>}
 */
async function pendingOf(key, notices) {
  try {
    return await openPending(key, indexedDB);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    notices.tell(words.notKept);
    return new FleetingPending();
  }
}

/**
 * Make what knows nothing of the page: the drawing and its line to the server.
 * @param {Facts} facts
 * @param {Pending} pending
 */
function openCore({ author, channel, log }, pending) {
  const replica = new Replica();
  const names = new Names(author);
  const connection = new Connection(channel);
  const past = new Past(replica, partReader(log), later);
  const session = new Session({
    past,
    replica,
    line: connection.line,
    pending,
    names,
    readChunk: logReader(log),
    later,
  });
  return { replica, names, connection, past, session, pending };
}

/** @param {() => void} callback */
function later(callback) {
  setTimeout(callback, RETRY);
}

/**
 * Lay out the paper, and what moves on it.
 * @param {Core} core
 * @param {Facts} facts
 */
function setOut({ replica, session, pending }, { typeface, images: address }) {
  const element = byId("workspace");
  const paper = byId("paper", HTMLCanvasElement);
  const brushes = new Brushes(browserMemory());
  const bars = { top: byId("topbar"), bottom: byId("toolbar"), side: byId("tools") };
  const workspace = new Workspace(element, paper, bars);
  const type = new TypeCase(typefaceReader(typeface), later);
  const images = new Images(paper, reader(pending, imageReader(address)), later);
  const turns = new Turns();
  const glass = new Glass(byId("glass", HTMLCanvasElement), paper, workspace);
  const painter = new Painter(glass, replica, new Supplies(type, images), turns);
  const ring = new Ring(byId("ring"), workspace, brushes);
  const cursors = new Cursors(byId("cursors"), workspace, turns);
  const lasers = new Lasers(byId("lasers", HTMLCanvasElement), workspace);
  const presence = new Presence();
  session.on("stand", () => painter.update());
  const moving = { ring, cursors, lasers, presence };
  return { element, paper, brushes, workspace, painter, type, images, ...moving };
}

/**
 * Put the pen into the hand of those who may draw.
 * @param {Facts} facts
 * @param {Core} core
 * @param {Desk} desk
 * @param {Notices} notices
 */
function handOut(facts, { session, names, connection, replica }, desk, notices) {
  const { element, paper, brushes, workspace, painter, ring, lasers, presence, type } = desk;
  const { line } = connection;
  const takeBack = (/** @type {string} */ id) => session.takeBack(id);
  const outlet = new Outlet((message) => line.sendVolatile(message), requestFrame, takeBack);
  const drafts = new OwnDrafts({ session, painter, outlet, brushes, names, paper });
  const pixels = new Pixels(paper);
  const light = new OwnLight(lasers, outlet, presence);
  const selection = new Selection({ session, replica, names, type });
  const typing = new Typing(typingParts(), workspace, type);
  type.on("lack", () => notices.tell(words.lettersMissing));
  showSelection(selection, workspace, brushes);
  selection.on("barred", () => notices.tell(words.barredMeanwhile));
  const mayMark = () =>
    session.may === "draw" && isOpen(replica.scene.level(brushes.layer), notices);
  const means = {
    drafts,
    light,
    typing,
    pouring: new Pouring({ session, names, pixels, startWorker: () => floodWorker(facts.flood) }),
    selection,
    edit: (/** @type {Place} */ place) => {
      brushes.tool = "text";
      easel.tap(place);
    },
    mayMark,
    colourAt: (/** @type {Place} */ place) => pixels.colourAt(place),
  };
  const easel = new Easel(workspace, brushes, means);
  heedMeanwhile({ session, replica, drafts, easel, notices });
  const gestures = new Gestures(easel);
  const hand = new HandHold(element, gestures, ring);
  presence.on("change", () => {
    outlet.listeners = presence.others.length;
  });
  new Permit(session, facts, notices, (mayDraw) => {
    easel.mayDraw = mayDraw;
    hand.always = !mayDraw;
  });
  follow(element, gestures);
  followPointer(element, { workspace, ring, outlet });
  useFingers(element, gestures);
  new KeyPen({ element, cross: byId("cross") }, gestures, {
    middle: () => workspace.middle,
    reach: (place) => workspace.reach(place),
    taps: () => toolNamed(brushes.tool).isTapped ?? false,
  });
  // Whichever comes first: after the last of them nothing can be kept any more.
  for (const leave of ["beforeunload", "pagehide"]) addEventListener(leave, () => easel.settle());
  const choose = () => {
    hand.chosen = brushes.tool === "hand";
    element.dataset.tool = brushes.tool;
    if (brushes.tool !== "select" && brushes.tool !== "lasso") selection.clear();
  };
  brushes.on("change", choose);
  choose();
  return { easel, gestures, selection, outlet, mayMark };
}

/**
 * Say whether a layer can be drawn on; if not, tell why.
 * @param {Level} level
 * @param {Notices} notices
 */
function isOpen({ locked, hidden }, notices) {
  if (locked) notices.tell(words.layerLocked);
  else if (hidden) notices.tell(words.layerHidden);
  return !locked && !hidden;
}

/** @param {() => void} callback */
function requestFrame(callback) {
  requestAnimationFrame(callback);
}

/**
 * Bring the controls and the signs around the paper to life.
 * @param {Core & Desk & ReturnType<typeof keepCompany> & ReturnType<typeof handOut> &
 *   {notices: Notices, told: Told, address: string}} all
 */
function furnish(all) {
  const { session, brushes, ring, notices } = all;
  new Toolbar(brushes, ring);
  new Palette(brushes, {
    palette: byId("palette"),
    recent: byId("recent"),
  });
  new Picker(brushes);
  new Presets(brushes);
  new Saved(byId("saved"), session);
  new Tips(byId("studio"));
  const thumbs = new Thumbs(byId("layers"), () => all.painter.pictures);
  new Levels({ ...all, thumbs }, levelParts(), levelButtons());
  useControls(all);
  useClipboard({ ...all, memory: browserMemory() });
  useDesk(all);
  useSharing();
  useFinishing(session);
  tellTrouble(session, notices);
  hintUntilDrawn(all);
  byId("toolbar").removeAttribute("data-idle");
}

/**
 * Have the files of images sent, and tell which were not taken.
 * @param {Core & Desk} all
 * @param {Send} send
 * @param {Notices} notices
 */
function sendImages({ session, replica, pending, images }, send, notices) {
  const uploads = new Uploads({ session, replica, pending, images, send, later, alone });
  uploads.on("refused", (name, code) => notices.warn(words.imageRefused(name, code)));
}

/** @param {string} address */
function floodWorker(address) {
  return new Worker(address, { type: "module" });
}

function typingParts() {
  return {
    box: byId("writing"),
    chosen: byId("writing-chosen"),
    caret: byId("caret"),
    field: byId("writing-field", HTMLTextAreaElement),
  };
}

function levelButtons() {
  const button = (/** @type {string} */ act) => byId(`level-${act}`, HTMLButtonElement);
  return {
    add: button("add"),
    copy: button("copy"),
    merge: button("merge"),
    up: button("up"),
    down: button("down"),
    remove: button("remove"),
  };
}

function levelParts() {
  return {
    list: byId("level-list"),
    name: byId("level-name", HTMLInputElement),
    opacity: byId("level-opacity", HTMLInputElement),
    opacityShown: byId("level-opacity-shown"),
    blend: byId("level-blend", HTMLSelectElement),
    icons: byId("layers").dataset.icons ?? "",
  };
}

/**
 * @param {Session} session
 * @param {Notices} notices
 */
function tellTrouble(session, notices) {
  session.on("rejected", (code) => notices.warn(words.rejected(code)));
  session.on("unkept", (reason) => notices.warn(words.unkept(reason)));
}

/**
 * Say on an empty paper what it is for, until somebody begins to draw.
 * @param {Core & Desk} all
 */
function hintUntilDrawn({ session, replica, element }) {
  const hint = byId("hint");
  let isBegun = false;
  const update = () => {
    hint.hidden = session.stand !== "here" || isBegun || replica.scene.head > 0;
  };
  const begin = () => {
    isBegun = true;
    update();
  };
  for (const name of ["pointerdown", "keydown"]) element.addEventListener(name, begin);
  session.on("notice", ({ type }) => (type === "ink" || type === "sketch") && begin());
  session.on("stand", update);
  session.on("change", update);
}
