import { describe, expect, test } from 'vitest';
import { type CurveBucket, curveOf, nearest } from './curve.ts';

const start = Date.parse('2026-06-01T00:00:00Z');
const bucket = (second: number, avg: number, quality = 'good'): CurveBucket => ({
  time: new Date(start + second * 1000).toISOString(),
  count: 1,
  min: avg,
  max: avg,
  avg,
  quality,
});

describe('a curve', () => {
  test('is joined while readings come as often as they should, though buckets between them are empty', () => {
    const points = curveOf([bucket(0, 1), bucket(900, 2), bucket(1800, 3)], 30, 1800);
    expect(points.map((point) => point.avg)).toEqual([1, 2, 3]);
  });

  test('has a hole where readings are missing longer than expected', () => {
    const points = curveOf([bucket(0, 1), bucket(3600, 2)], 30, 1800);
    expect(points.map((point) => point.avg)).toEqual([1, null, 2]);
    expect(points[1]?.at).toBe(start + 1_800_000);
  });

  test('is not torn by buckets wider than the expected interval', () => {
    const points = curveOf([bucket(0, 1), bucket(3600, 2)], 3600, 60);
    expect(points.map((point) => point.avg)).toEqual([1, 2]);
  });

  test('marks a bucket whose worst reading is suspect', () => {
    expect(curveOf([bucket(0, 1), bucket(1, 9, 'suspect')], 1, 60).map((point) => point.suspect)).toEqual([
      false,
      true,
    ]);
  });
});

test('a click finds the bucket nearest to it, and none in an empty curve', () => {
  expect(nearest([bucket(0, 1), bucket(10, 2), bucket(20, 3)], start + 12_000)?.avg).toBe(2);
  expect(nearest([], start)).toBeUndefined();
});
