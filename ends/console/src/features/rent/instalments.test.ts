import { expect, test } from 'vitest';
import { equalParts, monthLater } from './instalments.ts';

test('parts come to the whole, a month apart', () => {
  expect(equalParts(100_001, 3, '2026-11-30')).toEqual([
    { dueOn: '2026-11-30', amount: 33_333 },
    { dueOn: '2026-12-30', amount: 33_333 },
    { dueOn: '2027-01-30', amount: 33_335 },
  ]);
});

test('the 31st is the last day of a shorter month', () => {
  expect([1, 2, 13].map((months) => monthLater('2027-01-31', months))).toEqual([
    '2027-02-28',
    '2027-03-31',
    '2028-02-29',
  ]);
});
