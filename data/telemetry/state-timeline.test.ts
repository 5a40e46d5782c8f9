import { clause } from '@keystead/kernel/testing';
import { expect, test } from 'vitest';
import { sharesOf, timelineOf } from './state-timeline.ts';
import { dice } from './testing.ts';

const shown = (stretches: ReturnType<typeof timelineOf>) => stretches.map(({ from, to, state }) => [from, to, state]);

test('a state lasts until the next reading', () => {
  const readings = [
    { time: 0, value: 1 },
    { time: 40, value: 0 },
    { time: 70, value: 0 },
  ];
  expect(shown(timelineOf(10, 100, readings, [], 50))).toEqual([
    [10, 40, 1],
    [40, 100, 0],
  ]);
});

test('nothing is known before the first reading, nor from the end of patience until the thing speaks', () => {
  const readings = [
    { time: 20, value: 3 },
    { time: 90, value: 1 },
  ];
  expect(shown(timelineOf(0, 100, readings, [30], 20))).toEqual([
    [0, 20, undefined],
    [20, 50, 3],
    [50, 90, undefined],
    [90, 100, 1],
  ]);
});

test('other words of the thing keep a state alive, but not over a silence', () => {
  const readings = [{ time: 0, value: 2 }];
  expect(shown(timelineOf(0, 100, readings, [15, 30, 45, 90, 95], 20))).toEqual([
    [0, 65, 2],
    [65, 100, undefined],
  ]);
});

test(
  clause('I-5.2.2.1-a', 'shares of the states of any history sum to the whole, and no stretch overlaps another'),
  () => {
    const random = dice(21);
    for (let n = 0; n < 300; n++) {
      const times = Array.from({ length: Math.floor(random() * 30) }, () => Math.floor(random() * 1200) - 100);
      const contacts = times.sort((a, b) => a - b);
      const readings = contacts
        .filter((time, index) => random() < 0.6 && time !== contacts[index - 1])
        .map((time) => ({ time, value: random() < 0.1 ? Number.NaN : Math.floor(random() * 4) }));
      const stretches = timelineOf(0, 1000, readings, contacts, 5 + Math.floor(random() * 200));
      let at = 0;
      for (const { from, to } of stretches) {
        expect(from).toBe(at);
        expect(to).toBeGreaterThan(from);
        at = to;
      }
      expect(at).toBe(1000);
      expect(sharesOf(stretches).reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    }
  },
);
