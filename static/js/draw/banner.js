/**
 * Shows whom one follows, around the desk and in a bar that ends it.
 *
 * @import { Following } from "./following.js"
 * @import { Told } from "./told.js"
 */

import { byId } from "./dom.js";
import * as words from "./words.js";

/**
 * Show whom one follows, and tell who follows oneself.
 * @param {Following} following
 * @param {Told} told
 */
export function showFollowing(following, told) {
  const bar = byId("following");
  following.on("change", () => {
    const { leader } = following;
    bar.hidden = leader === null;
    if (leader === null) return;
    byId("followed").textContent = words.following(leader.name);
    bar.style.setProperty("--colour", leader.colour);
  });
  following.on("followed", ({ name }) => told.tell(words.followsYou(name)));
  following.on("gone", ({ name }) => told.tell(words.hasLeft(name)));
  byId("unfollow").addEventListener("click", () => following.stop());
}
