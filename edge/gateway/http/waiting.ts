/** Those who wait for word to one thing, each until its time is over; bounded. */
export class Waiting<T> {
  readonly #waiting = new Map<number, Set<(word: T | undefined) => void>>();
  readonly #most: number;
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get full(): boolean {
    return this.#count >= this.#most;
  }

  /** Resolves with the word, or with undefined when the time is over or the asker is gone. */
  wait(thing: number, ms: number, gone: AbortSignal): Promise<T | undefined> {
    if (gone.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const end = (word: T | undefined) => {
        clearTimeout(timer);
        gone.removeEventListener('abort', leave);
        const set = this.#waiting.get(thing);
        if (set?.delete(end)) this.#count--;
        if (set?.size === 0) this.#waiting.delete(thing);
        resolve(word);
      };
      const leave = () => end(undefined);
      const timer = setTimeout(leave, ms);
      gone.addEventListener('abort', leave);
      const set = this.#waiting.get(thing) ?? new Set();
      set.add(end);
      this.#waiting.set(thing, set);
      this.#count++;
    });
  }

  /** Gives the word to everybody who waits for this thing; false when nobody does. */
  give(thing: number, word: T): boolean {
    const set = this.#waiting.get(thing);
    if (!set) return false;
    for (const end of [...set]) end(word);
    return true;
  }

  has(thing: number): boolean {
    return this.#waiting.has(thing);
  }

  /** Gives the word to one of those who wait for this thing, the first; false when nobody does. */
  giveOne(thing: number, word: T): boolean {
    for (const end of this.#waiting.get(thing) ?? []) {
      end(word);
      return true;
    }
    return false;
  }

  endAll(): void {
    for (const set of [...this.#waiting.values()]) for (const end of [...set]) end(undefined);
  }
}
