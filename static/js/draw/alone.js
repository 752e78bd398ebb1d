/** What only one tab of this browser does at a time, where browsers have a means to agree on that. */

const PATIENCE = 30_000; // ms until a tab that waits asks whether the one before it is awake
const ANSWER = 10_000; // ms: who is awake has answered by then, however busy
const ASK = "awake?";
const AWAKE = "awake";

/**
 * Do something as the only tab; where the one that is at it was put to sleep, all the same.
 * @param {string} name of what is done
 * @param {() => Promise<void>} act
 */
export async function alone(name, act) {
  // Only pages that came by a safe way have locks.
  if (!navigator.locks) return act();
  const turn = new Turn(`drawnby-${name}`);
  try {
    await turn.take(act);
  } finally {
    turn.end();
  }
}

/** A tab's turn: it waits for the others as long as they answer, and answers them once it is its own. */
class Turn {
  #name;
  #others;
  #isMine = false;
  #slept = new AbortController();
  #timer = 0;

  /** @param {string} name */
  constructor(name) {
    this.#name = name;
    this.#others = new BroadcastChannel(name);
    this.#others.onmessage = ({ data }) => this.#hear(data);
  }

  /** @param {() => Promise<void>} act */
  async take(act) {
    const begin = () => this.#begin(act);
    this.#wait();
    try {
      await navigator.locks.request(this.#name, { signal: this.#slept.signal }, begin);
    } catch (error) {
      if (this.#isMine || !(error instanceof DOMException)) throw error;
      await begin();
    }
  }

  end() {
    clearTimeout(this.#timer);
    this.#others.close();
  }

  /** @param {() => Promise<void>} act */
  #begin(act) {
    this.#isMine = true;
    clearTimeout(this.#timer);
    return act();
  }

  #wait() {
    this.#later(PATIENCE, () => this.#ask());
  }

  #ask() {
    this.#later(ANSWER, () => this.#slept.abort());
    this.#others.postMessage(ASK);
  }

  /** @param {string} word */
  #hear(word) {
    if (this.#isMine && word === ASK) this.#others.postMessage(AWAKE);
    if (!this.#isMine && word === AWAKE) this.#wait();
  }

  /**
   * @param {number} time
   * @param {() => void} callback in the place of the one before
   */
  #later(time, callback) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(callback, time);
  }
}
