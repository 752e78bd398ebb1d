/** Who draws is told to those who do not see it, and not too often. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { WhoDraws } from "../../../static/js/draw/whodraws.js";

const ann = { author: "a", name: "Ann" };
const bob = { author: "b", name: "Bob" };

/** Return how somebody is seen to draw at a moment, and what is told of it. */
function listening() {
  let time = 0;
  const told = [];
  const one = new WhoDraws(
    (name) => told.push(name),
    () => time,
  );
  const draws = (who, at) => {
    time = at;
    one.draws(who);
  };
  return { draws, told };
}

test("who begins to draw is told once, and again after a rest", () => {
  const { draws, told } = listening();
  for (let at = 0; at < 100_000; at += 1000) draws(ann, at);
  assert.deepEqual(told, ["Ann"]);
  draws(ann, 200_000);
  assert.deepEqual(told, ["Ann", "Ann"]);
});

test("where many draw, they are told of one after the other", () => {
  const { draws, told } = listening();
  draws(ann, 0);
  draws(bob, 10);
  assert.deepEqual(told, ["Ann"]);
  draws(ann, 6000);
  draws(bob, 6001);
  assert.deepEqual(told, ["Ann", "Bob"]);
});
