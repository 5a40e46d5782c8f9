import { expect, test } from 'vitest';
import { dayBegins, localDate, localStamp } from './here.ts';

test('the day turns at midnight here, not at that of Greenwich', () => {
  expect(localDate(new Date('2026-05-31T15:59:59Z'))).toBe('2026-05-31');
  expect(localDate(new Date('2026-05-31T16:00:00Z'))).toBe('2026-06-01');
});

test('a date begins at its midnight here', () => {
  expect(dayBegins('2026-06-01').toISOString()).toBe('2026-05-31T16:00:00.000Z');
  expect(dayBegins('2026-06-01', 12 * 3_600_000).toISOString()).toBe('2026-06-01T04:00:00.000Z');
  expect(() => dayBegins('2026-02-30')).toThrow(RangeError);
});

test('a stamp shows the clock here, with or without seconds', () => {
  const at = new Date('2026-06-01T01:00:05.900Z');
  expect([localStamp(at), localStamp(at, 'minute')]).toEqual(['2026-06-01 09:00:05', '2026-06-01 09:00']);
});
