/**
 * What can be done to the drawing and the view, by buttons and keys: the list one can read aloud.
 *
 * @import { Brushes } from "./brushes.js"
 * @import { Notices } from "./notices.js"
 * @import { Session } from "./session.js"
 * @import { Command, Press } from "./shortcuts.js"
 * @import { Chat } from "./chat.js"
 * @import { Easel } from "./easel.js"
 * @import { Gestures } from "./gestures.js"
 * @import { Following } from "./following.js"
 * @import { Told } from "./told.js"
 * @import { Workspace } from "./workspace.js"
 * @import { Selection } from "./selection.js"
 * @typedef {{session: Session, selection: Selection, workspace: Workspace, brushes: Brushes, notices: Notices, easel: Easel,
 *   gestures: Gestures, following: Following, chat: Chat, told: Told, mayMark: () => boolean}} Acted
 */

import { authorOf } from "../engine/ops.js";
import { shifted } from "./affine.js";
import { FIGURED } from "./brushes.js";
import { toggleFullScreen } from "./desk.js";
import { byId } from "./dom.js";
import { MIRRORS } from "./mirror.js";
import { areLayersOpen, toggleLayers, usePanels } from "./panels.js";
import { command, commandName, plain, useCommands } from "./shortcuts.js";
import { TOOLS } from "./tools.js";
import * as words from "./words.js";

const { keys } = words;
const STRIDE = 60; // CSS px an arrow key moves the paper
const ALPHA_STEP = 26; // of 255: what one press of a key does
const TURN = Math.PI / 12; // what one press of a key turns the paper
const NUDGE = 1; // px an arrow key moves what is selected
const NUDGE_FAR = 10;
const ARROWS = new Map([
  ["arrowleft", [STRIDE, 0]],
  ["arrowup", [0, STRIDE]],
  ["arrowright", [-STRIDE, 0]],
  ["arrowdown", [0, -STRIDE]],
]);

/**
 * Have the page's buttons and keys do what they say.
 * @param {Acted} acted
 */
export function useControls(acted) {
  const { session, workspace, brushes, notices } = acted;
  const commands = [
    ...toolCommands(acted),
    ...brushCommands(acted),
    ...drawingCommands(acted),
    ...selectionCommands(acted),
    ...flipCommands(acted),
    imageCommand(),
    ...companyCommands(acted),
    ...pressCommands(),
    ...viewCommands(acted),
  ];
  useCommands(commands, byId("shortcuts"));
  byId("clear").addEventListener("click", () => {
    if (!acted.mayMark()) return;
    session.clear(brushes.layer);
    notices.tell(words.cleared);
  });
  workspace.on("change", () => {
    byId("zoom-shown").textContent = words.percent(workspace.scale);
    byId("upright").hidden = workspace.angle === 0;
    byId("upright-shown").textContent = words.degrees(workspace.angle);
  });
  undoByFingers(acted);
  enableUndo(acted);
  usePanels();
}

/**
 * Have two fingers that touch the paper for a moment undo, and three redo.
 * @param {Acted} acted
 */
function undoByFingers({ easel, session, told }) {
  easel.on("tapped", (fingers) => {
    if (session.may !== "draw" || fingers > 3) return;
    const isMore = fingers === 2 ? session.mayUndo || easel.isOpen : session.mayRedo;
    if (!isMore) return;
    told.tell(fingers === 2 ? words.undone : words.redone);
    if (fingers === 3) session.redo();
    else if (!easel.stepBack()) session.undo();
  });
}

/**
 * @param {Acted} acted
 * @returns {Command[]}
 */
function toolCommands({ brushes }) {
  return TOOLS.map(({ name, key }) => ({
    label: words.tools[name],
    shown: key.toUpperCase(),
    matches: (press) => !press.isShift && plain(key)(press), // with Shift, what is selected flips
    act: () => {
      brushes.tool = name;
    },
    control: `tool-${name}`,
  }));
}

/**
 * @param {Acted} acted
 * @returns {Command[]}
 */
function brushCommands({ brushes }) {
  return [
    { label: keys.smaller, shown: "[", matches: plain("["), act: () => brushes.shrink() },
    { label: keys.larger, shown: "]", matches: plain("]"), act: () => brushes.grow() },
    { label: keys.fainter, shown: "{", matches: plain("{"), act: () => strengthen(brushes, -1) },
    { label: keys.stronger, shown: "}", matches: plain("}"), act: () => strengthen(brushes, 1) },
    { label: keys.figured, shown: "J", matches: plain("j"), act: () => nextFigured(brushes) },
    { label: keys.mirror, shown: "D", matches: plain("d"), act: () => nextMirror(brushes) },
    {
      label: keys.swap,
      shown: "X",
      matches: plain("x"),
      act: () => brushes.swap(),
      control: "swap",
    },
  ];
}

/**
 * Have what is in the hand cover more, or less.
 * @param {Brushes} brushes
 * @param {1 | -1} by
 */
function strengthen(brushes, by) {
  const before = brushes.alpha;
  if (brushes.hasAlpha) brushes.alpha = Math.max(ALPHA_STEP, before + by * ALPHA_STEP);
}

/**
 * Draw shapes outlined, filled, or both; after the last, outlined.
 * @param {Brushes} brushes
 */
function nextFigured(brushes) {
  brushes.figured = FIGURED[(FIGURED.indexOf(brushes.figured) + 1) % FIGURED.length];
}

/**
 * Take the next mirror; after the last, none.
 * @param {Brushes} brushes
 */
function nextMirror(brushes) {
  brushes.mirror = MIRRORS[(MIRRORS.indexOf(brushes.mirror) + 1) % MIRRORS.length];
}

/**
 * @param {Acted} acted
 * @returns {Command[]}
 */
function drawingCommands({ session, easel }) {
  const undo = {
    label: keys.undo,
    act: () => easel.stepBack() || session.undo(),
    control: "undo",
  };
  const redo = { label: keys.redo, act: () => session.redo(), control: "redo" };
  const [shiftZ, y] = [command("z", true), command("y")];
  return [
    { ...undo, shown: commandName("Z"), matches: command("z") },
    { ...redo, shown: commandName("Shift+Z"), matches: (press) => shiftZ(press) || y(press) },
    { label: keys.close, shown: "Enter", matches: whileOpen(easel), act: () => easel.settle() },
  ];
}

/** @returns {Command} */
function imageCommand() {
  const act = () => byId("image-button").click();
  return { label: keys.image, shown: "N", matches: plain("n"), act, control: "image-button" };
}

/**
 * Return what matches Enter, as long as something waits for another touch.
 * @param {Easel} easel
 * @returns {(press: Press) => boolean}
 */
function whileOpen(easel) {
  return ({ key }) => key === "Enter" && easel.isOpen;
}

/**
 * @param {Acted} acted
 * @returns {Command[]}
 */
function flipCommands({ selection }) {
  const flip = (/** @type {string} */ letter, /** @type {() => void} */ act) => ({
    shown: `Shift+${letter.toUpperCase()}`,
    matches: (/** @type {Press} */ press) =>
      press.isShift && !selection.isEmpty && plain(letter)(press),
    act,
  });
  return [
    {
      ...flip("h", () => selection.flipAcross()),
      label: keys.flipAcross,
      control: "chosen-across",
    },
    { ...flip("v", () => selection.flipDown()), label: keys.flipDown, control: "chosen-down" },
  ];
}

/**
 * @param {Acted} acted
 * @returns {Command[]}
 */
function selectionCommands({ selection, notices, brushes }) {
  const [d, erase] = [command("d"), plain("delete", "backspace")];
  const all = () => {
    if (brushes.tool !== "lasso") brushes.tool = "select";
    selection.chooseAll();
  };
  const arrows = plain(...ARROWS.keys());
  const erased = () => {
    selection.remove();
    notices.tell(words.removed);
  };
  const remove = { label: keys.remove, act: erased, control: "chosen-remove" };
  const copy = { label: keys.duplicate, act: () => selection.duplicate(), control: "chosen-copy" };
  const nudge = { label: keys.nudge, shown: "← ↑ → ↓" };
  const told = (/** @type {string} */ label, /** @type {string} */ key, control = "") => ({
    label,
    shown: commandName(key),
    matches: () => false, // the browser tells of these as copy, cut and paste
    act: () => {},
    control,
  });
  return [
    { label: keys.all, shown: commandName("A"), matches: command("a"), act: all },
    told(keys.copy, "C", "chosen-clip"),
    told(keys.cut, "X"),
    told(keys.paste, "V", "paste"),
    {
      ...nudge,
      matches: (press) => !selection.isEmpty && arrows(press),
      act: (press) => selection.transform(nudged(press)),
    },
    { ...remove, shown: "Del", matches: (press) => !selection.isEmpty && erase(press) },
    { ...copy, shown: commandName("D"), matches: (press) => !selection.isEmpty && d(press) },
  ];
}

/**
 * Return where an arrow key takes what is selected.
 * @param {Press} press
 */
function nudged({ key, isShift }) {
  const [dx, dy] = ARROWS.get(key.toLowerCase()) ?? [0, 0];
  const far = isShift ? NUDGE_FAR : NUDGE;
  return shifted(-Math.sign(dx) * far, -Math.sign(dy) * far);
}

/**
 * @param {Acted} acted
 * @returns {Command[]}
 */
function companyCommands({ easel, gestures, following, chat, selection }) {
  const drop = () => {
    if (gestures.isDrawing) gestures.drop();
    else if (easel.isOpen) easel.drop();
    else if (!selection.isEmpty) selection.clear();
    else if (areLayersOpen()) toggleLayers();
    else following.stop();
  };
  return [
    { label: keys.layers, shown: "Y", matches: plain("y"), act: toggleLayers },
    { label: keys.chat, shown: "C", matches: plain("c"), act: () => chat.toggle() },
    { label: keys.drop, shown: "Esc", matches: isEscape, act: drop },
  ];
}

/**
 * Return commands that press a button of the page, or tick a box on the desk.
 * @returns {Command[]}
 */
function pressCommands() {
  const pressing = (
    /** @type {string} */ label,
    /** @type {string} */ key,
    /** @type {string} */ id,
  ) => ({
    label,
    shown: key.toUpperCase(),
    matches: plain(key),
    act: () => byId(id).click(),
  });
  return [
    pressing(keys.people, "q", "people-button"),
    pressing(keys.share, "w", "share-button"),
    pressing(keys.desk, "z", "desk-button"),
    pressing(keys.grid, "'", "desk-grid"),
    pressing(keys.rulers, ";", "desk-rulers"),
  ];
}

/** @param {{key: string}} press */
function isEscape({ key }) {
  return key === "Escape";
}

/**
 * @param {Acted} acted
 * @returns {Command[]}
 */
function viewCommands({ workspace }) {
  const zoomIn = { label: keys.zoomIn, act: () => workspace.zoomIn(), control: "zoom-in" };
  const zoomOut = { label: keys.zoomOut, act: () => workspace.zoomOut(), control: "zoom-out" };
  const fit = { label: keys.fit, act: () => workspace.fit(), control: "fit" };
  const actual = { label: keys.actualSize, act: () => workspace.showActualSize() };
  const pan = { label: keys.pan, act: (/** @type {Press} */ press) => panBy(workspace, press) };
  return [
    { ...zoomIn, shown: "+", matches: plain("+", "=") },
    { ...zoomOut, shown: "−", matches: plain("-", "_") },
    { ...fit, shown: "0", matches: plain("0") },
    { ...actual, shown: "1", matches: plain("1"), control: "zoom-shown" },
    ...turnCommands(workspace),
    { ...pan, shown: "← ↑ → ↓", matches: plain(...ARROWS.keys()) },
    {
      label: keys.fullScreen,
      shown: "\\",
      matches: plain("\\"),
      act: toggleFullScreen,
      control: "full-screen",
    },
    { label: keys.help, shown: "?", matches: plain("?"), act: showHelp, control: "help-button" },
  ];
}

/**
 * @param {Workspace} workspace
 * @returns {Command[]}
 */
function turnCommands(workspace) {
  const turn = (/** @type {number} */ by) => workspace.turn(by, workspace.middle);
  const upright = { label: keys.upright, act: () => workspace.turnUpright(), control: "upright" };
  return [
    { label: keys.turnLeft, shown: ",", matches: plain(","), act: () => turn(-TURN) },
    { label: keys.turnRight, shown: ".", matches: plain("."), act: () => turn(TURN) },
    { ...upright, shown: "U", matches: plain("u") },
  ];
}

/**
 * @param {Workspace} workspace
 * @param {Press} press
 */
function panBy(workspace, { key }) {
  const [dx, dy] = ARROWS.get(key.toLowerCase()) ?? [0, 0];
  workspace.pan(dx, dy);
}

function showHelp() {
  byId("more").hidePopover(); // so that focus comes back to a button that is still seen
  byId("help-dialog", HTMLDialogElement).showModal();
}

/**
 * Have undo and redo be there only while there is something to.
 * @param {Acted} acted
 */
function enableUndo({ session, easel }) {
  const update = () => {
    byId("undo", HTMLButtonElement).disabled = !session.mayUndo && !easel.isOpen;
    byId("redo", HTMLButtonElement).disabled = !session.mayRedo;
  };
  session.on("stand", update);
  easel.on("open", update);
  session.on("change", ({ added, removed, confirmed, rejected }) => {
    const isMine = (/** @type {{id: string}} */ { id }) => session.mine.has(authorOf(id));
    // Looking through the log takes a while: not for every stroke of somebody else's.
    if (rejected.length > 0 || [...added, ...removed, ...confirmed].some(isMine)) update();
  });
}
