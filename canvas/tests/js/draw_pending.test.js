import assert from "node:assert/strict";
import { test } from "node:test";
import { openPending } from "../../../static/js/draw/pending.js";

const IMAGE = { id: "ann.1", t: "image" };
const photo = () => new File(["a photo"], "photo.jpg", { type: "image/jpeg" });

/**
 * IndexedDB with one store, as far as it is asked here. The store may turn values down; the transaction, having been
 * told to commit, is complete all the same: so Safari does it.
 */
class Browser {
  #rows = new Map();
  #turnedDown;

  /** @param {(value: object) => string | null} turnedDown the name of the error a value meets */
  constructor(turnedDown = () => null) {
    this.#turnedDown = turnedDown;
  }

  open() {
    return answered({ transaction: () => this.#transaction() });
  }

  #transaction() {
    const transaction = { commit: () => setImmediate(() => transaction.oncomplete?.()) };
    const index = () => ({ get: (id) => answered(this.#rows.get(id)) });
    const store = { transaction, index, add: (value) => this.#add(value) };
    return { objectStore: () => store };
  }

  #add(value) {
    const name = this.#turnedDown(value);
    if (name === null) this.#rows.set(value.id, value);
    return answered(undefined, name && new DOMException("", name));
  }
}

/** Return a request that is answered soon. */
function answered(result, error = null) {
  const request = { result, error };
  queueMicrotask(() => (error ? request.onerror?.() : request.onsuccess?.()));
  return request;
}

test("an image is kept as bytes where a browser keeps no files, and outlives the tab", async () => {
  const browser = new Browser(({ file }) => (file instanceof File ? "UnknownError" : null));
  await (await openPending("key", browser)).keep(IMAGE, photo());
  const { op, file } = await (await openPending("key", browser)).find(IMAGE.id);
  assert.deepEqual(op, IMAGE);
  assert.deepEqual([file.name, file.type], ["photo.jpg", "image/jpeg"]);
  assert.equal(await file.text(), "a photo");
});

test("an op is not said to be kept when nothing was added", async () => {
  const pending = await openPending("key", new Browser(() => "UnknownError"));
  await assert.rejects(pending.keep({ id: "ann.1", t: "stroke" }), { name: "UnknownError" });
});

test("an image that finds no room stays as long as the tab", async () => {
  const pending = await openPending("key", new Browser(() => "QuotaExceededError"));
  await assert.rejects(pending.keep(IMAGE, photo()), { name: "QuotaExceededError" });
  assert.equal((await pending.find(IMAGE.id)).file.name, "photo.jpg");
});
