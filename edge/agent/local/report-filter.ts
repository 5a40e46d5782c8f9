import type { ReportPolicy } from '@keystead/contracts/agent';

/** Values of one device at one time that are worth telling. */
export interface Told {
  /** µs since 1970. */
  time: number;
  /** The time is the device's own. */
  own: boolean;
  values: Record<string, unknown>;
}

/** What is known of one property beside its policy. */
export interface Standing {
  /** Told whatever the policy says: level 3, or a rule looks at each of its values. */
  always: boolean;
  /** Not believed: told, together with the value it was compared with, and nothing is compared with it. */
  doubtful: boolean;
  /**
   * A rule reads it together with another property, or its quality depends on how it changes: only values equal to the
   * last told are held back, so that the centre never sees a mixture of values that never was.
   */
  exact: boolean;
}

interface Memory {
  told?: { time: number; value: unknown };
  held?: { time: number; own: boolean; value: unknown };
}

/**
 * Holds back values of one device that say nothing new (H-7.2-0). Of what it holds back it keeps the last value of each
 * property, and lets it go, at its own time, before anything that is judged by it: so the centre's rules see every
 * value that changes what they think, and find the same alarms.
 */
export class ReportFilter {
  readonly #policies: ReadonlyMap<string, ReportPolicy>;
  readonly #memory = new Map<string, Memory>();

  /** Policies by property. */
  constructor(policies: ReadonlyMap<string, ReportPolicy>) {
    this.#policies = policies;
  }

  /**
   * What to tell of a reading, in order of time. `standing` answers what a property needs; `news`: properties a rule
   * reads that has just changed its mind.
   */
  take(reading: Told, standing: (property: string) => Standing, news: ReadonlySet<string>): Told[] {
    const now: Record<string, unknown> = {};
    const flush = new Set<string>();
    for (const [property, value] of Object.entries(reading.values)) {
      const { always, doubtful, exact } = standing(property);
      const memory = this.#of(property);
      if (always || doubtful || news.has(property) || this.#isNews(property, memory, value, reading.time, exact)) {
        now[property] = value;
        if (doubtful) flush.add(property);
        else memory.held = undefined;
        memory.told = doubtful ? undefined : { time: reading.time, value };
      } else memory.held = { time: reading.time, own: reading.own, value };
    }
    const before = this.release([...flush], reading.time);
    return Object.keys(now).length > 0 ? [...before, { ...reading, values: now }] : before;
  }

  /** The held values of these properties that are older than `until`, in order of time. */
  release(properties: readonly string[], until: number): Told[] {
    const out: Told[] = [];
    for (const property of properties) {
      const memory = this.#memory.get(property);
      const held = memory?.held;
      if (memory === undefined || held === undefined) continue;
      memory.held = undefined;
      if (held.time >= until) continue;
      if (memory.told === undefined || memory.told.time < held.time)
        memory.told = { time: held.time, value: held.value };
      out.push({ time: held.time, own: held.own, values: { [property]: held.value } });
    }
    return out.sort((a, b) => a.time - b.time);
  }

  #isNews(property: string, { told }: Memory, value: unknown, time: number, exact: boolean): boolean {
    const policy = this.#policies.get(property);
    if (policy === undefined || told === undefined) return true;
    const passed = (time - told.time) / 1e6;
    // A value from the past fills the history whatever it is.
    if (passed < 0 || passed >= policy.heartbeat) return true;
    if (exact) return !Object.is(told.value, value);
    if (passed < (policy.minInterval ?? 0)) return false;
    if (typeof value === 'number' && typeof told.value === 'number')
      return Math.abs(value - told.value) > (policy.deadband ?? 0);
    return JSON.stringify(value) !== JSON.stringify(told.value);
  }

  #of(property: string): Memory {
    let memory = this.#memory.get(property);
    if (memory === undefined) {
      memory = {};
      this.#memory.set(property, memory);
    }
    return memory;
  }
}
