/**
 * The others put together: presence, cursors, chat, following.
 *
 * @import { Connection } from "./connection.js"
 * @import { Cursors } from "./cursors.js"
 * @import { Lasers } from "./lasers.js"
 * @import { Painter } from "./painter.js"
 * @import { Presence } from "./presence.js"
 * @import { Replica } from "../engine/replica.js"
 * @import { Session } from "./session.js"
 * @import { Told } from "./told.js"
 * @import { Size } from "./view.js"
 * @import { Workspace } from "./workspace.js"
 * @typedef {{session: Session, connection: Connection, presence: Presence, cursors: Cursors, lasers: Lasers,
 *   painter: Painter, paper: Size, workspace: Workspace, told: Told, replica: Replica}} Circle
 */

import { Disconnected, Refused } from "../realtime/socket.js";
import { showFollowing } from "./banner.js";
import { Chat } from "./chat.js";
import { Company } from "./company.js";
import { byId } from "./dom.js";
import { Following } from "./following.js";
import { Participants } from "./participants.js";
import { WhoDraws } from "./whodraws.js";
import * as words from "./words.js";

/**
 * Bring in the others: who they are, what they do, what they say, whose view is shared.
 * @param {Circle} circle
 */
export function keepCompany(circle) {
  const { session, connection, presence, workspace, told } = circle;
  const { line } = connection;
  const company = new Company(session, circle);
  const following = new Following({
    session,
    presence,
    workspace,
    send: (message) => line.send(message).catch(unlessAway),
    sendVolatile: (message) => line.sendVolatile(message),
    nextFrame: (callback) => requestAnimationFrame(callback),
  });
  const chat = new Chat(chatParts(), told, (message) => line.send(message));
  chat.listen(session, presence);
  shareTheSide(chat, byId("layers"));
  showPeople(circle, company, following);
  const whoDraws = new WhoDraws(
    (name) => told.read(words.draws(name)),
    () => performance.now(),
  );
  company.on("draws", (participant) => whoDraws.draws(participant));
  return { following, chat };
}

/**
 * Have the chat and the layers stand in one place, whichever was opened last.
 * @param {Chat} chat
 * @param {HTMLElement} layers
 */
function shareTheSide(chat, layers) {
  chat.on("opened", () => layers.hidePopover());
  layers.addEventListener("beforetoggle", (event) => {
    if (event.newState === "open") chat.makeRoom();
  });
}

function chatParts() {
  return {
    panel: byId("chat"),
    said: byId("said"),
    form: byId("chat-form", HTMLFormElement),
    field: byId("chat-text", HTMLInputElement),
    button: byId("chat-button"),
    close: byId("chat-close"),
    trouble: byId("chat-trouble"),
  };
}

/**
 * Let a message go that could not be sent: whoever comes back tells anew.
 * @param {unknown} error
 */
function unlessAway(error) {
  if (!(error instanceof Disconnected || error instanceof Refused)) throw error;
}

/**
 * Show who is here, and whom one follows.
 * @param {Circle} circle
 * @param {Company} company
 * @param {Following} following
 */
function showPeople({ presence, workspace, told }, company, following) {
  const parts = {
    panel: byId("people"),
    list: byId("participants"),
    button: byId("people-button"),
    faces: byId("faces"),
  };
  const people = new Participants(presence, parts, told, {
    jumpTo: ({ id, name }) => {
      const place = company.placeOf(id);
      if (place) workspace.centreOn(place);
      else told.tell(words.unseen(name));
    },
    follow: (participant) => following.follow(participant),
    stopFollowing: () => following.stop(),
    leader: () => following.leader,
  });
  following.on("change", () => people.show());
  showFollowing(following, told);
}
