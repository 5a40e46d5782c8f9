import type { Values } from '@keystead/simulator/behaviour';

/** Counters, and what stands still with them when their supply is cut. */
const supplies: Readonly<
  Record<string, { readonly counter: string; readonly still: readonly string[]; readonly by: string }>
> = {
  'water-meter': { counter: 'volume', still: ['flow'], by: 'valveOpen' },
  'electricity-meter': { counter: 'energy', still: ['power', 'current'], by: 'relayClosed' },
};

const relockAfter = 8_000; // ms after a remote unlock

/** What somebody set on a device from outside: valves, relays, bolts, drives. Forgotten when the process ends. */
export class Switches {
  readonly #family: string;
  readonly #set: Values = {};
  /** Counted by the undisturbed course while the supply was cut: never used, so it is taken off. */
  #unused = 0;
  #held: number | undefined;
  #unlockedUntil = 0;

  constructor(family: string) {
    this.#family = family;
  }

  /** Opens or closes the supply of a meter, or a gas valve. `undisturbed`: what the device would count now. */
  supply(on: boolean, undisturbed: Values): void {
    const supply = supplies[this.#family];
    this.#set[supply?.by ?? 'valveOpen'] = on;
    if (!supply) return;
    const counted = Number(undisturbed[supply.counter]) - this.#unused;
    if (!on) this.#held ??= counted;
    else if (this.#held !== undefined) {
      this.#unused += counted - this.#held;
      this.#held = undefined;
    }
  }

  /** Real ms when the bolt goes back after a remote unlock. */
  get relocks(): number {
    return this.#unlockedUntil;
  }

  unlock(now: number): void {
    this.#unlockedUntil = now + relockAfter;
  }

  lock(): void {
    this.#unlockedUntil = 0;
  }

  set(values: Values): void {
    Object.assign(this.#set, values);
  }

  release(...names: readonly string[]): void {
    for (const name of names) delete this.#set[name];
  }

  /** The readings with everything that was set; `now`: real ms. */
  apply(values: Values, now: number): Values {
    const result: Values = { ...values, ...this.#set };
    const supply = supplies[this.#family];
    if (supply) {
      const counted = this.#held ?? Number(values[supply.counter]) - this.#unused;
      result[supply.counter] = Math.round(counted * 1000) / 1000;
      if (this.#held !== undefined) for (const name of supply.still) result[name] = 0;
    }
    if (this.#family === 'lock' && now < this.#unlockedUntil) result.locked = false;
    if (result.runState === 'stopped')
      Object.assign(result, { power: 0, speed: 0, ...('current' in result && { current: 0 }) });
    return result;
  }
}
