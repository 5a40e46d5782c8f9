import type { Actor } from '@keystead/contracts/access';
import { type Place, type PlacesService, places } from '@keystead/data/places';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { things } from './module.ts';
import type { ThingsService } from './setup.ts';

let platform: TestPlatform;
let service: ThingsService;
let keeper: Actor;
let districts: Place[];

beforeAll(async () => {
  platform = await startPlatform(places, things);
  service = platform.services.things as ThingsService;
  keeper = platform.actor('thing:read', 'thing:write', 'place:write');
  const tree = platform.services.places as PlacesService;
  const draft = (code: string) => ({ parent: null, kind: 'region' as const, code, name: `Region ${code}` });
  districts = [await tree.create(keeper, draft('A')), await tree.create(keeper, draft('B'))];
});
afterAll(() => platform.stop());

const micros = () => platform.clock.now().getTime() * 1000;
const hear = async (numbers: readonly number[]) => {
  service.contact.heard(numbers.map((thing) => ({ thing, time: micros() })));
  await service.contact.flush();
};
const events = async (): Promise<string[]> => {
  const { rows } = await platform.owner.query(
    `delete from kernel.outbox where type = 'thing.online-changed.v1' returning payload->>'code' as code, payload->>'from' as was, payload->>'to' as now`,
  );
  return rows.map((row) => `${row.code} ${row.was}>${row.now}`).sort();
};

test('while the platform itself was away nobody counts as silent: every thing gets its time anew', async () => {
  const lock = await service.create(keeper, { code: 'LOCK-AWAY', name: '门锁', family: 'lock' });
  await hear([lock.number]);
  platform.clock.pass(3600);
  await service.online.begin();
  expect(await service.online.derive()).toBe(0);
  platform.clock.pass(56);
  expect(await service.online.derive()).toBe(1);
  await platform.owner.query('delete from kernel.outbox');
});

test(
  clause(
    'H-9.5.2-b-1',
    'a thing is stale after its own model’s interval and grace, not before, and fresh with its next word',
  ),
  async () => {
    // A lock answers every 30 s with 25 s of grace, a water meter every 15 min with 15 min.
    const lock = await service.create(keeper, { code: 'LOCK', name: '门锁', family: 'lock' });
    const meter = await service.create(keeper, { code: 'METER', name: '水表', family: 'water-meter' });
    expect((await service.get(keeper, lock.id)).online).toBe('unknown');
    await hear([lock.number, meter.number]);
    expect(await events()).toEqual(['LOCK unknown>online', 'METER unknown>online']);
    platform.clock.pass(54);
    expect(await service.online.derive()).toBe(0);
    platform.clock.pass(1);
    expect(await service.online.derive()).toBe(1);
    expect(await events()).toEqual(['LOCK online>offline']);
    expect((await service.get(keeper, lock.id)).onlineSince).toBe(platform.clock.now().toISOString());
    platform.clock.pass(29 * 60);
    expect(await service.online.derive()).toBe(0);
    await hear([lock.number]);
    expect(await events()).toEqual(['LOCK offline>online']);
    platform.clock.pass(56);
    await service.online.derive();
    expect([(await service.get(keeper, lock.id)).online, (await service.get(keeper, meter.id)).online]).toEqual([
      'offline',
      'offline',
    ]);
  },
);

test(
  clause(
    'H-7.1-c-1',
    'of a hundred things ten fall silent: within a minute the rate is 90 %, in all, by place and by model',
  ),
  async () => {
    const rows = Array.from({ length: 100 }, (_, at) => ({
      code: `H-${at}`,
      name: '烟感',
      family: 'smoke-detector',
      placeId: districts[at < 10 ? 0 : 1]?.id ?? null,
    }));
    const made = (await service.importRows(keeper, rows)).things.map((each) => each.number);
    await service.importRows(keeper, [
      { code: 'H-new', name: '烟感', family: 'smoke-detector', placeId: districts[1]?.id ?? null },
    ]);
    for (let second = 0; second < 60; second += 15) {
      await hear(second === 0 ? made : made.slice(10));
      await service.online.derive();
      platform.clock.pass(15);
    }
    await service.online.derive();
    const rate = async (query: Parameters<typeof service.online.rate>[1]) =>
      (await service.online.rate(keeper, query)).map(({ name, online, offline, unknown, rate: share }) => ({
        name,
        online,
        offline,
        unknown,
        rate: share,
      }));
    expect((await rate({ by: 'model' })).find((group) => group.name === 'smoke-detector')).toEqual({
      name: 'smoke-detector',
      online: 90,
      offline: 10,
      unknown: 1,
      rate: 0.9,
    });
    const byPlace = await rate({ by: 'place' });
    expect(byPlace.filter((group) => group.name.startsWith('Region'))).toEqual([
      { name: 'Region A', online: 0, offline: 10, unknown: 0, rate: 0 },
      { name: 'Region B', online: 90, offline: 0, unknown: 1, rate: 1 },
    ]);
    expect(await rate({ under: districts[0]?.path ?? '' })).toEqual([
      { name: '', online: 0, offline: 10, unknown: 0, rate: 0 },
    ]);
  },
);

test('a busy thing is written once in some seconds, and its latest word is not lost', async () => {
  const { number, id } = await service.create(keeper, { code: 'BUSY', name: '门锁', family: 'lock' });
  await hear([number]);
  const written = async () =>
    (await platform.owner.query('select xmin::text as v from things.contact where thing = $1', [number])).rows[0].v;
  const before = await written();
  platform.clock.pass(2);
  await hear([number]);
  expect(await written()).toBe(before);
  platform.clock.pass(3);
  await service.contact.flush();
  expect(await written()).toBe(before);
  await hear([number]);
  expect((await service.get(keeper, id)).lastHeard).toBe(platform.clock.now().toISOString());
});

test('the end of a session that was taken over already does not disconnect the thing', async () => {
  const { number, id } = await service.create(keeper, { code: 'SESSION', name: '门锁', family: 'lock' });
  service.contact.connected(number, 'first');
  await service.contact.flush();
  expect(await service.get(keeper, id)).toMatchObject({ connected: true, online: 'online' });
  service.contact.connected(number, 'second');
  service.contact.disconnected(number, 'first');
  await service.contact.flush();
  expect((await service.get(keeper, id)).connected).toBe(true);
  service.contact.disconnected(number, 'second');
  await service.contact.flush();
  expect(await service.get(keeper, id)).toMatchObject({ connected: false, online: 'online' });
});

test('words of things nobody registered are passed over', async () => {
  await hear([999_999]);
  const { rows } = await platform.owner.query('select 1 from things.contact where thing = 999999');
  expect(rows).toEqual([]);
});
