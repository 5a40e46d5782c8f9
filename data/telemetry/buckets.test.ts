import { expect, test } from 'vitest';
import { Buckets, bucketWidth, evenEdges } from './buckets.ts';
import { hourMicros } from './instants.ts';
import { dayEdges } from './questions.ts';

test('a bucket is as narrow as a round width with which all fit the chart', () => {
  const second = 1_000_000;
  expect(bucketWidth(0, 3600 * second, 500)).toBe(10 * second);
  expect(bucketWidth(0, 24 * 3600 * second, 1440)).toBe(60 * second);
  expect(bucketWidth(0, 365 * 86_400 * second, 365)).toBe(86_400 * second);
  expect(bucketWidth(0, 20 * 365 * 86_400 * second, 100)).toBe(73 * 86_400 * second);
});

test('edges lie on the grid and cover the span', () => {
  expect(evenEdges(25, 61, 10)).toEqual([20, 30, 40, 50, 60, 70]);
});

test('days begin at local midnight, also where summer time moves it', () => {
  const from = Date.UTC(2026, 2, 28, 12) * 1000;
  const edges = dayEdges(from, from + 48 * hourMicros, 'Europe/Berlin').map((edge) =>
    new Date(edge / 1000).toISOString(),
  );
  expect(edges).toEqual([
    '2026-03-27T23:00:00.000Z',
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
    '2026-03-30T22:00:00.000Z',
  ]);
});

test('an hour is covered when it lies in one bucket', () => {
  const whole = new Buckets(evenEdges(0, 10 * hourMicros, 2 * hourMicros));
  expect(whole.covers(hourMicros)).toBe(true);
  const shifted = new Buckets([hourMicros / 2, 3 * hourMicros, 6 * hourMicros]);
  expect(shifted.covers(0)).toBe(false);
  expect(shifted.covers(hourMicros)).toBe(true);
  expect(shifted.covers(5 * hourMicros)).toBe(true);
  expect(shifted.covers(6 * hourMicros)).toBe(false);
});

test('points and whole hours add up alike, and what lies outside does not count', () => {
  const buckets = new Buckets([0, 2 * hourMicros]);
  buckets.addPoint({ time: -1, value: 100, quality: 0 });
  buckets.addPoint({ time: 5, value: 3, quality: 0 });
  buckets.add({
    hour: hourMicros,
    statistics: { hour: hourMicros, count: 2, min: 1, max: 7, sum: 8, first: 1, last: 7, worst: 17 },
  });
  buckets.addPoint({ time: 2 * hourMicros, value: 100, quality: 0 });
  expect(buckets.found).toEqual([{ time: 0, count: 3, min: 1, max: 7, sum: 11, first: 3, last: 7, worst: 17 }]);
});
