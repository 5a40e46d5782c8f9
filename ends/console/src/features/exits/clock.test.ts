import { expect, test } from 'vitest';
import { dueOf, nearness } from './clock.ts';

const days = { inspectBy: '2026-06-04', settleBy: '2026-06-09', depositBy: '2026-06-18' };

test('each step waits for its own day, and what is over waits for none', () => {
  const by = (state: Parameters<typeof dueOf>[0]['state']) => dueOf({ ...days, state })?.by;
  expect([by('initiated'), by('accepted'), by('inspected'), by('settled')]).toEqual([
    ...['2026-06-04', '2026-06-04', '2026-06-09', '2026-06-18'],
  ]);
  expect(dueOf({ ...days, state: 'handed-over' })).toEqual({ what: 'report', by: undefined });
  expect([dueOf({ ...days, state: 'reported' }), dueOf({ ...days, state: 'cancelled' })]).toEqual([
    undefined,
    undefined,
  ]);
});

test('a clock is late after its day, and near three days before', () => {
  const by = '2026-06-04T00:00:00Z';
  const at = (text: string) => nearness(by, new Date(text).getTime());
  expect([at('2026-05-20T00:00:00Z'), at('2026-06-02T00:00:00Z'), at('2026-06-04T00:00:01Z')]).toEqual([
    ...['far', 'near', 'late'],
  ]);
});
