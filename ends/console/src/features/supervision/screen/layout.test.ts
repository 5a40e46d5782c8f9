import { expect, test } from 'vitest';
import { middleOf, spotsOf } from './layout.ts';

test('projects lie to each other as they do on the ground, north up, inside the map', () => {
  const [west, east, north] = spotsOf([
    { id: 'w', at: [120, 31] },
    { id: 'e', at: [121, 31] },
    { id: 'n', at: [120.5, 32] },
  ]);
  expect(west?.x).toBeLessThan(east?.x ?? 0);
  expect(north?.y).toBeLessThan(west?.y ?? 0);
  for (const spot of [west, east, north]) {
    expect(spot?.x).toBeGreaterThanOrEqual(12);
    expect(spot?.x).toBeLessThanOrEqual(88);
  }
});

test('marks do not cover each other, and those nobody placed stand in rows', () => {
  const near = spotsOf([
    { id: 'a', at: [120, 31] },
    { id: 'b', at: [120, 31] },
    { id: 'c', at: [121, 32] },
  ]);
  const gap = Math.hypot((near[0]?.x ?? 0) - (near[1]?.x ?? 0), (near[0]?.y ?? 0) - (near[1]?.y ?? 0));
  expect(gap).toBeGreaterThan(12);
  const rows = spotsOf(Array.from({ length: 10 }, (_, n) => ({ id: String(n), at: undefined })));
  expect(new Set(rows.map(({ x, y }) => `${x},${y}`)).size).toBe(10);
});

test('the middle of a point and of an area', () => {
  expect(middleOf({ type: 'Point', coordinates: [1, 2] })).toEqual([1, 2]);
  const ring = [
    [0, 0],
    [2, 0],
    [2, 2],
    [0, 2],
    [0, 0],
  ];
  expect(middleOf({ type: 'Polygon', coordinates: [ring] })).toEqual([1, 1]);
  expect(middleOf(null)).toBeUndefined();
});
