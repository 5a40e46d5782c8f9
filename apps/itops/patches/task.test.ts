import { describe, expect, test } from 'vitest';
import { commonPlace, type FindingState, stepsAfterReading } from './task.ts';

const now = new Date('2026-06-02T08:00:00Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3600_000);
const finding = (state: FindingState, seen = 1) => ({ state, seenAt: hoursAgo(seen) });

describe('what a reading does to the work', () => {
  test.each([
    ['new', ['recover']],
    ['assigned', ['recover']],
    ['in-progress', ['recover', 'confirm', 'close']],
    ['done', ['confirm', 'close']],
    ['confirmed', ['close']],
    ['closed', []],
  ])('no asset affected any more, %s: %j', (state, steps) =>
    expect(stepsAfterReading({ state, doneAt: null }, [finding('patched'), finding('gone')], now)).toEqual(steps),
  );
  test.each(['done', 'confirmed', 'closed'])('an asset told the old version after the work, %s: reopened', (state) =>
    expect(stepsAfterReading({ state, doneAt: hoursAgo(3) }, [finding('patched'), finding('affected')], now)).toEqual([
      'reopen',
    ]),
  );
  test('a word from before the work is waited past for a day', () => {
    expect(stepsAfterReading({ state: 'done', doneAt: hoursAgo(3) }, [finding('affected', 5)], now)).toEqual([]);
    expect(stepsAfterReading({ state: 'done', doneAt: hoursAgo(24) }, [finding('affected', 30)], now)).toEqual([
      'reopen',
    ]);
  });
  test.each(['new', 'in-progress', 'cancelled'])('still affected and %s: nothing', (state) =>
    expect(stepsAfterReading({ state, doneAt: null }, [finding('affected')], now)).toEqual([]),
  );
});

test('work lies in the smallest subtree that holds all its assets', () => {
  expect(commonPlace(['1/2f/3/', '1/2f/4/'])).toBe('1/2f/');
  expect(commonPlace(['1/2/', '1/2f/'])).toBe('1/');
  expect(commonPlace(['1/2/'])).toBe('1/2/');
  expect(commonPlace(['1/', ''])).toBe('');
  expect(commonPlace(['1/', '2/'])).toBe('');
});
