/**
 * The ops of this browser that no server has confirmed yet, kept in IndexedDB: they outlive the tab.
 *
 * @import { Op } from "../engine/ops.js"
 * @typedef {object} Pending
 * @property {() => Promise<unknown[]>} all every op kept for this drawing as it is encoded, in their order
 * @property {(id: string, encoded: object) => Promise<void>} keep
 * @property {(ids: readonly string[]) => Promise<void>} drop
 */

const DATABASE = "drawnby";
const VERSION = 1;
const STORE = "pending";

/**
 * Open what is kept for a drawing.
 * @param {string} drawing its key
 * @param {IDBFactory} factory
 * @returns {Promise<Pending>}
 */
export async function openPending(drawing, factory) {
  const request = factory.open(DATABASE, VERSION);
  request.onupgradeneeded = () => create(request.result);
  const database = await done(request);
  // Another tab with a newer version of the page may want to change the database: never be in its way.
  database.onversionchange = () => database.close();
  return new KeptPending(database, drawing);
}

/** @param {IDBDatabase} database */
function create(database) {
  const store = database.createObjectStore(STORE, { autoIncrement: true });
  store.createIndex("drawing", "drawing");
  store.createIndex("id", "id", { unique: true });
}

/** @implements {Pending} */
class KeptPending {
  #database;
  #drawing;

  /**
   * @param {IDBDatabase} database
   * @param {string} drawing
   */
  constructor(database, drawing) {
    this.#database = database;
    this.#drawing = drawing;
  }

  async all() {
    const index = this.#store("readonly").index("drawing");
    const kept = await done(index.getAll(this.#drawing));
    return kept.map((one) => one.op);
  }

  /**
   * @param {string} id
   * @param {object} encoded
   */
  async keep(id, encoded) {
    const store = this.#store("readwrite");
    const added = store.add({ drawing: this.#drawing, id, op: encoded });
    // At once, and not when the answer has come: the page may be gone by then.
    store.transaction.commit();
    await done(added);
  }

  /** @param {readonly string[]} ids */
  async drop(ids) {
    const store = this.#store("readwrite");
    await Promise.all(ids.map((id) => dropOne(store, id)));
  }

  /** @param {IDBTransactionMode} mode */
  #store(mode) {
    return this.#database.transaction(STORE, mode).objectStore(STORE);
  }
}

/**
 * @param {IDBObjectStore} store
 * @param {string} id
 */
async function dropOne(store, id) {
  const key = await done(store.index("id").getKey(id));
  if (key !== undefined) await done(store.delete(key));
}

/**
 * Return what a request comes to.
 * @template Result
 * @param {IDBRequest<Result>} request
 * @returns {Promise<Result>}
 */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * What stands in where the browser keeps nothing: the ops live as long as the tab.
 * @implements {Pending}
 */
export class FleetingPending {
  /** @type {Map<string, object>} */
  #ops = new Map();

  async all() {
    return [...this.#ops.values()];
  }

  /**
   * @param {string} id
   * @param {object} encoded
   */
  async keep(id, encoded) {
    this.#ops.set(id, encoded);
  }

  /** @param {readonly string[]} ids */
  async drop(ids) {
    for (const id of ids) this.#ops.delete(id);
  }
}
