/**
 * Answers by key from a bounded memory; keys asked in one turn of the loop and not yet known go to `load` together.
 * What is not there is remembered too, until something changes anywhere: a flood of strangers does not reach the
 * database twice.
 */
export class Lookup<V extends object> {
  readonly #load: (keys: string[]) => Promise<Map<string, V>>;
  readonly #ownersOf: (value: V) => readonly number[];
  readonly #most: number;
  readonly #known = new Map<string, V>();
  readonly #keysOf = new Map<number, Set<string>>();
  readonly #strangers = new Set<string>();
  readonly #asked = new Map<string, Promise<V | undefined>>();
  #waiting: { key: string; settle: (value: V | undefined) => void; fail: (cause: unknown) => void }[] = [];
  #scheduled = false;
  #age = 0;

  constructor(options: {
    most: number;
    load: (keys: string[]) => Promise<Map<string, V>>;
    /** Numbers of the things an answer depends on. */
    ownersOf: (value: V) => readonly number[];
  }) {
    this.#most = options.most;
    this.#load = options.load;
    this.#ownersOf = options.ownersOf;
  }

  get(key: string): Promise<V | undefined> | V | undefined {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#strangers.has(key)) return undefined;
    const asked = this.#asked.get(key);
    if (asked) return asked;
    const answer = new Promise<V | undefined>((settle, fail) => {
      this.#waiting.push({ key, settle, fail });
    }).finally(() => this.#asked.delete(key));
    this.#asked.set(key, answer);
    if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => void this.#fetch());
    }
    return answer;
  }

  /** Something about a thing changed: what was answered from it is asked again; strangers may have become known. */
  forget(owner: number): void {
    this.#age++;
    this.#strangers.clear();
    for (const key of this.#keysOf.get(owner) ?? []) this.#known.delete(key);
    this.#keysOf.delete(owner);
  }

  clear(): void {
    this.#age++;
    this.#strangers.clear();
    this.#known.clear();
    this.#keysOf.clear();
  }

  /** Things the memory holds answers about. */
  owners(): number[] {
    return [...this.#keysOf.keys()];
  }

  get size(): number {
    return this.#known.size;
  }

  async #fetch(): Promise<void> {
    this.#scheduled = false;
    const batch = this.#waiting;
    this.#waiting = [];
    const age = this.#age;
    try {
      const found = await this.#load(batch.map(({ key }) => key));
      for (const { key, settle } of batch) {
        const value = found.get(key);
        // Something changed while the answer was on its way: it serves those who asked, and nobody after them.
        if (age === this.#age) this.#keep(key, value);
        settle(value);
      }
    } catch (cause) {
      for (const { fail } of batch) fail(cause);
    }
  }

  #keep(key: string, value: V | undefined): void {
    if (value === undefined) {
      if (this.#strangers.size >= 10_000) this.#strangers.clear();
      this.#strangers.add(key);
      return;
    }
    if (this.#known.size >= this.#most) this.#dropOldest();
    this.#known.set(key, value);
    for (const owner of this.#ownersOf(value)) {
      const keys = this.#keysOf.get(owner) ?? new Set();
      keys.add(key);
      this.#keysOf.set(owner, keys);
    }
  }

  #dropOldest(): void {
    const oldest = this.#known.entries().next().value;
    if (!oldest) return;
    const [key, value] = oldest;
    this.#known.delete(key);
    for (const owner of this.#ownersOf(value)) {
      const keys = this.#keysOf.get(owner);
      keys?.delete(key);
      if (keys?.size === 0) this.#keysOf.delete(owner);
    }
  }
}
