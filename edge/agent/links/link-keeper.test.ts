import { clause } from '@keystead/kernel/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LinkKeeper } from './link-keeper.ts';

const policy = { probe: 5, proven: 60, longest: 240 };

/** Looks at the preferred way as often as wanted, always with the same result; answers when it was gone back to. */
function watched(keeper: LinkKeeper, from: number, until: number, good: (now: number) => boolean): number | undefined {
  for (let now = from; now <= until; now++) {
    if (keeper.wantsProbe(now)) keeper.probed(good(now), now);
    if (keeper.returns(now)) return now;
  }
  return undefined;
}

test(clause('H-7.3-0-2', 'a lost way is left at once for the next, and after the last comes the first'), () => {
  const keeper = new LinkKeeper(3, policy);
  const tried = [keeper.way];
  for (let now = 1; now <= 3; now++) {
    keeper.lost(now);
    tried.push(keeper.way);
  }
  expect(tried).toEqual([0, 1, 2, 0]);
});

test(
  clause('I-5.3.2-2', 'the preferred way is used again when it was good for the whole of the proof, not before'),
  () => {
    const keeper = new LinkKeeper(2, policy);
    keeper.lost(100);
    expect(watched(keeper, 100, 150, () => false)).toBeUndefined();
    // Good since 155; one bad look at 180 begins the proof anew at 185.
    expect(watched(keeper, 151, 400, (now) => now !== 180)).toBe(245);
    expect(keeper.way).toBe(0);
  },
);

test('a way that breaks soon after the return must prove itself twice as long, and one that lasts is trusted again', () => {
  const keeper = new LinkKeeper(2, policy);
  keeper.lost(0);
  let back = watched(keeper, 0, 1_000, () => true) ?? 0;
  const proofs: number[] = [];
  for (let time = 0; time < 4; time++) {
    keeper.lost(back + 10);
    proofs.push(keeper.proof);
    back = watched(keeper, back + 10, back + 1_000, () => true) ?? 0;
  }
  expect(proofs).toEqual([120, 240, 240, 240]);
  keeper.lost(back + 240);
  expect(keeper.proof).toBe(60);
});

test('with one way there is nothing to choose, whatever happens', () => {
  const keeper = new LinkKeeper(1, policy);
  keeper.lost(5);
  expect(keeper.way).toBe(0);
  expect(watched(keeper, 5, 500, () => true)).toBeUndefined();
});

test('however a way comes and goes, returns are never nearer to each other than the proof', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 40 }), (spells) => {
      const keeper = new LinkKeeper(2, policy);
      let now = 0;
      let last: number | undefined;
      for (const [index, spell] of spells.entries()) {
        if (keeper.way === 0) {
          now += spell;
          keeper.lost(now);
        }
        const back = watched(keeper, now, now + spell, () => index % 3 !== 0);
        now += spell;
        if (back === undefined) continue;
        if (last !== undefined) expect(back - last).toBeGreaterThanOrEqual(policy.proven);
        last = back;
        now = Math.max(now, back);
      }
    }),
    { seed: 77, numRuns: 500 },
  );
});
