import { setTimeout as sleep } from 'node:timers/promises';

interface Waiting<Item, Result> {
  item: Item;
  resolve(result: Result): void;
  reject(cause: unknown): void;
}

/**
 * Collects what is asked for at the same time into one round: what comes while a round is under way waits for the
 * next, so that a thousand small commits a second become a few hundred. A round that fails is tried item by item, so
 * that a bad one does not take the others with it.
 */
export class Gatherer<Item, Result> {
  readonly #run: (items: Item[]) => Promise<Result[]>;
  readonly #most: number;
  /** Least time between the beginnings of two rounds, in ms: fewer, larger commits when much comes. */
  readonly #pace: number;
  readonly #waiting: Waiting<Item, Result>[] = [];
  #running: Promise<void> | undefined;
  #began = 0;

  constructor(run: (items: Item[]) => Promise<Result[]>, most: number, pace = 0) {
    this.#run = run;
    this.#most = most;
    this.#pace = pace;
  }

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#running ??= this.#go();
    });
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #go(): Promise<void> {
    // What arrives in the same turn of the event loop goes together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const rest = this.#began + this.#pace - performance.now();
      if (rest > 0.5) await sleep(rest);
      this.#began = performance.now();
      await this.#round(this.#waiting.splice(0, this.#most));
    }
    this.#running = undefined;
  }

  async #round(round: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#run(round.map(({ item }) => item));
      for (const [index, { resolve }] of round.entries()) resolve(results[index] as Result);
    } catch (cause) {
      if (round.length === 1) round[0]?.reject(cause);
      else for (const each of round) await this.#round([each]);
    }
  }
}
