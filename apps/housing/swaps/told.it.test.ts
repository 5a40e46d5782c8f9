import type { LeasesService } from '@keystead/apps/housing/leases';
import { fitMeters } from '@keystead/apps/housing/testing';
import { localDate, plusDays } from '@keystead/contracts/calendar';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Home, type Homes, local, readings, startHomes } from './testing/homes.ts';

let homes: Homes;
let town: Homes['town'];
let swaps: Homes['swaps'];
let locks: Homes['locks'];

beforeAll(async () => {
  homes = await startHomes();
  ({ town, swaps, locks } = homes);
  town.platform.clock.set(local('2026-07-01T00:10:00'));
});
afterAll(() => homes?.stop());

const metered = (home: Home) => fitMeters(town.platform, home.house);

test(
  clause('H-9.2.2-b', 'meters that report are read by themselves on the day, and each figure says where it is from'),
  async () => {
    const home = await homes.settled();
    const goal = await town.house();
    const report = await metered(home);
    const { body } = await homes.asks(home, { wish: { house: goal } });
    const day = '2026-07-12';
    const approval = { changeOn: day, house: goal };
    const approved = await town.ask('POST', `/swaps/${body.id}/approval`, town.clerk, approval);
    await homes.sign(approved.body.sides[0].newLease, home.household);
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
    const done = await homes.ofClerk(body.id);
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
    const [one, other] = [await homes.settled(), await homes.settled()];
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
    const { body } = await homes.asks(one, { partnerLease: other.code });
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
    await homes.sign(first.newLease, one.household);
    await homes.sign(second.newLease, other.household);
    await locks.settle();
    expect((await homes.ofClerk(body.id)).state).toBe('scheduled');
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

test(clause('H-9.2.2-b', 'what the platform waits for is said in the language of the reader'), async () => {
  const home = await homes.settled();
  const goal = await town.house();
  const { body } = await homes.asks(home, { wish: { house: goal } });
  const changeOn = localDate(new Date(town.platform.clock.now().getTime() + 3 * 86_400_000));
  const { body: approved } = await town.ask('POST', `/swaps/${body.id}/approval`, town.clerk, {
    changeOn,
    house: goal,
  });
  await homes.sign(approved.sides[0].newLease, home.household);
  await locks.settle();
  town.platform.clock.set(local(`${changeOn}T01:00:00`));
  await swaps.pass();
  const name = approved.sides[0].houseName;
  const noteIn = async (language: string) => {
    const headers = { authorization: `Test ${town.clerk.id}`, 'accept-language': language };
    const url = `/api/v1/swaps/${body.id}`;
    return (await town.platform.http.app.inject({ method: 'GET', url, headers })).json().swap.note;
  };
  expect([await noteIn('zh-CN'), await noteIn('en')]).toEqual([
    `${name}：待录入水电表读数`,
    `${name}: meter readings are waited for`,
  ]);
});

test(
  clause('H-9.2.2-b', 'a renewal for the house that is left is to be void first, and whoever asks is told which one'),
  async () => {
    const leases = town.platform.services.leases as LeasesService;
    const home = await homes.settled();
    const goal = await town.house();
    const { endsOn } = await homes.agreements.get(town.clerk, home.lease);
    const renewal = await leases.follow(town.clerk, home.lease, 'renewal', { endsOn: plusDays(endsOn, 300) });
    const refused = await homes.asks(home, { wish: { house: goal } });
    expect([refused.status, refused.body.type, refused.body.lease]).toEqual([409, 'swap-renewal-first', renewal.code]);
    expect(refused.body.title).toContain(renewal.code);
    await leases.step(town.clerk, renewal.id, 'void', '换租');
    const { status, body } = await homes.asks(home, { wish: { house: goal } });
    expect(status).toBe(201);
    // Drafted again meanwhile: the office is told the same before it approves.
    const later = await leases.follow(town.clerk, home.lease, 'renewal', { endsOn: plusDays(endsOn, 300) });
    const changeOn = localDate(new Date(town.platform.clock.now().getTime() + 5 * 86_400_000));
    const approval = await town.ask('POST', `/swaps/${body.id}/approval`, town.clerk, { changeOn, house: goal });
    expect([approval.status, approval.body.lease]).toEqual([409, later.code]);
  },
);
