import {
  addWorkingTime,
  type CompiledCalendar,
  chinaHolidays,
  chinaHolidayYears,
  compileCalendar,
  officeHours,
} from '@keystead/contracts/calendar';

const hoursADay = 9;

function office(): CompiledCalendar {
  const known = chinaHolidayYears.map(chinaHolidays);
  const made = compileCalendar({
    ...officeHours,
    holidays: known.flatMap((year) => year?.holidays ?? []),
    workdays: known.flatMap((year) => year?.workdays ?? []),
  });
  if (!made.ok) throw new RangeError(JSON.stringify(made.errors));
  return made.calendar;
}
const calendar = office();

/** The moment so many working days after another. */
export const workingDaysAfter = (from: Date, days: number): Date =>
  addWorkingTime(calendar, from, days * hoursADay * 3600);

/** The same day of the month so many months later, or the last of that month. */
export function monthsAfter(from: Date, months: number): Date {
  const to = new Date(from);
  to.setUTCDate(1);
  to.setUTCMonth(to.getUTCMonth() + months);
  const last = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(from.getUTCDate(), last));
  return to;
}
