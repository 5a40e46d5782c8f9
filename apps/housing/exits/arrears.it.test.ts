import type { BillingService } from '@keystead/apps/housing/billing';
import { movein, publishPack, startTown, type Town } from '@keystead/apps/housing/testing';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exits as module } from './index.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown(movein, module);
  await town.ask('PUT', '/move-ins/lessor', town.clerk, { party: town.lessor.id });
}, 60_000);
afterAll(() => town?.platform.stop());

/** A household that lives in a house since June. */
async function lease(): Promise<string> {
  const { ask, clerk } = town;
  const { household } = await town.family();
  const { body } = await ask('POST', '/move-ins', clerk, { household, house: await town.house() });
  const { lease: id } = (await ask('POST', `/move-ins/${body.id}/contract`, clerk, {})).body;
  for (const [role, party] of [
    ['tenant', household],
    ['lessor', town.lessor.id],
  ]) {
    const { digest } = (await ask('GET', `/leases/${id}`, clerk)).body;
    const signature = { role, party, digest, identityCheck: 'counter', consent: '同意' };
    await ask('POST', `/leases/${id}/signatures`, clerk, signature);
  }
  const found = { readings: {}, furniture: [], photos: [] };
  expect((await ask('POST', `/move-ins/${body.id}/check-in`, clerk, found)).body.state).toBe('checked-in');
  await town.platform.drain();
  return id;
}
/** Bills of a month, looked at on its twentieth. */
async function month(period: string) {
  const billing = town.platform.services.billing as BillingService;
  town.platform.clock.set(`${period}-01T02:00:00Z`);
  await town.ask('POST', '/bills/runs', town.clerk, { period });
  await billing.runs.advance();
  town.platform.clock.set(`${period}-20T02:00:00Z`);
}
let receipt = 0;
const pay = (agreement: string, amount: number) =>
  town.ask('POST', '/payments', town.clerk, {
    ...{ agreement, channel: 'cash', reference: `Q-${++receipt}`, amount },
    paidAt: town.platform.clock.now().toISOString(),
  });
const open = async (id: string, kind = 'arrears') => {
  const { status, body } = await town.ask('POST', '/exits', town.clerk, { lease: id, kind, reason: '累计欠租' });
  return status === 201 ? body : [status, body.type, body.owed ?? body, body.needed];
};

test(
  clause(
    'H-9.2.6-b-1',
    'for arrears a household has to leave when months of rent are owed as the policy of its place says',
  ),
  async () => {
    const debtor = await lease();
    const other = await lease();
    expect(await open(debtor)).toEqual([409, 'exit-arrears-short', 0, 6]);
    for (const period of ['2026-06', '2026-07', '2026-08']) await month(period);
    expect(await open(debtor)).toEqual([409, 'exit-arrears-short', 3, 6]);
    // The oldest is paid: months count in all and need not be in a row, and a month that is not due yet does not count.
    await pay(debtor, 160_000);
    expect(await open(debtor)).toEqual([409, 'exit-arrears-short', 2, 6]);
    for (const period of ['2026-09', '2026-10', '2026-11']) await month(period);
    town.platform.clock.set('2026-12-05T02:00:00Z');
    await town.ask('POST', '/bills/runs', town.clerk, { period: '2026-12' });
    await (town.platform.services.billing as BillingService).runs.advance();
    expect(await open(debtor)).toEqual([409, 'exit-arrears-short', 5, 6]);
    expect(await open(other)).toMatchObject({ kind: 'arrears', state: 'initiated' });

    // The district asks for four months; five are owed.
    const pack = await publishPack(town.platform, town.project.id, { 'arrears-months': 4 });
    const exit = await open(debtor);
    expect(exit).toMatchObject({ kind: 'arrears', state: 'initiated' });
    const { rows } = await town.platform.owner.query(
      `select detail from audit.line where subject = $1 and action = 'exit.initiated'`,
      [`exit:${exit.id}`],
    );
    expect(JSON.parse(rows[0].detail)).toMatchObject({ rentMonthsOwed: 5, policy: pack });
  },
);

test('other kinds of exit do not ask what is owed', async () => {
  expect(await open(await lease(), 'fraud')).toMatchObject({ kind: 'fraud' });
});
