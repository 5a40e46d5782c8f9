import { expect, test } from 'vitest';
import { milliseconds, share, strength, together } from './figures.ts';

test('figures are short, and what nobody knows is a dash', () => {
  expect([share(0.8765), share(null), milliseconds(41.6), milliseconds(12_340), milliseconds(null)]).toEqual([
    '87.7 %',
    '—',
    '42 ms',
    '12.3 s',
    '—',
  ]);
  expect([strength(-97.4), strength(null)]).toEqual(['-97 dBm', '—']);
});

test('groups are put together by their size; what was never heard is in no rate', () => {
  const group = { online: 0, offline: 0, stale: 0, weak: 0, loss: null, latency: null };
  const all = together([
    { ...group, total: 90, online: 80, offline: 10, loss: 0.1, latency: 100 },
    { ...group, total: 10, online: 10, loss: 0, latency: 200, stale: 1 },
    { ...group, total: 5 },
  ]);
  expect(all).toMatchObject({ total: 105, online: 90, rate: 0.9, stale: 1, latency: 110 });
  expect(all.loss).toBeCloseTo(0.09);
  expect(together([])).toMatchObject({ rate: null, loss: null });
});
