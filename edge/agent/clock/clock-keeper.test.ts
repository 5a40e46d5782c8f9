import { createLog, movableClock } from '@keystead/kernel/base';
import { expect, test } from 'vitest';
import { ClockKeeper, type EpochStore, offsetOf } from './clock-keeper.ts';

const log = createLog('clock', 'silent');

function epochs(): EpochStore & { all: (number | undefined)[] } {
  const all: (number | undefined)[] = [undefined];
  return {
    all,
    get offset() {
      return all.at(-1);
    },
    newEpoch: async (offset) => void all.push(offset),
    fixOffset: async (offset) => {
      for (let i = 0; i < all.length; i++) all[i] ??= offset;
    },
  };
}

test('the quickest of several answers tells the offset, corrected by half its way', () => {
  const comparisons = [
    { asked: 1_000, answered: 6_400, took: 800 },
    { asked: 2_000, answered: 7_010, took: 20 },
  ];
  expect(offsetOf(comparisons)).toEqual({ offset: 5_000_000, doubt: 10_000 });
  expect(offsetOf([])).toBeUndefined();
});

test('an agent that starts with a wrong clock corrects what it stored before it could ask', async () => {
  const clock = movableClock('1970-01-01T00:10:00Z');
  let mono = 0;
  const store = epochs();
  const keeper = new ClockKeeper(clock, store, log, () => mono);
  const truth = Date.parse('2026-05-01T00:00:00Z');
  await keeper.compare(async () => {
    mono += 10;
    clock.pass(0.01);
    return truth + mono - 5;
  });
  expect(store.all).toHaveLength(1);
  expect(Math.abs(keeper.now() - (truth + mono))).toBeLessThan(20);
});

test('a jump of the clock begins a new stretch whose offset follows from the one before', async () => {
  const clock = movableClock('2026-05-01T00:00:00Z');
  let mono = 0;
  const store = epochs();
  await store.fixOffset(2_000_000);
  const keeper = new ClockKeeper(clock, store, log, () => mono);
  const jumps: number[] = [];
  keeper.onJump = (ms) => jumps.push(ms);
  const before = keeper.now();
  mono += 1_000;
  clock.pass(1);
  await keeper.look();
  expect(jumps).toEqual([]);
  mono += 1_000;
  clock.pass(3_601);
  await keeper.look();
  expect(jumps).toEqual([3_600_000]);
  expect(store.all).toEqual([2_000_000, 2_000_000 - 3_600_000_000]);
  expect(keeper.now()).toBe(before + 2_000);
});

test('what differs by less than can be measured is left alone, a drift is not', async () => {
  const clock = movableClock('2026-05-01T00:00:00Z');
  const store = epochs();
  await store.fixOffset(0);
  const keeper = new ClockKeeper(clock, store, log, () => 0);
  await keeper.compare(async () => clock.now().getTime() + 200);
  expect(store.all).toEqual([0]);
  await keeper.compare(async () => clock.now().getTime() + 900);
  expect(store.all).toEqual([0, 900_000]);
});

test('without an answer nothing is fixed: the next connection may tell', async () => {
  const store = epochs();
  const keeper = new ClockKeeper(movableClock('2026-05-01T00:00:00Z'), store, log, () => 0);
  expect(await keeper.compare(() => Promise.reject(new Error('no')))).toBe(false);
  expect(store.all).toEqual([undefined]);
});
