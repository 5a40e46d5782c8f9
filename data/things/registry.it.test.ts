import type { Actor } from '@keystead/contracts/access';
import { type Place, type PlacesService, places } from '@keystead/data/places';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { things } from './module.ts';
import type { ThingDraft, ThingRow } from './schemas.ts';
import type { ThingsService } from './setup.ts';

let platform: TestPlatform;
let service: ThingsService;
let tree: PlacesService;
let keeper: Actor;

beforeAll(async () => {
  platform = await startPlatform(places, things);
  service = platform.services.things as ThingsService;
  tree = platform.services.places as PlacesService;
  keeper = platform.actor('thing:read', 'thing:write', 'place:write', 'place:read', 'model:read');
});
afterAll(() => platform.stop());

const region = (code: string): Promise<Place> =>
  tree.create(keeper, { parent: null, kind: 'region', code, name: code });
const call = (actor: Actor, method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object, headers = {}) =>
  platform.http.app.inject({
    method,
    url: `/api/v1/things${url}`,
    headers: { authorization: `Test ${actor.id}`, ...headers },
    ...(payload ? { payload } : {}),
  });

describe('numbers and files', () => {
  test(clause('I-5.2.1-a-1', 'of fifty who register one number at once exactly one succeeds'), async () => {
    const draft: ThingDraft = { code: 'LOCK-0001', name: '门锁 1', family: 'lock' };
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => service.create(keeper, draft)));
    expect(outcomes.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    const refusals = outcomes.flatMap((each) => (each.status === 'rejected' ? [(each.reason as Error).name] : []));
    expect(new Set(refusals)).toEqual(new Set(['thing-code-taken']));
    expect((await service.list(keeper, { text: 'LOCK-0001' })).items).toHaveLength(1);
  });

  test(
    clause('I-5.2.1-b', 'production date, maker, model and specification stand in form, import, list and export'),
    async () => {
      const file = { maker: '安枢电机厂', productionDate: '2025-11-03', serial: 'SN-77', specification: '7.5 kW IP55' };
      const made = await call(keeper, 'POST', '', { code: 'MOTOR-1', name: '电机 1', family: 'motor', ...file });
      expect(made.statusCode).toBe(201);
      expect(made.json()).toMatchObject({ family: 'motor', modelVersion: 2, ...file });
      const sheet =
        'code,name,family,maker,productionDate,specification\nMOTOR-2,电机 2,motor,安枢电机厂,2025-11-04,11 kW\n';
      expect(await service.importSheet(keeper, sheet)).toMatchObject({ created: 1, errors: [] });
      const exported = (await call(keeper, 'GET', '/export?family=motor')).body;
      expect(exported).toContain('2025-11-03,SN-77,7.5 kW IP55');
      expect(exported).toContain('2025-11-04');
      const wrong = await call(keeper, 'POST', '', {
        code: 'MOTOR-3',
        name: 'x',
        family: 'motor',
        productionDate: 'soon',
      });
      expect([wrong.statusCode, wrong.json().errors[0].pointer]).toEqual([400, '/productionDate']);
    },
  );

  test('an edit of a version that is no longer there is refused', async () => {
    const { id } = await service.create(keeper, { code: 'EDIT-1', name: '门锁', family: 'lock' });
    expect((await call(keeper, 'PATCH', `/${id}`, { name: 'A' }, { 'if-match': '1' })).json().version).toBe(2);
    const second = await call(keeper, 'PATCH', `/${id}`, { name: 'B' }, { 'if-match': '1' });
    expect([second.statusCode, second.json().type]).toEqual([412, 'edit-conflict']);
  });

  test('an import with a wrong line changes nothing and names line and column', async () => {
    const sheet =
      'code,name,family,place\nI-1,门锁,lock,\nI-1,门锁,lock,\nLOCK-0001,门锁,lock,\nI 2,门锁,lock,\nI-3,门锁,spaceship,\nI-4,门锁,lock,NO/WHERE\n';
    const result = await service.importSheet(keeper, sheet);
    expect(result.errors.map((fault) => [fault.line, fault.column, fault.code])).toEqual([
      [3, 'code', 'duplicate-row'],
      [4, 'code', 'thing-code-taken'],
      [5, 'code', 'bad-format'],
      [6, 'family', 'model-missing'],
      [7, 'place', 'place-missing'],
    ]);
    expect((await service.list(keeper, { text: 'I-1' })).items).toEqual([]);
  });
});

describe('places', () => {
  test('things move along when their place moves, and keep it from being removed', async () => {
    const [from, to] = [await region('M1'), await region('M2')];
    const project = await tree.create(keeper, { parent: from.id, kind: 'project', code: 'P', name: 'P' });
    const { id, number } = await service.create(keeper, {
      code: 'MOVED',
      name: '门锁',
      family: 'lock',
      placeId: project.id,
    });
    expect((await service.byNumber(number)).place).toBe(project.path);
    await tree.move(keeper, project.id, to.id);
    const { path } = await tree.get(keeper, project.id);
    expect((await service.get(keeper, id)).place).toBe(path);
    expect((await service.byNumber(number)).place).toBe(path);
    await expect(tree.remove(keeper, project.id)).rejects.toThrow('place-occupied');
  });

  test(
    clause(
      'H-9.4-b-2',
      'a district user sees no row of another district in list, search, export, count and single look',
    ),
    async () => {
      const [own, other] = [await region('D1'), await region('D2')];
      await service.importRows(keeper, [
        ...Array.from({ length: 5 }, (_, at) => ({ code: `OWN-${at}`, name: '门锁', family: 'lock', placeId: own.id })),
        ...Array.from({ length: 7 }, (_, at) => ({
          code: `FAR-${at}`,
          name: '门锁',
          family: 'lock',
          placeId: other.id,
        })),
      ]);
      const clerk = platform.actorAt([own.path], 'thing:read', 'thing:write', 'model:read');
      const all = (await call(clerk, 'GET', '?limit=200&count=true')).json();
      expect([all.total, all.items.length]).toEqual([5, 5]);
      expect((await call(clerk, 'GET', '?text=FAR')).json().items).toEqual([]);
      expect((await call(clerk, 'GET', `?under=${other.path}`)).json().items).toEqual([]);
      const exported = (await call(clerk, 'GET', '/export')).body;
      expect([exported.match(/OWN-/g)?.length, exported.includes('FAR')]).toEqual([5, false]);
      const far = (await service.list(keeper, { text: 'FAR-0' })).items[0] as ThingRow;
      for (const path of ['', '/refusals', '/steps', '/relations', '/maintenance', '/parts', '/attributes'])
        expect([path, (await call(clerk, 'GET', `/${far.id}${path}`)).json().type ?? 'empty']).toEqual([
          path,
          path === '/refusals' ? 'empty' : 'thing-missing',
        ]);
      expect((await call(clerk, 'PATCH', `/${far.id}`, { name: 'x' })).statusCode).toBe(404);
      const types = await service.types(clerk, ['function']);
      expect(types.reduce((sum, node) => sum + node.count, 0)).toBe(5);
      const elsewhere = await call(clerk, 'POST', '', { code: 'X', name: '门锁', family: 'lock', placeId: other.id });
      expect(elsewhere.statusCode).toBe(400);
      expect((await call(clerk, 'POST', '', { code: 'X', name: '门锁', family: 'lock' })).json().type).toBe(
        'thing-out-of-reach',
      );
    },
  );
});

describe('types', () => {
  test(clause('I-5.2.1-a-3', 'the type tree stands on three axes in any order, and its counts add up'), async () => {
    const total = await service.count(keeper, {});
    for (const order of [
      ['function', 'domain', 'specification'],
      ['domain', 'specification', 'function'],
    ] as const) {
      const roots = await service.types(keeper, order);
      expect(roots.reduce((sum, node) => sum + node.count, 0)).toBe(total);
      for (const root of roots) {
        expect(root.children?.reduce((sum, child) => sum + child.count, 0)).toBe(root.count);
        const leaf = root.children?.[0]?.children?.[0];
        expect(leaf?.families?.reduce((sum, each) => sum + each.count, 0)).toBe(leaf?.count);
      }
    }
    const drives = await service.count(keeper, { function: 'drive' });
    const [domain] = (await service.types(keeper, ['domain', 'function'])).filter((node) => node.value === 'industry');
    expect(drives).toBeGreaterThan(0);
    expect(domain?.children?.find((node) => node.value === 'drive')?.count).toBe(drives);
  });
});
