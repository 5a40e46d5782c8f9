import { clause } from '@keystead/kernel/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PastWalk } from './past-walk.ts';

const kept = 30;
/** Days, counted so that `now` is today. */
const periods = (today: number): number[] => Array.from({ length: kept }, (_, back) => today - back);
const entry = (period: number) => ({ period, time: period * 86_400e6, values: {} });

/** Asks a meter that holds the given days until the walk has enough; gives the days it handed on. */
function walkOnce(walk: PastWalk, held: readonly number[], today: number): number[] {
  const found: number[] = [];
  for (let asked = 0; asked < 200; asked++) {
    const number = walk.next(today);
    if (number === undefined) return found;
    const period = held[number - 1];
    const answer = period === undefined ? undefined : entry(period);
    if (answer && walk.wants(answer, today)) found.push(answer.period);
    if (!walk.took(answer, today)) return found;
  }
  throw new Error('the walk does not end');
}

test(clause('H-6.4-b-4', 'all thirty days are fetched once, then one a day'), () => {
  const walk = new PastWalk(periods);
  expect(walkOnce(walk, periods(1000), 1000)).toEqual(periods(1000));
  expect(walk.next(1000)).toBeUndefined();
  expect(walkOnce(walk, periods(1001), 1001)).toEqual([1001]);
  expect(walk.next(1001)).toBeUndefined();
});

test(clause('H-6.4-c-2', 'after ten days without contact just the ten missing days are asked for'), () => {
  const walk = new PastWalk(periods);
  walkOnce(walk, periods(1000), 1000);
  expect(walkOnce(walk, periods(1010), 1010)).toEqual(periods(1010).slice(0, 10));
});

test('a day the meter skipped is not asked for again, but the newest one may still come', () => {
  const walk = new PastWalk(periods);
  const held = periods(1000).filter((day) => day !== 990 && day !== 1000);
  expect(walkOnce(walk, held, 1000)).toEqual(held);
  expect(walk.missing(1000)).toEqual([1000]);
  expect(walkOnce(walk, [1000, ...held], 1000)).toEqual([1000]);
  expect(walk.next(1000)).toBeUndefined();
});

test(clause('H-6.4-c-2', 'whatever is held and whenever it is asked, every held day is handed on exactly once'), () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
      fc.array(fc.integer({ min: 0, max: 15 }), { maxLength: 8 }),
      (power, gaps) => {
        const held = (today: number) => periods(today).filter((day) => power[day % 60] === true || day === today);
        const walk = new PastWalk(periods);
        const handed = new Map<number, number>();
        let today = 1000;
        const expected = new Set<number>();
        for (const gap of [0, ...gaps]) {
          today += gap;
          for (const day of held(today)) expected.add(day);
          for (const day of walkOnce(walk, held(today), today)) handed.set(day, (handed.get(day) ?? 0) + 1);
        }
        expect([...handed.values()].every((times) => times === 1)).toBe(true);
        expect([...expected].filter((day) => !handed.has(day))).toEqual([]);
      },
    ),
    { numRuns: 300, seed: 4 },
  );
});
