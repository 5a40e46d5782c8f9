import { dayLength, dayOf, isWeekend, startOfDay } from './day.ts';
import { between, chance } from './random.ts';

const slots = 96;
const slotLength = dayLength / slots;

export interface Habit {
  readonly seed: number;
  /** Mean use of a day, in thousandths of the unit. */
  readonly mean: number;
  /** Weight of each of the 24 hours. */
  readonly hours: readonly number[];
  /** Share of quarter hours in which nothing is used at all. */
  readonly idle: number;
  /** Factor on days off. */
  readonly weekend: number;
  /** Local day from which on it is counted. */
  readonly since: number;
}

/**
 * What a household uses of one thing, quarter hour by quarter hour. All sums are whole thousandths of the unit, so
 * the total never falls, not by a rounding error either.
 */
export class DailyUse {
  readonly #habit: Habit;
  /** Sum of all days before `since + index`. */
  readonly #before: number[] = [0];
  #day = Number.NaN;
  /** Share of the day used before each quarter hour. */
  #shares: Float64Array = new Float64Array(slots + 1);

  constructor(habit: Habit) {
    this.#habit = habit;
  }

  /** Used up to `at` since counting began, thousandths. */
  total(at: number): number {
    const day = dayOf(at);
    const position = Math.min((at - startOfDay(day)) / slotLength, slots - 1e-9);
    const slot = Math.floor(position);
    const shares = this.#sharesOf(day);
    const [left = 0, right = left] = [shares[slot], shares[slot + 1]];
    return this.#upTo(day) + Math.floor(this.#ofDay(day) * (left + (right - left) * (position - slot)));
  }

  /** Present use in thousandths an hour. */
  rate(at: number): number {
    const day = dayOf(at);
    const slot = Math.min(Math.floor((at - startOfDay(day)) / slotLength), slots - 1);
    const shares = this.#sharesOf(day);
    return this.#ofDay(day) * ((shares[slot + 1] ?? 0) - (shares[slot] ?? 0)) * (slots / 24);
  }

  #ofDay(day: number): number {
    const { seed, mean, weekend } = this.#habit;
    return Math.round(mean * between(seed, day, 0.6, 1.4) * (isWeekend(day) ? weekend : 1));
  }

  #upTo(day: number): number {
    const wanted = Math.max(0, day - this.#habit.since);
    for (let known = this.#before.length - 1; known < wanted; known++)
      this.#before.push((this.#before[known] ?? 0) + this.#ofDay(this.#habit.since + known));
    return this.#before[wanted] ?? 0;
  }

  #sharesOf(day: number): Float64Array {
    if (day === this.#day) return this.#shares;
    const { seed, hours, idle } = this.#habit;
    const shares = new Float64Array(slots + 1);
    let sum = 0;
    for (let slot = 0; slot < slots; slot++) {
      const draw = chance(seed ^ 0x5bd1e995, day * slots + slot);
      const weight = hours[Math.floor(slot / 4)] ?? 0;
      sum += draw < idle ? 0 : weight * (0.3 + 1.4 * draw);
      shares[slot + 1] = sum;
    }
    for (let slot = 1; slot <= slots; slot++) shares[slot] = sum > 0 ? (shares[slot] ?? 0) / sum : slot / slots;
    this.#day = day;
    this.#shares = shares;
    return shares;
  }
}
