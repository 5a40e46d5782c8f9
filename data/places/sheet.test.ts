import { describe, expect, test } from 'vitest';
import { faultSheet, readSheet, sheetText, writeSheet } from './sheet.ts';

const columns = { required: ['path', 'name'], optional: ['remark'] };

describe('a sheet', () => {
  test('comes back as it was written, formulas, quotes and line breaks included', () => {
    const cells = ['=1+1', 'a "b", c', 'two\nlines', "'kept", '-3'];
    const text = writeSheet(
      ['path', 'name', 'remark'],
      cells.map((cell) => ['x', cell, '']),
    );
    expect(text).not.toMatch(/,=1/);
    expect(readSheet(text, columns).rows.map((row) => row.cells.name)).toEqual(cells);
  });

  test('numbers its rows as an editor does, blank lines and broken cells included', () => {
    const { rows, faults } = readSheet('path,name\na,1\n\nb,"x\ny"\nc\nd,4', columns);
    expect(rows.map((row) => [row.line, row.cells.path])).toEqual([
      [2, 'a'],
      [5, 'b'],
      [7, 'd'],
    ]);
    expect(faults).toEqual([{ line: 6, code: 'cells-missing', detail: '1/2' }]);
  });

  test('names missing and unknown columns, and what is no CSV at all', () => {
    expect(readSheet('path,colour\na,red', columns).faults).toEqual([
      { line: 1, column: 'name', code: 'column-missing' },
      { line: 1, column: 'colour', code: 'column-unknown' },
    ]);
    expect(readSheet('path,name\n"a,1\n', columns).faults[0]?.code).toBe('not-csv');
  });

  test('is read whether it was saved as UTF-8 or as GB 18030', () => {
    expect(sheetText(Buffer.from('楼栋', 'utf8'))).toBe('楼栋');
    expect(sheetText(Buffer.from([0xc2, 0xa5, 0xb6, 0xb0]))).toBe('楼栋');
  });

  test('of faults stands in the order of the file', () => {
    const text = faultSheet([
      { line: 9, code: 'parent-missing', column: 'path', detail: 'A/B' },
      { line: 2, code: 'kind-unknown', column: 'kind' },
    ]);
    expect(text.split('\r\n').slice(1, 3)).toEqual(['2,kind,kind-unknown,', '9,path,parent-missing,A/B']);
  });
});
