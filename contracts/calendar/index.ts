export { chinaHolidays, chinaHolidayYears } from './china-holidays.ts';
export { dayBegins, localDate, localStamp, plusDays } from './here.ts';
export { type Span, spansByWeekday, type WeeklyHours, WeeklyHoursSchema } from './hours.ts';
export {
  aroundTheClock,
  type CompiledCalendar,
  compileCalendar,
  officeHours,
  type WorkingCalendar,
  WorkingCalendarSchema,
} from './working-calendar.ts';
export { addWorkingTime, CalendarExhausted, isWorkingTime, workingSecondsBetween } from './working-time.ts';
export {
  clockOf,
  dateOf,
  dayOf,
  defaultZone,
  instantOf,
  isZone,
  type LocalTime,
  localTime,
  weekdayOf,
  zoneOffset,
} from './zone.ts';
