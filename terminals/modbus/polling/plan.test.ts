import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Form, forms, type Point, widthOf } from '../values/point.ts';
import { type Batch, isForbidden, plan, planned, split, usualLimits } from './plan.ts';

const register = (address: number, form: Form = 'uint16'): Point => ({
  name: `p${address}`,
  area: 'holding',
  address,
  form,
});
const shape = (batches: readonly Batch[]) => batches.map(({ address, count }) => [address, count]);
const planOf = (points: Point[], limits = {}) => plan(points.map(planned), { ...usualLimits, ...limits });

test('200 neighbouring registers are two requests', () => {
  const points = Array.from({ length: 200 }, (_, at) => register(at));
  expect(shape(planOf(points))).toEqual([
    [0, 125],
    [125, 75],
  ]);
});

test('small gaps are read over, wide ones are not', () => {
  expect(shape(planOf([register(0), register(10), register(100)], { gap: 9 }))).toEqual([
    [0, 11],
    [100, 1],
  ]);
  expect(shape(planOf([register(0), register(10)], { gap: 8 }))).toEqual([
    [0, 1],
    [10, 1],
  ]);
});

test('a value of several registers is never cut in two', () => {
  const points = Array.from({ length: 63 }, (_, at) => register(at * 2, 'float32'));
  expect(shape(planOf(points))).toEqual([
    [0, 124],
    [124, 2],
  ]);
});

test('a hole is never read, however small', () => {
  const holes = [{ area: 'holding' as const, from: 5, to: 5 }];
  expect(shape(planOf([register(4), register(6)], { holes }))).toEqual([
    [4, 1],
    [6, 1],
  ]);
  expect(isForbidden(register(4, 'float32'), holes)).toBe(true);
});

test('areas are never mixed', () => {
  const coil: Point = { name: 'c', area: 'coil', address: 0 };
  expect(planOf([register(0), coil]).map(({ area, count }) => `${area} ${count}`)).toEqual(['holding 1', 'coil 1']);
});

test('every point is asked exactly once, within all limits', () => {
  const anyPoint = fc.record({
    area: fc.constantFrom('coil', 'discrete', 'holding', 'input'),
    address: fc.nat(600),
    form: fc.constantFrom(...forms.filter((form) => form !== 'bit')),
    length: fc.integer({ min: 1, max: 30 }),
  });
  const anyHole = fc.record({ area: fc.constantFrom('coil', 'holding'), from: fc.nat(600), size: fc.nat(9) });
  fc.assert(
    fc.property(
      fc.array(anyPoint, { maxLength: 80 }),
      fc.array(anyHole, { maxLength: 6 }),
      fc.integer({ min: 32, max: 125 }),
      fc.nat(40),
      (drafts, holeDrafts, mostRegisters, gap) => {
        const holes = holeDrafts.map(({ area, from, size }) => ({ area: area as 'coil', from, to: from + size }));
        const points = drafts
          .map((draft, index) => ({ ...draft, name: `p${index}` }) as Point)
          .filter((point) => !isForbidden(point, holes));
        const batches = planOf(points, { holes, mostRegisters, mostBits: 100, gap });
        const asked = batches.flatMap((batch) => batch.points.map(({ point }) => point.name));
        expect(asked.toSorted()).toEqual(points.map(({ name }) => name).toSorted());
        for (const { area, address, count, points: inside } of batches) {
          expect(count).toBeLessThanOrEqual(area === 'coil' || area === 'discrete' ? 100 : mostRegisters);
          for (const hole of holes)
            expect(hole.area === area && hole.from < address + count && hole.to >= address).toBe(false);
          for (const { point } of inside) {
            expect(point.area).toBe(area);
            expect(point.address).toBeGreaterThanOrEqual(address);
            expect(point.address + widthOf(point)).toBeLessThanOrEqual(address + count);
          }
        }
      },
    ),
    { seed: 11, numRuns: 1500 },
  );
});

test('a refused batch falls apart without its gaps first, then by halves, down to single points', () => {
  const [gapped] = planOf([register(0), register(1), register(5), register(6)]);
  if (!gapped) throw new Error('no batch');
  expect(shape(split(gapped))).toEqual([
    [0, 2],
    [5, 2],
  ]);
  const [tight] = split(gapped);
  if (!tight) throw new Error('no part');
  expect(shape(split(tight))).toEqual([
    [0, 1],
    [1, 1],
  ]);
  const [single] = split(tight);
  if (!single) throw new Error('no part');
  expect(split(single)).toEqual([]);
});
