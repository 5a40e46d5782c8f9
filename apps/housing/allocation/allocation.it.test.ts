import { startTown, type Town } from '@keystead/apps/housing/testing';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allocation, faultsOf } from './index.ts';

let town: Town;
const jpeg = Buffer.from([
  0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xd9,
]);

beforeAll(async () => {
  town = await startTown(allocation);
  const { ask, clerk, lessor } = town;
  expect((await ask('PUT', '/move-ins/lessor', clerk, { party: lessor.id })).status).toBe(204);
});
afterAll(() => town?.platform.stop());

/** A plan with so many houses and households, up to the draw. */
async function drawn(houses: number, households: number) {
  const { ask, clerk, project, platform } = town;
  const families: Awaited<ReturnType<Town['family']>>[] = [];
  for (let at = 0; at < households; at++) {
    const each = await town.family();
    await town.approve(each.household);
    families.push(each);
  }
  const ids = [];
  for (let at = 0; at < houses; at++) ids.push(await town.house());
  const intentUntil = new Date(platform.clock.now().getTime() + 3_600_000).toISOString();
  const wish = { name: '夏季配租', placeId: project.id, ranking: 'lottery', intentUntil, slotMinutes: 10, houses: ids };
  const { body: plan } = await ask('POST', '/allocation/plans', clerk, wish);
  const at = `/allocation/plans/${plan.id}`;
  expect((await ask('POST', `${at}/announcement`, clerk)).body.state).toBe('open');
  for (const { tenant } of families)
    expect((await ask('PUT', `/own-allocation/plans/${plan.id}`, tenant)).status).toBe(204);
  expect((await ask('POST', `${at}/commitment`, clerk)).status).toBe(409);
  platform.clock.pass(3600);
  const committed = await ask('POST', `${at}/commitment`, clerk);
  const before = (await ask('GET', `${at}/published`, clerk)).body;
  const choosingFrom = platform.clock.now().toISOString();
  expect((await ask('POST', `${at}/draw`, clerk, { witness: '07 12 33', choosingFrom })).body.state).toBe('choosing');
  const after = (await ask('GET', `${at}/published`, clerk)).body;
  const file = (await ask('GET', at, clerk)).body;
  const order = file.intents.map(({ household }: { household: string }) =>
    families.find((each) => each.household === household),
  );
  return { at, id: plan.id, houses: ids, families, committed: committed.body, before, after, file, order };
}

test('a draw is committed before it is drawn, and holds when it is run again from the published file alone', async () => {
  const { before, after, file, committed, id } = await drawn(1, 6);
  expect(before.seed).toBeUndefined();
  expect([before.listHash, before.seedHash]).toEqual([committed.listHash, committed.seedHash]);
  expect([after.listHash, after.seedHash, after.list.length]).toEqual([committed.listHash, committed.seedHash, 6]);
  expect(faultsOf(after)).toEqual([]);
  expect(file.faults).toEqual([]);
  expect(JSON.stringify(after)).not.toContain('家庭');
  await expect(
    town.platform.owner.query(`update allocation.plan set drawn = '{}' where id = $1`, [id]),
  ).rejects.toThrow('once');
  await expect(town.platform.owner.query(`update allocation.plan set seed = 'x' where id = $1`, [id])).rejects.toThrow(
    'once',
  );
});

test('nobody chooses before his time, and of two in the same second one has the house and the other is told', async () => {
  const { ask, clerk, platform } = town;
  const { at, id, houses, order, file } = await drawn(2, 2);
  const [first, second] = order;
  const [house = '', other = ''] = houses;
  const choice = (tenant: typeof clerk, wanted: string) =>
    ask('POST', `/own-allocation/plans/${id}/choice`, tenant, { house: wanted });
  expect((await choice(second.tenant, house)).body.type).toContain('choosing-slot-not-open');
  platform.clock.pass(600);
  const [, last] = file.intents;
  const both = await Promise.all([
    choice(first.tenant, house),
    ask('POST', `${at}/entries/${last.entry}/choice`, clerk, { house }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(both.find(({ status }) => status === 409)?.body.type).toContain('house-taken');
  expect(await town.stateOf(house)).toBe('reserved');
  expect(await town.stateOf(other)).toBe('allocatable');
});

test('declining counts; after as many as the policy allows the household leaves the list', async () => {
  const { ask, platform } = town;
  const household = await town.family();
  await town.approve(household.household);
  const states: string[] = [];
  for (let turn = 0; turn < 3; turn++) {
    const { body: plan } = await ask('POST', '/allocation/plans', town.clerk, {
      ...{
        name: `第${turn}批`,
        placeId: town.project.id,
        ranking: 'queue',
        slotMinutes: 1,
        houses: [await town.house()],
      },
      intentUntil: new Date(platform.clock.now().getTime() + 1000).toISOString(),
    });
    const at = `/allocation/plans/${plan.id}`;
    await ask('POST', `${at}/announcement`, town.clerk);
    await ask('PUT', `/own-allocation/plans/${plan.id}`, household.tenant);
    platform.clock.pass(2);
    await ask('POST', `${at}/commitment`, town.clerk);
    await ask('POST', `${at}/draw`, town.clerk, { choosingFrom: platform.clock.now().toISOString() });
    await ask('POST', `/own-allocation/plans/${plan.id}/decline`, household.tenant, { reason: '太远' });
    states.push((await ask('GET', '/own-allocation', household.tenant)).body.entry.state);
  }
  expect(states).toEqual(['waiting', 'waiting', 'cancelled']);
});

test(
  clause('H-9.2.1-a', 'allocation, lease and check-in run under one id, and nothing is typed twice') +
    clause('H-9.1.2-a-1', 'ten households check in on line in four steps each') +
    clause('H-9.1.1-b-2', 'and each house changes state in the transaction of the lease or handover'),
  async () => {
    const { ask, clerk, platform } = town;
    const { id, houses, order } = await drawn(10, 10);
    platform.clock.pass(6000);
    for (const [at, { tenant, household }] of order.entries()) {
      const house = houses[at] ?? '';
      const chosen = await ask('POST', `/own-allocation/plans/${id}/choice`, tenant, { house });
      const { process } = chosen.body;
      expect(await town.stateOf(house)).toBe('reserved');
      const made = await ask('POST', `/move-ins/${process}/contract`, clerk, {});
      expect(made.body).toMatchObject({ id: process, state: 'contract', household, house });

      // What the tenant does: look, sign, photograph, check in.
      let steps = 0;
      const own = async (method: 'GET' | 'POST', path: string, body?: object | Buffer) => {
        steps += 1;
        return ask(method, `/own-move-in${path}`, tenant, body);
      };
      const seen = (await own('GET', '')).body;
      expect(seen.process).toMatchObject({ id: process, house });
      expect((await own('POST', '/signature', { digest: seen.digest, consent: '本人已阅读并同意' })).status).toBe(204);
      const early = await ask('POST', '/own-move-in/check-in', tenant, { readings: {}, furniture: [], photos: [] });
      expect(early.body.type).toContain('move-in-step-refused');
      const { lease } = made.body;
      const text = (await ask('GET', `/leases/${lease}`, clerk)).body;
      expect(text).toMatchObject({
        house,
        parties: expect.arrayContaining([expect.objectContaining({ party: household })]),
      });
      expect(text.fees).toContainEqual(
        expect.objectContaining({ subject: 'rent', basis: { kind: 'fixed', amount: 60_000 } }),
      );
      await ask('POST', `/leases/${lease}/signatures`, clerk, {
        ...{ role: 'lessor', party: town.lessor.id, digest: text.digest, identityCheck: 'counter', consent: '同意' },
      });
      expect(await town.stateOf(house)).toBe('pending-move-in');
      const photo = await own('POST', '/photos?name=door.jpg&mediaType=image/jpeg', jpeg);
      const handover = {
        ...{ readings: { water: 12_000, electricity: 3000 }, photos: [photo.body.id] },
        furniture: [{ item: '床', count: 1, condition: '完好' }],
      };
      const done = await own('POST', '/check-in', handover);
      expect(done.body).toMatchObject({ id: process, state: 'checked-in', lease });
      expect(steps).toBeLessThanOrEqual(5);
      expect(await town.stateOf(house)).toBe('occupied');
    }
    await platform.drain();
    const done = (await ask('GET', '/move-ins?state=checked-in&limit=1', clerk)).body[0];
    expect(done).toMatchObject({ leaseState: 'effective', houseName: expect.stringMatching(/^H/) });
    const form = await town.paper(`/move-ins/${done.id}/form`, clerk);
    for (const words of [done.code, done.leaseCode, '12.000', '床', '完好', 'door.jpg', '承租人（签字）'])
      expect(form).toContain(words);
    const [house] = houses;
    const whole = await ask('GET', `/houses/${house}/whole`, clerk);
    expect(whole.body).toMatchObject({
      house: { id: house, state: 'occupied' },
      lease: { household: order[0].household },
      household: { id: order[0].household, members: 1 },
    });
  },
);

test('the waiting list is found by category, code and name, with positions that count those who wait, and goes out as a file', async () => {
  const { ask, clerk, platform } = town;
  const before = (await ask('GET', '/allocation/waiting?state=waiting&limit=200', clerk)).body.length;
  const [first, second] = [await town.family(), await town.family()];
  const enter = (household: string, more: object) =>
    ask('POST', '/allocation/waiting', clerk, { household, reason: '转入', ...more });
  const late = (await enter(first.household, { category: 'talent' })).body;
  const since = '2023-01-05T01:00:00.000Z';
  const early = (await enter(second.household, { category: 'low-income', since })).body;
  const all = (await ask('GET', '/allocation/waiting?state=waiting&limit=200', clerk)).body;
  expect(all).toHaveLength(before + 2);
  expect(all.map(({ position }: { position: number }) => position)).toEqual(
    all.map((_: unknown, at: number) => at + 1),
  );
  expect(all[0]).toMatchObject({ id: early.id, until: '2028-01-05T01:00:00.000Z' });
  const found = async (query: string) =>
    (await ask('GET', `/allocation/waiting?${query}`, clerk)).body.map(({ id }: { id: string }) => id);
  expect(await found('category=talent')).toEqual([late.id]);
  expect(await found(`text=${early.code.toLowerCase()}`)).toEqual([early.id]);
  const { householdName } = all.find(({ id }: { id: string }) => id === late.id);
  expect(await found(`text=${encodeURIComponent(householdName)}`)).toContain(late.id);
  expect(await found(`limit=1&after=${early.id}`)).toEqual([all[1].id]);
  const counts = (await ask('GET', '/allocation/waiting/counts', clerk)).body;
  expect(counts).toContainEqual({ state: 'waiting', category: 'low-income', count: 1 });

  const raised = await ask('PUT', `/allocation/waiting/${late.id}/score`, clerk, {
    ...{ category: 'special-care', priority: 9, score: 80, reason: '优抚对象' },
  });
  expect(raised.body).toMatchObject({ category: 'special-care', priority: 9 });
  expect((await found('state=waiting&limit=1'))[0]).toBe(late.id);
  const sheet = await platform.http.app.inject({
    ...{ method: 'GET', url: '/api/v1/allocation/waiting/export?format=csv&category=special-care' },
    headers: { authorization: `Test ${clerk.id}`, 'accept-language': 'zh-CN' },
  });
  expect(sheet.body).toContain('优抚及特殊照顾家庭');
  expect(sheet.body.trim().split('\n')).toHaveLength(2);
});

test('whoever is approved waits under the category the application was for', async () => {
  const { ask, clerk } = town;
  const [talent, plain] = [await town.family(), await town.family()];
  await town.approve(talent.household, 'resettled');
  await town.approve(plain.household);
  const entries = (await ask('GET', '/allocation/waiting?limit=200', clerk)).body;
  const of = (household: string) => entries.find((each: { household: string }) => each.household === household);
  expect([of(talent.household).category, of(plain.household).category]).toEqual(['resettled', 'general']);
});

test('of two operators who give one house away in the same second one is told what to do, in either language', async () => {
  const { clerk, platform } = town;
  const house = await town.house();
  const families = [await town.family(), await town.family()];
  const begin = (household: string, language: string) =>
    platform.http.app.inject({
      ...{ method: 'POST', url: '/api/v1/move-ins', payload: { household, house } },
      headers: { authorization: `Test ${clerk.id}`, 'accept-language': language },
    });
  const answers = await Promise.all(families.map(({ household }) => begin(household, 'zh-CN')));
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
  expect(answers.find(({ statusCode }) => statusCode === 409)?.json().title).toContain('另选');
  const late = await begin((await town.family()).household, 'en');
  expect([late.statusCode, late.json().title]).toEqual([409, expect.stringContaining('choose another')]);
  const open = (await town.ask('GET', `/move-ins?house=${house}`, clerk)).body;
  expect(open).toHaveLength(1);
  // Nothing of the other one is left behind: it may be given another house at once.
  const [winner] = open;
  const loser = families.find(({ household }) => household !== winner.household);
  const other = await town.ask('POST', '/move-ins', clerk, { household: loser?.household, house: await town.house() });
  expect(other.status).toBe(201);
});

test('whoever comes for its keys on a day is listed for that day, in the order of the appointments', async () => {
  const { ask, clerk } = town;
  const made: string[] = [];
  // Of 3 June in Shanghai two, the later one made first; one just before its midnight.
  for (const at of ['2026-07-03T07:00:00.000Z', '2026-07-03T01:00:00.000Z', '2026-07-02T15:59:00.000Z']) {
    const [house, { household, tenant }] = [await town.house(), await town.family()];
    const { id } = (await ask('POST', '/move-ins', clerk, { household, house })).body;
    await ask('POST', `/move-ins/${id}/contract`, clerk, {});
    await town.platform.owner.query('update movein.process set appointment_at = $1 where id = $2', [at, id]);
    expect((await ask('GET', '/own-move-in', tenant)).body.process.appointmentAt).toBe(at);
    made.push(id);
  }
  const on = async (day: string, more = '') =>
    (await ask('GET', `/move-ins?on=${day}${more}`, clerk)).body.map(({ id }: { id: string }) => id);
  expect(await on('2026-07-03')).toEqual([made[1], made[0]]);
  expect(await on('2026-07-03', '&limit=1')).toEqual([made[1]]);
  expect(await on('2026-07-03', `&limit=1&after=${made[1]}`)).toEqual([made[0]]);
  expect([await on('2026-07-02'), await on('2026-07-04')]).toEqual([[made[2]], []]);
});

test('whoever does not come in its time is passed, not before, and still chooses from what is left', async () => {
  const { ask, clerk, platform } = town;
  const { at, houses, file } = await drawn(1, 1);
  const [{ entry }] = file.intents;
  const pass = () => ask('POST', `${at}/entries/${entry}/pass`, clerk);
  expect((await pass()).body.type).toContain('choosing-slot-not-open');
  platform.clock.pass(601);
  expect((await pass()).body).toMatchObject({ state: 'intended', passedAt: expect.any(String) });
  const chosen = await ask('POST', `${at}/entries/${entry}/choice`, clerk, { house: houses[0] });
  expect(chosen.body).toMatchObject({ state: 'chosen', house: houses[0] });
});

test('a way in that is cancelled gives the house back', async () => {
  const { ask, clerk } = town;
  const house = await town.house();
  const { household } = await town.family();
  const { body: process } = await ask('POST', '/move-ins', clerk, { household, house });
  expect(await town.paper(`/move-ins/${process.id}/form`, clerk)).toContain('房屋交接单');
  expect((await ask('POST', '/move-ins', clerk, { household, house })).status).toBe(409);
  await ask('POST', `/move-ins/${process.id}/contract`, clerk, {});
  expect((await ask('POST', `/move-ins/${process.id}/cancellation`, clerk, { reason: '不来了' })).status).toBe(204);
  expect(await town.stateOf(house)).toBe('allocatable');
  const gone = (await ask('GET', `/move-ins/${process.id}`, clerk)).body;
  expect(gone.history.map(({ state, reason }: Record<string, string>) => [state, reason])).toEqual([
    ...[
      ['allocated', null],
      ['contract', null],
      ['cancelled', '不来了'],
    ],
  ]);
  const counts = (await ask('GET', '/move-ins/counts', clerk)).body;
  expect(counts).toContainEqual({ state: 'cancelled', count: 1 });
});
