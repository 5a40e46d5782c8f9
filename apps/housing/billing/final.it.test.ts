import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Estate, rent, startEstate } from './testing/estate.ts';

let estate: Estate;
beforeAll(async () => {
  estate = await startEstate();
  const steps = [{ upTo: null, price: 30_000 }];
  const tariff = { subject: 'water', effectiveOn: '2026-01-01', steps, basis: '价格批复' };
  expect((await estate.ask('POST', '/fees/tariffs', tariff)).status).toBe(201);
});
afterAll(() => estate.platform.stop());

const finish = (agreement: string, lastDay: string, usages?: object[]) =>
  estate.platform.kernel.db.transaction(estate.clerk.scope, (tx) =>
    estate.service.finish(tx, estate.clerk, {
      agreement,
      lastDay,
      reason: '退租',
      ...(usages && { usages: usages as never }),
    }),
  );
const standing = async (agreement: string) => (await estate.ask('GET', `/ledger/agreements/${agreement}`)).body;
const run = async (period: string) => {
  const { body } = await estate.ask('POST', '/bills/runs', { period });
  await estate.service.runs.advance();
  return body.id as string;
};

test('a month not yet billed is billed by days up to the last one, with the figures read that day', async () => {
  const { id, house } = await estate.lease([rent(60_000), { subject: 'water', basis: { kind: 'metered' } }]);
  const usage = { house, subject: 'water', period: '2026-06', begin: 0, end: 4_000, source: '退租抄表' };
  const { issued, takenBack } = await finish(id, '2026-06-10', [usage]);
  // Ten days of thirty, and four cubic metres at three yuan.
  expect([issued?.amount, takenBack]).toEqual([20_000 + 1_200, 0]);
  expect((await standing(id)).owed).toBe(21_200);
});

test(
  clause('H-9.1.4-0', 'bills already out are cut to the last day, what was paid too much is there to be given back'),
  async () => {
    const { id } = await estate.lease([rent(60_000)]);
    await run('2026-06');
    await run('2026-07');
    const paid = { agreement: id, channel: 'cash', reference: 'V-1', amount: 120_000, paidAt: '2026-06-02T01:00:00Z' };
    expect((await estate.ask('POST', '/payments', paid)).status).toBe(201);
    const first = await finish(id, '2026-06-15');
    expect([first.issued?.amount, first.takenBack]).toEqual([30_000, 1]);
    expect(await standing(id)).toMatchObject({ owed: 0, prepaid: 90_000 });
    await finish(id, '2026-06-15');
    expect(await standing(id)).toMatchObject({ owed: 0, prepaid: 90_000 });
    expect((await estate.ask('GET', '/ledger/trial-balance')).body.imbalance).toBe(0);
  },
);
