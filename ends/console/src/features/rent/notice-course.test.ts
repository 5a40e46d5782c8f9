import { expect, test } from 'vitest';
import { courseOf } from './notice-course.ts';
import type { Notice } from './queries.ts';

const notice = (more: Partial<Notice>): Notice => ({
  ...{ id: 'n', agreement: 'a', code: 'HT1', subject: 'rent', since: '2026-06-10', step: 'd1', channel: 'text' },
  ...{ amount: 60_000, state: 'sent', text: '…', at: '2026-06-11T02:00:00Z', endedAt: null },
  proof: { ways: [], receipts: [] },
  ...more,
});
const told = (of: Notice) => courseOf(of).map(({ what, way, detail }) => [what, way, detail].filter(Boolean).join(' '));

test('a text message is told from its making to its being read, whatever order its receipts came in', () => {
  const proof: Notice['proof'] = {
    ways: [{ way: 'sms', ok: true, sentTo: '138****5678', at: '2026-06-11T02:00:01Z' }],
    receipts: [
      { way: 'in-app', fate: 'read', code: '', at: '2026-06-12T08:00:00Z' },
      { way: 'sms', fate: 'delivered', code: 'DELIVRD', at: '2026-06-11T02:00:09Z' },
    ],
  };
  expect(told(notice({ state: 'delivered', proof }))).toEqual([
    'made',
    'sent sms 138****5678',
    'delivered sms DELIVRD',
    'read in-app',
  ]);
});

test('a call is proved by who made it; what was paid meanwhile was not sent; what waits says so', () => {
  const call = { ways: [], receipts: [], by: '王芳', how: '本人接听' };
  expect(told(notice({ channel: 'call', state: 'delivered', proof: call, endedAt: '2026-06-12T01:00:00Z' }))).toEqual([
    'made',
    'by-hand 王芳 · 本人接听',
  ]);
  expect(told(notice({ state: 'skipped', proof: { ways: [], receipts: [], why: 'paid' } }))).toEqual(['made', 'paid']);
  expect(told(notice({ state: 'queued' }))).toEqual(['made', 'waiting']);
});
