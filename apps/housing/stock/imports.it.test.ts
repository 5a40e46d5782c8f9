import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Actor } from '@keystead/contracts/access';
import { type PlacesService, places } from '@keystead/data/places';
import { csvLine, sheetFile } from '@keystead/kernel/sheet';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stock } from './module.ts';
import type { StockService } from './setup.ts';

let platform: TestPlatform;
let service: StockService;
let tree: PlacesService;
let keeper: Actor;

beforeAll(async () => {
  platform = await startPlatform(places, stock);
  service = platform.services.stock as StockService;
  tree = platform.services.places as PlacesService;
  keeper = platform.actor('house:read', 'house:write', 'house:import', 'place:read', 'place:write');
  const region = await tree.create(keeper, { parent: null, kind: 'region', code: 'YL', name: '云龙区' });
  for (const code of ['HX', 'BIG', 'UN'])
    await tree.create(keeper, { parent: region.id, kind: 'project', code, name: code });
});
afterAll(() => platform.stop());

const sample = {
  project: 'YL/HX',
  building: 'B1',
  unit: '1U',
  floor: '3',
  code: '301',
  state: 'vacant',
  since: '2026-01-15',
  floorArea: '58.4',
  usableArea: '42',
  layout: '一室一厅',
  address: '和平路 1 号',
  structure: '钢混',
  builtYear: '2021',
  owner: '保障中心',
  ownershipKind: '政府投资',
  certificateNumber: '苏(2021)0000001号',
  unitNumber: '320303001001GB00001F00010001',
  acquiredOn: '2021-05-01',
  rentStandard: '12.5',
  deposit: '1000',
  operator: '安居公司',
  propertyCompany: '安居物业',
  contactPhone: '0516-83700000',
};
type Row = Partial<Record<keyof typeof sample, string>>;

const heads = Object.keys(sample) as (keyof typeof sample)[];
const sheetOf = (rows: readonly Row[]): Buffer =>
  Buffer.from(
    [
      csvLine(heads),
      ...rows.map((row) =>
        heads
          .map((head) => ({ ...sample, ...row })[head])
          .join(',')
          .concat('\r\n'),
      ),
    ].join(''),
  );

/** `count` homes of a project: buildings of 2 units × 20 storeys × 5. */
const homes = (project: string, count: number): Row[] =>
  Array.from({ length: count }, (_, at) => ({
    project: `YL/${project}`,
    building: `B${Math.floor(at / 200) + 1}`,
    unit: `${(Math.floor(at / 100) % 2) + 1}U`,
    floor: String((Math.floor(at / 5) % 20) + 1),
    code: `${(Math.floor(at / 5) % 20) + 1}0${(at % 5) + 1}`,
  }));

const send = (bytes: Buffer, query = '') =>
  platform.http.app.inject({
    method: 'POST',
    url: `/api/v1/houses/import${query}`,
    headers: { authorization: `Test ${keeper.id}`, 'content-type': 'application/octet-stream' },
    payload: bytes,
  });

describe('many houses from a sheet', () => {
  test(clause(
    'H-9.1.1-c-1',
    '10,000 rows come in, the same sheet again changes nothing, and the batch is taken back',
  ), async () => {
    const sheet = sheetOf(homes('BIG', 10_000));
    const began = performance.now();
    const done = (await send(sheet)).json();
    console.info(`10,000 houses imported in ${Math.round(performance.now() - began)} ms`);
    expect(done).toMatchObject({ created: 10_000, changed: 0, unchanged: 0, errors: [] });
    expect((await send(sheet)).json()).toMatchObject({ batch: null, created: 0, changed: 0, unchanged: 10_000 });
    const page = await service.list(keeper, { text: '301' }, { limit: 1 });
    expect(page.items[0]).toMatchObject({
      state: 'vacant',
      completeness: 100,
      since: new Date('2026-01-14T16:00:00Z'),
      dossier: { lease: { rentStandard: 1250, deposit: 100_000 }, ownership: { kind: 'government' } },
    });
    const undone = await platform.http.app.inject({
      method: 'POST',
      url: `/api/v1/houses/import/${done.batch}/undo`,
      headers: { authorization: `Test ${keeper.id}` },
    });
    expect(undone.json()).toMatchObject({ removed: 10_000, restored: 0 });
    expect(await service.counts(keeper, {})).toEqual([]);
    expect((await tree.search(keeper, { kind: 'building' })).items).toEqual([]);
  }, 120_000);

  test(
    clause('H-9.1.1-c-2', '20 faulty rows are refused, each with its line, column and reason, and nothing is written'),
    async () => {
      const faulty: readonly [Row, string, string][] = [
        [{ project: 'YL/NO' }, 'project', 'parent-missing'],
        [{ project: '' }, 'project', 'required'],
        [{ code: '' }, 'code', 'required'],
        [{ building: '' }, 'building', 'required'],
        [{ floorArea: 'big' }, 'floorArea', 'number'],
        [{ usableArea: '70' }, 'usableArea', 'usable-over-floor-area'],
        [{ builtYear: '1492' }, 'builtYear', 'too-small'],
        [{ builtYear: 'new' }, 'builtYear', 'integer'],
        [{ rentStandard: '12.345' }, 'rentStandard', 'money'],
        [{ rentStandard: '-5' }, 'rentStandard', 'money'],
        [{ ownershipKind: '赠送' }, 'ownershipKind', 'not-allowed'],
        [{ unitNumber: '3203' }, 'unitNumber', 'bad-format'],
        [{ acquiredOn: '2021-13-45' }, 'acquiredOn', 'date'],
        [{ since: '2031-01-01' }, 'since', 'in-the-future'],
        [{ state: 'occupied' }, 'state', 'state-not-by-sheet'],
        [{ state: 'haunted' }, 'state', 'state-unknown'],
        [{ owner: '=HYPERLINK(1)' }, 'owner', 'formula'],
        [{ operator: '@SUM(A1)' }, 'operator', 'formula'],
        [{ contactPhone: 'x' }, 'contactPhone', 'bad-format'],
        [{ code: 'a\\/b/c' }, 'code', 'parent-missing'],
      ];
      const rows = faulty.map(([row], at) => ({ code: `9${String(at).padStart(2, '0')}`, ...row }));
      const answer = (await send(sheetOf([...rows, { code: '801' }]))).json();
      for (const [at, [, column, code]] of faulty.entries()) {
        const found = answer.errors.filter((fault: { line: number }) => fault.line === at + 2);
        expect([at, found.map((fault: { code: string }) => fault.code)]).toEqual([at, expect.arrayContaining([code])]);
        if (at < 19) expect(found.map((fault: { column: string }) => fault.column)).toContain(column);
      }
      expect(answer).toMatchObject({ batch: null, created: 0 });
      expect(answer.errors.some((fault: { line: number }) => fault.line === faulty.length + 2)).toBe(false);
      expect(await service.counts(keeper, {})).toEqual([]);
      const sheet = await send(sheetOf(rows), '?errors=csv');
      expect(sheet.headers['content-type']).toContain('text/csv');
      expect(sheet.body).toContain('18,owner,formula,');
    },
  );

  test('a dry run tells what would happen; a house twice in a sheet is a fault', async () => {
    expect((await send(sheetOf([{}, { code: '302' }]), '?dryRun=true')).json()).toMatchObject({
      created: 2,
      batch: null,
    });
    const twice = (await send(sheetOf([{}, {}]))).json();
    expect(twice.errors).toEqual([{ line: 3, column: 'code', code: 'duplicate-row', detail: '2' }]);
  });

  test('a changed row makes a version; undone, the file says what it said before', async () => {
    await send(sheetOf([{}, { code: '302' }]));
    const done = (await send(sheetOf([{ rentStandard: '13', layout: '两室' }, { code: '302' }]))).json();
    expect(done).toMatchObject({ created: 0, changed: 1, unchanged: 1 });
    const [row] = (await service.list(keeper, { text: '301' }, { limit: 1 })).items;
    expect(row).toMatchObject({ dossier: { lease: { rentStandard: 1300 } }, attributes: { layout: '两室' } });
    await service.undo(keeper, done.batch);
    const after = await service.get(keeper, row?.id ?? '');
    expect(after.row).toMatchObject({ dossier: { lease: { rentStandard: 1250 } }, attributes: { layout: '一室一厅' } });
    await expect(service.undo(keeper, done.batch)).rejects.toThrow('stock-batch-not-undoable');
  });

  test('a batch one of whose houses moved on is not taken back', async () => {
    const done = (await send(sheetOf([{ project: 'YL/UN' }]))).json();
    const [row] = (
      await service.list(
        keeper,
        { under: (await tree.search(keeper, { text: 'UN', kind: 'project' })).items[0]?.path ?? '' },
        { limit: 1 },
      )
    ).items;
    await service.step(keeper, row?.id ?? '', 'release', {});
    await expect(service.undo(keeper, done.batch)).rejects.toThrow('stock-batch-not-undoable');
  });

  test('an Excel file comes in as well, and what was exported is taken back unchanged', async () => {
    const rows = [Object.values({ ...sample, code: '401' }).map(String)];
    const file = await buffer(sheetFile({ name: '房源', heads, rows }, 'xlsx').content as Readable);
    expect((await send(file)).json()).toMatchObject({ created: 1, errors: [] });
    const out = await platform.http.app.inject({
      method: 'GET',
      url: '/api/v1/houses/export?format=csv',
      headers: { authorization: `Test ${keeper.id}` },
    });
    const back = (await send(Buffer.from(out.body))).json();
    expect(back).toMatchObject({ created: 0, changed: 0, errors: [] });
    expect(back.unchanged).toBeGreaterThanOrEqual(3);
  });

  test('a file of 100 MB is refused before it is read, in the reader’s language', async () => {
    const answer = await send(Buffer.alloc(100 * 1024 * 1024, 65));
    expect([answer.statusCode, answer.json().type]).toEqual([413, 'body-too-large']);
    const broken = await send(Buffer.from('PK\u0003\u0004 no archive at all, only its first letters'));
    expect([broken.statusCode, broken.json().type]).toEqual([422, 'archive-unreadable']);
  });
});
