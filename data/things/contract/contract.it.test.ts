import type { Actor } from '@keystead/contracts/access';
import { InputInvalid } from '@keystead/contracts/problem';
import { type PlacesService, places } from '@keystead/data/places';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { things } from '../module.ts';
import type { ThingsService } from '../setup.ts';

let platform: TestPlatform;
let service: ThingsService;
let tree: PlacesService;
let keeper: Actor;

beforeAll(async () => {
  platform = await startPlatform(places, things);
  service = platform.services.things as ThingsService;
  tree = platform.services.places as PlacesService;
  keeper = platform.actor('thing:read', 'thing:write', 'place:write', 'model:write');
});
afterAll(() => platform.stop());

const call = (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, actor = keeper) =>
  platform.http.app.inject({
    method,
    url: `/api/v1/things${url}`,
    headers: { authorization: `Test ${actor.id}` },
    ...(payload ? { payload } : {}),
  });

const paper = (standard: string, more: object = {}) => ({
  standard,
  certificate: `C-${standard}`,
  verifiedOn: '2026-01-10',
  validUntil: null,
  record: '0190a000-0000-7000-8000-000000000001',
  ...more,
});
const lockPapers = [paper('GB 21556.2-2008'), paper('GA 374-2019'), paper('GA/T 701-2007')];

const site = (code: string, attributes: Record<string, unknown> = {}) =>
  tree.create(keeper, { kind: 'project', code, name: code, parent: null, attributes });

interface ReportBody {
  things: number;
  short: number;
  types: { family: string; things: number; gaps: { clause: string }[] }[];
  sites: { name: string | null; climateZone: string | null; things: number; short: number }[];
  items: { code: string; gaps: { clause: string; code: string }[] }[];
  next: string | null;
}
const report = async (query: string): Promise<ReportBody> => (await call('GET', `/contract-report?${query}`)).json();
const codesIn = (body: ReportBody): string[] => body.items.map(({ code }) => code);

describe('papers of a device', () => {
  test(clause('H-6.5-0', 'a lock comes into service only with its three certificates'), async () => {
    const { id } = await service.create(keeper, { code: 'GATE', name: '门锁', family: 'lock', state: 'commissioned' });
    const start = () => call('POST', `/${id}/steps`, { to: 'in-use', evidence: {} });
    for (const papers of [
      [],
      lockPapers.slice(0, 2),
      [...lockPapers.slice(0, 2), paper('GA/T 701', { validUntil: '2026-05-31' })],
    ]) {
      expect((await call('PUT', `/${id}/evidence`, papers)).statusCode).toBe(200);
      const refused = await start();
      expect([refused.statusCode, refused.json().type]).toEqual([409, 'lifecycle-gate-shut']);
    }
    const refused = (await start()).json();
    expect(refused.errors).toEqual([{ pointer: '/papers', code: 'evidence-expired', detail: 'GA/T 701' }]);
    expect((await call('PUT', `/${id}/evidence`, lockPapers)).json()).toHaveLength(3);
    expect((await start()).json().state).toBe('in-use');
    expect((await call('GET', `/${id}/evidence`)).json()).toContainEqual(paper('GA 374-2019'));
  });

  test('papers that cannot be are refused whole, and nobody reads those of a place he may not see', async () => {
    const home = await site('PAPERS');
    const { id } = await service.create(keeper, { code: 'PAPER', name: '门锁', family: 'lock', placeId: home.id });
    const wrong = [
      paper('GA 374', { verifiedOn: '2026-06-02' }),
      paper('GA 374'),
      paper('GB 21556.2', { validUntil: '2025-01-01' }),
    ];
    const refused = await call('PUT', `/${id}/evidence`, wrong);
    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors.map(({ code }: { code: string }) => code)).toEqual([
      'in-the-future',
      'duplicate',
      'ends-before-it-begins',
    ]);
    expect((await call('GET', `/${id}/evidence`)).json()).toEqual([]);
    const stranger = platform.actorAt(['9z/'], 'thing:read', 'thing:write');
    expect((await call('GET', `/${id}/evidence`, undefined, stranger)).statusCode).toBe(404);
    expect((await call('PUT', `/${id}/evidence`, lockPapers, stranger)).statusCode).toBe(404);
  });
});

describe('the report of device contracts', () => {
  test(clause('H-6.2-a', 'ten cameras, two without a certificate: exactly two are listed'), async () => {
    const home = await site('CAMERAS');
    for (let at = 0; at < 10; at++) {
      const { id } = await service.create(keeper, {
        code: `CAM-${at}`,
        name: '摄像机',
        family: 'camera',
        placeId: home.id,
      });
      const papers = [paper('GB 55029'), ...(at === 2 || at === 6 ? [] : [paper('GA/T 1127-2013')])];
      await service.contract.evidence.put(keeper, id, papers);
    }
    expect(codesIn(await report('deviceClass=camera&clause=H-6.2-a'))).toEqual(['CAM-2', 'CAM-6']);
  });

  test(
    clause('H-6.3-0-1', 'ten fire devices, three with lacking or overdue acceptance: exactly three are listed'),
    async () => {
      const home = await site('FIRE');
      const whole = [paper('GB 50116'), paper('GB 50166')];
      for (let at = 0; at < 10; at++) {
        const family = at % 2 ? 'smoke-detector' : 'gas-detector';
        const { id } = await service.create(keeper, {
          code: `FIRE-${at}`,
          name: family === 'smoke-detector' ? '烟感' : '燃气',
          family,
          placeId: home.id,
        });
        const papers = {
          0: [],
          3: whole.slice(1),
          8: [paper('GB 50116', { validUntil: '2026-05-31' }), paper('GB 50166')],
        }[at];
        await service.contract.evidence.put(keeper, id, papers ?? whole);
      }
      expect(codesIn(await report('clause=H-6.3-0-1'))).toEqual(['FIRE-0', 'FIRE-3', 'FIRE-8']);
      expect(codesIn(await report('clause=H-6.3-0-1&code=evidence-expired'))).toEqual(['FIRE-8']);
    },
  );

  test(clause('H-6.4-0', 'the two meters of four classes that lack their standard are listed'), async () => {
    const home = await site('METERS');
    const papers = {
      'water-meter': [paper('GB/T 778.1-2018')],
      'electricity-meter': [],
      'gas-meter': [paper('GB/T 6968-2019')],
      'heat-meter': [paper('GB/T 32224-2020', { validUntil: '2026-02-01' })],
    };
    for (const [family, list] of Object.entries(papers)) {
      const { id } = await service.create(keeper, { code: family, name: '表', family, placeId: home.id });
      await service.contract.evidence.put(keeper, id, list);
    }
    expect(codesIn(await report('clause=H-6.4-0'))).toEqual(['electricity-meter', 'heat-meter']);
  });

  test(
    clause('H-6.1-5', 'H-6.1-6', 'a -10 … 55 °C device is flagged on every severely cold site and on no other'),
    async () => {
      const north = await site('NORTH', { climateZone: 'severe-cold' });
      const south = await site('SOUTH', { climateZone: 'other' });
      for (const [at, placeId] of [north.id, north.id, south.id].entries())
        await service.create(keeper, { code: `ZONE-${at}`, name: '门锁', family: 'lock', placeId });
      const cold = await report('clause=H-6.1-5');
      expect(codesIn(cold)).toEqual(['ZONE-0', 'ZONE-1']);
      expect(cold.sites).toEqual([
        expect.objectContaining({ name: 'NORTH', climateZone: 'severe-cold', things: 2, short: 2 }),
      ]);
      expect(codesIn(await report('clause=H-6.1-6'))).toEqual([]);
    },
  );

  test(
    clause(
      'H-6.1-2',
      'a key device whose model states too small a cache is not registered; one that states none is listed',
    ),
    async () => {
      const model = (family: string, capabilities?: object) => ({
        family,
        name: { zh: '自有锁', en: 'Own lock' },
        category: { function: 'access', domain: 'housing', specification: 'own' },
        authentication: 'secret' as const,
        interval: 60,
        grace: 60,
        properties: [],
        events: [],
        services: [],
        ...(capabilities ? { capabilities } : {}),
      });
      await service.models.publish(keeper, model('short-lock', { cacheHours: 23 }));
      await service.models.publish(keeper, model('enough-lock', { cacheHours: 24 }));
      await service.models.publish(keeper, model('silent-lock'));
      const home = await site('CACHE');
      const create = (code: string, family: string) =>
        service.create(keeper, { code, name: '门锁', family, placeId: home.id });
      await expect(create('SHORT', 'short-lock')).rejects.toBeInstanceOf(InputInvalid);
      await create('ENOUGH', 'enough-lock');
      await create('SILENT', 'silent-lock');
      const found = await report(`clause=H-6.1-2&under=${home.path}`);
      expect(codesIn(found)).toEqual(['SILENT']);
      expect(found.types).toMatchObject([{ family: 'silent-lock', things: 1, gaps: [{ clause: 'H-6.1-2' }] }]);
      await expect(
        service.models.publish(keeper, model('bad-lock', { temperature: { min: 60, max: 10 } })),
      ).rejects.toBeInstanceOf(InputInvalid);
    },
  );

  test('comes in pages, keeps to the scope of the reader, and goes out as a sheet', async () => {
    const all = await report('clause=H-6.5-0&limit=200');
    const walked: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: ReportBody = await report(`clause=H-6.5-0&limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      walked.push(...codesIn(page));
      cursor = page.next;
    }
    expect(walked).toEqual(codesIn(all));
    expect(walked.length).toBeGreaterThan(2);
    const stranger = platform.actorAt(['9z/'], 'thing:read');
    expect((await call('GET', '/contract-report', undefined, stranger)).json()).toMatchObject({ things: 0, items: [] });
    const sheet = await call('GET', '/contract-report/export?clause=H-6.4-0');
    const [heads, ...rows] = sheet.body.replace('\ufeff', '').trim().split('\r\n');
    expect(heads).toContain('code,name,deviceClass');
    expect(rows).toHaveLength(2);
    expect(rows[0]).toContain('H-6.4-0,evidence-missing,GB/T 17215,must');
  });
});

describe('corridors and lift lobbies', () => {
  test(clause('H-6.3-c-1', 'each has a sounder in it or is listed as a gap'), async () => {
    const project = await site('HEARD');
    const building = await tree.create(keeper, { kind: 'building', code: 'B1', name: 'B1', parent: project.id });
    const floor = (code: string, tags: string[]) =>
      tree.create(keeper, { kind: 'floor', code, name: code, parent: building.id, tags });
    const heard = await floor('F1', ['corridor']);
    const silent = await floor('F2', ['corridor']);
    const plain = await floor('F3', []);
    const lobby = await tree.create(keeper, {
      kind: 'zone',
      code: 'Z1',
      name: 'Z1',
      parent: plain.id,
      tags: ['lift-lobby'],
    });
    const inner = await tree.create(keeper, { kind: 'zone', code: 'Z2', name: 'Z2', parent: heard.id });
    await service.create(keeper, { code: 'SND-1', name: '警报器', family: 'sounder', placeId: inner.id });
    await service.create(keeper, { code: 'SMOKE-C', name: '烟感', family: 'smoke-detector', placeId: silent.id });
    const coverage = async () => {
      const { places: looked, gaps } = (await call('GET', `/sounder-coverage?under=${project.path}`)).json();
      return [looked, gaps.map(({ code }: { code: string }) => code).sort()];
    };
    expect(await coverage()).toEqual([3, ['F2', 'Z1']]);
    await service.create(keeper, { code: 'SND-2', name: '警报器', family: 'sounder', placeId: lobby.id });
    expect(await coverage()).toEqual([3, ['F2']]);
  });
});

describe('life of batteries', () => {
  test(
    clause('H-6.3-d', 'H-6.4-c-1', 'a trend below the line of its class is told once, and stands in the report'),
    async () => {
      const home = await site('BATTERY');
      const made: Record<string, number> = {};
      for (const [code, family, name] of [
        ['BAT-FAST', 'smoke-detector', '烟感'],
        ['BAT-SLOW', 'smoke-detector', '烟感'],
        ['BAT-METER', 'water-meter', '水表'],
      ] as const)
        made[code] = (await service.create(keeper, { code, name, family, placeId: home.id })).number;
      const years: Record<string, number> = { 'BAT-FAST': 2, 'BAT-SLOW': 4, 'BAT-METER': 4 };
      const start = platform.clock.now().getTime();
      for (let day = 0; day <= 60; day++) {
        platform.clock.set(new Date(start + day * 86_400_000));
        const levels = Object.entries(made).map(([code, thing]) => ({
          thing,
          percent: 100 - (day * 100) / ((years[code] ?? 1) * 365.25),
        }));
        await service.batteries.note(levels);
        await service.batteries.note(levels);
      }
      const found = await report(`code=battery-forecast-short&under=${home.path}`);
      expect(found.items.map(({ code, gaps }) => [code, gaps.map((gap) => gap.clause)])).toEqual([
        ['BAT-FAST', ['H-6.3-d']],
        ['BAT-METER', ['H-6.4-c-1']],
      ]);
      const told = await platform.owner.query(
        `select payload ->> 'code' as code, (payload ->> 'short')::boolean as short from kernel.outbox
       where type = 'thing.battery-life-judged.v1' order by 1`,
      );
      expect(told.rows).toEqual([
        { code: 'BAT-FAST', short: true },
        { code: 'BAT-METER', short: true },
      ]);
      const { things: powered } = await service.batteries.after(0);
      expect(powered.map(({ thing }) => thing)).toEqual(expect.arrayContaining(Object.values(made)));
    },
  );
});
