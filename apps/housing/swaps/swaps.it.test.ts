import type { BillingService } from '@keystead/apps/housing/billing';
import { doorkeys } from '@keystead/apps/housing/doorkeys';
import { movein, openLocks, startTown, type Town } from '@keystead/apps/housing/testing';
import type { AgreementsService } from '@keystead/apps/work/agreements';
import type { LedgerService } from '@keystead/apps/work/ledger';
import type { Actor } from '@keystead/contracts/access';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingsService } from '@keystead/data/things';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { swaps as module, type SwapsService } from './index.ts';

let town: Town;
let swaps: SwapsService;
let agreements: AgreementsService;
let ledger: LedgerService;
let telemetry: TelemetryService;
let locks: ReturnType<typeof openLocks>;
let reference = 0;

interface Home {
  readonly house: string;
  readonly household: string;
  readonly tenant: Actor;
  readonly lease: string;
  readonly code: string;
  readonly lock: { id: string; number: number };
}

beforeAll(async () => {
  town = await startTown(movein, module, doorkeys);
  const { services } = town.platform;
  swaps = services.swaps as SwapsService;
  agreements = services.agreements as AgreementsService;
  ledger = services.ledger as LedgerService;
  telemetry = services.telemetry as TelemetryService;
  locks = openLocks(town.platform, town.platform.actor('thing:write', 'place:read'));
  await town.ask('PUT', '/move-ins/lessor', town.clerk, { party: town.lessor.id });
  const feer = town.platform.actor('fee:write');
  const steps = [{ upTo: null, price: 30_000 }];
  const tariff = { subject: 'water', effectiveOn: '2026-01-01', steps, basis: '价格批复' };
  expect((await town.ask('POST', '/fees/tariffs', feer, tariff)).status).toBe(201);
});
afterAll(async () => {
  await telemetry?.close();
  await town?.platform.stop();
});

async function sign(lease: string, household: string): Promise<void> {
  for (const [role, party] of [
    ['tenant', household],
    ['lessor', town.lessor.id],
  ]) {
    const { digest } = (await town.ask('GET', `/leases/${lease}`, town.clerk)).body;
    const answer = await town.ask('POST', `/leases/${lease}/signatures`, town.clerk, {
      ...{ role, party, digest, identityCheck: 'counter', consent: '同意' },
    });
    expect(answer.status).toBeLessThan(300);
  }
}
const pay = (lease: string, amount: number) =>
  town.ask('POST', '/payments', town.clerk, {
    ...{ agreement: lease, channel: 'cash', reference: `R-${++reference}`, amount },
    paidAt: town.platform.clock.now().toISOString(),
  });

/** A household that lives in a house with a lock, its month billed and all of it paid: 600 rent, 1000 deposit. */
async function settled(paid = true): Promise<Home> {
  const { ask, clerk } = town;
  const house = await town.house();
  const lock = await locks.fit('lock', house);
  const { household, tenant } = await town.family();
  const { body: process } = await ask('POST', '/move-ins', clerk, { household, house });
  const { lease } = (await ask('POST', `/move-ins/${process.id}/contract`, clerk, {})).body;
  await sign(lease, household);
  await ask('POST', `/move-ins/${process.id}/check-in`, clerk, { readings: {}, furniture: [], photos: [] });
  const { services, db, organisation } = town.platform;
  const { issuing } = services.billing as BillingService;
  const period = town.platform.clock.now().toISOString().slice(0, 7);
  await db.transaction(clerk.scope, async (tx) => {
    const terms = await issuing.termsOf(tx, organisation, period);
    const leases = await issuing.leasesOf(tx, organisation, period, '00000000-0000-0000-0000-000000000000', 1, lease);
    const [work] = await issuing.workOut(tx, terms, leases);
    if (work) await issuing.issue(tx, clerk, terms, [{ ...work, revision: 1 }], null);
  });
  if (paid) expect((await pay(lease, 160_000)).status).toBeLessThan(300);
  await locks.settle();
  const { code } = (await ask('GET', `/leases/${lease}`, clerk)).body;
  return { house, household, tenant, lease, code, lock };
}
const asks = (home: Home, more: object = {}) =>
  town.ask('POST', '/own-swaps', home.tenant, { reason: '老人上楼不便', wish: {}, ...more });
const ofClerk = async (id: string) => (await town.ask('GET', `/swaps/${id}`, town.clerk)).body.swap;
const mine = async (home: Home) => (await town.ask('GET', '/own-swaps', home.tenant)).body;
const pinOf = async (home: Home, house: string): Promise<string> => {
  const keys = (await town.ask('GET', '/own-door-keys', home.tenant)).body;
  const key = keys.find((each: { house: string; kind: string }) => each.house === house && each.kind === 'pin');
  return (await town.ask('POST', `/own-door-keys/${key?.id}/credential`, home.tenant)).body?.credential ?? '';
};
const local = (time: string): Date => new Date(`${time}+08:00`);
const readings = (house: string, end: number) => ({ house, readings: [{ subject: 'water', begin: 0, end }] });
const standing = (lease: string) => ledger.standing(town.clerk, lease);
const balanced = async () => (await ledger.trialBalance(town.clerk)).reduce((sum, { balance }) => sum + balance, 0);

test(
  clause(
    'H-9.2.2-b',
    'asked on the phone, approved, signed: on its day lease, keys, meters, bills, deposit, file and houses go over',
  ),
  async () => {
    const home = await settled();
    const goal = await town.house();
    const newLock = await locks.fit('lock', goal);
    const offered = (await town.ask('GET', '/own-swaps/houses', home.tenant)).body;
    expect(offered.find(({ id }: { id: string }) => id === goal)).toMatchObject({ rent: 60_000, area: 60 });
    const { status, body } = await asks(home, { wish: { house: goal } });
    expect(status).toBe(201);
    const approval = { changeOn: '2026-06-16', house: goal };
    const approved = await town.ask('POST', `/swaps/${body.id}/approval`, town.clerk, approval);
    expect([approved.status, approved.body.state]).toEqual([200, 'approved']);
    const newLease = approved.body.sides[0].newLease;
    expect(await town.stateOf(goal)).toBe('reserved');
    await sign(newLease, home.household);
    await locks.settle();
    expect((await mine(home))[0]).toMatchObject({ state: 'scheduled', changeOn: '2026-06-16', other: null });
    const [oldPin, newPin] = [await pinOf(home, home.house), await pinOf(home, goal)];
    expect((await town.ask('POST', `/swaps/${body.id}/readings`, town.clerk, readings(home.house, 4_000))).status).toBe(
      200,
    );

    town.platform.clock.set(local('2026-06-15T23:59:59'));
    await swaps.pass();
    expect([locks.show(home.lock, 'pin', oldPin), locks.show(newLock, 'pin', newPin)]).toEqual([true, false]);
    expect((await ofClerk(body.id)).state).toBe('scheduled');
    // A minute into the day, before the platform has said a word to either lock.
    town.platform.clock.set(local('2026-06-16T00:00:59'));
    expect([locks.show(home.lock, 'pin', oldPin), locks.show(newLock, 'pin', newPin)]).toEqual([false, true]);
    await swaps.pass();
    await locks.settle();
    expect(locks.lockOf(home.lock).grants).toEqual([]);
    expect(await ofClerk(body.id)).toMatchObject({
      state: 'done',
      worked: ['contracts', 'bills', 'deposits', 'houses'],
      sides: [{ carried: 100_000 }],
    });
    const states = [
      (await agreements.get(town.clerk, home.lease)).state,
      (await agreements.get(town.clerk, newLease)).state,
    ];
    expect(states).toEqual(['ended', 'effective']);
    expect([await town.stateOf(home.house), await town.stateOf(goal)]).toEqual(['vacant', 'occupied']);
    // 600.00 were paid, 300.00 are due for 15 days of 30, and four cubic metres at three yuan.
    expect(await standing(home.lease)).toEqual({ owed: 0, prepaid: 28_800, deposit: 0 });
    expect(await standing(newLease)).toMatchObject({ deposit: 100_000, owed: 0 });
    expect(await balanced()).toBe(0);
    const { rows } = await town.platform.owner.query(
      `select f.place like '%' || p.path || '%' as there from households.file f, places.place p where f.household = $1 and p.id = $2`,
      [home.household, goal],
    );
    expect(rows).toEqual([{ there: true }]);
    await swaps.pass();
    expect(await standing(newLease)).toMatchObject({ deposit: 100_000 });
  },
);

test(
  clause('H-9.2.2-b', 'two households change houses: both agree, and on the day each opens the door of the other'),
  async () => {
    const [one, other] = [await settled(), await settled()];
    const { body } = await asks(one, { partnerLease: other.code });
    expect((await town.ask('POST', `/swaps/${body.id}/approval`, town.clerk, { changeOn: '2026-07-01' })).status).toBe(
      409,
    );
    const [seen] = await mine(other);
    expect(seen).toMatchObject({ state: 'proposed', toAnswer: true });
    expect(JSON.stringify(seen)).not.toContain(one.code);
    expect((await town.ask('POST', `/own-swaps/${body.id}/agreement`, one.tenant)).status).toBe(404);
    expect((await town.ask('POST', `/own-swaps/${body.id}/agreement`, other.tenant)).status).toBe(204);
    const approved = await town.ask('POST', `/swaps/${body.id}/approval`, town.clerk, { changeOn: '2026-07-01' });
    expect([approved.status, approved.body.state]).toEqual([200, 'approved']);
    const [first, second] = approved.body.sides;
    await sign(first.newLease, one.household);
    await locks.settle();
    expect((await ofClerk(body.id)).state).toBe('approved');
    await sign(second.newLease, other.household);
    await locks.settle();
    expect((await ofClerk(body.id)).state).toBe('scheduled');
    const pins = [await pinOf(one, other.house), await pinOf(other, one.house)];
    town.platform.clock.set(local('2026-06-30T23:59:00'));
    expect([locks.show(other.lock, 'pin', pins[0] ?? ''), locks.show(one.lock, 'pin', pins[1] ?? '')]).toEqual([
      false,
      false,
    ]);
    town.platform.clock.set(local('2026-07-01T00:00:30'));
    expect([locks.show(other.lock, 'pin', pins[0] ?? ''), locks.show(one.lock, 'pin', pins[1] ?? '')]).toEqual([
      true,
      true,
    ]);
    // Contracts and keys have gone over; the bills wait for meters, and say so.
    await swaps.pass();
    expect(await ofClerk(body.id)).toMatchObject({
      state: 'changing',
      worked: ['contracts'],
      note: expect.stringContaining('读数'),
    });
    for (const [house, end] of [
      [one.house, 1_000],
      [other.house, 2_000],
    ] as const)
      await town.ask('POST', `/swaps/${body.id}/readings`, town.clerk, readings(house, end));
    await swaps.pass();
    await locks.settle();
    expect((await ofClerk(body.id)).state).toBe('done');
    expect([await town.stateOf(one.house), await town.stateOf(other.house)]).toEqual(['occupied', 'occupied']);
    const { rows } = await town.platform.owner.query('select id, lease from stock.house where id = any($1)', [
      [one.house, other.house],
    ]);
    expect(new Map(rows.map(({ id, lease }) => [id, lease]))).toEqual(
      new Map([
        [other.house, first.newLease],
        [one.house, second.newLease],
      ]),
    );
    // Fifteen days of June, and the water of each: three and six yuan, out of what was paid too much.
    expect([(await standing(one.lease)).prepaid, (await standing(other.lease)).prepaid]).toEqual([29_700, 29_400]);
    expect(await balanced()).toBe(0);
  },
);

/** Meters of a house, and what they reported: local times, volume of water, energy. */
async function metered(home: Home) {
  const { services, clock, actor } = town.platform;
  const things = services.things as ThingsService;
  const fitter = actor('thing:write', 'place:read');
  const numbers: number[] = [];
  for (const family of ['water-meter', 'electricity-meter']) {
    const code = `${family}-${++reference}`;
    const wish = { code, name: code, family, placeId: home.house, protocol: 'mqtt' };
    numbers.push((await things.create(fitter, wish as never)).number);
  }
  return async (at: string, ...values: number[]): Promise<void> => {
    const messages = values.map((value, index) => ({
      ...{ thing: numbers[index] ?? 0, time: local(at).getTime() * 1000, keys: [1], values: [value], qualities: [0] },
    }));
    await telemetry.accept({ messages, received: clock.now().getTime() * 1000 });
  };
}

test(
  clause('H-9.2.2-b', 'meters that report are read by themselves on the day, and each figure says where it is from'),
  async () => {
    const home = await settled();
    const goal = await town.house();
    const report = await metered(home);
    const { body } = await asks(home, { wish: { house: goal } });
    const day = '2026-07-12';
    const approval = { changeOn: day, house: goal };
    const approved = await town.ask('POST', `/swaps/${body.id}/approval`, town.clerk, approval);
    await sign(approved.body.sides[0].newLease, home.household);
    await locks.settle();
    town.platform.clock.set(local('2026-07-11T09:00:00'));
    await report('2026-07-01T00:05:00', 12.5, 300);
    await report('2026-07-11T08:55:00', 15);
    const told = async () => (await town.ask('GET', `/swaps/${body.id}/meters`, town.clerk)).body;
    // The day is not over: where the water stands now; of electricity nothing is known near enough.
    expect(await told()).toEqual([
      {
        ...{ house: home.house, subject: 'electricity', at: '2026-07-11T01:00:00.000Z' },
        ...{ begin: { value: 300_000, rule: 'exact' }, end: null },
      },
      {
        ...{ house: home.house, subject: 'water', at: '2026-07-11T01:00:00.000Z' },
        ...{ begin: { value: 12_500, rule: 'exact' }, end: { value: 15_000, rule: 'exact' } },
      },
    ]);
    const typed = await town.ask('POST', `/swaps/${body.id}/readings`, town.clerk, readings(home.house, 1));
    expect(typed.body.sides[0].readings).toMatchObject([{ end: 1, source: 'typed' }]);
    const early = await town.ask('POST', `/swaps/${body.id}/readings`, town.clerk, {
      ...{ house: home.house, readings: [{ subject: 'water', begin: 12_500, end: 15_000 }] },
    });
    expect(early.body.sides[0].readings).toMatchObject([{ end: 15_000, source: 'telemetry' }]);
    await town.platform.owner.query('update swaps.side set readings = null where swap = $1', [body.id]);

    town.platform.clock.set(local(`${day}T01:00:00`));
    await report(`${day}T00:02:00`, 16, 310);
    await swaps.pass();
    await locks.settle();
    const done = await ofClerk(body.id);
    expect(done).toMatchObject({ state: 'done', note: null });
    expect(done.sides[0].readings).toEqual([
      { subject: 'electricity', begin: 300_000, end: 310_000, source: 'telemetry' },
      { subject: 'water', begin: 12_500, end: 16_000, source: 'telemetry' },
    ]);
    const { rows } = await town.platform.owner.query(
      `select subject, quantity::int, source from billing.usage where agreement = $1 order by subject`,
      [home.lease],
    );
    expect(rows).toEqual([
      { subject: 'electricity', quantity: 10_000, source: 'telemetry' },
      { subject: 'water', quantity: 3_500, source: 'telemetry' },
    ]);
    const { rows: lines } = await town.platform.owner.query(
      `select detail from audit.line where action = 'swap.read' and subject = $1`,
      [`swap:${body.id}`],
    );
    expect(lines).toHaveLength(3);
  },
);

test(
  clause('H-9.2.2-b', 'each party is told by text what became of it, in its own words and once') +
    '; who lags behind the course is told the latest',
  async () => {
    const [one, other] = [await settled(), await settled()];
    const { owner, kernel } = town.platform;
    const send = async (): Promise<void> => {
      const { rows } = await owner.query(
        `select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
         where t.identifier = 'swaps.tell' order by j.id`,
      );
      await owner.query('delete from graphile_worker._private_jobs');
      for (const { payload } of rows) await kernel.jobs.runNow(swaps.telling, payload);
    };
    const heard = async ({ tenant }: Home): Promise<string[]> => {
      const { rows } = await owner.query(
        `select title, body from notify.message where receiver = $1 and about_kind = 'swap' order by id`,
        [tenant.id],
      );
      return rows.map(({ title, body }) => `${title}：${body}`);
    };
    await owner.query('delete from graphile_worker._private_jobs');
    const { body } = await asks(one, { partnerLease: other.code });
    await send();
    expect([await heard(one), await heard(other)]).toEqual([[], [expect.stringContaining('申请和您互换')]]);
    await town.ask('POST', `/own-swaps/${body.id}/agreement`, other.tenant);
    await send();
    await send();
    expect([(await heard(one)).length, (await heard(other)).length]).toEqual([1, 1]);
    const changeOn = '2026-07-15';
    const approved = await town.ask('POST', `/swaps/${body.id}/approval`, town.clerk, { changeOn });
    await send();
    const [, asked] = await heard(one);
    expect(asked).toContain(`${approved.body.code}）已批准，换租日为 ${changeOn}`);
    expect(asked).toMatch(/承租人\d+，/);
    // Called off before anybody was told that all have signed: only the end is told.
    const [first, second] = approved.body.sides;
    await sign(first.newLease, one.household);
    await sign(second.newLease, other.household);
    await locks.settle();
    expect((await ofClerk(body.id)).state).toBe('scheduled');
    await town.ask('POST', `/swaps/${body.id}/cancellation`, town.clerk, { reason: '房屋检修' });
    await send();
    expect((await heard(other)).at(-1)).toContain('已取消：房屋检修');
    expect((await heard(other)).length).toBe(3);
    const english = kernel.catalogue.in('en');
    for (const text of [
      'proposed',
      'agreed',
      'declined',
      'approved',
      'refused',
      'scheduled',
      'done',
      'ended',
      'lapsed',
    ])
      expect(english(`notify.text.tenant.swap-${text}.body`)).toContain('{person}, ');
  },
);

test('killed between two works it goes on where it stopped, and nothing is done twice', async () => {
  const home = await settled();
  const goal = await town.house();
  await pay(home.lease, 200_000);
  const { body } = await asks(home);
  const day = '2026-07-20';
  const { owner, clock } = town.platform;
  const approved = await town.ask('POST', `/swaps/${body.id}/approval`, town.clerk, { changeOn: day, house: goal });
  const { newLease } = approved.body.sides[0];
  await sign(newLease, home.household);
  await locks.settle();
  await town.ask('POST', `/swaps/${body.id}/readings`, town.clerk, readings(home.house, 0));
  await owner.query(
    `create function ledger.break_off() returns trigger language plpgsql as $$ begin raise exception 'power cut'; end $$`,
  );
  await owner.query(
    `create trigger break_off before insert on ledger.posting for each row when (new.kind = 'carry') execute function ledger.break_off()`,
  );
  clock.set(local(`${day}T08:00:00`));
  await swaps.pass();
  await swaps.pass();
  expect(await ofClerk(body.id)).toMatchObject({ state: 'changing', worked: ['contracts', 'bills'] });
  expect([await town.stateOf(home.house), (await standing(home.lease)).deposit]).toEqual(['moving-out', 100_000]);
  await owner.query('drop trigger break_off on ledger.posting');
  await swaps.pass();
  expect(await ofClerk(body.id)).toMatchObject({ state: 'done', sides: [{ carried: 100_000 }] });
  await swaps.pass();
  expect([(await standing(home.lease)).deposit, (await standing(newLease)).deposit]).toEqual([0, 100_000]);
  const { rows } = await owner.query(
    `select count(*)::int as n from billing.bill where agreement = $1 and period = '2026-07' and reversed_at is null`,
    [home.lease],
  );
  expect(rows).toEqual([{ n: 1 }]);
  expect(await town.stateOf(home.house)).toBe('vacant');
});

test('a house that is taken meanwhile, arrears, a partner nobody knows, a day that does not fit: told plainly', async () => {
  const [one, other, poor] = [await settled(), await settled(), await settled(false)];
  const goal = await town.house();
  town.platform.clock.set(local('2026-08-01T09:00:00'));
  const first = (await asks(one, { wish: { house: goal } })).body.id;
  const second = (await asks(other, { wish: { house: goal } })).body.id;
  expect((await asks(one)).body.type).toContain('swap-not-possible');
  expect((await asks(poor)).body.type).toContain('swap-arrears');
  const approve = (id: string, changeOn = '2026-08-10') =>
    town.ask('POST', `/swaps/${id}/approval`, town.clerk, { changeOn, house: goal });
  expect((await approve(first, '2026-08-01')).body.type).toContain('swap-date-refused');
  expect((await approve(first, '2099-01-01')).body.type).toContain('swap-date-refused');
  expect((await approve(first)).status).toBe(200);
  const late = await approve(second);
  expect([late.status, late.body.type]).toEqual([409, expect.stringContaining('swap-house-taken')]);
  expect((await agreements.get(town.clerk, other.lease)).endsOn > '2030').toBe(true);
  const refused = await town.ask('POST', `/swaps/${second}/refusal`, town.clerk, { reason: '所选房源已被他人选定' });
  expect(refused.body).toMatchObject({ state: 'refused', note: '所选房源已被他人选定' });
  expect((await asks(other, { partnerLease: 'ZL-2026-999999' })).body.type).toContain('swap-partner-missing');
  expect((await asks(other, { partnerLease: one.code })).body.type).toContain('swap-partner-missing');
  expect((await asks(other, { wish: { house: goal } })).body.type).toContain('swap-house-taken');
  const stranger = await town.family();
  expect((await town.ask('POST', `/own-swaps/${first}/withdrawal`, stranger.tenant, { reason: 'x' })).status).toBe(404);
});

test('one side withdraws: every contract is void, both old leases and their keys go on as before', async () => {
  const [one, other] = [await settled(), await settled()];
  const { body } = await asks(one, { partnerLease: other.code });
  await town.ask('POST', `/own-swaps/${body.id}/agreement`, other.tenant);
  const approved = await town.ask('POST', `/swaps/${body.id}/approval`, town.clerk, { changeOn: '2026-09-01' });
  const [first, second] = approved.body.sides;
  await sign(first.newLease, one.household);
  await locks.settle();
  expect((await agreements.get(town.clerk, other.lease)).endsOn).toBe('2026-08-31');
  expect(
    (await town.ask('POST', `/own-swaps/${body.id}/withdrawal`, other.tenant, { reason: '不想搬了' })).status,
  ).toBe(204);
  await locks.settle();
  expect(await ofClerk(body.id)).toMatchObject({ state: 'withdrawn', note: '不想搬了' });
  for (const lease of [first.newLease, second.newLease])
    expect((await agreements.get(town.clerk, lease)).state).toBe('void');
  for (const home of [one, other]) {
    expect((await agreements.get(town.clerk, home.lease)).endsOn).not.toBe('2026-08-31');
    expect(locks.show(home.lock, 'pin', await pinOf(home, home.house))).toBe(true);
  }
  expect((await asks(one)).status).toBe(201);
});

test('a day nobody signed for lapses; who leaves for good does not change houses', async () => {
  const [slow, leaver] = [await settled(), await settled()];
  const goals = [await town.house(), await town.house()];
  const ids = [];
  for (const [index, home] of [slow, leaver].entries()) {
    const { id } = (await asks(home)).body;
    const wish = { changeOn: '2026-08-05', house: goals[index] };
    expect((await town.ask('POST', `/swaps/${id}/approval`, town.clerk, wish)).status).toBe(200);
    ids.push(id);
  }
  expect((await town.ask('POST', '/own-exit', leaver.tenant, { reason: '购房' })).status).toBe(201);
  await locks.settle();
  expect((await ofClerk(ids[1] ?? '')).state).toBe('cancelled');
  expect((await asks(leaver)).body.type).toContain('swap-not-possible');
  town.platform.clock.set(local('2026-08-05T00:10:00'));
  await swaps.pass();
  expect((await ofClerk(ids[0] ?? '')).state).toBe('lapsed');
  expect(await town.stateOf(goals[0] ?? '')).toBe('allocatable');
  expect((await agreements.get(town.clerk, slow.lease)).endsOn > '2026-08-05').toBe(true);
});

test('renewed, the deposit goes over to the next lease and is not asked for anew', async () => {
  const home = await settled();
  const wish = { kind: 'renewal', endsOn: '2032-12-31' };
  const { body: next } = await town.ask('POST', `/leases/${home.lease}/next`, town.clerk, wish);
  expect((await agreements.fees(town.clerk, next.id)).map(({ subject }) => subject)).not.toContain('deposit');
  await town.ask('POST', `/leases/${next.id}/steps`, town.clerk, { step: 'submit', reason: '' });
  await sign(next.id, home.household);
  town.platform.clock.set(local('2031-12-01T09:00:00'));
  await agreements.pass();
  await locks.settle();
  expect((await agreements.get(town.clerk, home.lease)).state).toBe('ended');
  expect([(await standing(home.lease)).deposit, (await standing(next.id)).deposit]).toEqual([0, 100_000]);
  expect(await balanced()).toBe(0);
});
