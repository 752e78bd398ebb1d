/**
 * The ops of this browser that no server has confirmed yet, kept in IndexedDB: they outlive the tab.
 *
 * @typedef {{op: Encoded, file?: File}} Kept an op, and the file of its image as long as that has not been sent
 * @typedef {{name: string, type: string, bytes: ArrayBuffer}} Bytes a file where none can be kept
 * @typedef {{id: string}} Encoded
 * @typedef {object} Pending
 * @property {() => Promise<Encoded[]>} all every op kept for this drawing as it is encoded, in their order
 * @property {(op: Encoded, file?: File | null) => Promise<void>} keep
 * @property {(id: string) => Promise<Kept | null>} find
 * @property {(ops: readonly Encoded[]) => Promise<void>} amend put ops in the place of those kept, and let their files go
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
  /** @type {Map<string, Kept>} what is on its way into the database, or finds no room there */
  #held = new Map();

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
   * @param {Encoded} op
   * @param {File | null} [file]
   */
  async keep(op, file = null) {
    const kept = { drawing: this.#drawing, id: op.id, op, ...(file && { file }) };
    if (file) this.#held.set(op.id, kept);
    try {
      await this.#add(kept);
    } catch (error) {
      if (file === null || isForRoom(error)) throw error;
      // Private windows of Safari keep no files, but bytes.
      await this.#add({ ...kept, file: await bytesOf(file) });
    }
    this.#held.delete(op.id);
  }

  /** @param {{op: Encoded, file?: File | Bytes}} kept */
  async #add(kept) {
    const store = this.#store("readwrite", "strict");
    const added = done(store.add(kept));
    // At once, and not when the answer has come: the page may be gone by then.
    store.transaction.commit();
    // Told to commit, Safari says that a transaction is complete which has added nothing.
    await Promise.all([added, over(store.transaction)]);
  }

  /** @param {string} id */
  async find(id) {
    const held = this.#held.get(id);
    if (held) return held;
    const found = await done(this.#store("readonly").index("id").get(id));
    return found ? withFile(found) : null;
  }

  /** @param {readonly Encoded[]} ops */
  async amend(ops) {
    for (const { id } of ops) this.#held.delete(id);
    const store = this.#store("readwrite");
    await Promise.all(ops.map((op) => amendOne(store, { drawing: this.#drawing, id: op.id, op })));
  }

  /** @param {readonly string[]} ids */
  async drop(ids) {
    for (const id of ids) this.#held.delete(id);
    const store = this.#store("readwrite");
    await Promise.all(ids.map((id) => dropOne(store, id)));
  }

  /**
   * @param {IDBTransactionMode} mode
   * @param {IDBTransactionDurability} [durability] strict: written through to the disk, whatever becomes of the power
   */
  #store(mode, durability = "default") {
    return this.#database.transaction(STORE, mode, { durability }).objectStore(STORE);
  }
}

/** @param {unknown} error */
function isForRoom(error) {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

/**
 * @param {File} file
 * @returns {Promise<Bytes>}
 */
async function bytesOf(file) {
  return { name: file.name, type: file.type, bytes: await file.arrayBuffer() };
}

/**
 * @param {{op: Encoded, file?: File | Bytes}} kept
 * @returns {Kept}
 */
function withFile({ op, file }) {
  if (file === undefined) return { op };
  if (file instanceof File) return { op, file };
  return { op, file: new File([file.bytes], file.name, { type: file.type }) };
}

/**
 * @param {IDBObjectStore} store
 * @param {Kept & {drawing: string, id: string}} kept
 */
async function amendOne(store, kept) {
  const key = await done(store.index("id").getKey(kept.id));
  if (key !== undefined) await done(store.put(kept, key));
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
 * Wait until a transaction is over; whether there is room for a file is known no sooner.
 * @param {IDBTransaction} transaction
 * @returns {Promise<void>}
 */
function over(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
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
  /** @type {Map<string, Kept>} */
  #kept = new Map();

  async all() {
    return [...this.#kept.values()].map(({ op }) => op);
  }

  /**
   * @param {Encoded} op
   * @param {File | null} [file]
   */
  async keep(op, file = null) {
    this.#kept.set(op.id, file ? { op, file } : { op });
  }

  /** @param {string} id */
  async find(id) {
    return this.#kept.get(id) ?? null;
  }

  /** @param {readonly Encoded[]} ops */
  async amend(ops) {
    for (const op of ops) if (this.#kept.has(op.id)) this.#kept.set(op.id, { op });
  }

  /** @param {readonly string[]} ids */
  async drop(ids) {
    for (const id of ids) this.#kept.delete(id);
  }
}
