import type { Scope } from '@keystead/contracts/access';
import { dayOf, defaultZone, instantOf, localDate } from '@keystead/contracts/calendar';
import { InputInvalid } from '@keystead/contracts/problem';
import type { Window } from './measure.ts';

/**
 * What a day is about: its last millisecond, or this moment when it is today. Throws InputInvalid when it is no day or
 * still to come.
 */
export function windowOf(scope: Scope, under: string, day: string, now: Date): Window {
  const number = dayOf(day);
  if (number === undefined || day > localDate(now))
    throw new InputInvalid({ in: 'querystring' }, [{ pointer: '/day', code: 'day' }]);
  const over = day < localDate(now);
  const at = over ? new Date(instantOf(defaultZone, number + 1, 0) - 1) : now;
  const first = dayOf(`${day.slice(0, 7)}-01`) ?? number;
  return { scope, under, from: new Date(instantOf(defaultZone, first, 0)), at, month: day.slice(0, 7) };
}

/** The last day of a month `back` months before that of `day`; for 0 the day itself. */
export function monthBack(day: string, back: number): string {
  if (back === 0) return day;
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - back, 0)).toISOString().slice(0, 10);
}

/** `2026-12` → `2027-01`. */
export function monthAfter(text: string): string {
  const [year = 0, month = 1] = text.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 7);
}

/** The same day a year before; 29 February becomes the 28th. */
export const yearBefore = (day: string): string =>
  `${Number(day.slice(0, 4)) - 1}${day.slice(4).replace('02-29', '02-28')}`;
