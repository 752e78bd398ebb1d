/**
 * Tells those who listen what has happened.
 * @template {Record<string, unknown[]>} Events what each event tells, by its name
 */
export class Emitter {
  /** @type {Map<keyof Events, ((...told: any[]) => void)[]>} */
  #listeners = new Map();

  /**
   * Have a listener called at each event of this name.
   * @template {keyof Events} Name
   * @param {Name} name
   * @param {(...told: Events[Name]) => void} listener
   */
  on(name, listener) {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
    return this;
  }

  /**
   * Call those who listen to this event, in the order they came.
   * @template {keyof Events} Name
   * @param {Name} name
   * @param {Events[Name]} told
   */
  emit(name, ...told) {
    for (const listener of this.#listeners.get(name) ?? []) listener(...told);
  }
}
