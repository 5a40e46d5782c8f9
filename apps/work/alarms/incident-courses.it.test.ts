import type { places } from '@keystead/data/places';
import type { things } from '@keystead/data/things';
import { startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AlarmsService, alarms, type Severity } from './index.ts';

let platform: TestPlatform;
let desk: AlarmsService;
const found: { id: string; code: string }[] = [];
let ground: string;

beforeAll(async () => {
  platform = await startPlatform(alarms);
  desk = platform.services.alarms as AlarmsService;
  const keeper = platform.actor('alarm:read', 'place:write', 'thing:write');
  const tree = platform.services.places as ReturnType<typeof places.setup>;
  const registry = platform.services.things as ReturnType<typeof things.setup>;
  const place = await tree.create(keeper, { parent: null, kind: 'project', code: 'P', name: 'P' });
  ground = place.path;
  for (let n = 0; n < 8; n++) {
    const code = `T-${n}`;
    const { id } = await registry.create(keeper, { code, name: code, family: 'lock', placeId: place.id });
    found.push({ id, code });
  }
  // 0 feeds 1 and 2; 1 contains 3 and 4, 2 contains 5; 6 and 7 lean on nothing.
  const edges = [
    [0, 'feeds', 1],
    [0, 'feeds', 2],
    [1, 'contains', 3],
    [1, 'contains', 4],
    [2, 'contains', 5],
  ] as const;
  for (const [from, kind, to] of edges)
    await registry.relations.relate(keeper, found[from]?.id ?? '', kind, found[to]?.id ?? '');
});
afterAll(() => platform.stop());

const symptoms = ['platform:offline', 'low-battery', 'leak'];

async function act(of: number, symptom: string, severity: Severity | undefined): Promise<void> {
  const thing = found[of] ?? { id: '', code: '' };
  const common = {
    organisation: platform.organisation,
    rule: symptom,
    subject: { kind: 'thing', id: thing.id, code: thing.code, name: thing.code },
    eventTime: platform.clock.now(),
    readings: {},
  };
  const more = { place: ground, title: { zh: symptom, en: symptom }, transferLevel: 2 as const };
  await platform.db.systemTransaction(async (tx) => {
    if (severity) await desk.raise(tx, { ...common, ...more, severity });
    else await desk.clear(tx, common);
  });
}

async function settle(): Promise<void> {
  platform.clock.pass(61);
  const job = platform.kernel.jobs.known.find((each) => each.name === 'alarms.settle-incidents');
  if (job) await platform.kernel.jobs.runNow(job, {});
}

/** Live incidents whose lead is gone, or that hide something graver than people were told of. */
const broken = `
  select i.id from alarms.incident i
  left join lateral (select min(severity) as standing from alarms.alarm where incident = i.id and condition = 'active' and not member) s on true
  left join lateral (select min(severity) as hidden from alarms.alarm where incident = i.id and condition = 'active' and member) h on true
  where i.ended_at is null and (s.standing is null or h.hidden < s.standing
    or not exists (select from alarms.alarm where id = i.lead and condition = 'active' and not member))`;

/** Active alarms under a lead that is no more. */
const lost = `
  select a.id from alarms.alarm a left join alarms.incident i on i.id = a.incident
  where a.condition = 'active' and a.member and (i.id is null or i.ended_at is not null)`;

const step = fc.record({
  of: fc.nat(7),
  symptom: fc.constantFrom(...symptoms),
  severity: fc.option(fc.integer({ min: 1, max: 4 }) as fc.Arbitrary<Severity>, { nil: undefined, freq: 2 }),
  pass: fc.constantFrom(0, 1, 20, 70, 400),
  settle: fc.boolean(),
});

test('in any course of alarms no active one is hidden behind nothing, nor a graver one behind a milder', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      for (const { of, symptom, severity, pass, settle: then } of steps) {
        platform.clock.pass(pass);
        await act(of, symptom, severity);
        if (then) await settle();
      }
      await settle();
      const { rows } = await platform.owner.query(`${broken} union all ${lost}`);
      expect(rows).toEqual([]);
    }),
    { numRuns: 40, seed: 20_260_601 },
  );
}, 120_000);

test('once everything is well again no incident is left', async () => {
  for (let of = 0; of < 8; of++) for (const symptom of symptoms) await act(of, symptom, undefined);
  await settle();
  const { rows } = await platform.owner.query('select id from alarms.incident where ended_at is null');
  expect(rows).toEqual([]);
});
