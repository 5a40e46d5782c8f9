import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Home, type Homes, local, readings, startHomes } from './testing/homes.ts';

let homes: Homes;
let town: Homes['town'];
let swaps: Homes['swaps'];
let locks: Homes['locks'];
let agreements: Homes['agreements'];

beforeAll(async () => {
  homes = await startHomes();
  ({ town, swaps, locks, agreements } = homes);
});
afterAll(() => homes?.stop());

const settled = (paid = true) => homes.settled(paid);
const sign: Homes['sign'] = (lease, household) => homes.sign(lease, household);
const pay: Homes['pay'] = (lease, amount) => homes.pay(lease, amount);
const asks: Homes['asks'] = (home, more) => homes.asks(home, more);
const ofClerk: Homes['ofClerk'] = (id) => homes.ofClerk(id);
const mine = async (home: Home) => (await town.ask('GET', '/own-swaps', home.tenant)).body;
const pinOf = async (home: Home, house: string): Promise<string> => {
  const keys = (await town.ask('GET', '/own-door-keys', home.tenant)).body;
  const key = keys.find((each: { house: string; kind: string }) => each.house === house && each.kind === 'pin');
  return (await town.ask('POST', `/own-door-keys/${key?.id}/credential`, home.tenant)).body?.credential ?? '';
};
const standing = (lease: string) => homes.ledger.standing(town.clerk, lease);
const balanced = async () =>
  (await homes.ledger.trialBalance(town.clerk)).reduce((sum, { balance }) => sum + balance, 0);

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
