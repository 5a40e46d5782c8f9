import { expect, test } from 'vitest';
import { dueAfter } from './due.ts';

// Monday, nine o'clock here.
const at = new Date('2026-06-01T01:00:00Z');
const says = (days: number) => ({ id: 'pack', value: () => days });
const initial = { kind: 'initial', cycle: null } as const;

test('a household is reminded when half of its days, rounded up, are gone; of a single day it is not', () => {
  const remindAt = (days: number) =>
    dueAfter(initial, 'ask-supplement', says(days), at).remindAt?.toISOString() ?? null;
  expect(remindAt(1)).toBeNull();
  expect(remindAt(2)).toBe('2026-06-01T10:00:00.000Z');
  expect(remindAt(5)).toBe('2026-06-03T10:00:00.000Z');
  expect(dueAfter(initial, 'submit', says(5), at).remindAt).toBeNull();
});

test('a yearly review handed in again is due on its own day while that is to come, else within the days for reviews', () => {
  const due = (cycle: string) => dueAfter({ kind: 'annual', cycle }, 'submit', says(3), at).dueAt?.toISOString();
  expect(due('2026-06-20')).toBe('2026-06-19T16:00:00.000Z');
  expect(due('2026-05-20')).toBe('2026-06-03T10:00:00.000Z');
});

test('while something is shown to everybody nobody has a day; steps between leave the day that was set', () => {
  expect(dueAfter(initial, 'publish', says(3), at)).toMatchObject({ dueAt: null, duePolicy: null });
  expect(dueAfter(initial, 'pass', says(3), at)).toEqual({});
  expect(dueAfter({ kind: 'annual', cycle: '2026-06-20' }, 'accept', says(3), at)).toEqual({});
});
