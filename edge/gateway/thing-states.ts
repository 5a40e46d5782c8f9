/**
 * A bounded memory by thing: when full, the things longest unheard are forgotten first.
 * Two generations give that order without touching a list at every message: the older half goes at once.
 */
export class ThingStates<T> {
  #young = new Map<number, T>();
  #old = new Map<number, T>();
  readonly #most: number;
  readonly #make: () => T;

  constructor(most: number, make: () => T) {
    this.#most = Math.max(2, most);
    this.#make = make;
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  get(thing: number): T {
    let state = this.#young.get(thing);
    if (state !== undefined) return state;
    state = this.#old.get(thing);
    if (state === undefined) state = this.#make();
    else this.#old.delete(thing);
    if (this.#young.size >= this.#most / 2) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(thing, state);
    return state;
  }

  forget(thing: number): void {
    this.#young.delete(thing);
    this.#old.delete(thing);
  }
}
