import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Entrant, faultsOf, hashOfList, hashOfSeed, orderOf, type PublishedDraw, type Ranking } from './draw.ts';

const list = (many: number, priority = 0): Entrant[] =>
  Array.from({ length: many }, (_, at) => ({
    entry: `LH${String(at).padStart(8, '0')}`,
    priority,
    score: at % 7,
    since: `2026-01-${String(1 + (at % 28)).padStart(2, '0')}T00:00:00.000Z`,
  }));
const seed = '11'.repeat(32);

function published(entrants: readonly Entrant[], ranking: Ranking = 'lottery', witness = '07 12 33'): PublishedDraw {
  const listHash = hashOfList('plan', ranking, entrants);
  const head = { format: 'keystead-draw-1' as const, plan: 'plan', ranking, list: entrants, listHash };
  return { ...head, seedHash: hashOfSeed(seed), seed, witness, order: orderOf(head, seed, witness) };
}

test('a draw run again gives the same order, whatever the order in which the list was written', () => {
  const draw = published(list(200));
  expect(faultsOf(draw)).toEqual([]);
  expect(faultsOf({ ...draw, list: [...draw.list].reverse() })).toEqual([]);
  expect(new Set(draw.order).size).toBe(200);
});

test('the order is fixed for all times: another release draws the same', () => {
  expect(published(list(5)).order.map((entry) => Number(entry.slice(2)))).toEqual(fixed);
});
// Worked out by another programme from the description in the README.
const fixed = [0, 3, 1, 4, 2];

test('a changed list, seed, witness or order is found', () => {
  const draw = published(list(50));
  expect(faultsOf({ ...draw, list: draw.list.slice(1) })).toContain('list-hash');
  expect(faultsOf({ ...draw, seed: '22'.repeat(32) })).toEqual(['seed-hash', 'order']);
  expect(faultsOf({ ...draw, witness: '' })).toEqual(['order']);
  expect(faultsOf({ ...draw, order: [...draw.order].reverse() })).toEqual(['order']);
  for (const value of [null, 1, {}, { ...draw, format: 'x' }, { ...draw, list: 1 }])
    expect(faultsOf(value)).toEqual(['format']);
});

test('groups of priority come first, each by its own rule', () => {
  const mixed = [...list(10), ...list(10, 1).map((each) => ({ ...each, entry: `A${each.entry}` }))];
  const drawn = published(mixed);
  expect(drawn.order.slice(0, 10).every((entry) => entry.startsWith('A'))).toBe(true);
  const scores = published(list(30), 'score').order.map((entry) => Number(entry.slice(2)) % 7);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect(published(list(28), 'queue').order).toEqual(list(28).map(({ entry }) => entry));
});

test('everybody is as likely to come first', () => {
  const firsts = new Map<string, number>();
  const entrants = list(8);
  const listHash = hashOfList('plan', 'lottery', entrants);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      const [first = ''] = orderOf(
        { plan: 'plan', ranking: 'lottery', list: entrants, listHash },
        Buffer.from(bytes).toString('hex'),
        '',
      );
      firsts.set(first, (firsts.get(first) ?? 0) + 1);
    }),
    { numRuns: 4000, seed: 7 },
  );
  const expected = [...firsts.values()].reduce((sum, count) => sum + count, 0) / 8;
  const chi = [...firsts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  expect(firsts.size).toBe(8);
  // Seven degrees of freedom: above 24 once in a thousand; the seed is fixed.
  expect(chi).toBeLessThan(24.3);
});
