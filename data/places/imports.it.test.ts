import type { Actor } from '@keystead/contracts/access';
import { startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { places } from './module.ts';
import type { PlacesService } from './setup.ts';

let platform: TestPlatform;
let service: PlacesService;
let keeper: Actor;

beforeAll(async () => {
  platform = await startPlatform(places);
  service = platform.services.places as PlacesService;
  keeper = platform.actor('place:read', 'place:write');
});
afterAll(() => platform.stop());

const exported = async (query = ''): Promise<string> =>
  (
    await platform.http.app.inject({
      method: 'GET',
      url: `/api/v1/places/export${query}`,
      headers: { authorization: `Test ${keeper.id}` },
    })
  ).body;

/** A project of `buildings` × 10 storeys × 10 homes. */
function community(code: string, buildings: number) {
  const rows = [
    { path: code, kind: 'project', name: code, attributes: { address: 'Road 1' }, tags: ['core'] as string[] },
  ];
  const row = (path: string, kind: string, name: string) => ({
    path,
    kind,
    name,
    attributes: {} as never,
    tags: [] as string[],
  });
  for (let b = 1; b <= buildings; b++) {
    rows.push(row(`${code}/B${b}`, 'building', `${b}#`));
    for (let f = 1; f <= 10; f++) {
      rows.push(row(`${code}/B${b}/${f}`, 'floor', `${f}F`));
      for (let h = 1; h <= 10; h++)
        rows.push(
          row(
            `${code}/B${b}/${f}/${f}${String(h).padStart(2, '0')}`,
            'house',
            `${b}-${f}${String(h).padStart(2, '0')}`,
          ),
        );
    }
  }
  return rows;
}

describe('many places at once', () => {
  test('a thousand homes come in one step and show as a grid', async () => {
    const began = performance.now();
    const result = await service.importRows(keeper, community('HX', 10));
    console.info(`1,000 homes imported in ${Math.round(performance.now() - began)} ms`);
    expect(result).toMatchObject({ created: 1111, errors: [], dryRun: false });
    const [building] = (await service.search(keeper, { kind: 'building', text: '10#' })).items;
    const grid = await service.grid(keeper, building?.id ?? '');
    expect(grid.houses).toBe(100);
    expect(grid.floors.map((floor) => floor.level)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(grid.floors[0]?.houses.map((house) => house.code)[9]).toBe('1010');
  });

  test('a second time everything is there already and nothing is done', async () => {
    expect(await service.importRows(keeper, community('HX', 10))).toMatchObject({
      created: 0,
      unchanged: 1111,
      batch: null,
    });
  });

  test('a dry run tells and changes nothing', async () => {
    const before = (await exported()).length;
    expect(await service.importRows(keeper, community('DRY', 1), { dryRun: true })).toMatchObject({
      created: 112,
      batch: null,
    });
    expect((await exported()).length).toBe(before);
  });

  test('one bad line keeps all lines out and stands in the error sheet with its number', async () => {
    const sheet = 'path,kind,name,order\nCS,project,CS,\nCS/B,building,B,2\nCS/B/h,hovel,H,\nCS/X/1,house,H,1.5\n';
    const send = (query: string) =>
      platform.http.app.inject({
        method: 'POST',
        url: `/api/v1/places/import/sheet${query}`,
        headers: { authorization: `Test ${keeper.id}`, 'content-type': 'text/csv' },
        payload: sheet,
      });
    const answer = (await send('')).json();
    expect(answer.batch).toBeNull();
    expect(answer.errors.map((fault: { line: number; code: string }) => [fault.line, fault.code])).toEqual([
      [4, 'kind-unknown'],
      [5, 'integer'],
      [5, 'parent-missing'],
    ]);
    expect((await send('?errors=csv')).body).toContain('4,kind,kind-unknown,hovel');
    expect((await service.search(keeper, { text: 'CS' })).items).toEqual([]);
  });

  test('what was exported can be imported elsewhere', async () => {
    const target = await service.create(keeper, { parent: null, kind: 'region', code: 'COPY', name: 'Copy' });
    const rows = (await exported()).replace(/^\uFEFF/, '').split('\r\n');
    const own = rows.filter((line, at) => at === 0 || line.startsWith('HX'));
    const result = await service.importSheet(keeper, own.join('\n'), { under: target.id });
    expect(result).toMatchObject({ created: 1111, errors: [] });
    const [copy] = (await service.search(keeper, { kind: 'project', under: target.path })).items;
    expect(copy).toMatchObject({ name: 'HX', tags: ['core'], attributes: { address: 'Road 1' } });
  });

  test('the last import is taken back as a whole, until somebody built on it', async () => {
    expect(await service.undoLast(keeper)).toMatchObject({ removed: 1111 });
    const result = await service.importRows(keeper, community('UNDO', 1));
    const [project] = (await service.search(keeper, { text: 'UNDO', kind: 'project' })).items;
    const extra = await service.create(keeper, {
      parent: project?.id ?? null,
      kind: 'building',
      code: 'NEW',
      name: 'New',
    });
    await expect(service.undoLast(keeper)).rejects.toThrow('place-batch-not-undoable');
    await service.remove(keeper, extra.id);
    expect(await service.undoLast(keeper)).toMatchObject({ batch: result.batch, removed: 112 });
  });
});
