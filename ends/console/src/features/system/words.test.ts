import { expect, test } from 'vitest';
import { bytes, dailyAt, remarkOf, signOf } from './words.ts';

test('bytes are said in the unit that leaves a small number', () => {
  expect([0, 512, 2048, 1.5 * 1024 ** 3, 3 * 1024 ** 4].map(bytes)).toEqual(['0 B', '512 B', '2 KB', '1.5 GB', '3 TB']);
});

test('a probe’s remark is what its value and limit do not say already', () => {
  expect(remarkOf('39 %  (≥ 90 %)  22 / 57')).toBe('22 / 57');
  expect(remarkOf('0 count  (≥ 1 count)')).toBe('');
  expect(remarkOf('no reading in 5000 ms')).toBe('no reading in 5000 ms');
  expect(signOf('396 days  (≤ 14 days)  2027-12-23')).toBe('≤');
});

test('a daily job is told on the site’s clock', () => {
  expect(dailyAt('20 19 * * *')).toBe('03:20');
  expect(dailyAt('0 3 * * 1')).toBeUndefined();
});
