import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BillingService } from '@keystead/apps/housing/billing';
import { movein, startTown, type Town } from '@keystead/apps/housing/testing';
import type { LedgerService } from '@keystead/apps/work/ledger';
import type { Actor } from '@keystead/contracts/access';
import { eligibilityLost } from '@keystead/contracts/events/eligibility';
import { newId } from '@keystead/contracts/ids';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExitsService, exits as module } from './index.ts';

let town: Town;
let exits: ExitsService;
let supervision: Server;
const received: { exit: string; settlement: unknown }[] = [];
let silent = 1;

beforeAll(async () => {
  town = await startTown(movein, module);
  exits = town.platform.services.exits as ExitsService;
  await town.ask('PUT', '/move-ins/lessor', town.clerk, { party: town.lessor.id });
  supervision = createServer((request, reply) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      // The first report finds nobody at home.
      if (silent-- > 0) return reply.writeHead(503).end();
      const report = JSON.parse(body);
      received.push({ ...report, signature: request.headers['x-keystead-signature'] });
      reply
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ ack: `JG-${received.length}` }));
    });
  });
  await new Promise<void>((listening) => supervision.listen(0, '127.0.0.1', listening));
  const { port } = supervision.address() as AddressInfo;
  const set = await town.ask('PUT', '/exits/supervision', town.clerk, { url: `http://127.0.0.1:${port}/exits` });
  expect(set.status).toBe(204);
});
afterAll(async () => {
  supervision?.close();
  await town?.platform.stop();
});

const settled = () => town.tenancy();
const inspection = (more: object = {}) => ({
  ...{ lastDay: '2026-06-15', usages: [], damages: [], photos: [], note: '' },
  ...more,
});
async function through(id: string, found = inspection()) {
  const { ask, clerk } = town;
  expect((await ask('POST', `/exits/${id}/acceptance`, clerk)).body.state).toBe('accepted');
  expect((await ask('POST', `/exits/${id}/inspection`, clerk, found)).body.state).toBe('inspected');
  const account = await ask('POST', `/exits/${id}/settlement`, clerk, { channel: 'bank' });
  expect(account.body.state).toBe('settled');
  expect((await ask('POST', `/exits/${id}/handover`, clerk)).body.state).toBe('handed-over');
  return account.body.settlement;
}
const asks = (tenant: Actor) => town.ask('POST', '/own-exit', tenant, { reason: '购房' });

test('a last day before the lease or far ahead, and a dial that runs backwards, are refused at their fields; nothing is done', async () => {
  const { ask, clerk } = town;
  const { id } = (await asks((await settled()).tenant)).body;
  await ask('POST', `/exits/${id}/acceptance`, clerk);
  const refused = async (more: object) => {
    const { status, body } = await ask('POST', `/exits/${id}/inspection`, clerk, inspection(more));
    return [status, body.errors];
  };
  const day = [400, [{ pointer: '/lastDay', code: 'out-of-range' }]];
  expect([await refused({ lastDay: '2020-01-01' }), await refused({ lastDay: '2099-01-01' })]).toEqual([day, day]);
  const backwards = { usages: [{ subject: 'water', begin: 9_000, end: 8_999 }] };
  expect(await refused(backwards)).toEqual([400, [{ pointer: '/usages/0/end', code: 'order' }]]);
  expect((await ask('GET', `/exits/${id}`, clerk)).body).toMatchObject({ state: 'accepted', inspection: null });
});

test('whoever is to be out on a day is listed for that day', async () => {
  const { ask, clerk } = town;
  const { tenant } = await settled();
  const wish = { reason: '购房', leaveOn: '2026-12-24' };
  const { body } = await ask('POST', '/own-exit', tenant, wish);
  const on = async (day: string) =>
    (await ask('GET', `/exits?on=${day}`, clerk)).body.map((each: { id: string }) => each.id);
  expect([await on('2026-12-24'), await on('2026-12-25')]).toEqual([[body.id], []]);
});

test(clause('H-9.2.6-a', 'the tenant files the exit on line in one step: one exit, and not a second one'), async () => {
  const { tenant, house } = await settled();
  const { status, body } = await asks(tenant);
  expect([status, body.kind, body.state, body.source]).toEqual([201, 'voluntary', 'initiated', 'tenant']);
  expect((await asks(tenant)).body.type).toContain('exit-not-possible');
  expect((await town.ask('GET', '/own-exit', tenant)).body).toHaveLength(1);
  const other = await town.family();
  expect((await town.ask('POST', `/own-exit/${body.id}/cancellation`, other.tenant, { reason: 'x' })).status).toBe(404);
  await town.ask('POST', `/exits/${body.id}/acceptance`, town.clerk);
  expect(await town.stateOf(house)).toBe('moving-out');
  await town.ask('POST', `/own-exit/${body.id}/cancellation`, tenant, { reason: '不搬了' });
  expect(await town.stateOf(house)).toBe('occupied');
  expect((await asks(tenant)).status).toBe(201);
});

test(
  clause(
    'H-9.1.2-b-2',
    'five households that lost their eligibility are five exits with their days, told twice or not',
  ),
  async () => {
    const homes = [];
    for (let at = 0; at < 5; at++) homes.push(await settled());
    const now = town.platform.clock.now();
    for (let told = 0; told < 2; told++) {
      for (const { household } of homes)
        await town.platform.db.systemTransaction((tx) =>
          town.platform.kernel.outbox.add(
            tx,
            eligibilityLost,
            { organisation: town.platform.organisation, place: town.building.path },
            {
              ...{ household, application: newId(), reason: 'income-limit-per-head', lostAt: now.toISOString() },
              moveOutBy: now.toISOString(),
            },
          ),
        );
      await town.platform.drain();
    }
    const all = (await town.ask('GET', '/exits?limit=200', town.clerk)).body;
    for (const { household, lease, house } of homes) {
      const mine = all.filter((each: { household: string }) => each.household === household);
      expect(mine).toMatchObject([
        { kind: 'ineligible', state: 'initiated', source: 'platform', lease, leaveBy: '2026-09-01' },
      ]);
      expect(new Date(mine[0].inspectBy).getTime()).toBeGreaterThan(new Date('2026-09-01T00:00:00Z').getTime());
      // Nobody is put out by the clock: the household lives there until it leaves.
      expect(await town.stateOf(house)).toBe('occupied');
    }
  },
);

test(
  clause(
    'H-9.2.6-b-1',
    'rent by days, damages and deposit are settled to the cent, by the days of the kind; late ones escalate',
  ),
  async () => {
    const { ask, clerk, platform } = town;
    const billing = platform.services.billing as BillingService;
    const paidUp = await settled();
    const inDebt = await settled();
    const period = '2026-06';
    // The month is out, and one of the two has paid it with the deposit: 600 rent + 1000 deposit.
    for (const { lease } of [paidUp, inDebt])
      await platform.db.transaction(clerk.scope, async (tx) => {
        const terms = await billing.issuing.termsOf(tx, platform.organisation, period);
        const leases = await billing.issuing.leasesOf(tx, platform.organisation, period, newId(0), 1, lease);
        const [work] = await billing.issuing.workOut(tx, terms, leases);
        if (work) await billing.issuing.issue(tx, clerk, terms, [{ ...work, revision: 1 }], null);
      });
    const paid = await ask('POST', '/payments', clerk, {
      ...{ agreement: paidUp.lease, channel: 'cash', reference: 'R-1', amount: 160_000 },
      paidAt: platform.clock.now().toISOString(),
    });
    expect(paid.status).toBeLessThan(300);

    const kinds: Record<string, string> = {};
    const begin = async (kind: string, lease: string) => {
      const { body } = await ask('POST', '/exits', clerk, { lease, kind, reason: '示例' });
      kinds[kind] = body.leaveBy;
      return body.id as string;
    };
    const voluntary = await begin('voluntary', paidUp.lease);
    const fraud = await begin('fraud', inDebt.lease);
    const acquired = await begin('acquired', (await settled()).lease);
    expect(new Set(Object.values(kinds)).size).toBe(3);

    platform.clock.set(new Date('2026-06-15T02:00:00Z'));
    expect(await exits.escalate()).toBeGreaterThanOrEqual(1);
    await exits.escalate();
    const alarms = await platform.owner.query(
      `select subject_id, occurrences from alarms.alarm where rule = 'platform:exit-overdue' and subject_id = any($1)`,
      [[voluntary, fraud, acquired]],
    );
    // Three working days for who asked himself; the others still have time.
    expect(alarms.rows).toEqual([{ subject_id: voluntary, occurrences: 1 }]);

    const damages = [{ text: '门锁损坏', amount: 12_345 }];
    // 600.00 paid, 300.00 due for 15 of 30 days; 1000.00 deposit less 123.45.
    const account = await through(voluntary, inspection({ damages }));
    expect(account).toMatchObject({ damages: 12_345, deposit: 100_000, refunded: 117_655, owed: 0, channel: 'bank' });
    expect(account.lines).toMatchObject([
      { subject: 'damage', period, amount: 12_345 },
      { subject: 'rent', period, amount: 30_000 },
    ]);
    const open = (lines: { amount: number; settled: number }[]) =>
      lines.reduce((sum, { amount, settled }) => sum + amount - settled, 0);
    const balance = ({ prepaid, deposit, lines, refunded, owed }: typeof account) =>
      prepaid + deposit - open(lines) - refunded + owed;
    expect(balance(account)).toBe(0);
    // Nothing paid: ten days of rent and the damage stay owed; a deposit that was never paid is not.
    const debt = await through(fraud, inspection({ damages, lastDay: '2026-06-10' }));
    expect(debt).toMatchObject({ deposit: 0, refunded: 0, owed: 32_345 });
    expect(balance(debt)).toBe(0);
    const sheet = await town.paper(`/exits/${voluntary}/form`, clerk);
    for (const words of ['退租结算单', '主动退出', '门锁损坏', '123.45', '1176.55']) expect(sheet).toContain(words);
    const file = (await ask('GET', `/exits/${voluntary}`, clerk)).body;
    expect(file.history.map(({ state }: { state: string }) => state)).toEqual([
      ...['initiated', 'accepted', 'inspected', 'settled', 'handed-over'],
    ]);
    expect(file).toMatchObject({ leaseState: 'ended', houseName: expect.stringMatching(/^H/) });
    const found = async (query: string) =>
      (await ask('GET', `/exits?limit=200&${query}`, clerk)).body.map(({ id }: { id: string }) => id);
    expect(await found('kind=acquired')).toContain(acquired);
    expect(await found(`text=${file.code}`)).toEqual([voluntary]);
    expect(await found('late=true')).not.toContain(acquired);
    const ledger = platform.services.ledger as LedgerService;
    expect((await ledger.trialBalance(clerk)).reduce((sum, { balance }) => sum + balance, 0)).toBe(0);
    expect(await town.stateOf(paidUp.house)).toBe('vacant');
    expect((await ask('GET', `/leases/${paidUp.lease}`, clerk)).body).toMatchObject({
      state: 'ended',
      endsOn: '2026-06-15',
    });
    await platform.drain();
    const after = await platform.owner.query(`select condition from alarms.alarm where subject_id = $1`, [voluntary]);
    expect(after.rows).toEqual([{ condition: 'cleared' }]);
  },
);

test(
  clause(
    'H-9.2.6-b-2',
    'ten results are reported, each once with its acknowledgement, also when nobody answered at first',
  ),
  async () => {
    const ids: string[] = [];
    for (let at = 0; at < 10; at++) {
      const { tenant } = await settled();
      const { body } = await asks(tenant);
      await through(body.id, inspection({ lastDay: '2026-06-20' }));
      ids.push(body.id);
    }
    const signal = AbortSignal.timeout(20_000);
    for (let round = 0; round < 3; round++) {
      await exits.reportDue(signal);
      town.platform.clock.pass(60);
    }
    const mine = received.filter(({ exit }) => ids.includes(exit));
    expect(mine.map(({ exit }) => exit).sort()).toEqual([...ids].sort());
    expect(JSON.stringify(received)).not.toContain('家庭');
    for (const id of ids) {
      const { body } = await town.ask('GET', `/exits/${id}`, town.clerk);
      expect(body).toMatchObject({ state: 'reported', ack: expect.stringMatching(/^JG-\d+$/) });
    }
  },
);
