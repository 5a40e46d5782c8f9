import { clause } from '@keystead/kernel/testing';
import { describe, expect, test } from 'vitest';
import { isKeptFrom, type Loss, mayClose, nextRung, rungOf, rungTimes } from './ladder.ts';

const day = 86_400_000;
const now = Date.parse('2026-06-01T00:00:00Z');
const days = [0, 15, 30];
const loss = (more: Partial<Loss> = {}): Loss => ({ lostAt: now, moveOutBy: now + 90 * day, closedAt: null, ...more });

describe('the freeze ladder', () => {
  test(clause('H-9.1.2-b-1', 'begins with a final decision, and the clock alone never gets to the front door'), () => {
    expect(rungOf(undefined, days, now)).toBe('none');
    const reached = [-1, 0, 14, 15, 89, 90, 3650].map((after) => rungOf(loss(), days, now + after * day));
    expect(reached).toEqual(['none', 'guests', 'guests', 'gates', 'gates', 'gates', 'gates']);
    expect(rungOf(loss({ closedAt: now + 91 * day }), days, now + 91 * day)).toBe('door');
    expect([nextRung(loss(), days, now), nextRung(loss(), days, now + 15 * day)]).toEqual([now + 15 * day, undefined]);
  });

  test('a court’s order waits for the time to move out; who handed over need not wait', () => {
    expect(rungTimes(loss(), days).door).toBe(now + 90 * day);
    expect(rungTimes(loss({ moveOutBy: now + day }), days).door).toBe(now + 30 * day);
    const ask = (ground: 'court-order' | 'handed-over', after: number) =>
      mayClose(loss(), ground, days, now + after * day);
    expect([ask('court-order', 89), ask('court-order', 90), ask('handed-over', 0)]).toEqual([false, true, true]);
    const unlost = (ground: 'court-order' | 'handed-over') => mayClose(undefined, ground, days, now + 999 * day);
    expect([unlost('court-order'), unlost('handed-over')]).toEqual([false, true]);
  });

  test('keeps guests out first, then gates, then the door', () => {
    const all = [
      { guest: true, gate: false },
      { guest: true, gate: true },
      { guest: false, gate: true },
      { guest: false, gate: false },
    ];
    const kept = (rung: Parameters<typeof isKeptFrom>[0]) => all.map((key) => Number(isKeptFrom(rung, key))).join('');
    expect([kept('none'), kept('guests'), kept('gates'), kept('door')]).toEqual(['0000', '1100', '1110', '1111']);
  });
});
