import { expect, test } from 'vitest';
import { numberInForce } from './queries.ts';

const of = (kind: string, number: number, effectiveOn: string) => ({
  ...{ kind, number, effectiveOn, title: '', note: '', actorName: '' },
  clauses: [],
});

test('of the wordings that began the last number holds, one that begins later does not', () => {
  const all = [
    of('first', 1, '2000-01-01'),
    of('first', 2, '2026-03-01'),
    of('first', 3, '2027-01-01'),
    of('renewal', 4, '2000-01-01'),
  ];
  expect(numberInForce(all, 'first', '2026-02-28')).toBe(1);
  expect(numberInForce(all, 'first', '2026-03-01')).toBe(2);
  expect(numberInForce(all, 'renewal', '2026-03-01')).toBe(4);
});
