import type { FieldError } from '@keystead/contracts/problem';
import { type Static, Type } from 'typebox';
import { type Span, spansByWeekday, WeeklyHoursSchema } from './hours.ts';
import { dayOf, defaultZone, isZone, weekdayOf } from './zone.ts';

const DateText = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });

/** When people work: the clock of service levels runs only then. */
export const WorkingCalendarSchema = Type.Object(
  {
    zone: Type.String({ minLength: 1, maxLength: 64, default: defaultZone }),
    hours: Type.Array(WeeklyHoursSchema, { minItems: 1, maxItems: 64 }),
    /** Local dates nobody works, whatever weekday they are. */
    holidays: Type.Array(DateText, { maxItems: 2000 }),
    /**
     * Make-up days: worked though their weekday is free. They have the hours of Monday or, when Monday has none, of
     * the first weekday that has. A date in both lists is worked.
     */
    workdays: Type.Array(DateText, { maxItems: 2000 }),
  },
  { additionalProperties: false },
);

export type WorkingCalendar = Static<typeof WorkingCalendarSchema>;

/** A calendar made ready for arithmetic. */
export interface CompiledCalendar {
  readonly zone: string;
  /** Working spans of a local day (days since 1970-01-01), in ms since local midnight. */
  spansOf(day: number): readonly Span[];
}

/** Monday to Friday 09:00–18:00 in China, without any holiday: a start for people to edit. */
export const officeHours: WorkingCalendar = {
  zone: defaultZone,
  hours: [{ weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }],
  holidays: [],
  workdays: [],
};

/** Every hour of every day: service levels counted in plain time. */
export const aroundTheClock: WorkingCalendar = {
  zone: defaultZone,
  hours: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }],
  holidays: [],
  workdays: [],
};

function daysOf(dates: readonly string[], pointer: string, errors: FieldError[]): Set<number> {
  const days = new Set<number>();
  dates.forEach((date, index) => {
    const day = dayOf(date);
    if (day === undefined) errors.push({ pointer: `${pointer}/${index}`, code: 'bad-date', detail: date });
    else days.add(day);
  });
  return days;
}

/**
 * Checks and prepares a calendar that matches the schema. Codes: `unknown-zone`, `bad-clock`, `bad-date`,
 * `no-working-hours` (a calendar in which no clock would ever run).
 */
export function compileCalendar(
  calendar: WorkingCalendar,
): { ok: true; calendar: CompiledCalendar } | { ok: false; errors: FieldError[] } {
  const errors: FieldError[] = [];
  if (!isZone(calendar.zone)) errors.push({ pointer: '/zone', code: 'unknown-zone', detail: calendar.zone });
  const { spans, errors: clockErrors } = spansByWeekday(calendar.hours);
  errors.push(...clockErrors.map((error) => ({ ...error, pointer: `/hours${error.pointer}` })));
  const holidays = daysOf(calendar.holidays, '/holidays', errors);
  const workdays = daysOf(calendar.workdays, '/workdays', errors);
  const makeUp = spans.find((list, weekday) => weekday > 0 && list.length > 0);
  if (!makeUp && clockErrors.length === 0) errors.push({ pointer: '/hours', code: 'no-working-hours' });
  if (errors.length > 0) return { ok: false, errors };
  const free: readonly Span[] = [];
  return {
    ok: true,
    calendar: {
      zone: calendar.zone,
      spansOf: (day) => {
        const usual = spans[weekdayOf(day)] ?? free;
        if (workdays.has(day)) return usual.length > 0 ? usual : (makeUp ?? free);
        return holidays.has(day) ? free : usual;
      },
    },
  };
}
