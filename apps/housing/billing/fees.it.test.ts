import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Estate, rent, startEstate } from './testing/estate.ts';

let estate: Estate;

beforeAll(async () => {
  estate = await startEstate();
});
afterAll(() => estate.platform.stop());

test(clause('H-9.1.3-b', 'fees of one’s own, bound to a lease, are in its next bill; no code knows them'), async () => {
  const { id } = await estate.lease([rent(50_000)], { startsOn: '2026-05-15', endsOn: '2028-05-14' });
  const garden = { code: 'garden', nameZh: '绿化养护费', nameEn: 'Garden care', fund: 'income', rank: 45, unit: null };
  expect((await estate.ask('POST', '/fees/subjects', garden)).status).toBe(201);
  expect((await estate.ask('POST', '/fees/subjects', garden)).status).toBe(409);
  const added = { property: 8_000, internet: 5_000, parking: 20_000, garden: 1_234 };
  for (const [subject, amount] of Object.entries(added)) {
    const body = { basis: { kind: 'fixed', amount }, effectiveOn: '2026-08-01', reason: '补充协议' };
    expect((await estate.ask('PUT', `/leases/${id}/fees/${subject}`, body)).status).toBe(200);
  }
  estate.platform.clock.set('2026-08-01T02:00:00Z');
  expect((await estate.ask('POST', '/bills/runs', { period: '2026-08' })).status).toBe(201);
  await estate.service.runs.advance();
  const lines = (await estate.ask('GET', `/bills/lines?agreement=${id}&period=2026-08`)).body;
  const billed = Object.fromEntries(
    lines.map(({ subject, amount }: { subject: string; amount: number }) => [subject, amount]),
  );
  expect(billed).toEqual({ rent: 50_000, ...added });
});
