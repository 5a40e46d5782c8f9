import { type City, seedCity } from '@keystead/apps/insight/testing';
import type { Actor } from '@keystead/contracts/access';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { measures as catalogue } from './catalogue.ts';
import { measures } from './module.ts';
import { createPresent, type Present } from './present.ts';
import type { Figures } from './service.ts';

let platform: TestPlatform;
let city: City;
let service: Figures & { freeze(): Promise<number> };
let reader: Actor;
beforeAll(async () => {
  platform = await startPlatform(measures);
  city = await seedCity(platform);
  service = platform.services.measures as typeof service;
  reader = platform.actor('measure:read', 'place:read');
});
afterAll(() => platform.stop());

/** Worked out by the database from the modules' own tables, house by house, by none of the platform's queries. */
const state = `(select to_state from stock.status s where s.house = h.id and s.at <= $1 order by s.number desc limit 1)`;
const let_ = `exists (select from agreements.version v join agreements.agreement a on a.id = v.agreement where a.subject = h.id and v.at <= $1
  and v.state in ('effective', 'expiring', 'holdover') and not exists (select from agreements.version w where w.agreement = v.agreement and w.at <= $1 and w.number > v.number))`;
const ofHouses = (
  num: string,
  among: string,
) => `select count(*) filter (where ${num})::int as num, count(*)::int as den
  from (select ${state} as state, ${let_} as let from stock.house h) q where state is not null and state not in ('undelivered', 'disabled') and ${among}`;
const month = `to_char($1::timestamptz at time zone 'Asia/Shanghai', 'YYYY-MM')`;
const inMonth = (column: string) =>
  `to_char(${column} at time zone 'Asia/Shanghai', 'YYYY-MM') = ${month} and ${column} <= $1`;
const money = (
  which: string,
) => `select coalesce(sum(paid), 0)::int as num, coalesce(sum(net), 0)::int as den from (select c.amount - c.waived as net,
  (select coalesce(sum(amount), 0) from ledger.settlement s where s.charge = c.id and s.at <= $1) as paid from ledger.charge c
  join ledger.posting p on p.id = c.posting where p.at <= $1 and ${which}) q`;
const cases = (
  moment: string,
) => `select coalesce(sum(extract(epoch from ${moment} - opened_at)), 0)::int as num, count(*)::int as den
  from cases.case where kind = 'repair' and ${inMonth(moment)}`;
const oracles: Record<string, string> = {
  homes: ofHouses('true', 'true'),
  vacancy: ofHouses('not let', 'true'),
  'vacancy-lettable': ofHouses('not let', `state <> 'maintenance'`),
  letting: ofHouses('let', `state <> 'maintenance'`),
  occupancy: ofHouses(`state = 'occupied'`, 'true'),
  tenants: `select count(*)::int as num, count(*)::int as den from stock.house h where ${let_}`,
  due: money(`c.period = ${month}`).replace('sum(paid)', 'sum(net)'),
  collected: money(`c.period = ${month}`),
  collection: money(`c.period = ${month}`),
  'collection-contract': money(`to_char(c.due_on, 'YYYY-MM') = ${month}`),
  repairs: `select count(*)::int as num, count(*)::int as den from cases.case where kind = 'repair' and ${inMonth('opened_at')}`,
  'repair-response': cases('accepted_at'),
  'repair-resolution': cases('done_at'),
  'warnings-open': `select coalesce(sum(floor(extract(epoch from $1 - raised_at))), 0)::int as num, count(*)::int as den from alarms.alarm
    where raised_at <= $1 and coalesce(closed_at > $1, true)`,
  energy: `select coalesce(sum(quantity), 0)::int as num, count(*)::int as den from billing.usage where subject = 'electricity' and period = ${month} and at <= $1`,
  turnover: `select coalesce(sum(floor(extract(epoch from i.at - o.at) / 86400)), 0)::int as num, count(*)::int as den from stock.status i
    join stock.status o on o.house = i.house and o.from_state = 'moving-out' and o.to_state = 'vacant' and o.number = i.number - 2
    where i.to_state = 'occupied' and ${inMonth('i.at')}`,
};
const oracle = async (measure: string, at: Date) =>
  (await platform.owner.query(oracles[measure] ?? '', [at])).rows[0] as { num: number; den: number };
const days = ['2026-05-31', '2026-05-12', '2026-04-30', '2025-05-31', '2025-01-15'];

describe('figures', () => {
  test(
    clause('H-8.5-a-1', 'H-8.5-b-1', 'every measure of five domains is what an independent query says, on any day'),
    async () => {
      expect(Object.keys(oracles).sort()).toEqual(catalogue.map(({ id }) => id).sort());
      expect(new Set(catalogue.map(({ domain }) => domain))).toEqual(
        new Set(['house', 'tenant', 'fee', 'repair', 'energy', 'warning']),
      );
      for (const { id, version } of catalogue)
        for (const day of days) {
          const figure = await service.figure(reader, { measure: id, day });
          const { num, den } = await oracle(id, new Date(`${day}T15:59:59.999Z`));
          expect({ id, day, version: figure.version, num: figure.num, den: figure.den }).toEqual({
            id,
            day,
            version,
            num,
            den,
          });
        }
    },
  );

  test('by hand: of 120 homes 12 are not delivered, 12 vacant, 12 in repair, 12 given up', async () => {
    const of = async (measure: string) => (await service.figure(reader, { measure, day: '2026-05-31' })).value;
    expect([await of('homes'), await of('tenants')]).toEqual([108, 72]);
    expect(await of('vacancy')).toBe(36 / 108);
    expect(await of('vacancy-lettable')).toBe(24 / 96);
    expect(((await of('letting')) ?? 0) + ((await of('vacancy-lettable')) ?? 0)).toBe(1);
    expect(await of('occupancy')).toBe(72 / 108);
  });

  test(
    clause(
      'H-8.5-b-2',
      'from city to house in five levels each parent is the sum of its parts, difference 0; a year before is told',
    ),
    async () => {
      for (const { id: measure } of catalogue) {
        let place: string | undefined;
        const kinds: string[] = [];
        for (;;) {
          const level = await service.children(reader, { measure, ...(place && { place }), day: '2026-05-31' });
          const alone = await service.figure(reader, { measure, ...(place && { place }), day: '2026-05-31' });
          for (const part of ['num', 'den', 'rows'] as const) {
            const sum = level.children.reduce((total, child) => total + child[part], level.itself[part]);
            expect([sum, level.figure[part]]).toEqual([level.figure[part], alone[part]]);
          }
          const most = [...level.children].sort((a, b) => b.rows - a.rows)[0];
          if (!most) break;
          kinds.push(most.kind);
          place = most.id;
        }
        expect(kinds).toEqual(['region', 'region', 'project', 'building', 'house']);
      }
      const { points, yearBefore } = await service.trend(reader, { measure: 'collection', day: '2026-05-31' }, 13);
      expect(points).toHaveLength(13);
      expect(points[0]).toMatchObject({ day: '2025-05-31', num: yearBefore.num, den: yearBefore.den });
      expect(yearBefore.den).toBeGreaterThan(0);
    },
  );

  test('the rows are the ones counted, page by page, and no more than the actor may see', async () => {
    for (const { id: measure } of catalogue) {
      const refs = new Set<string>();
      let [num, den, after]: [number, number, string | undefined] = [0, 0, undefined];
      for (;;) {
        const page = await service.rows(reader, { measure, day: '2026-05-31' }, { limit: 50, after });
        for (const row of page.items) {
          refs.add(row.ref);
          num += row.num;
          den += row.den;
        }
        if (page.next === null) {
          expect({ measure, rows: refs.size, num, den }).toMatchObject({
            measure,
            rows: page.figure.rows,
            num: page.figure.num,
            den: page.figure.den,
          });
          break;
        }
        after = page.next;
      }
    }
    const [east, west] = city.districts;
    const part = platform.actorAt([east?.path ?? ''], 'measure:read', 'place:read');
    expect((await service.figure(part, { measure: 'homes', day: '2026-05-31' })).num).toBe(54);
    await expect(service.figure(part, { measure: 'homes', place: west?.id })).rejects.toMatchObject({
      type: 'place-missing',
    });
    await expect(service.figure(reader, { measure: 'luck' })).rejects.toMatchObject({ type: 'measure-missing' });
    await expect(service.figure(reader, { measure: 'homes', day: '2027-01-01' })).rejects.toMatchObject({
      type: 'input-invalid',
    });
  });

  test('what was told at the end of a day stays, whatever is corrected later', async () => {
    expect(await service.freeze()).toBe(1);
    expect(await service.freeze()).toBe(0);
    const asked = { measure: 'vacancy', day: '2026-05-31' };
    const before = await service.children(reader, asked);
    expect(before.figure).toMatchObject({ frozen: true, num: 36, den: 108 });
    const at = '2026-05-30T00:00:00Z';
    await platform.owner.query(
      `insert into stock.status (house, organisation, place, number, at, recorded_at, step, from_state, to_state, repairing, actor, actor_name)
      select house, organisation, place, 90, $1, $1, 's', 'vacant', 'disabled', false, 'x', 'x' from stock.status group by 1, 2, 3 having count(*) = 1`,
      [at],
    );
    expect(await service.children(reader, asked)).toEqual(before);
    const rows = await service.rows(reader, asked, { limit: 10 });
    expect(rows.figure.den).toBe(96);
    expect(rows.told).toMatchObject({ den: 108 });
    await expect(platform.owner.query('update measures.snapshot set num = 0')).rejects.toThrow('never changes');
    await expect(platform.owner.query('delete from measures.snapshot')).rejects.toThrow('never changes');
    expect((await service.figure(reader, { measure: 'vacancy' })).frozen).toBe(false);
  });

  test('figures kept at hand are those worked out anew, after changes here and there', async () => {
    const kept = ['homes', 'vacancy', 'occupancy', 'collection'];
    // The second reads everything anew after each change, beside its work.
    for (const present of [createPresent(platform.kernel, kept), createPresent(platform.kernel, kept, 0)])
      await same(present);
  });

  async function same(present: Present): Promise<void> {
    const { organisation } = platform;
    expect(await present.figures(organisation, '')).toBeUndefined();
    await present.refresh(organisation, ['']);
    const [east] = city.districts;
    for (let round = 0; round < 8; round++) {
      const changed = [1, 2, 3].map((n) => city.houses[(round * 37 + n * 13) % city.houses.length]);
      for (const house of changed)
        await platform.owner.query(
          `insert into stock.status (house, organisation, place, number, at, recorded_at, step, from_state, to_state, repairing, actor, actor_name)
          values ($1, $2, $3, (select coalesce(max(number), 0) + 1 from stock.status where house = $1), $4, $4, 's', 'vacant', $5, false, 'x', 'x')`,
          [house?.id, organisation, house?.path, '2026-06-01T00:30:00Z', round % 2 ? 'occupied' : 'disabled'],
        );
      const building = city.building.path;
      await present.refresh(organisation, [...changed.map((house) => house?.path ?? ''), building]);
      for (const place of [undefined, east, city.building, changed[0]])
        for (const { measure, num, den, rows } of (await present.figures(organisation, place?.path ?? '')) ?? []) {
          const figure = await service.figure(reader, { measure, ...(place && { place: place.id }) });
          expect({ measure, num, den, rows }).toEqual({ measure, num: figure.num, den: figure.den, rows: figure.rows });
        }
    }
    // What nobody told of is found when everything is read again.
    await platform.owner.query(`update ledger.charge set waived = waived + 1 where period = '2026-05'`);
    await present.refresh(organisation, ['']);
    const [collection] = ((await present.figures(organisation, '')) ?? []).filter(
      (each) => each.measure === 'collection',
    );
    expect(collection?.den).toBe((await service.figure(reader, { measure: 'collection' })).den);
  }

  test('every figure of a day comes at once, and is the same as by itself', async () => {
    for (const day of ['2026-05-31', '2025-05-31', undefined]) {
      const all = await service.all(reader, { day });
      expect(all.map(({ measure }) => measure)).toEqual(catalogue.map(({ id }) => id));
      for (const { at: _, ...figure } of all) {
        const { at: __, ...alone } = await service.figure(reader, { measure: figure.measure, day });
        expect(figure).toEqual(alone);
      }
    }
  });

  test('over HTTP, with the right to read', async () => {
    const ask = async (path: string, as: Actor) =>
      platform.http.app.inject({
        method: 'GET',
        url: `/api/v1/measures${path}`,
        headers: { authorization: `Test ${as.id}` },
      });
    for (const path of [
      '',
      `/figures?place=${city.id}&day=2026-05-31`,
      '/vacancy/figure',
      `/vacancy/children?place=${city.id}`,
      '/vacancy/rows?limit=5',
      '/vacancy/trend?months=3',
    ])
      expect((await ask(path, reader)).statusCode).toBe(200);
    expect((await ask('/vacancy/figure', platform.actor('place:read'))).statusCode).toBe(403);
  });
});
