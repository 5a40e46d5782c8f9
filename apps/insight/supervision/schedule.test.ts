import { expect, test } from 'vitest';
import { isDue, nextDay } from './schedule.ts';

const on = (day: number, enabled = true) => ({ template: 'a', enabled, day });

test('a report is due from its day on, and not when it is switched off', () => {
  expect([isDue(on(5), '2026-06-04'), isDue(on(5), '2026-06-05'), isDue(on(5), '2026-06-30')]).toEqual([
    false,
    true,
    true,
  ]);
  expect(isDue(on(5, false), '2026-06-30')).toBe(false);
});

test('the next day lies in this month or in the next, over the end of the year', () => {
  expect([nextDay(on(5), '2026-06-04'), nextDay(on(5), '2026-06-05'), nextDay(on(28), '2026-12-31')]).toEqual([
    '2026-06-05',
    '2026-07-05',
    '2027-01-28',
  ]);
  expect(nextDay(on(1), '2026-02-01')).toBe('2026-03-01');
  expect(nextDay(on(5, false), '2026-06-04')).toBeNull();
});
