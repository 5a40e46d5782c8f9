import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answered, hopeful, longestRest, missed, newPresence, restAfter } from './presence.ts';
import { nextDue, phaseOf } from './schedule.ts';

test('the schedule hangs on its start: lateness is never carried on', () => {
  const start = 1000.25;
  let now = start;
  for (let turn = 1; turn <= 5000; turn++) {
    const due = nextDue(start, 1000, now);
    expect(due).toBe(start + turn * 1000);
    now = due + ((turn * 37) % 900); // each turn late by something
  }
});

test('a timer that fires early does not bring its turn twice', () => {
  const due = nextDue(1000.25, 100, 1340);
  expect(due).toBe(1400.25);
  expect(nextDue(1000.25, 100, due - 0.6, due)).toBe(1500.25);
});

test('a turn that took longer than its interval leaves turns out instead of piling them up', () => {
  expect(nextDue(0, 100, 350)).toBe(400);
  fc.assert(
    fc.property(fc.nat(1e6), fc.integer({ min: 50, max: 1e5 }), fc.nat(1e7), (start, every, now) => {
      const due = nextDue(start, every, now);
      expect((due - start) % every).toBe(0);
      expect(due > now || (now < start && due === start)).toBe(true);
      expect(due - Math.max(now, start)).toBeLessThanOrEqual(every);
    }),
  );
});

test('many devices of one interval are spread over it', () => {
  const phases = Array.from({ length: 100 }, (_, index) => phaseOf(index, 1000)).toSorted((a, b) => a - b);
  const gaps = phases.slice(1).map((phase, index) => phase - (phases[index] ?? 0));
  expect(Math.max(...gaps)).toBeLessThan(25);
});

test('a silent device is asked ever more rarely, but is never left alone for ten seconds', () => {
  let presence = newPresence(0);
  const waits: number[] = [];
  for (let now = 0; waits.length < 12; now = presence.nextTry) {
    presence = missed(presence, now);
    waits.push(presence.nextTry - now);
  }
  expect(waits.slice(0, 5)).toEqual([500, 1000, 2000, 4000, 8000]);
  expect(Math.max(...waits)).toBe(longestRest);
  expect(longestRest).toBeLessThan(10_000);
  expect(hopeful(presence, 5).nextTry).toBe(5);
  expect(hopeful(answered(), 5)).toEqual(answered());
});

test('silent devices cost a line that others use a fifth of its time at most', () => {
  const took = 1000;
  const rest = restAfter(took, true);
  expect(took / (took + rest)).toBeCloseTo(0.2);
  expect(restAfter(took, false)).toBe(0);
});
