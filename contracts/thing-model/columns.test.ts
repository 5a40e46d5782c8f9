import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCell } from './column-property.ts';
import { modelFromColumns } from './columns.ts';
import { readTime } from './time-text.ts';
import { validateModel } from './validate.ts';

const name = { zh: '办公室', en: 'office' };
const zone = 'Asia/Shanghai';
const at = (text: string) => Date.parse(text) * 1000;

describe('a model from columns', () => {
  const rows = Array.from({ length: 60 }, (_, i) => [
    `${i + 1}`,
    `2015-02-04 17:${`${i}`.padStart(2, '0')}:00`,
    `${(20 + i / 100).toFixed(2)}`,
    `${40 + (i % 30)}`,
    i % 2 ? 'true' : 'false',
    i === 7 ? 'NA' : `${i % 2}`,
    `room ${i}`,
    '',
  ]);
  const columns = ['date', 'Temperature', 'Humidity', 'open', 'Occupancy', '备注', 'empty'];
  const plan = modelFromColumns({ family: 'office', name, columns, rows });

  test('is a valid model whose fields point at the right cells, behind an unnamed row number', () => {
    expect(validateModel(plan.model)).toEqual([]);
    expect(plan.time).toBe(1);
    expect(plan.model.interval).toBe(60);
    expect(plan.skipped).toEqual([{ column: 'empty', reason: 'empty' }]);
    expect(plan.fields.map(({ index, property }) => [index, property.id, property.type, property.unit])).toEqual([
      [2, 'Temperature', 'number', 'Cel'],
      [3, 'Humidity', 'number', '%'],
      [4, 'open', 'boolean', undefined],
      [5, 'Occupancy', 'integer', undefined],
      [6, 'column_6', 'string', undefined],
    ]);
    expect(plan.model.properties[4]?.name.zh).toBe('备注');
  });

  test('ranges have a margin, percentages end at 100, rates come from the times', () => {
    const [temperature, humidity, , occupancy] = plan.model.properties;
    expect(temperature).toMatchObject({ min: 19.704, max: 20.885 });
    expect(temperature?.maxRate).toBeCloseTo(0.02 / 60, 6);
    expect(humidity).toMatchObject({ min: 0, max: 100 });
    expect(occupancy).toMatchObject({ min: 0, max: 1 });
  });

  test('the same heading twice gets two ids', () => {
    const twice = modelFromColumns({ family: 'x1', name, columns: ['a (V)', 'a [V]', '1st'], rows: [['1', '2', '3']] });
    expect(twice.fields.map(({ property }) => property.id)).toEqual(['a_V', 'a_V_2', 'st']);
    expect(twice.time).toBeUndefined();
  });

  test('any table at all gives a valid model that takes its own rows', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.integer().map(String),
      fc.constantFrom('true', 'NA', '2020-01-01'),
    );
    const tables = fc.integer({ min: 0, max: 6 }).chain((width) =>
      fc.record({
        columns: fc.array(fc.string({ unit: 'grapheme' }), { minLength: width, maxLength: width }),
        rows: fc.array(fc.array(cell, { maxLength: width + 1 }), { maxLength: 30 }),
      }),
    );
    fc.assert(
      fc.property(tables, (table) => {
        const plan = modelFromColumns({ family: 'any-table', name, ...table });
        expect(validateModel(plan.model)).toEqual([]);
        for (const { index, property } of plan.fields) {
          const numbers = table.rows
            .map((row) => readCell(property, row[index] ?? ''))
            .filter((cell) => typeof cell === 'number');
          for (const number of numbers) {
            expect(number).toBeGreaterThanOrEqual(property.min ?? number);
            expect(number).toBeLessThanOrEqual(property.max ?? number);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('cells', () => {
  test('are read by the type of the property and never guessed', () => {
    const [number, , boolean] = modelFromColumns({
      family: 'cells',
      name,
      columns: ['n', 's', 'b'],
      rows: [['1.5', 'x', 'true']],
    }).model.properties;
    if (!number || !boolean) throw new Error('two properties');
    expect(readCell(number, ' 2.5 ')).toBe(2.5);
    expect(readCell(number, 'NA')).toBeUndefined();
    expect(readCell(number, '2,5')).toBe('2,5');
    expect(readCell(boolean, 'FALSE')).toBe(false);
    expect(readCell(boolean, '1')).toBe('1');
  });

  test.each([
    ['2015-02-04 17:51:00', at('2015-02-04T17:51:00+08:00')],
    ['2015-02-04T17:51:00Z', at('2015-02-04T17:51:00Z')],
    ['2015-02-04T17:51:00.25+01:00', at('2015-02-04T17:51:00.25+01:00')],
    ['2015-02-04', at('2015-02-04T00:00:00+08:00')],
    ['1423043460', 1_423_043_460_000_000],
    ['1423043460123', 1_423_043_460_123_000],
    ['2015-02-30 00:00:00', undefined],
    ['2015-02-04 24:00:00', undefined],
    ['17:51', undefined],
    ['', undefined],
  ])('the time %j is %s µs', (text, expected) => {
    expect(readTime(text, zone)).toBe(expected);
  });
});
