import { isSuspect, quality } from '@keystead/contracts/telemetry';

export interface MeterPoint {
  time: number;
  value: number;
  quality: number;
}

export interface Rise {
  /** How far the counter rose, in its unit; what was counted before a fall is kept. */
  rise: number;
  /** How often it fell: exchanged, reset or rolled over. */
  falls: number;
}

export interface Integral {
  /** Value × hours: kW makes kWh. */
  area: number;
  /** µs for which the value is known. */
  covered: number;
}

const isUsable = ({ value, quality: code }: MeterPoint): boolean =>
  Number.isFinite(value) && code !== quality.missing && !isSuspect(code);

/** Sums up a counter over points given in order of time; doubtful points do not count. */
export class MeterRise {
  #before: number | undefined;
  #rise = 0;
  #falls = 0;

  add(point: MeterPoint): void {
    if (!isUsable(point)) return;
    if (this.#before !== undefined) {
      if (point.value >= this.#before) this.#rise += point.value - this.#before;
      else this.#falls += 1;
    }
    this.#before = point.value;
  }

  get result(): Rise {
    return { rise: this.#rise, falls: this.#falls };
  }
}

/**
 * Area under a curve of points given in order of time, by trapezes (I-5.2.2.1-c). Between points further apart than
 * `gap` µs nothing is known and nothing is added.
 */
export class AreaUnder {
  readonly #gap: number;
  #before: MeterPoint | undefined;
  #area = 0;
  #covered = 0;

  constructor(gap: number) {
    this.#gap = gap;
  }

  add(point: MeterPoint): void {
    if (!isUsable(point)) return;
    const before = this.#before;
    if (before && point.time - before.time <= this.#gap) {
      const span = point.time - before.time;
      this.#area += ((before.value + point.value) / 2) * (span / 3_600_000_000);
      this.#covered += span;
    }
    this.#before = point;
  }

  get result(): Integral {
    return { area: this.#area, covered: this.#covered };
  }
}
