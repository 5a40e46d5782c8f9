import { clockOf, dateOf, dayOf, defaultZone, instantOf, localTime, weekdayOf } from '@keystead/contracts/calendar';

export const cycles = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Cycle = (typeof cycles)[number];
export const freeDayRules = ['keep', 'skip', 'next', 'previous'] as const;

/** When something returns: every so many days, weeks, months, quarters or years, at a time of the day. */
export interface Recurrence {
  readonly every: Cycle;
  readonly interval: number;
  /** Of a week, 1 = Monday; that of `from` when absent. */
  readonly weekdays?: readonly number[];
  /** Of a month; 31 is its last day whatever its length. That of `from` when absent. */
  readonly monthDay?: number;
  /** `HH:MM` on the clocks of the zone. */
  readonly at: string;
  readonly zone?: string;
  /** First and last local date. */
  readonly from: string;
  readonly until?: string;
  /** What becomes of a date nobody works: kept, left out, or moved to the next or the previous working day. */
  readonly freeDays: (typeof freeDayRules)[number];
}

/** Whether people work on a local date. */
export type IsWorked = (date: string) => boolean;

export interface Moment {
  /** The date and time the rule names, before any move: what makes an occurrence the same one however often it is computed. */
  readonly key: string;
  readonly at: Date;
}

const monthsIn: Readonly<Record<'month' | 'quarter' | 'year', number>> = { month: 1, quarter: 3, year: 12 };
/** Longest run of free days a date is moved over. */
const longestHoliday = 15;

const monthOf = (day: number): number => {
  const at = new Date(day * 86_400_000);
  return at.getUTCFullYear() * 12 + at.getUTCMonth();
};
const dayInMonth = (month: number, wanted: number): number => {
  const first = Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000;
  const length = Date.UTC(Math.floor((month + 1) / 12), (month + 1) % 12, 1) / 86_400_000 - first;
  return first + Math.min(wanted, length) - 1;
};

/** Days the rule names from `first` on, rising, without end. */
function* nominalDays(rule: Recurrence, start: number, first: number): Generator<number> {
  const { every, interval } = rule;
  if (every === 'day') {
    for (let turn = Math.max(0, Math.floor((first - start) / interval)); ; turn++) yield start + turn * interval;
  }
  if (every === 'week') {
    const monday = start - weekdayOf(start) + 1;
    const weekdays = [...new Set(rule.weekdays?.length ? rule.weekdays : [weekdayOf(start)])].sort((a, b) => a - b);
    for (let turn = Math.max(0, Math.floor((first - monday) / (7 * interval))); ; turn++)
      for (const weekday of weekdays) yield monday + turn * 7 * interval + weekday - 1;
  }
  const step = interval * monthsIn[every as 'month' | 'quarter' | 'year'];
  const wanted = rule.monthDay ?? new Date(start * 86_400_000).getUTCDate();
  const begin = monthOf(start);
  for (let turn = Math.max(0, Math.floor((monthOf(first) - begin) / step)); ; turn++)
    yield dayInMonth(begin + turn * step, wanted);
}

/** A date nobody works, moved as the rule says; undefined when it is left out. */
function moved(day: number, rule: Recurrence, worked: IsWorked): number | undefined {
  if (rule.freeDays === 'keep' || worked(dateOf(day))) return day;
  if (rule.freeDays === 'skip') return undefined;
  const step = rule.freeDays === 'next' ? 1 : -1;
  for (let far = 1; far <= longestHoliday; far++) if (worked(dateOf(day + far * step))) return day + far * step;
  return day;
}

/**
 * Moments later than `after` and not later than `upTo`, at most `limit`. The same whenever it is asked, so that what was made of
 * them before is recognised. Two dates moved to one day are one moment.
 */
export function momentsBetween(rule: Recurrence, after: Date, upTo: Date, worked: IsWorked, limit = 1000): Moment[] {
  const zone = rule.zone ?? defaultZone;
  const start = dayOf(rule.from);
  const clock = clockOf(rule.at);
  if (start === undefined || clock === undefined) return [];
  const end = rule.until === undefined ? undefined : dayOf(rule.until);
  const first = localTime(zone, after.getTime()).day - longestHoliday - 1;
  const last = localTime(zone, upTo.getTime()).day + longestHoliday + 1;
  const found: Moment[] = [];
  let before: number | undefined;
  for (const nominal of nominalDays(rule, start, first)) {
    if (nominal > last || (end !== undefined && nominal > end)) break;
    if (nominal < start) continue;
    const day = moved(nominal, rule, worked);
    if (day === undefined || day === before) continue;
    before = day;
    const at = new Date(instantOf(zone, day, clock));
    if (at <= after || at > upTo) continue;
    found.push({ key: `${dateOf(nominal)}T${rule.at}`, at });
    if (found.length >= limit) break;
  }
  return found;
}

/** The next moment after an instant; undefined when the rule has ended. Looks five years ahead. */
export const nextAfter = (rule: Recurrence, after: Date, worked: IsWorked): Date | undefined =>
  momentsBetween(rule, after, new Date(after.getTime() + 5 * 366 * 86_400_000), worked, 1)[0]?.at;
