import { expect, test } from 'vitest';
import type { Rule } from './queries.ts';
import { readValue, writeValue } from './rule-value.ts';

const rule = (more: Partial<Rule>): Rule => ({
  id: 'x',
  group: 'money',
  unit: 'days',
  ladder: false,
  least: 0,
  most: 1000,
  ...more,
});

test('amounts are written in yuan and read back as fen', () => {
  const money = rule({ unit: 'fen', most: 1e9 });
  expect(writeValue({ value: 100_000, source: '' }, money)).toBe('1000');
  expect(readValue('1000', money)).toBe(100_000);
});

test('a ladder has rising numbers, whatever comma was used', () => {
  const ladder = rule({ ladder: true });
  expect(readValue('90，180, 365', ladder)).toEqual([90, 180, 365]);
  expect(readValue('90, 90', ladder)).toBeUndefined();
  expect(readValue('90, 2000', ladder)).toBeUndefined();
});

test('what is no number, or several where one is asked for, is none', () => {
  for (const text of ['', 'a', '1,2', '-1']) expect(readValue(text, rule({}))).toBeUndefined();
});
