import { expect, test } from 'vitest';
import { type Around, trailOf } from './trail.ts';

type Way = Parameters<typeof trailOf>[0];
const words = { title: (key: string) => key, deposit: '', keys: '' };
const at = '2026-06-01T00:00:00.000Z';
const nothing: Around = { lease: undefined, deposit: undefined, keys: undefined };
const file = (state: Way['process']['state'], lease: string | null): Way => ({
  process: { state, lease, openedAt: at, contractAt: lease ? at : null },
  history: [{ at, state: 'allocated', actorName: '张三', reason: null }],
  handover: null,
});
const looks = (of: Way, around: Around = nothing) =>
  Object.fromEntries(trailOf(of, around, words).map(({ key, state }) => [key, state]));

test('a fresh allocation waits for its contract, and names who allocated', () => {
  expect(looks(file('allocated', null))).toMatchObject({ allocated: 'done', contract: 'now', tenant: 'next' });
  expect(trailOf(file('allocated', null), nothing, words)[0]).toMatchObject({ who: '张三', at });
});

test('each signature moves it on, and what runs beside does not hold it up', () => {
  const signed = (...roles: string[]): Around => ({
    ...{ deposit: { asked: 100, held: 0 }, keys: { made: 0, working: 0 } },
    lease: { state: 'pending-lessor', signatures: roles.map((role) => ({ role, at })) },
  });
  expect(looks(file('contract', 'l'), signed('tenant'))).toMatchObject({ tenant: 'done', lessor: 'now' });
  expect(looks(file('contract', 'l'), signed('tenant', 'lessor'))).toMatchObject({
    ...{ lessor: 'done', deposit: 'next', keys: 'next', handover: 'now' },
  });
});

test('keys count once every lock has them; a cancelled way in stands failed at its step', () => {
  const keys = (working: number): Around => ({ ...nothing, keys: { made: 2, working } });
  expect(looks(file('checked-in', 'l'), keys(1)).keys).toBe('next');
  expect(looks(file('checked-in', 'l'), keys(2)).keys).toBe('done');
  expect(looks(file('cancelled', 'l')).tenant).toBe('failed');
});
