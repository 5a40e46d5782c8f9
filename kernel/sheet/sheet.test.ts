import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { inflateRawSync } from 'node:zlib';
import { readSheet } from 'read-excel-file/node';
import { describe, expect, test } from 'vitest';
import { type Cell, type Sheet, type SheetFormat, sheetFile } from './index.ts';
import { columnName } from './xlsx.ts';

const written = (sheet: Sheet, format: SheetFormat): Promise<Buffer> =>
  buffer(sheetFile(sheet, format).content as Readable);

/** One file of an archive. */
function contentOf(bytes: Buffer, name: string): string {
  const at = bytes.indexOf(name);
  return String(inflateRawSync(bytes.subarray(at + name.length)));
}

const formulas = ['=1+1', '+86 10', '-1+2', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://example.org";"x")'];
const at = new Date('2026-06-01T01:00:05Z');
const sheet = (rows: Sheet['rows'], name = '工单'): Sheet => ({ name, heads: ['编号', '标题', '时间', '数'], rows });

describe('CSV', () => {
  test('opens with the right characters and runs nothing', async () => {
    const text = String(await written(sheet(formulas.map((each): Cell[] => [each, '逗号,"引号"', at, -1.5])), 'csv'));
    expect(text.startsWith('\uFEFF编号,标题,时间,数\r\n')).toBe(true);
    for (const line of text
      .split('\r\n')
      .slice(1, -1)
      .filter((each) => /^"?[=+\-@\t\r]/.test(each)))
      expect(line).toBe('');
    expect(text).toContain(`'=1+1,"逗号,""引号""",2026-06-01 09:00:05,-1.5\r\n`);
  });
});

describe('XLSX', () => {
  test('is read back by another reader with Chinese heads, numbers, times and empty cells', async () => {
    const rows: Cell[][] = [
      ['WO-1', '漏水 & <换管>', at, 12.5],
      ['WO-2', null, undefined, 0],
      ['WO-3', '两\n行 😀', at, true],
    ];
    const read = await readSheet(await written(sheet(rows), 'xlsx'), '工单');
    expect(read[0]).toEqual(['编号', '标题', '时间', '数']);
    expect(read[1]?.slice(0, 2)).toEqual(['WO-1', '漏水 & <换管>']);
    // A sheet knows no zone: what the reader shows as UTC is the wall clock of the site.
    expect(read[1]?.[2]).toEqual(new Date('2026-06-01T09:00:05Z'));
    expect(read[1]?.[3]).toBe(12.5);
    expect(read[2]).toEqual(['WO-2', null, null, 0]);
    expect(read[3]?.[1]).toBe('两\n行 😀');
    expect(read[3]?.[3]).toBe(true);
  });

  test('holds no formula: whatever begins like one is text, also when the cell is edited', async () => {
    const bytes = await written(sheet(formulas.map((each): Cell[] => [each, each, null, null])), 'xlsx');
    const xml = contentOf(bytes, 'xl/worksheets/sheet1.xml');
    expect(xml).not.toMatch(/<f[ >]/);
    const cells = xml.match(/<c r="[AB](?!1")\d+"[^>]*>/g) ?? [];
    expect(cells).toHaveLength(formulas.length * 2);
    for (const cell of cells) expect(cell).toContain('s="2" t="inlineStr"'); // style 2 = the text format
    expect(contentOf(bytes, 'xl/styles.xml')).toMatch(/<cellXfs.*?<xf .*?<xf .*?<xf numFmtId="49"/);
  });

  test('signs that XML cannot hold are left out instead of breaking the file', async () => {
    const read = await readSheet(await written(sheet([['a\u0000b\u0007c', '\uD800x', null, Number.NaN]]), 'xlsx'));
    expect(read[1]).toEqual(['abc', '\uFFFDx', null, 'NaN']);
  });

  test('rows are taken as fast as they are read, and a reader that goes away ends them', async () => {
    let made = 0;
    let ended = false;
    async function* endless(): AsyncGenerator<Cell[]> {
      try {
        for (;;) yield [String(++made), crypto.randomUUID(), null, made];
      } finally {
        ended = true;
      }
    }
    const { content } = sheetFile(sheet(endless()), 'xlsx');
    const reader = (content as Readable)[Symbol.asyncIterator]();
    for (let piece = 0; piece < 20; piece++) await reader.next();
    const soFar = made;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(made).toBeLessThan(soFar + 20_000);
    await reader.return?.();
    await expect.poll(() => ended).toBe(true);
  });

  test('a failure of the rows is a failure of the file, not a short file', async () => {
    async function* broken(): AsyncGenerator<Cell[]> {
      yield ['1', '2', null, 3];
      throw new Error('the database went away');
    }
    await expect(written(sheet(broken()), 'xlsx')).rejects.toThrow('went away');
    await expect(written(sheet(broken()), 'csv')).rejects.toThrow('went away');
  });

  test('a name that a table cannot have becomes one it can', async () => {
    const bytes = await written(sheet([], `a/b:c*d?[e]${'长'.repeat(40)}`), 'xlsx');
    expect((await readSheet(bytes))[0]).toEqual(['编号', '标题', '时间', '数']);
  });
});

test('columns are named as spreadsheets name them', () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
});
