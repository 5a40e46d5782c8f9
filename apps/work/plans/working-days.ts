import { chinaHolidays, dayOf, weekdayOf } from '@keystead/contracts/calendar';
import type { IsWorked } from './recurrence.ts';

const years = new Map<string, { holidays: Set<string>; workdays: Set<string> }>();

function arrangementOf(year: string) {
  const known = years.get(year);
  if (known) return known;
  const { holidays = [], workdays = [] } = chinaHolidays(Number(year)) ?? {};
  const made = { holidays: new Set(holidays), workdays: new Set(workdays) };
  years.set(year, made);
  return made;
}

/** Monday to Friday without public holidays, and the weekend days worked in exchange; of years not yet arranged, weekdays. */
export const isWorkday: IsWorked = (date) => {
  const { holidays, workdays } = arrangementOf(date.slice(0, 4));
  if (workdays.has(date)) return true;
  return !holidays.has(date) && weekdayOf(dayOf(date) ?? 0) <= 5;
};
