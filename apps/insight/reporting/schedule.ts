import { dateOf, dayOf, defaultZone, instantOf, localDate } from '@keystead/contracts/calendar';

/** When the report of the month before is made by itself, as which files it goes out, and to whom. */
export interface Schedule {
  readonly enabled: boolean;
  /** Day of the month, 1–28. */
  readonly day: number;
  /** Hour of that day, 0–23, on the local calendar. */
  readonly hour: number;
  /** Files that are sent along. */
  readonly formats: readonly string[];
  /** Ids of users. */
  readonly receivers: readonly string[];
}

const hourMs = 3_600_000;
const firstOf = (month: string): number => dayOf(`${month}-01`) ?? 0;

/** The month that is over: `2026-06-05` → `2026-05`. */
export const monthBefore = (now: Date): string => dateOf(firstOf(localDate(now).slice(0, 7)) - 1).slice(0, 7);

/** The moment in this month from which on the report of the month before is due. */
const momentIn = (month: string, { day, hour }: Pick<Schedule, 'day' | 'hour'>): Date =>
  new Date(instantOf(defaultZone, firstOf(month) + day - 1, hour * hourMs));

/** Whether the report of the month before is to be there by now. */
export const isDue = (schedule: Schedule, now: Date): boolean =>
  schedule.enabled && momentIn(localDate(now).slice(0, 7), schedule) <= now;

/** When the next one is made: in this month while its moment is to come, else in the next. Null when it is switched off. */
export function nextMoment(schedule: Schedule, now: Date): Date | null {
  if (!schedule.enabled) return null;
  const month = localDate(now).slice(0, 7);
  const here = momentIn(month, schedule);
  return here > now ? here : momentIn(dateOf(firstOf(month) + 31).slice(0, 7), schedule);
}
