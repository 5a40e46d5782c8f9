import {
  instantOf,
  localTime,
  type Span,
  spansByWeekday,
  type WeeklyHours,
  weekdayOf,
} from '@keystead/contracts/calendar';

const dayMs = 86_400_000;
/** A window is looked for this many days ahead and behind: weekly hours return within eight. */
const searchDays = 8;

/** Weekly windows during which a rule may raise. Times are µs since 1970. */
export interface Schedule {
  /** Start of the window that holds `time`, or undefined outside of all. */
  windowStart(time: number): number | undefined;
  /** Start of the first window after `time`. */
  nextStart(time: number): number;
  /** Seconds of the longest window. */
  readonly longest: number;
}

/** Windows that touch at midnight are one window. A week without any free minute has no windows: undefined. */
export function compileSchedule(zone: string, hours: readonly WeeklyHours[]): Schedule | undefined {
  const { spans } = spansByWeekday(hours);
  const of = (day: number): readonly Span[] => spans[weekdayOf(day)] ?? [];
  const endsAtMidnight = (day: number) => of(day).at(-1)?.[1] === dayMs;
  const startsAtMidnight = (day: number) => of(day)[0]?.[0] === 0;
  const week = Array.from({ length: 7 }, (_, day) => day);
  if (week.every((day) => of(day).length === 1 && startsAtMidnight(day) && endsAtMidnight(day))) return undefined;

  /** Where the window that begins with a span really began, back over midnights. */
  const began = (day: number, start: number): number => {
    let [firstDay, firstStart] = [day, start];
    while (firstStart === 0 && endsAtMidnight(firstDay - 1)) {
      firstDay -= 1;
      firstStart = of(firstDay).at(-1)?.[0] ?? 0;
    }
    return instantOf(zone, firstDay, firstStart) * 1000;
  };
  return {
    windowStart: (time) => {
      const { day, inDay } = localTime(zone, time / 1000);
      const span = of(day).find(([start, end]) => inDay >= start && inDay < end);
      return span && began(day, span[0]);
    },
    nextStart: (time) => {
      const { day } = localTime(zone, time / 1000);
      for (let ahead = day; ahead <= day + searchDays; ahead++) {
        for (const [start] of of(ahead)) {
          if (start === 0 && endsAtMidnight(ahead - 1)) continue;
          const at = instantOf(zone, ahead, start) * 1000;
          if (at > time) return at;
        }
      }
      return Number.POSITIVE_INFINITY;
    },
    longest: longestWindow(week.map(of)),
  };
}

/** Seconds of the longest window in a week that goes round. */
function longestWindow(week: readonly (readonly Span[])[]): number {
  let longest = 0;
  let running = 0;
  for (const spans of [...week, ...week]) {
    for (const [start, end] of spans) {
      running = start === 0 ? running + end : end - start;
      longest = Math.max(longest, running);
      if (end < dayMs) running = 0;
    }
    if (spans.at(-1)?.[1] !== dayMs) running = 0;
  }
  return longest / 1000;
}
