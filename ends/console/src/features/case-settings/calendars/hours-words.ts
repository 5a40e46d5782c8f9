import type { CalendarBody } from '../queries.ts';

/** `[1, 2, 3, 5]` → `[[1, 3], [5, 5]]`. */
export function runsOf(weekdays: readonly number[]): [first: number, last: number][] {
  const runs: [number, number][] = [];
  for (const day of [...new Set(weekdays)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[1] === day - 1) last[1] = day;
    else runs.push([day, day]);
  }
  return runs;
}

/** Hours in a line: `周一–周五 09:00–18:00`; `name` says a weekday. */
export const hoursText = (hours: CalendarBody['hours'], name: (day: number) => string): string =>
  hours
    .map(({ weekdays, from, to }) => {
      const days = runsOf(weekdays).map(([first, last]) =>
        first === last ? name(first) : `${name(first)}–${name(last)}`,
      );
      return `${days.join('、')} ${from}–${to}`;
    })
    .join('；');
