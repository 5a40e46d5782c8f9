import { clause } from '@keystead/kernel/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReadingRound, type RoundPlan } from './reading-round.ts';

const zone = 'Asia/Shanghai';
const plan: RoundPlan = { every: 900, window: 600, attempts: 4, retryAfter: 10 };
const at = (text: string): number => Date.parse(`2026-11-20T${text}+08:00`);

test('slots count from local midnight', () => {
  const round = new ReadingRound([], plan, zone);
  expect(round.slot(at('08:16:01'))).toBe(at('08:15:00'));
  expect(new ReadingRound([], { ...plan, every: 86_400 }, zone).slot(at('23:59:59'))).toBe(at('00:00:00'));
});

test('every meter is asked once in a slot, in order, and a new slot asks all again', () => {
  const round = new ReadingRound(['a', 'b'], plan, zone);
  const take = (time: string): string | undefined => {
    const device = round.next(at(time))?.device;
    if (device) round.done();
    return device;
  };
  expect([take('08:00:00'), take('08:00:01'), take('08:00:02')]).toEqual(['a', 'b', undefined]);
  expect([take('08:15:00'), take('08:15:01'), take('08:29:00')]).toEqual(['a', 'b', undefined]);
  expect(round.figures).toEqual({ taken: 4, missed: 0 });
});

test('who fails goes behind the others, waits longer each time, and is given up in the end', () => {
  const round = new ReadingRound(['a', 'b'], plan, zone);
  const first = round.next(at('08:00:00'));
  round.failed('a', first?.tries ?? 0, at('08:00:00'));
  expect(round.next(at('08:00:01'))?.device).toBe('b');
  round.done();
  expect(round.next(at('08:00:09'))).toBeUndefined();
  for (const [tries, time] of [
    [1, '08:00:10'],
    [2, '08:00:30'],
    [3, '08:01:10'],
  ] as const) {
    expect(round.next(at(time))).toMatchObject({ device: 'a', tries });
    round.failed('a', tries, at(time));
  }
  expect(round.next(at('08:09:00'))).toBeUndefined();
  expect(round.figures).toEqual({ taken: 1, missed: 1 });
});

test('what is not read when the window closes is missed; a line opened late has its window from then', () => {
  const round = new ReadingRound(['a'], plan, zone);
  const turn = round.next(at('08:14:00'));
  round.failed('a', turn?.tries ?? 0, at('08:14:00'));
  expect(round.next(at('08:15:00'))?.device).toBe('a');
  round.failed('a', 0, at('08:15:00'));
  expect(round.next(at('08:25:00'))).toBeUndefined();
  expect(round.figures).toEqual({ taken: 0, missed: 2 });
});

test(clause('H-6.4-b-2', 'taken and missed always add up to meters times slots, whatever fails'), () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 200 }),
      (count, luck) => {
        const devices = Array.from({ length: count }, (_, n) => `m${n}`);
        const round = new ReadingRound(devices, plan, zone);
        let turns = 0;
        for (let now = at('08:00:00'); now < at('09:00:00'); now += 3_000) {
          const turn = round.next(now);
          if (!turn) continue;
          if (luck[turns++ % luck.length]) round.done();
          else round.failed(turn.device, turn.tries, now);
        }
        round.next(at('09:00:00') + 899_000);
        const { taken, missed } = round.figures;
        expect(taken + missed).toBe(count * 5);
      },
    ),
    { numRuns: 200, seed: 3 },
  );
});
