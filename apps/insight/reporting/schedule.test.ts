import { expect, test } from 'vitest';
import { isDue, monthBefore, nextMoment, type Schedule } from './schedule.ts';

const on = (day: number, hour: number, enabled = true): Schedule => ({
  ...{ enabled, day, hour, formats: [], receivers: [] },
});
/** A moment on the wall clock in Shanghai. */
const at = (text: string): Date => new Date(`${text}+08:00`);

test('a report is due from the hour of its day on, and not when it is switched off', () => {
  const due = (text: string, schedule = on(5, 9)) => isDue(schedule, at(text));
  expect([due('2026-06-04T23:59'), due('2026-06-05T08:59'), due('2026-06-05T09:00'), due('2026-06-30T00:00')]).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(due('2026-06-30T00:00', on(5, 9, false))).toBe(false);
});

test('days are those of the local calendar, not of UTC', () => {
  expect([isDue(on(1, 2), at('2026-06-01T02:00')), monthBefore(at('2026-06-01T02:00'))]).toEqual([true, '2026-05']);
  expect(monthBefore(at('2026-01-01T00:30'))).toBe('2025-12');
});

test('the next one lies in this month or in the next, over the end of the year', () => {
  const next = (text: string, schedule: Schedule) => nextMoment(schedule, at(text))?.toISOString();
  expect(next('2026-06-05T08:00', on(5, 9))).toBe(at('2026-06-05T09:00').toISOString());
  expect(next('2026-06-05T09:00', on(5, 9))).toBe(at('2026-07-05T09:00').toISOString());
  expect(next('2026-12-31T10:00', on(28, 0))).toBe(at('2027-01-28T00:00').toISOString());
  expect(next('2026-02-01T03:00', on(1, 2))).toBe(at('2026-03-01T02:00').toISOString());
  expect(next('2026-06-04T00:00', on(5, 9, false))).toBeUndefined();
});
