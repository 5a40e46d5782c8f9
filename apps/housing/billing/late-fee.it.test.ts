import { publishPack } from '@keystead/apps/housing/testing';
import type { LedgerService } from '@keystead/apps/work/ledger';
import { newId } from '@keystead/contracts/ids';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Estate, rent, startEstate } from './testing/estate.ts';

let estate: Estate;
beforeAll(async () => {
  estate = await startEstate();
}, 60_000);
afterAll(() => estate.platform.stop());

const at = (date: string) => estate.platform.clock.set(`${date}T02:00:00Z`);
async function run(period: string) {
  at(`${period}-01`);
  await estate.ask('POST', '/bills/runs', { period });
  await estate.service.runs.advance();
}
const lateFees = async (agreement: string, period: string) =>
  (await estate.ask('GET', `/bills/lines?agreement=${agreement}&period=${period}`)).body
    .filter(({ subject }: { subject: string }) => subject === 'late-fee')
    .map(({ amount }: { amount: number }) => amount);

test(
  clause('H-9.1.4-c', 'each day late costs what the pack of its place and day says, billed the month after'),
  async () => {
    const { district, house } = await estate.elsewhere('DEAR');
    at('2026-06-01');
    const there = (await estate.lease([rent(60_000)], { house })).id;
    const here = (await estate.lease([rent(60_000)])).id;
    await run('2026-06');
    expect([await lateFees(here, '2026-06'), await lateFees(there, '2026-06')]).toEqual([[], []]);
    // From the twenty-first on the district asks eight instead of five of ten thousand.
    at('2026-06-21');
    const pack = await publishPack(estate.platform, district, { 'late-fee-permyriad-per-day': 8 });
    await run('2026-07');
    expect(await lateFees(here, '2026-07')).toEqual([20 * 30]);
    expect(await lateFees(there, '2026-07')).toEqual([10 * 30 + 10 * 48]);
    const { rows } = await estate.platform.owner.query(
      `select detail -> 'rates' as rates from ledger.charge where agreement = $1 and subject = 'late-fee'`,
      [there],
    );
    expect(rows).toEqual([
      {
        rates: [
          { from: '2026-06-01', permyriad: 5, policy: expect.any(String) },
          { from: '2026-06-21', permyriad: 8, policy: pack },
        ],
      },
    ]);
  },
);

test('what is issued stays: a later pack changes no bill, a bill issued anew keeps its late fee, and none is charged on late fees', async () => {
  const { id } = await estate.lease([rent(60_000)]);
  await run('2026-08');
  await run('2026-09');
  expect(await lateFees(id, '2026-09')).toEqual([21 * 30]);
  await publishPack(estate.platform, '', { 'late-fee-permyriad-per-day': 0 });
  const [bill] = (await estate.ask('GET', `/bills?agreement=${id}&period=2026-09`)).body;
  const anew = await estate.ask('POST', `/bills/${bill.id}/reversal`, { reason: '更正', reissue: true });
  expect(anew.status).toBeLessThan(300);
  expect((await lateFees(id, '2026-09')).filter((amount: number) => amount > 0)).toContain(21 * 30);
  await run('2026-10');
  // The first of September still cost five; from then on nothing.
  expect(await lateFees(id, '2026-10')).toEqual([]);
});

test('figures of a meter that come after the due day cost nothing for days before they were billed', async () => {
  await estate.ask('POST', '/fees/tariffs', {
    ...{ subject: 'water', effectiveOn: '2026-01-01', basis: '价格文件', steps: [{ upTo: null, price: 100_000 }] },
  });
  at('2026-11-02');
  await publishPack(estate.platform, '', { 'late-fee-permyriad-per-day': 10 });
  const metered = { subject: 'water', basis: { kind: 'metered' } };
  const lease = await estate.lease([rent(60_000), metered], { startsOn: '2026-11-01', endsOn: '2028-10-31' });
  await run('2026-11');
  const ledger = estate.platform.services.ledger as LedgerService;
  // A fine stands in no bill: being late with it costs nothing here.
  await estate.platform.db.systemTransaction((tx) => {
    const of = {
      key: 'fine-1',
      document: newId(),
      agreement: lease.id,
      party: lease.tenant,
      place: estate.building.path,
    };
    const line = {
      subject: 'fine',
      fund: 'income',
      rank: 70,
      period: '2026-11',
      dueOn: '2026-11-02',
      amount: 90_000,
    } as const;
    return ledger.charge(tx, estate.clerk, [{ ...of, lines: [{ ...line, detail: {} }] }]);
  });
  at('2026-11-20');
  const usage = { house: lease.house, subject: 'water', period: '2026-11', begin: 0, end: 10_000, source: '抄表' };
  expect((await estate.ask('POST', '/bills/usages', { usages: [usage] })).status).toBeLessThan(300);
  await run('2026-12');
  // Rent for twenty days although its bill was issued anew; ten cubic metres, told on the twentieth, for the three days after a week.
  expect(await lateFees(lease.id, '2026-12')).toEqual([20 * 60 + 3 * 10]);
});

test('the rules of bills say what the policy says, and do not take a rate of their own', async () => {
  const rules = (await estate.ask('GET', '/fees/rules')).body;
  expect(rules).toMatchObject({ dueDay: 10, lateGrace: 0, latePermyriad: 10 });
  const set = await estate.ask('PUT', '/fees/rules', { dueDay: 12, lateGrace: 3 });
  expect(set.body).toMatchObject({ dueDay: 12, lateGrace: 3, latePermyriad: 10 });
  expect((await estate.ask('PUT', '/fees/rules', { dueDay: 12, lateGrace: 3, lateRate: 500 })).status).toBe(400);
});
