import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chinaHolidays, chinaHolidayYears } from './china-holidays.ts';
import {
  aroundTheClock,
  type CompiledCalendar,
  compileCalendar,
  officeHours,
  type WorkingCalendar,
} from './working-calendar.ts';
import { addWorkingTime, CalendarExhausted, isWorkingTime, workingSecondsBetween } from './working-time.ts';
import { dayOf, weekdayOf } from './zone.ts';

function ready(calendar: WorkingCalendar): CompiledCalendar {
  const result = compileCalendar(calendar);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.calendar;
}

const office = ready(officeHours);
const china = ready({ ...officeHours, ...chinaHolidays(2026) });
const berlin = ready({
  zone: 'Europe/Berlin',
  hours: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }],
  holidays: [],
  workdays: [],
});
const nights = ready({
  zone: 'Asia/Shanghai',
  hours: [
    { weekdays: [1, 3, 5], from: '22:00', to: '06:00' },
    { weekdays: [2], from: '08:00', to: '12:00' },
  ],
  holidays: ['2026-03-04'],
  workdays: ['2026-03-08'],
});
const at = (text: string) => new Date(`${text}+08:00`);

describe('working time', () => {
  test('four hours from Friday afternoon end on Monday', () => {
    expect(addWorkingTime(office, at('2026-03-06T16:00'), 4 * 3600)).toEqual(at('2026-03-09T11:00'));
  });

  test('time that fits exactly ends in the evening, not the next morning', () => {
    expect(addWorkingTime(office, at('2026-03-06T16:00'), 2 * 3600)).toEqual(at('2026-03-06T18:00'));
  });

  test('no time at all answers the same moment, also at night', () => {
    expect(addWorkingTime(office, at('2026-03-07T03:00'), 0)).toEqual(at('2026-03-07T03:00'));
  });

  test('the Spring Festival of 2026 is jumped over and its make-up Saturday is worked', () => {
    expect(isWorkingTime(china, at('2026-02-14T10:00'))).toBe(true);
    expect(addWorkingTime(china, at('2026-02-14T17:00'), 2 * 3600)).toEqual(at('2026-02-24T10:00'));
    expect(workingSecondsBetween(china, at('2026-02-13T00:00'), at('2026-03-02T00:00'))).toBe((2 + 4 + 1) * 9 * 3600);
  });

  test('hours over midnight go on the next day and a holiday ends them', () => {
    expect(workingSecondsBetween(nights, at('2026-03-02T00:00'), at('2026-03-03T23:59'))).toBe((2 + 6 + 4) * 3600);
    expect(isWorkingTime(nights, at('2026-03-05T05:00'))).toBe(true);
    expect(isWorkingTime(nights, at('2026-03-04T23:00'))).toBe(false);
  });

  test('a day of summer time change has 23 and 25 hours', () => {
    const between = (from: string, to: string) => workingSecondsBetween(berlin, new Date(from), new Date(to)) / 3600;
    expect(between('2026-03-28T23:00Z', '2026-03-29T22:00Z')).toBe(23);
    expect(between('2026-10-24T22:00Z', '2026-10-25T23:00Z')).toBe(25);
    const night = ready({
      ...aroundTheClock,
      zone: 'Europe/Berlin',
      hours: [{ weekdays: [7], from: '02:30', to: '04:00' }],
    });
    const sunday = workingSecondsBetween(night, new Date('2026-03-28T23:00Z'), new Date('2026-03-29T22:00Z'));
    expect(sunday).toBe(3600);
  });

  test('a calendar whose only hours are ever on holiday is given up after its horizon', () => {
    const once = ready({ ...officeHours, hours: [{ weekdays: [7], from: '00:00', to: '00:01' }] });
    expect(() => addWorkingTime(once, at('2026-01-01T00:00'), 3600 * 1000)).toThrow(CalendarExhausted);
    expect(() => addWorkingTime(once, at('2026-01-01T00:00'), Number.NaN)).toThrow(RangeError);
  });

  const calendars = fc.constantFrom(office, china, nights, berlin);
  const moments = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 1) }).map((ms) => new Date(ms));
  const spans = fc.integer({ min: 0, max: 40 * 3600_000 }).map((ms) => ms / 1000);

  test('adding in two steps is adding the sum', () => {
    fc.assert(
      fc.property(calendars, moments, spans, spans, (calendar, from, a, b) => {
        const steps = addWorkingTime(calendar, addWorkingTime(calendar, from, a), b);
        expect(steps.getTime()).toBe(addWorkingTime(calendar, from, Math.round((a + b) * 1000) / 1000).getTime());
      }),
    );
  });

  test('what was added is what lies between', () => {
    fc.assert(
      fc.property(calendars, moments, spans, (calendar, from, span) => {
        expect(workingSecondsBetween(calendar, from, addWorkingTime(calendar, from, span))).toBe(span);
      }),
    );
  });

  test('working time between three moments adds up, and backwards is negative', () => {
    fc.assert(
      fc.property(calendars, fc.tuple(moments, moments, moments), (calendar, [a, b, c]) => {
        const between = (x: Date, y: Date) => Math.round(workingSecondsBetween(calendar, x, y) * 1000);
        expect(between(a, b) + between(b, c) - between(a, c)).toBe(0);
        expect(between(a, b) + between(b, a)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});

describe('calendars', () => {
  test('everything wrong with a calendar is said at once', () => {
    const result = compileCalendar({
      zone: 'Mars/Olympus',
      hours: [{ weekdays: [1], from: '25:00', to: '26:00' }],
      holidays: ['2026-02-30'],
      workdays: ['yesterday'],
    });
    expect(result.ok ? [] : result.errors.map((error) => `${error.pointer} ${error.code}`)).toEqual([
      '/zone unknown-zone',
      '/hours/0/from bad-clock',
      '/hours/0/to bad-clock',
      '/holidays/0 bad-date',
      '/workdays/0 bad-date',
    ]);
  });

  test('each make-up day of China falls on a weekend and no day is both free and worked', () => {
    for (const year of chinaHolidayYears) {
      const { holidays, workdays } = chinaHolidays(year) ?? { holidays: [], workdays: [] };
      expect(holidays.length).toBeGreaterThan(25);
      for (const date of workdays) expect(weekdayOf(dayOf(date) ?? 0)).toBeGreaterThan(5);
      expect(workdays.filter((date) => holidays.includes(date))).toEqual([]);
    }
    expect(chinaHolidays(1999)).toBeUndefined();
  });
});
