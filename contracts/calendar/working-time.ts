import { problem } from '@keystead/contracts/problem';
import type { CompiledCalendar } from './working-calendar.ts';
import { instantOf, localTime } from './zone.ts';

/** The asked moment lies further away than the calendar is searched (50 years of days). */
export class CalendarExhausted extends problem('calendar-exhausted', 422) {}

const horizonDays = 18_300;

/**
 * The earliest moment at which `seconds` of working time have passed since `from`. Zero seconds answer `from` itself,
 * also outside working hours; the last second of a day ends on that day, not on the next working morning.
 * Exact to the millisecond. Throws RangeError for a negative or not finite number, CalendarExhausted beyond 50 years.
 */
export function addWorkingTime(calendar: CompiledCalendar, from: Date, seconds: number): Date {
  if (!(seconds >= 0) || !Number.isFinite(seconds)) throw new RangeError(`working seconds: ${seconds}`);
  let left = Math.round(seconds * 1000);
  if (left === 0) return new Date(from);
  const start = from.getTime();
  const first = localTime(calendar.zone, start).day;
  for (let day = first; day < first + horizonDays; day++) {
    for (const [open, close] of calendar.spansOf(day)) {
      const opens = Math.max(start, instantOf(calendar.zone, day, open));
      const room = instantOf(calendar.zone, day, close) - opens;
      if (room <= 0) continue;
      if (left <= room) return new Date(opens + left);
      left -= room;
    }
  }
  throw new CalendarExhausted({ seconds });
}

/** Working seconds in [from, to), to the millisecond; negative when `to` is before `from`. */
export function workingSecondsBetween(calendar: CompiledCalendar, from: Date, to: Date): number {
  if (to < from) return -workingSecondsBetween(calendar, to, from);
  const [start, end] = [from.getTime(), to.getTime()];
  const first = localTime(calendar.zone, start).day;
  const last = localTime(calendar.zone, end).day;
  if (last - first > horizonDays) throw new CalendarExhausted({ days: last - first });
  let worked = 0;
  for (let day = first; day <= last; day++) {
    for (const [open, close] of calendar.spansOf(day)) {
      const opens = Math.max(start, instantOf(calendar.zone, day, open));
      const closes = Math.min(end, instantOf(calendar.zone, day, close));
      if (closes > opens) worked += closes - opens;
    }
  }
  return worked / 1000;
}

/** True when people work at this moment. */
export function isWorkingTime(calendar: CompiledCalendar, at: Date): boolean {
  const { day, inDay } = localTime(calendar.zone, at.getTime());
  return calendar.spansOf(day).some(([open, close]) => inDay >= open && inDay < close);
}
