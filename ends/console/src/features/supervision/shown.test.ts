import { expect, test } from 'vitest';
import { shown } from './shown.ts';

test('figures are shown in the unit people use', () => {
  expect([
    shown('ratio', 1 / 3),
    shown('fen', 123_456),
    shown('watt-hour', 1500),
    shown('second', 5400),
    shown('home', 20_000),
    shown('ratio', null),
  ]).toEqual(['33.33%', '1,234.56', '1.5', '1.5', '20,000', '—']);
});
