import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold, foldUp } from './fold.ts';
import { valueIn } from './measure.ts';

const row = (place: string, num: number) => ({ place, num, den: 1, rows: 1 });

test('rows are shared out to the children they lie under, the rest stays with the parent', () => {
  const { whole, itself, of } = fold(
    [row('1/2/3/', 1), row('1/2/', 2), row('1/20/', 4), row('1/', 8)],
    ['1/2/', '1/20/', '1/9/'],
  );
  expect([whole.num, itself.num, of.get('1/2/')?.num, of.get('1/20/')?.num, of.get('1/9/')?.num]).toEqual([
    15, 8, 3, 4, 0,
  ]);
});

test('a parent is the sum of its children, whatever the tree', () => {
  const path = fc
    .array(fc.constantFrom('1', '2', '1a'), { maxLength: 4 })
    .map((parts) => parts.map((part) => `${part}/`).join(''));
  fc.assert(
    fc.property(fc.array(fc.tuple(path, fc.nat(1000))), (made) => {
      const rows = made.map(([place, num]) => row(place, num));
      const { whole, itself, of } = fold(rows, ['1/', '2/', '1a/']);
      const sum = [...of.values()].reduce((total, each) => total + each.num, itself.num);
      expect(sum).toBe(whole.num);
      const up = foldUp(rows);
      expect(up.get('')?.num).toBe(whole.num);
      for (const [child, sums] of of) expect(up.get(child)?.num ?? 0).toBe(sums.num);
    }),
    { seed: 7, numRuns: 500 },
  );
});

test('a rate of nothing is no figure, not zero', () => {
  expect([
    valueIn('rate', { num: 0, den: 0 }),
    valueIn('rate', { num: 1, den: 4 }),
    valueIn('sum', { num: 3, den: 9 }),
  ]).toEqual([null, 0.25, 3]);
});
