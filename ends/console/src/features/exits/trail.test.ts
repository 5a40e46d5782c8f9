import { expect, test } from 'vitest';
import { trailOf } from './trail.ts';

type Facts = Parameters<typeof trailOf>[0];
const at = '2026-06-01T00:00:00.000Z';
const words = { title: (key: string) => key, by: '≤', keys: '' };
const exit = (...states: Facts['state'][]): Facts => ({
  ...{ state: states.at(-1) ?? 'initiated', leaseState: 'effective', ack: null },
  ...{ inspectBy: at, settleBy: at, depositBy: at },
  history: states.map((state) => ({ at, state, actorName: '李四', reason: null })),
});
const looks = (of: Facts, left = 1) =>
  Object.fromEntries(trailOf(of, { known: 1, left }, words, () => 'day').map(({ key, state }) => [key, state]));

test('a step that is done names who did it, one to come names its day', () => {
  const steps = trailOf(exit('initiated', 'accepted'), undefined, words, () => 'day');
  expect(steps.find(({ key }) => key === 'accept')).toMatchObject({ state: 'done', who: '李四', at });
  expect(steps.find(({ key }) => key === 'inspect')).toMatchObject({ state: 'now', note: '≤ day' });
});

test('keys are off once the account is made and no lock holds one; nobody waits for them', () => {
  const settled = exit('initiated', 'accepted', 'inspected', 'settled');
  expect(looks(settled)).toMatchObject({ keys: 'next', 'hand-over': 'now' });
  expect(looks(settled, 0)).toMatchObject({ keys: 'done', 'hand-over': 'now' });
  expect(looks(exit('initiated'), 0).keys).toBe('next');
});

test('it is over when the lease is in the archive; a cancelled one failed where it stood', () => {
  const reported = exit('initiated', 'accepted', 'inspected', 'settled', 'handed-over', 'reported');
  expect(looks(reported, 0)).toMatchObject({ report: 'done', archive: 'now' });
  expect(looks({ ...reported, leaseState: 'archived' }, 0).archive).toBe('done');
  expect(looks(exit('initiated', 'accepted', 'cancelled'))).toMatchObject({ accept: 'done', inspect: 'failed' });
});
