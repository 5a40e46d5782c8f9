import { expect, test } from 'vitest';
import { secondsOf, spanOf, workingSpanOf } from './span.ts';

test('a length of time is written in the largest unit that fits, and comes back the same', () => {
  expect(spanOf(900)).toEqual({ count: 15, unit: 'minutes' });
  expect(spanOf(7200)).toEqual({ count: 2, unit: 'hours' });
  expect(spanOf(259_200)).toEqual({ count: 3, unit: 'days' });
  expect(spanOf(0)).toEqual({ count: 0, unit: 'minutes' });
  for (const seconds of [60, 900, 3600, 5400, 86_400, 2_592_000]) expect(secondsOf(spanOf(seconds))).toBe(seconds);
});

test('working time is told in hours, for a working day is shorter than a day', () => {
  expect(workingSpanOf(97_200)).toEqual({ count: 27, unit: 'hours' });
  expect(workingSpanOf(172_800)).toEqual({ count: 48, unit: 'hours' });
  expect(workingSpanOf(900)).toEqual({ count: 15, unit: 'minutes' });
});
