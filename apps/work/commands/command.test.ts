import { describe, expect, test } from 'vitest';
import { checkApprover, checkStep, levelOf, needsApproval, wantedReading } from './command.ts';
import { Gatherer } from './gatherer.ts';
import { guard, inHours, type Linkage } from './linkage-rule.ts';
import { readReply } from './reply.ts';
import { outcomeOf } from './runs.ts';
import { withoutSecrets } from './secret.ts';

describe('what a device answers', () => {
  test.each([
    [null, true],
    [{ ok: true }, true],
    [42, true],
    [{ value: 3 }, true],
    [{ error: null }, true],
    [false, false],
    [{ ok: false }, false],
    [{ success: false }, false],
    [{ error: 'jammed' }, false],
    [{ error: { type: 'method-unknown' } }, false],
  ])('%j', (reply, taken) => {
    expect(readReply(reply).taken).toBe(taken);
  });

  test('why it did not is kept, however long it talks', () => {
    expect(readReply({ error: { type: 'method-unknown' } }).failure).toBe('method-unknown');
    expect(readReply({ error: 'x'.repeat(1000) }).failure).toHaveLength(200);
  });
});

describe('who may', () => {
  test('the level follows the risk unless the model says otherwise', () => {
    expect((['read', 'normal', 'dangerous', 'vital'] as const).map((risk) => levelOf({ risk }))).toEqual([1, 1, 2, 3]);
    expect(levelOf({ risk: 'vital', level: 1 })).toBe(1);
  });

  test('dangerous and vital need a second person, an emergency nobody', () => {
    expect(needsApproval({ risk: 'dangerous' })).toBe(true);
    expect(needsApproval({ risk: 'vital', urgent: true })).toBe(false);
    expect(needsApproval({ risk: 'normal', approval: 'second-person' })).toBe(true);
  });

  test('a rule approves nothing, least of all its own', () => {
    expect(() => checkApprover({ requester: 'rule:1' }, { kind: 'system', id: 'rule:1' })).toThrow(
      'command-own-approval',
    );
    expect(() => checkApprover({ requester: 'a' }, { kind: 'system', id: 'b' })).toThrow('command-own-approval');
    expect(() => checkApprover({ requester: 'a' }, { kind: 'user', id: 'a' })).toThrow('command-own-approval');
    expect(() => checkApprover({ requester: 'a' }, { kind: 'user', id: 'b' })).not.toThrow();
  });

  test('what has left is not taken back', () => {
    expect(() => checkStep({ state: 'sent' }, 'cancel')).toThrow('command-step-refused');
    expect(() => checkStep({ state: 'queued' }, 'cancel')).not.toThrow();
  });
});

test('a wanted reading is the field of the input, or what the service always means', () => {
  const readBack = { property: 'speed', from: 'value', within: 10, tolerance: 1 };
  expect(wantedReading(readBack, { value: 7 })).toEqual({ property: 'speed', value: 7, tolerance: 1, within: 10 });
  expect(wantedReading(readBack, {})).toBeNull();
  expect(wantedReading({ property: 'on', value: false, within: 5 }, {})).toMatchObject({ value: false });
});

test('secrets in an input do not reach the journal', () => {
  expect(withoutSecrets({ user: 'a', pin: '1234', more: [{ password: 'x', n: 1 }] })).toEqual({
    user: 'a',
    pin: null,
    more: [{ password: null, n: 1 }],
  });
});

test('a run is done, partly failed or failed', () => {
  const row = (state: 'acknowledged' | 'refused' | 'queued') => ({
    state,
    ended_at: state === 'queued' ? null : new Date(0),
  });
  expect(outcomeOf([row('acknowledged')], 0)).toBe('done');
  expect(outcomeOf([row('acknowledged'), row('queued')], 0)).toBe('running');
  expect(outcomeOf([row('acknowledged')], 1)).toBe('partly-failed');
  expect(outcomeOf([row('refused')], 0)).toBe('failed');
});

test('night goes over midnight', () => {
  const hours = {
    zone: 'Asia/Shanghai',
    weekly: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '19:00', to: '06:00' }],
  };
  const at = (text: string) => inHours(hours, Date.parse(text));
  expect([at('2026-06-01T19:00:00+08:00'), at('2026-06-02T05:59:00+08:00')]).toEqual([true, true]);
  expect([at('2026-06-02T06:00:00+08:00'), at('2026-06-02T18:59:00+08:00')]).toEqual([false, false]);
});

test('a rule is held back by its echo, by depth and by its rate', () => {
  const rule = { id: 'r', perMinute: 2 } as Linkage;
  expect(guard(rule, ['a', 'r'], 0)).toBe('echo');
  expect(guard(rule, ['a', 'b', 'c'], 0)).toBe('depth');
  expect(guard(rule, [], 2)).toBe('rate');
  expect(guard(rule, ['a'], 1)).toBeUndefined();
});

test('what is asked for at once goes in one round, and a bad one does not take the others with it', async () => {
  const rounds: number[][] = [];
  const gatherer = new Gatherer<number, number>(async (items) => {
    rounds.push(items);
    if (items.includes(3)) throw new Error('three');
    return items.map((each) => each * 2);
  }, 10);
  const all = await Promise.allSettled([1, 2, 3, 4].map((each) => gatherer.add(each)));
  expect(all.map((each) => (each.status === 'fulfilled' ? each.value : 'failed'))).toEqual([2, 4, 'failed', 8]);
  expect(rounds[0]).toEqual([1, 2, 3, 4]);
  await gatherer.settled();
});
