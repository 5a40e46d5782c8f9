import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dialOf, estimated, standAt, usedBetween } from './dial.ts';

const hour = 3_600_000;
const noonless = Date.parse('2026-06-30T16:00:00Z');
const at = (hours: number, value: number) => ({ at: noonless + hours * hour, value });

test('a reading within a quarter of an hour is the stand', () => {
  expect(standAt(noonless, [at(-0.2, 500), at(3, 900)], [], false)).toEqual({ value: 500, rule: 'exact' });
  expect(standAt(noonless, [at(-5, 500), at(0.1, 900)], [], false)).toEqual({ value: 900, rule: 'exact' });
});

test('between two readings it lies in proportion to time, to the thousandth', () => {
  expect(standAt(noonless, [at(-1, 1000), at(2, 1301)], [], false)).toEqual({ value: 1100, rule: 'between' });
  expect(standAt(noonless, [at(-40, 1000), at(40, 2000)], [], false)).toBeUndefined();
});

test('one reading alone counts only when nothing more is waited for, and up to a day', () => {
  expect(standAt(noonless, [at(-20, 700)], [], false)).toBeUndefined();
  expect(standAt(noonless, [at(-20, 700)], [], true)).toEqual({ value: 700, rule: 'carried' });
  expect(standAt(noonless, [at(20, 700)], [], true)).toEqual({ value: 700, rule: 'following' });
  expect(standAt(noonless, [at(-25, 700), at(25, 900)], [], true)).toBeUndefined();
});

test('readings of the meter before an exchange say nothing of the one after', () => {
  const exchange = { at: noonless - hour, oldEnd: 9000, newBegin: 0 };
  expect(standAt(noonless, [at(-2, 8990), at(2, 30)], [exchange], true)).toEqual({ value: 30, rule: 'following' });
  expect(standAt(noonless, [at(-2, 8990), at(2, 30)], [{ ...exchange, at: noonless + hour }], true)).toEqual({
    value: 8990,
    rule: 'carried',
  });
});

test('an exchange is counted piece by piece, a rollover over the end of the dial, a fall without reason not at all', () => {
  const dial = dialOf('water');
  const one = { at: 1, oldEnd: 9_500, newBegin: 12 };
  expect(usedBetween(9_000, 512, [one], dial)).toBe(1_000);
  expect(usedBetween(9_000, 300, [{ at: 2, oldEnd: 700, newBegin: 0 }, one], dial)).toBe(500 + 688 + 300);
  expect(usedBetween(dial - 4_000, 6_000, [], dial)).toBe(10_000);
  expect(usedBetween(50_000_000, 6_000, [], dial)).toBeUndefined();
  expect(usedBetween(dial - 4_000, 60_000_000, [], dial)).toBeUndefined();
});

test('months add up: what is used over stretches is what is used over all of them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 300_000 }), { minLength: 2, maxLength: 12 }),
      fc.nat({ max: 99_999_999 }),
      (uses, start) => {
        const dial = dialOf('water');
        const stands = [start];
        for (const use of uses) stands.push(((stands.at(-1) ?? 0) + use) % dial);
        const sum = uses.map((_, index) => usedBetween(stands[index] ?? 0, stands[index + 1] ?? 0, [], dial));
        expect(sum).toEqual(uses);
      },
    ),
    { seed: 7, numRuns: 500 },
  );
});

test('an estimate is the mean of a day over the months before', () => {
  expect(
    estimated(
      [
        { days: 30, quantity: 9_000 },
        { days: 31, quantity: 9_300 },
      ],
      28,
    ),
  ).toBe(8_400);
  expect(estimated([], 30)).toBeUndefined();
});
