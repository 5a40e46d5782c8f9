import { expect, test } from 'vitest';
import { type SignalRow, settle } from './signal-row.ts';

const row = (time: number, received: number, points: Record<number, number>): SignalRow => ({
  time,
  received,
  source: 0,
  keys: Object.keys(points).map(Number),
  values: Object.values(points),
});

const shown = (rows: readonly SignalRow[]) =>
  rows.map((each) => [each.time, each.received, [...each.keys], [...each.values]]);

test('rows in order of time come through as they are', () => {
  const rows = [row(1, 5, { 1: 10 }), row(2, 6, { 1: 11, 2: 3 })];
  expect(settle(rows)).toEqual({ rows, replaced: 0 });
});

test('of two arrivals of one property at one event time the later receive stays and the other is counted', () => {
  const { rows, replaced } = settle([row(1, 9, { 1: 10, 2: 5 }), row(1, 7, { 1: 99, 3: 1 })]);
  expect(shown(rows)).toEqual([
    [1, 7, [3], [1]],
    [1, 9, [1, 2], [10, 5]],
  ]);
  expect(replaced).toBe(1);
});

test('of two received at the same moment the later given stays', () => {
  const { rows, replaced } = settle([row(1, 7, { 1: 1 }), row(1, 7, { 1: 2 })]);
  expect(shown(rows)).toEqual([[1, 7, [1], [2]]]);
  expect(replaced).toBe(1);
});

test('late rows take their place in time', () => {
  const { rows } = settle([row(5, 5, { 1: 5 }), row(3, 6, { 1: 3 }), row(4, 7, { 1: 4 })]);
  expect(rows.map((each) => each.time)).toEqual([3, 4, 5]);
});

test('a row that names one property twice keeps the last', () => {
  const twice: SignalRow = { time: 1, received: 1, source: 0, keys: [1, 1], values: [4, 5] };
  expect(shown(settle([twice]).rows)).toEqual([[1, 1, [1], [5]]]);
  expect(settle([twice]).replaced).toBe(1);
});
