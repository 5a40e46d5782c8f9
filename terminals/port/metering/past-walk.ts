/** A value a meter froze by itself at the end of a day or month. */
export interface PastEntry {
  /** The day (since 1970-01-01) or month (year × 12 + month) it closes, as `periods` counts them. */
  readonly period: number;
  /** Instant of the freeze, µs since 1970. */
  readonly time: number;
  readonly values: Record<string, unknown>;
}

/** Closed periods a meter should still hold at `now` (ms since 1970), newest first. */
export type Periods = (now: number) => readonly number[];

/**
 * Which frozen values of one meter are still to be fetched (H-6.4-c-2): the meter numbers its freezes 1, 2, 3 … from
 * the newest back, the walk asks them one by one until nothing older is missing. A period fetched once is never asked
 * for again; one the meter skipped (it had no power at midnight) is noted as absent once a newer one has been seen.
 */
export class PastWalk {
  readonly #periods: Periods;
  readonly #known = new Map<number, 'had' | 'absent'>();
  #index = 0;

  constructor(periods: Periods) {
    this.#periods = periods;
  }

  missing(now: number): number[] {
    return this.#periods(now).filter((period) => !this.#known.has(period));
  }

  /** Number of the freeze to ask for, 1 = the newest; undefined when nothing is missing. */
  next(now: number): number | undefined {
    const periods = this.#periods(now);
    const first = periods.findIndex((period) => !this.#known.has(period));
    if (first < 0) return undefined;
    if (this.#index === 0) {
      const skipped = periods.slice(0, first).filter((period) => this.#known.get(period) === 'absent').length;
      this.#index = first + 1 - skipped;
    }
    return this.#index;
  }

  wants(entry: PastEntry, now: number): boolean {
    return this.missing(now).includes(entry.period);
  }

  /**
   * What the meter answered to the number asked, after it was handed on; undefined = it holds no such freeze.
   * True when the walk goes on, false when it has found all there is for now.
   */
  took(entry: PastEntry | undefined, now: number): boolean {
    if (entry) this.#known.set(entry.period, 'had');
    const reached = entry?.period ?? Number.NEGATIVE_INFINITY;
    const newest = this.#newestHad();
    for (const period of this.missing(now)) if (period > reached && period < newest) this.#known.set(period, 'absent');
    this.#forget(now);
    const older = this.missing(now).some((period) => period < reached);
    if (entry && older) {
      this.#index++;
      return true;
    }
    this.restart();
    return false;
  }

  /** The next question starts from the newest missing period again. */
  restart(): void {
    this.#index = 0;
  }

  #newestHad(): number {
    const had = [...this.#known].filter(([, state]) => state === 'had').map(([period]) => period);
    return Math.max(Number.NEGATIVE_INFINITY, ...had);
  }

  #forget(now: number): void {
    const kept = new Set(this.#periods(now));
    for (const period of this.#known.keys()) if (!kept.has(period)) this.#known.delete(period);
  }
}
