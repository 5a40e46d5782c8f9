import { dateOf, dayOf, defaultZone, instantOf, localTime } from './zone.ts';

// Dates of law and money (a due day, a month that is over) are those of one zone, wherever the machine stands.

/** A day (`2026-06-01`) so many days later; earlier when there are fewer than none. */
export const plusDays = (date: string, days: number): string => dateOf((dayOf(date) ?? 0) + days);

/** `YYYY-MM-DD` that the calendar on the wall shows here at an instant. */
export const localDate = (at: Date): string => dateOf(localTime(defaultZone, at.getTime()).day);

/**
 * The instant a date begins here, or `inDay` ms later. Throws RangeError for text that is no real date: what comes from
 * outside is checked before.
 */
export function dayBegins(date: string, inDay = 0): Date {
  const day = dayOf(date);
  if (day === undefined) throw new RangeError(`no date: ${date}`);
  return new Date(instantOf(defaultZone, day, inDay));
}

/** `2026-06-01 09:00:05` on the clock here; `minute` leaves the seconds out. */
export function localStamp(at: Date, to: 'second' | 'minute' = 'second'): string {
  const { day, inDay } = localTime(defaultZone, at.getTime());
  const clock = new Date(inDay).toISOString().slice(11, to === 'second' ? 19 : 16);
  return `${dateOf(day)} ${clock}`;
}
