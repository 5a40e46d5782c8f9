import type { Actor } from '@keystead/contracts/access';
import { type Place, type PlacesService, places } from '@keystead/data/places';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { things } from './module.ts';
import type { ThingFilter } from './schemas.ts';
import type { ThingsService } from './setup.ts';

const size = 100_000;
const families = ['lock', 'motor', 'machine', 'host', 'camera'];
const online = ['online', 'offline', 'unknown'];

let platform: TestPlatform;
let service: ThingsService;
let keeper: Actor;
let districts: Place[];

/** What thing `n` of the generated registry is; the same rule in SQL below. */
const made = (n: number) => ({
  family: families[n % 5] as string,
  district: n % 10,
  state: n % 7 === 0 ? 'maintenance' : 'in-use',
  online: online[n % 3] as string,
  runHours: n % 1000,
  energy: (n * 7) % 5000,
});

beforeAll(async () => {
  platform = await startPlatform(places, things);
  service = platform.services.things as ThingsService;
  keeper = platform.actor('thing:read', 'place:write');
  const tree = platform.services.places as PlacesService;
  districts = [];
  for (let at = 0; at < 10; at++)
    districts.push(await tree.create(keeper, { parent: null, kind: 'region', code: `D${at}`, name: `District ${at}` }));
  const { owner, organisation } = platform;
  await owner.query(
    `insert into things.thing (id, organisation, place, place_id, code, name, family, model_version, state, whitelist, created_at, changed_at)
     select gen_random_uuid(), $1, ($2::text[])[n % 10 + 1], ($3::uuid[])[n % 10 + 1], 'T-' || lpad(n::text, 6, '0'), 'Thing ' || n,
       ($4::text[])[n % 5 + 1], 1, case when n % 7 = 0 then 'maintenance' else 'in-use' end, 'admitted', $5, $5
     from generate_series(0, $6::int - 1) n`,
    [
      organisation,
      districts.map((each) => each.path),
      districts.map((each) => each.id),
      families,
      platform.clock.now(),
      size,
    ],
  );
  await owner.query(
    `insert into things.contact (thing, organisation, state, since, interval_s, grace_s)
     select number, organisation, ($1::text[])[n % 3 + 1], $2, 60, 60
     from (select number, organisation, substr(code, 3)::int as n from things.thing) t where n % 3 < 2`,
    [online, platform.clock.now()],
  );
  await owner.query(
    `insert into things.usage (thing, organisation, run_seconds, energy_kwh, updated)
     select number, organisation, n % 1000 * 3600, n::bigint * 7 % 5000, $1
     from (select number, organisation, substr(code, 3)::int as n from things.thing) t`,
    [platform.clock.now()],
  );
  await owner.query('analyze things.thing, things.contact, things.usage');
});
afterAll(() => platform.stop());

const expected = (fits: (thing: ReturnType<typeof made>) => boolean): number => {
  let count = 0;
  for (let n = 0; n < size; n++) if (fits(made(n))) count++;
  return count;
};

interface Case {
  name: string;
  filter: ThingFilter;
  fits: (thing: ReturnType<typeof made>) => boolean;
}

const cases = (): Case[] => {
  const single: Case[] = [
    { name: 'type', filter: { function: 'drive' }, fits: (thing) => thing.family === 'motor' },
    { name: 'place', filter: { under: districts[3]?.path }, fits: (thing) => thing.district === 3 },
    { name: 'online', filter: { online: 'offline' }, fits: (thing) => thing.online === 'offline' },
    { name: 'state', filter: { state: 'maintenance' }, fits: (thing) => thing.state === 'maintenance' },
    {
      name: 'run time',
      filter: { runHoursFrom: 100, runHoursTo: 899 },
      fits: (thing) => thing.runHours >= 100 && thing.runHours <= 899,
    },
    {
      name: 'energy',
      filter: { energyFrom: 500, energyTo: 4500 },
      fits: (thing) => thing.energy >= 500 && thing.energy <= 4500,
    },
  ];
  const all: ThingFilter = Object.assign({}, ...single.map((each) => each.filter));
  return [
    ...single,
    {
      name: 'all of them',
      filter: { ...all, under: districts[1]?.path },
      fits: (thing) => single.every((each) => (each.name === 'place' ? thing.district === 1 : each.fits(thing))),
    },
    { name: 'never heard of', filter: { online: 'unknown' }, fits: (thing) => thing.online === 'unknown' },
  ];
};

test(clause('I-5.2.2.2', 'each filter, and all together, give the exact count over 100,000 things'), async () => {
  for (const { name, filter, fits } of cases()) {
    const began = performance.now();
    const page = await service.list(keeper, { ...filter, count: true });
    const took = Math.round(performance.now() - began);
    const count = expected(fits);
    console.info(`filter ${name}: ${page.total} of ${size} in ${took} ms`);
    expect([name, page.total]).toEqual([name, count]);
    expect(count).toBeGreaterThan(0);
    for (const item of page.items) expect(fits(made(Number(item.code.slice(2))))).toBe(true);
  }
});

test('pages follow each other without a gap or a double', async () => {
  const filter = { function: 'drive', under: districts[1]?.path, state: 'maintenance' as const };
  const codes: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await service.list(keeper, { ...filter, limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    codes.push(...page.items.map((item) => item.code));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  expect(codes.length).toBe(
    expected((thing) => thing.family === 'motor' && thing.district === 1 && thing.state === 'maintenance'),
  );
  expect([...new Set(codes)].sort()).toEqual(codes);
});

test('text is found in code and name', async () => {
  expect((await service.list(keeper, { text: 'T-000042' })).items.map((item) => item.name)).toEqual(['Thing 42']);
  expect((await service.list(keeper, { text: '100%' })).items).toEqual([]);
});
