import type { Reading, ReadingsLookup } from '@keystead/contracts/expression';

interface Slot {
  value: Reading;
  time: number;
  previous: Reading;
  previousTime: number | undefined;
}

/** [slot, value, time, previous value, previous time] of each slot: plain JSON, for caches and restarts. */
export type StoredReadings = readonly (readonly [number, Reading, number, Reading, number | null])[];

export interface ReadingMessage {
  /** Event time, µs since 1970. */
  readonly time: number;
  readonly keys: readonly number[];
  readonly values: readonly number[];
  /** Texts by property key, for the keys whose value is NaN. */
  readonly texts?: Readonly<Record<string, string>>;
}

/**
 * The last two values of each property of one thing, by event time: what all its rules look at. A value older than
 * the last one of its property is not taken: alarms tell the present, late data only fills history. A second value of
 * the same moment replaces the first.
 */
export class Readings implements ReadingsLookup {
  private readonly slots = new Map<number, Slot>();

  /** Takes a message; answers whether any of it is news. Without news no rule needs to be evaluated. */
  apply(message: ReadingMessage): boolean {
    const { time, keys, values, texts } = message;
    let news = false;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as number;
      const number = values[i] as number;
      const value: Reading = Number.isNaN(number) ? texts?.[key] : number;
      if (value !== undefined && this.set(key, value, time)) news = true;
    }
    return news;
  }

  private set(key: number, value: Reading, time: number): boolean {
    const slot = this.slots.get(key);
    if (!slot) {
      this.slots.set(key, { value, time, previous: undefined, previousTime: undefined });
      return true;
    }
    if (time < slot.time) return false;
    if (time > slot.time) {
      slot.previous = slot.value;
      slot.previousTime = slot.time;
      slot.time = time;
    } else if (Object.is(slot.value, value)) return false;
    slot.value = value;
    return true;
  }

  value(slot: number): Reading {
    return this.slots.get(slot)?.value;
  }

  time(slot: number): number | undefined {
    return this.slots.get(slot)?.time;
  }

  previous(slot: number): Reading {
    return this.slots.get(slot)?.previous;
  }

  previousTime(slot: number): number | undefined {
    return this.slots.get(slot)?.previousTime;
  }

  store(): StoredReadings {
    return [...this.slots].map(([key, { value, time, previous, previousTime }]) => [
      key,
      value ?? null,
      time,
      previous ?? null,
      previousTime ?? null,
    ]);
  }

  static restore(stored: StoredReadings): Readings {
    const readings = new Readings();
    for (const [key, value, time, previous, previousTime] of stored) {
      readings.slots.set(key, { value, time, previous, previousTime: previousTime ?? undefined });
    }
    return readings;
  }
}
