import type { DayUse } from './facts.ts';

const sum = (days: readonly DayUse[], of: (day: DayUse) => number): number =>
  days.reduce((total, day) => total + of(day), 0);

/** On how many of the days each credential was used. */
export function daysByMark(days: readonly DayUse[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { marks } of days) for (const mark of marks) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return counts;
}

/** Credentials used on at least a quarter of the days: those who live there. */
export const regulars = (days: readonly DayUse[]): string[] =>
  [...daysByMark(days)].filter(([, used]) => used >= Math.max(4, days.length / 4)).map(([mark]) => mark);

/** Credentials seen on at most two of the days. */
export const strangers = (days: readonly DayUse[]): number =>
  [...daysByMark(days).values()].filter((used) => used <= 2).length;

/** Days at the end on which nobody came in and no meter says that somebody was there. */
export function quietDays(days: readonly DayUse[], still: { water: number; electricity: number }): number {
  let quiet = 0;
  for (const day of days.toReversed()) {
    if (day.entries > 0 || (day.water ?? 0) > still.water || (day.electricity ?? 0) > still.electricity) break;
    quiet += 1;
  }
  return quiet;
}

/** Mean of a measure over the days that have it; undefined when none has. */
export function meanUse(days: readonly DayUse[], of: (day: DayUse) => number | undefined): number | undefined {
  const known = days.map(of).filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0) / known.length;
}

export const troubles = (days: readonly DayUse[]): number => sum(days, ({ trouble }) => trouble);
export const entries = (days: readonly DayUse[]): number => sum(days, (day) => day.entries);
export const nightEntries = (days: readonly DayUse[]): number => sum(days, ({ night }) => night);
