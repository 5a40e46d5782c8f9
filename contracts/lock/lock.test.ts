import { clause } from '@keystead/kernel/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideOpening, grantFaults, type HeldGrants, type LockGrant, LockLog, lockRecordOf } from './index.ts';

const noon = Date.parse('2026-06-01T04:00:00Z'); // Monday noon in Shanghai
const hour = 3_600_000;
const grant = (more: Partial<LockGrant> = {}): LockGrant => ({
  id: 'g1',
  means: ['card', 'pin'],
  credential: '0042',
  from: noon,
  until: noon + hour,
  ...more,
});
const held = (grants: LockGrant[], more: Partial<HeldGrants> = {}): HeldGrants => ({
  grants,
  frozen: false,
  used: new Map(),
  offset: 480,
  ...more,
});
const ask = (state: HeldGrants, time = noon, credential = '0042', means: 'card' | 'face' = 'card') => {
  const decision = decideOpening(state, { means, credential, time });
  return decision.opens ? decision.grant.id : decision.reason;
};

describe('a grant in a lock', () => {
  test('holds from its first millisecond until before its last, and for its means only', () => {
    const state = held([grant()]);
    const asked = [ask(state, noon - 1), ask(state), ask(state, noon + hour - 1), ask(state, noon + hour)];
    expect(asked).toEqual(['not-yet', 'g1', 'g1', 'expired']);
    expect([ask(state, noon, '0043'), ask(state, noon, '0042', 'face')]).toEqual(['key-unknown', 'key-unknown']);
    // One that ended stands not in the way of another that holds.
    expect(ask(held([grant({ id: 'old', until: noon }), grant()]))).toBe('g1');
  });

  test('is used up, keeps to its hours, and rests while the lock is frozen', () => {
    const once = grant({ uses: 1 });
    expect([ask(held([once])), ask(held([once], { used: new Map([['g1', 1]]) }))]).toEqual(['g1', 'used-up']);
    const mondays = grant({ weekly: { days: [1], from: 720, to: 721 } });
    expect([ask(held([mondays])), ask(held([mondays]), noon + 60_000)]).toEqual(['g1', 'hours']);
    expect(ask(held([grant({ weekly: { days: [2], from: 0, to: 1_440 } })]))).toBe('hours');
    expect(ask(held([grant()], { frozen: true }))).toBe('frozen');
  });

  test('that ends before it begins, or is none at all, is faulty', () => {
    expect(grantFaults(grant())).toEqual([]);
    expect(grantFaults(grant({ until: noon })).map(({ pointer }) => pointer)).toEqual(['/until']);
    expect(grantFaults(grant({ weekly: { days: [1], from: 60, to: 60 } }))).toHaveLength(1);
    for (const wrong of [null, {}, { ...grant(), means: ['knock'] }, { ...grant(), more: 1 }])
      expect(grantFaults(wrong)).toHaveLength(1);
  });
});

describe('the log of a lock', () => {
  test(clause('H-6.5-d-1', 'tells the side of the door and the means; what is no line of it is passed over'), () => {
    expect(
      lockRecordOf('unlocked', noon, { seq: 7, direction: 'out', means: 'handle', grant: 'x'.repeat(65) }),
    ).toEqual({
      seq: 7,
      time: noon,
      event: 'unlocked',
      direction: 'out',
      means: 'handle',
    });
    for (const data of [null, [], {}, { seq: 0 }, { seq: 1.5 }, { seq: '1' }])
      expect(lockRecordOf('unlocked', noon, data)).toBeUndefined();
    expect(lockRecordOf('rain', noon, { seq: 1 })).toBeUndefined();
  });

  test('in any order and told again, it comes out whole, in order, each line once; what lacks is named', () => {
    const lines = Array.from({ length: 40 }, (_, n) => ({ seq: n + 1, time: noon + n, event: 'unlocked' as const }));
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: 1 }), fc.shuffledSubarray(lines), (first, again) => {
        const log = new LockLog();
        for (const line of [...first, ...again.filter((each) => first.includes(each))]) log.take(line);
        const seqs = log.records.map(({ seq }) => seq);
        expect(seqs).toEqual(first.map(({ seq }) => seq).sort((a, b) => a - b));
        const lacking = log.missing().reduce((sum, { from, to }) => sum + to - from + 1, 0);
        expect(lacking).toBe((seqs.at(-1) ?? 0) - (seqs[0] ?? 0) + 1 - seqs.length);
      }),
      { numRuns: 500, seed: 65 },
    );
  });

  test('knows how far the clock of the lock is off', () => {
    const log = new LockLog();
    expect(log.take({ seq: 1, time: noon - 90_000, event: 'unlocked' }, noon)).toBe(true);
    expect([log.skew, log.take({ seq: 1, time: noon, event: 'unlocked' })]).toEqual([-90_000, false]);
  });
});
