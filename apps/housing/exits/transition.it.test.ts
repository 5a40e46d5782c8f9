import type { BillingService } from '@keystead/apps/housing/billing';
import { fitMeters, movein, publishPack, startTown, type Town } from '@keystead/apps/housing/testing';
import type { TelemetryService } from '@keystead/data/telemetry';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExitsService, exits as module } from './index.ts';

let town: Town;
let exits: ExitsService;
beforeAll(async () => {
  town = await startTown(movein, module);
  exits = town.platform.services.exits as ExitsService;
  await town.ask('PUT', '/move-ins/lessor', town.clerk, { party: town.lessor.id });
});
afterAll(async () => {
  await (town?.platform.services.telemetry as TelemetryService | undefined)?.close();
  await town?.platform.stop();
});

const begin = async (lease: string, kind = 'acquired') =>
  (await town.ask('POST', '/exits', town.clerk, { lease, kind, reason: '取得自有住房' })).body;
const file = async (id: string) => (await town.ask('GET', `/exits/${id}`, town.clerk)).body;
const found = (lastDay: string, usages: object[] = []) => ({ lastDay, usages, damages: [], photos: [], note: '' });
/** Bills of a month for everybody, on its first morning. */
async function month(period: string) {
  town.platform.clock.set(`${period}-01T02:00:00Z`);
  await town.ask('POST', '/bills/runs', town.clerk, { period });
  await (town.platform.services.billing as BillingService).runs.advance();
}
/** The rent of a month as its standing bill says, and which revision that is. */
const bill = async (lease: string, period: string) =>
  (
    await town.platform.owner.query(
      `select sum(c.amount)::int as rent, b.revision from billing.bill b join ledger.charge c on c.document = b.id and c.subject = 'rent'
       where b.agreement = $1 and b.period = $2 and b.reversed_at is null group by b.revision`,
      [lease, period],
    )
  ).rows[0];
async function settle(id: string, lastDay: string) {
  await town.ask('POST', `/exits/${id}/acceptance`, town.clerk);
  await town.ask('POST', `/exits/${id}/inspection`, town.clerk, found(lastDay));
  return town.ask('POST', `/exits/${id}/settlement`, town.clerk, { channel: 'bank' });
}

test(clause(
  'H-9.2.6-b-1',
  'H-9.1.4-0',
  'who stays beyond the removal period pays the share of the market rent the policy of its place says, from that day on',
), async () => {
  const { tree, clerk, platform, project, stock } = town;
  const district = await tree.create(clerk, { parent: project.id, kind: 'building', code: 'D', name: '2栋' });
  const plain = await town.tenancy();
  const lenient = await town.tenancy(await town.house(district.id));
  const inTime = await town.tenancy();
  const unknown = await town.tenancy();
  const stays = await town.tenancy();
  const pack = await publishPack(platform, district.id, { 'transition-rent-percent': 80 });
  await stock.change(clerk, unknown.house, { lease: { marketRent: null } } as never);
  const ids = new Map<string, string>();
  for (const { lease } of [plain, lenient, inTime, unknown, stays]) {
    const exit = await begin(lease);
    expect(exit).toMatchObject({ leaveBy: '2026-09-01', policy: expect.any(String) });
    ids.set(lease, exit.id);
  }
  const idOf = ({ lease }: { lease: string }): string => ids.get(lease) ?? '';
  // Told beforehand: from when, by which share of what.
  expect((await file(idOf(lenient))).transition).toEqual({
    ...{ from: '2026-09-02', market: 90_000, percent: 80, rent: 72_000, policy: pack, running: false },
  });
  for (const period of ['2026-06', '2026-07', '2026-08', '2026-09']) await month(period);
  expect((await settle(idOf(inTime), '2026-09-01')).body.settlement.transition).toBeNull();
  // The last day of the removal period is still paid as the contract says.
  expect(await exits.chargeStaying()).toBe(0);
  expect(await bill(plain.lease, '2026-09')).toEqual({ rent: 60_000, revision: 1 });
  platform.clock.set('2026-09-02T02:00:00Z');
  expect(await exits.chargeStaying()).toBe(3);
  expect(await exits.chargeStaying()).toBe(0);
  // A day at 600.00 and 29 at 900.00 a month; where the district asks for 80 %, at 720.00.
  expect(await bill(plain.lease, '2026-09')).toEqual({ rent: 89_000, revision: 2 });
  expect(await bill(lenient.lease, '2026-09')).toEqual({ rent: 71_600, revision: 2 });
  const running = (await file(idOf(plain))).transition;
  expect(running).toMatchObject({ from: '2026-09-02', market: 90_000, percent: 100, rent: 90_000, running: true });
  expect(running.policy).not.toBe(pack);

  // Nothing said of the market rent is not nought: the file says it first, then the account is made.
  expect((await file(idOf(unknown))).transition).toMatchObject({ market: null, rent: null, running: false });
  const refused = await settle(idOf(unknown), '2026-09-05');
  expect([refused.status, refused.body.type, refused.body.from]).toEqual([
    409,
    'exit-market-rent-missing',
    '2026-09-02',
  ]);
  await stock.change(clerk, unknown.house, { lease: { marketRent: 2000 } } as never);
  const settled = await town.ask('POST', `/exits/${idOf(unknown)}/settlement`, clerk, { channel: 'bank' });
  expect(settled.body.settlement.transition).toMatchObject({ market: 120_000, rent: 120_000, charged: 16_000 });

  // Ten days beyond it.
  platform.clock.set('2026-09-11T02:00:00Z');
  const { body } = await settle(idOf(lenient), '2026-09-11');
  expect(body.settlement.transition).toEqual({
    ...{
      from: '2026-09-02',
      to: '2026-09-11',
      market: 90_000,
      percent: 80,
      rent: 72_000,
      charged: 24_000,
      policy: pack,
    },
  });
  const september = body.settlement.lines.filter(
    (line: { subject: string; period: string }) => line.subject === 'rent' && line.period === '2026-09',
  );
  expect(september).toMatchObject([
    { subject: 'rent', amount: 2_000, transition: false },
    { subject: 'rent', amount: 24_000, transition: true },
  ]);
  const sheet = await town.paper(`/exits/${idOf(lenient)}/form`, clerk);
  for (const words of ['过渡期租金', '2026-09-02', '80%', '720.00', '240.00']) expect(sheet).toContain(words);

  // It stays after all: the rent is what it was, from the same day on.
  const before = (await file(idOf(stays))).transition;
  expect([before.running, (await bill(stays.lease, '2026-09')).rent]).toEqual([true, 89_000]);
  await town.ask('POST', `/exits/${idOf(stays)}/cancellation`, clerk, { reason: '申诉成立' });
  expect(await bill(stays.lease, '2026-09')).toEqual({ rent: 60_000, revision: 3 });
  expect((await file(idOf(stays))).transition).toBeNull();
  expect((await town.ask('GET', '/ledger/trial-balance', clerk)).body.imbalance).toBe(0);
}, 60_000);

test(
  clause(
    'H-9.2.6-b-1',
    'the meters of the home tell their figures to the inspection, and each figure says where it is from',
  ),
  async () => {
    const { clerk, platform } = town;
    platform.clock.set('2026-10-01T02:00:00Z');
    const home = await town.tenancy();
    const report = await fitMeters(platform, home.house);
    const exit = await begin(home.lease, 'voluntary');
    await town.ask('POST', `/exits/${exit.id}/acceptance`, clerk);
    await report('2026-10-01T00:05:00', 12.5, 300);
    platform.clock.set('2026-10-13T02:00:00Z');
    await report('2026-10-13T00:02:00', 16);
    const { body: told } = await town.ask('GET', `/exits/${exit.id}/meters?lastDay=2026-10-12`, clerk);
    expect(told).toEqual([
      { subject: 'electricity', begin: { value: 300_000, rule: 'exact' }, end: null, at: '2026-10-12T16:00:00.000Z' },
      {
        ...{ subject: 'water', at: '2026-10-12T16:00:00.000Z' },
        ...{ begin: { value: 12_500, rule: 'exact' }, end: { value: 16_000, rule: 'exact' } },
      },
    ]);
    const usages = [
      { subject: 'electricity', begin: 300_000, end: 305_000 },
      { subject: 'water', begin: 12_500, end: 16_000 },
    ];
    const { body } = await town.ask('POST', `/exits/${exit.id}/inspection`, clerk, found('2026-10-12', usages));
    expect(body.inspection.usages).toEqual([
      { ...usages[0], source: 'typed' },
      { ...usages[1], source: 'telemetry' },
    ]);
    await town.ask('POST', `/exits/${exit.id}/settlement`, clerk, { channel: 'bank' });
    const { rows } = await platform.owner.query(
      'select subject, quantity::int, source from billing.usage where agreement = $1 order by subject',
      [home.lease],
    );
    expect(rows).toEqual([
      { subject: 'electricity', quantity: 5_000, source: '退出查验' },
      { subject: 'water', quantity: 3_500, source: 'telemetry' },
    ]);
  },
);
