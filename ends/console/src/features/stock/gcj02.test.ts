import { expect, test } from 'vitest';
import { storedValue, typedValue } from './fields.ts';
import { gcj02 } from './gcj02.ts';

test('a point in China is shown where Chinese maps draw it, elsewhere where it is', () => {
  // Tian’anmen: published pair of the two grids, to a metre or so.
  const [longitude, latitude] = gcj02([116.3912, 39.9075]);
  expect(longitude).toBeCloseTo(116.39744, 4);
  expect(latitude).toBeCloseTo(39.9089, 4);
  expect(gcj02([2.35, 48.85])).toEqual([2.35, 48.85]);
});

test('money is typed in yuan and kept in fen; an empty field takes the entry out', () => {
  expect([storedValue('rentStandard', '12.35'), storedValue('owner', ' '), storedValue('quota', '3')]).toEqual([
    1235,
    null,
    3,
  ]);
  expect([typedValue('deposit', 100_000), typedValue('owner', undefined)]).toEqual(['1000.00', '']);
});
