import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { looksLikeXlsx, readXlsx } from './read-xlsx.ts';
import { xlsxChunks } from './xlsx.ts';
import { zip } from './zip.ts';

async function bytesOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

const book = (rows: string, more = '', extra: { name: string; content: string[] }[] = []) =>
  bytesOf(
    zip([
      { name: 'xl/worksheets/sheet1.xml', content: [`<worksheet><sheetData>${rows}</sheetData>${more}</worksheet>`] },
      ...extra,
    ]),
  );

describe('tables that come in', () => {
  test('what we write is read back, cell by cell, with formula-like texts as texts', async () => {
    const rows = [
      ['=1+1', 12.5, true, '张三 & <li>'],
      [null, 0, false, ''],
    ];
    const file = await bytesOf(xlsxChunks({ name: '房源', heads: ['a', 'b', 'c', 'd'], rows }));
    expect(looksLikeXlsx(file)).toBe(true);
    expect(readXlsx(file, 100)).toEqual({
      faults: [],
      rows: [
        { line: 1, cells: ['a', 'b', 'c', 'd'] },
        { line: 2, cells: ['=1+1', '12.5', '1', '张三 & <li>'] },
        { line: 3, cells: ['', '0', '0'] },
      ],
    });
  });

  test('merged cells, formulas and error values are named with their cell', async () => {
    const file = await book(
      '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><f>HYPERLINK("x")</f><v>1</v></c><c r="C2" t="e"><v>#N/A</v></c></row>',
      '<mergeCells count="1"><mergeCell ref="A5:B7"/></mergeCells>',
    );
    expect(readXlsx(file, 100).faults).toEqual([
      { line: 5, code: 'merged-cells', detail: 'A5:B7' },
      { line: 2, code: 'formula', detail: 'B2' },
      { line: 2, code: 'error-value', detail: 'C2' },
    ]);
  });

  test('shared strings with rich runs, gaps between columns and dates are understood', async () => {
    const file = await book(
      '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="D3" s="1"><v>46174</v></c><c r="E3" s="0"><v>46174</v></c></row>',
      '',
      [
        {
          name: 'xl/sharedStrings.xml',
          content: ['<sst><si><r><t>甲</t></r><r><t xml:space="preserve"> 乙</t></r><rPh><t>jia</t></rPh></si></sst>'],
        },
        {
          name: 'xl/styles.xml',
          content: ['<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'],
        },
      ],
    );
    expect(readXlsx(file, 10).rows).toEqual([{ line: 3, cells: ['甲 乙', '', '', '2026-06-01', '46174'] }]);
  });

  test('rows beyond the limit are a fault, not memory', async () => {
    const rows = Array.from({ length: 20 }, (_, at) => `<row r="${at + 1}"><c><v>${at}</v></c></row>`).join('');
    const read = readXlsx(await book(rows), 10);
    expect(read.rows).toHaveLength(10);
    expect(read.faults).toEqual([{ line: 11, code: 'too-many-rows', detail: '10' }]);
  });

  test('an archive that claims less than it holds is not unpacked beyond its claim', async () => {
    const file = await book('<row r="1"><c><v>1</v></c></row>');
    const bomb = deflateRawSync(Buffer.alloc(50_000_000));
    // The claimed size of the entry stays small; its content becomes fifty megabytes.
    const end = file.length - 22;
    const central = file.readUInt32LE(end + 16);
    const nameLength = file.readUInt16LE(central + 28);
    const local = file.subarray(0, 30 + nameLength);
    const head = Buffer.from(file.subarray(central, end));
    head.writeUInt32LE(bomb.length, 20);
    const tail = Buffer.from(file.subarray(end));
    tail.writeUInt32LE(local.length + bomb.length, 16);
    expect(() => readXlsx(Buffer.concat([local, bomb, head, tail]), 10)).toThrow('archive-unreadable');
  });

  test('a row that never ends is refused, however many there are', async () => {
    await expect(book('<row r="1">'.repeat(200_000)).then((file) => readXlsx(file, 10))).rejects.toThrow(
      'archive-unreadable',
    );
  });

  test('what is no archive, cut off or of another kind is refused with a reason', async () => {
    const whole = await book('<row r="1"><c><v>1</v></c></row>');
    expect(() => readXlsx(Buffer.from('PK'), 10)).toThrow('archive-unreadable');
    expect(() => readXlsx(whole.subarray(0, whole.length - 10), 10)).toThrow('archive-unreadable');
    expect(() => readXlsx(readFileSync(import.meta.filename), 10)).toThrow('archive-unreadable');
    const other = await bytesOf(zip([{ name: 'word/document.xml', content: ['<x/>'] }]));
    expect(() => readXlsx(other, 10)).toThrow('archive-unreadable');
  });
});
