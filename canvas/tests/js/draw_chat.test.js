/** What is said: from the field to the others. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Chat } from "../../../static/js/draw/chat.js";

/** A chat with something in its field, and what it has sent. */
function chat(value) {
  const sent = [];
  const parts = { field: { value }, trouble: { textContent: "" } };
  for (const one of ["form", "button", "close", "panel"]) parts[one] = new EventTarget();
  new Chat(parts, null, async (message) => sent.push(message));
  parts.form.dispatchEvent(new Event("submit"));
  return { sent, parts };
}

test("cells of a table that are pasted are said with blanks between them (P24)", () => {
  const { sent, parts } = chat("Ann\t3\tBob\t4");
  assert.deepEqual(sent, [{ type: "chat", text: "Ann 3 Bob 4" }]);
  assert.equal(parts.field.value, "");
});

test("blanks and tabs alone are not said", () => {
  assert.deepEqual(chat(" \t ").sent, []);
});
