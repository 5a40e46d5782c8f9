import { expect, test } from 'vitest';
import { changeShown, headline, shown, shownLarge, sumsShown } from './shown.ts';

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

test('a change has a sign; what rounds to nothing is nothing', () => {
  expect([
    changeShown('ratio', 0.5, 0.4),
    changeShown('home', 10, 12),
    changeShown('ratio', 0.500001, 0.5),
    changeShown('fen', 100, null),
  ]).toEqual(['+10.00', '−2', '0', '—']);
});

test('from across the room large amounts are in 万, in English in thousands or millions', () => {
  expect([
    shownLarge('fen', 1_333_360_480, 'zh'),
    shownLarge('fen', 1_333_360_480, 'en'),
    shownLarge('watt-hour', 4_000_000, 'en'),
    shownLarge('fen', 99_900, 'zh'),
    shownLarge('ratio', 0.0476, 'zh'),
  ]).toEqual([
    ['1,333', 'wan'],
    ['13.3', 'm'],
    ['4.0', 'k'],
    ['999', ''],
    ['4.76%', ''],
  ]);
});

test('what a figure is made of is in the same units: fen of charges never stand as they are', () => {
  expect([
    sumsShown({ grain: 'charge', unit: 'ratio' }, { num: 123_450, den: 200_000 }),
    sumsShown({ grain: 'case', unit: 'second' }, { num: 7200, den: 3 }),
    sumsShown({ grain: 'house', unit: 'ratio' }, { num: 952, den: 20_000 }),
  ]).toEqual([
    ['1,234.50', '2,000.00'],
    ['2.0', '3'],
    ['952', '20,000'],
  ]);
});

test('a headline names what a warning is about once', () => {
  expect(headline('温度过高', '配电室')).toBe('温度过高 · 配电室');
  expect(headline('电池寿命预测不足：门锁 101', '门锁 101')).toBe('电池寿命预测不足：门锁 101');
});
