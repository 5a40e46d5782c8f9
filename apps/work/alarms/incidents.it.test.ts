import type { Actor } from '@keystead/contracts/access';
import type { places } from '@keystead/data/places';
import type { things } from '@keystead/data/things';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AlarmsService, alarms, type Finding } from './index.ts';

type Places = ReturnType<typeof places.setup>;
type Things = ReturnType<typeof things.setup>;

let platform: TestPlatform;
let desk: AlarmsService;
let registry: Things;
let keeper: Actor;
let count = 0;
let building: { id: string; path: string };
let units: { id: string; path: string }[];

beforeAll(async () => {
  platform = await startPlatform(alarms);
  desk = platform.services.alarms as AlarmsService;
  registry = platform.services.things as Things;
  keeper = platform.actor('alarm:read', 'alarm:handle', 'alarm:rule', 'place:write', 'thing:write');
});
afterAll(() => platform.stop());

beforeEach(async () => {
  const tree = platform.services.places as Places;
  const make = (parent: string | null, kind: string) =>
    tree.create(keeper, { parent, kind: kind as 'unit', code: `${kind}-${++count}`, name: kind });
  building = await make((await make(null, 'project')).id, 'building');
  units = [await make(building.id, 'unit'), await make(building.id, 'unit')];
});

interface Thing {
  id: string;
  code: string;
  place: string;
}

async function thing(at = building): Promise<Thing> {
  const code = `T-${++count}`;
  const { id } = await registry.create(keeper, { code, name: code, family: 'lock', placeId: at.id });
  return { id, code, place: at.path };
}

const find = (of: Thing, symptom: string, more: Partial<Finding> = {}): Finding => ({
  organisation: platform.organisation,
  place: of.place,
  rule: symptom === 'silence' ? 'platform:offline' : symptom,
  subject: { kind: 'thing', id: of.id, code: of.code, name: of.code },
  title: { zh: symptom, en: symptom },
  severity: 3,
  transferLevel: 2,
  eventTime: platform.clock.now(),
  readings: {},
  ...more,
});

async function raise(of: Thing, symptom: string, more: Partial<Finding> = {}): Promise<string> {
  platform.clock.pass(1);
  return (await platform.db.systemTransaction((tx) => desk.raise(tx, find(of, symptom, more)))).id;
}

async function clear(of: Thing, symptom: string): Promise<void> {
  platform.clock.pass(1);
  await platform.db.systemTransaction((tx) => desk.clear(tx, find(of, symptom)));
}

async function settle(seconds = 61): Promise<void> {
  platform.clock.pass(seconds);
  const job = platform.kernel.jobs.known.find((each) => each.name === 'alarms.settle-incidents');
  if (job) await platform.kernel.jobs.runNow(job, {});
}

/** Alarms of this building as a person sees them: `code lead 3` = leads three others. */
async function seen(filter: { lead?: boolean } = { lead: true }, who = keeper): Promise<string[]> {
  const { items } = await desk.list(who, { state: 'active', place: building.path, ...filter });
  return items
    .map(({ subject, group, members }) => `${subject.code} ${group?.role ?? 'alone'}${members ? ` ${members}` : ''}`)
    .sort();
}

/** What was told since the last look: changes of alarms that are not under another. */
async function told(): Promise<string[]> {
  const { rows } = await platform.owner.query(
    `delete from kernel.outbox where type = 'alarm.changed.v1' returning payload->>'change' as change, payload->'subject'->>'code' as code,
       coalesce((payload->'group'->>'member')::boolean, false) as member, id`,
  );
  return rows
    .filter((row) => !row.member)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((row) => `${row.code} ${row.change}`);
}
beforeEach(() => told());

describe('alarms of one symptom in one building', () => {
  test(clause('G-scene-alarm', 'come under the first of them, which is the only one told; none is lost'), async () => {
    const all = [await thing(units[0]), await thing(units[1]), await thing(units[0])];
    for (const each of all) await raise(each, 'low-battery');
    const [first, second, third] = all.map(({ code }) => code);
    expect(await told()).toEqual([`${first} raised`]);
    expect(await seen()).toEqual([`${first} lead 2`]);
    expect(await seen({})).toEqual([`${first} lead 2`, `${second} member`, `${third} member`].sort());
    const [lead] = (await desk.list(keeper, { place: building.path, lead: true })).items;
    expect((await desk.members(keeper, lead?.id ?? '', {})).items.map((item) => item.subject.code)).toEqual([
      third,
      second,
    ]);
    expect(lead?.group).toMatchObject({ kind: 'symptom', active: 3, worst: 3 });
  });

  test('of two waves apart in time, place or symptom each has its own lead', async () => {
    const [a, b] = [await thing(), await thing()];
    await raise(a, 'low-battery');
    platform.clock.pass(301);
    await raise(b, 'low-battery');
    await raise(b, 'door-open');
    const elsewhere = { ...(await thing()), place: 'zz/' };
    await raise(elsewhere, 'low-battery');
    expect(await seen()).toEqual([`${a.code} alone`, `${b.code} alone`, `${b.code} alone`].sort());
  });

  test('the window slides with each alarm, but an incident takes none for ever', async () => {
    const first = await thing();
    await raise(first, 'low-battery');
    for (let round = 0; round < 15; round++) {
      platform.clock.pass(290);
      await raise(await thing(), 'low-battery');
    }
    expect((await seen()).map((line) => line.split(' ').slice(1).join(' ')).sort()).toEqual(['lead 1', 'lead 13']);
  });

  test('a graver one breaks through, and the next as grave stays under the lead', async () => {
    const all = [await thing(), await thing(), await thing(), await thing()];
    for (const [index, each] of all.entries())
      await raise(each, 'silence', { severity: index === 0 || index === 3 ? 3 : 2 });
    expect(await told()).toEqual([`${all[0]?.code} raised`, `${all[1]?.code} raised`]);
    await raise(all[3] as Thing, 'silence', { severity: 1 });
    expect(await told()).toEqual([`${all[3]?.code} released`]);
    expect(await seen()).toEqual([`${all[0]?.code} lead 3`, `${all[1]?.code} beside`, `${all[3]?.code} beside`].sort());
  });

  test('two burst pipes are two troubles: grave ones are gathered from the fourth on', async () => {
    for (let n = 0; n < 6; n++) await raise(await thing(), 'leak', { severity: 2 });
    expect(await told()).toHaveLength(3);
    expect(await seen()).toHaveLength(3);
  });

  test('alarms on life and property are told each, whatever else is there', async () => {
    const gateway = await thing();
    const homes = [await thing(), await thing()];
    for (const home of homes) await registry.relations.relate(keeper, gateway.id, 'contains', home.id);
    await raise(gateway, 'silence');
    await told();
    for (const home of homes) await raise(home, 'silence', { severity: 1, transferLevel: 3 });
    for (const home of homes) await raise(home, 'smoke', { severity: 1, transferLevel: 3 });
    expect(await told()).toHaveLength(4);
    expect(await seen()).toHaveLength(5);
  });

  test('whoever does not see the lead sees its members standing for themselves', async () => {
    const [a, b] = [await thing(units[0]), await thing(units[1])];
    await raise(a, 'low-battery');
    await raise(b, 'low-battery');
    const keeperOfB = platform.actorAt([units[1]?.path ?? ''], 'alarm:read');
    expect(await seen({ lead: true }, keeperOfB)).toEqual([`${b.code} member`]);
    expect((await desk.counts(keeperOfB)).standing).toMatchObject({ 3: 1 });
  });

  test('an organisation may want each alarm for itself', async () => {
    const call = (method: 'GET' | 'PUT', payload?: object, headers = {}) =>
      platform.http.app.inject({
        method,
        url: '/api/v1/alarms/grouping',
        headers: { authorization: `Test ${keeper.id}`, ...headers },
        ...(payload ? { payload } : {}),
      });
    expect((await call('GET')).json()).toEqual({ enabled: true, window: 300, settle: 60, version: 0 });
    const off = { enabled: false, window: 300, settle: 60 };
    expect((await call('PUT', off)).json()).toEqual({ ...off, version: 1 });
    expect((await call('PUT', { ...off, enabled: true }, { 'if-match': '"0"' })).statusCode).toBe(412);
    for (let n = 0; n < 3; n++) await raise(await thing(), 'low-battery');
    expect(await told()).toHaveLength(3);
    expect((await call('PUT', { ...off, enabled: true })).statusCode).toBe(200);
  });
});

describe('alarms of what leans on a thing', () => {
  async function house() {
    const supply = await thing();
    const gateways = [await thing(units[0]), await thing(units[1])];
    const sensors: Thing[] = [];
    for (const [index, gateway] of gateways.entries()) {
      await registry.relations.relate(keeper, supply.id, 'feeds', gateway.id);
      for (let n = 0; n < 3; n++) {
        const sensor = await thing(units[index]);
        await registry.relations.relate(keeper, gateway.id, 'contains', sensor.id);
        sensors.push(sensor);
      }
    }
    return { supply, gateways: gateways as [Thing, Thing], sensors };
  }

  test(clause('G-scene-alarm', 'come under its alarm, also long after it, and are not told'), async () => {
    const { gateways, sensors } = await house();
    await raise(gateways[0], 'silence');
    await told();
    platform.clock.pass(7200);
    for (const sensor of sensors.slice(0, 3)) await raise(sensor, 'silence');
    expect(await told()).toEqual([]);
    expect(await seen()).toEqual([`${gateways[0].code} lead 3`]);
    // Still speaking through another way: its battery has nothing to do with the gateway.
    await raise(sensors[0] as Thing, 'low-battery');
    expect(await seen()).toHaveLength(2);
  });

  test(clause('G-scene-alarm', 'that came before the cause are gathered when it comes'), async () => {
    const { supply, gateways, sensors } = await house();
    for (const sensor of sensors) await raise(sensor, 'silence');
    expect(await seen()).toEqual([`${sensors[0]?.code} lead 5`]);
    await raise(gateways[0], 'silence');
    expect(await seen()).toEqual([`${gateways[0].code} lead 6`]);
    await raise(gateways[1], 'silence');
    expect(await seen()).toEqual([`${gateways[0].code} lead 7`]);
    await raise(supply, 'power-lost');
    expect(await seen()).toEqual([`${supply.code} lead 8`]);
    expect(await told()).toEqual([`${sensors[0]?.code} raised`, `${gateways[0].code} raised`, `${supply.code} raised`]);
    const { rows } = await platform.owner.query(
      `select count(*)::int as live from alarms.incident i where ended_at is null and due_at is null
         and exists (select from alarms.alarm a where a.incident = i.id and a.place like $1)`,
      [`${building.path}%`],
    );
    expect(rows[0].live).toBe(1);
  });

  test('what had been told before it was gathered is told of when it clears, and what had not is not', async () => {
    const { gateways, sensors } = await house();
    const [first, second] = sensors as [Thing, Thing];
    await raise(first, 'silence');
    await raise(second, 'silence');
    await raise(gateways[0], 'silence');
    await clear(first, 'silence');
    await clear(second, 'silence');
    const { rows } = await platform.owner.query(
      `select payload->>'change' as change, payload->'subject'->>'code' as code from kernel.outbox where type = 'alarm.changed.v1' order by id`,
    );
    const of = (code: string) => rows.filter((row) => row.code === code).map((row) => row.change);
    expect(of(first.code)).toEqual(['raised', 'grouped', 'cleared']);
    expect(of(second.code)).toEqual(['raised', 'cleared']);
  });

  test('that stay when the cause has gone are led by one of them, told after a while; an incident without any ends', async () => {
    const { gateways, sensors } = await house();
    const [a, b, c] = sensors as [Thing, Thing, Thing];
    await raise(gateways[0], 'silence');
    for (const sensor of [a, b, c]) await raise(sensor, 'silence');
    await clear(gateways[0], 'silence');
    await clear(a, 'silence');
    await told();
    await settle(30);
    expect(await told()).toEqual([]);
    await settle(31);
    expect(await told()).toEqual([`${b.code} released`]);
    expect(await seen()).toEqual([`${b.code} lead 3`]);
    await clear(b, 'silence');
    await clear(c, 'silence');
    await settle();
    expect(await told()).toEqual([`${b.code} cleared`]);
    expect(await seen()).toEqual([]);
    await raise(a, 'silence');
    expect(await told()).toEqual([`${a.code} reactivated`]);
  });

  test('one that comes back while its incident lives goes on under the lead', async () => {
    const { gateways, sensors } = await house();
    await raise(gateways[0], 'silence');
    await raise(sensors[0] as Thing, 'silence');
    await clear(sensors[0] as Thing, 'silence');
    await told();
    await raise(sensors[0] as Thing, 'silence');
    expect(await told()).toEqual([]);
    expect(await seen()).toEqual([`${gateways[0].code} lead 1`]);
  });

  test('under a silenced cause are told: nobody was told of the cause', async () => {
    const { gateways, sensors } = await house();
    await platform.http.app.inject({
      method: 'POST',
      url: '/api/v1/alarms/silences',
      headers: { authorization: `Test ${keeper.id}` },
      payload: {
        place: building.path,
        subject: gateways[0].id,
        until: new Date(platform.clock.now().getTime() + 3_600_000).toISOString(),
        reason: '更换网关',
      },
    });
    await raise(gateways[0], 'silence');
    await raise(sensors[0] as Thing, 'silence');
    expect(await seen()).toEqual([`${gateways[0].code} alone`, `${sensors[0]?.code} alone`].sort());
  });
});

test('what a person does with the lead is done with its members, in his name, and a member may be taken further alone', async () => {
  const all = [await thing(), await thing(), await thing()];
  for (const each of all) await raise(each, 'low-battery');
  const { items } = await desk.list(keeper, { place: building.path });
  const [, member, lead] = items.map(({ id }) => id);
  await desk.step(keeper, member ?? '', 'handle');
  await desk.step(keeper, lead ?? '', 'acknowledge', { note: '已知' });
  await platform.drain();
  const states = async () =>
    (await desk.list(keeper, { place: building.path, state: 'all' })).items.map((item) => item.handling);
  expect(await states()).toEqual(['acknowledged', 'handling', 'acknowledged']);
  const [last] = (await desk.list(keeper, { place: building.path })).items;
  expect((await desk.get(keeper, last?.id ?? '')).steps).toMatchObject([
    { step: 'acknowledge', from: 'new', to: 'acknowledged', actor: keeper.id, note: '已知' },
  ]);
  for (const step of ['resolve', 'review'] as const) await desk.step(keeper, lead ?? '', step);
  for (const each of all.slice(0, 2)) await clear(each, 'low-battery');
  await platform.drain();
  await desk.step(keeper, lead ?? '', 'close');
  await platform.drain();
  // The third is still active: nobody can close what goes on.
  expect((await states()).sort()).toEqual(['closed', 'closed', 'reviewed']);
});
