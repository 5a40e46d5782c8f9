import { createWriteStream, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BadLine, inspectTable, readRows } from './csv.ts';
import { learnTable, namesFor } from './learning.ts';
import { rowReader } from './readings.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keystead-replay-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(content: string | Uint8Array): string {
  const path = join(folder, `table-${Math.random().toString(36).slice(2)}.csv`);
  writeFileSync(path, content);
  return path;
}

async function all(path: string) {
  const bad: BadLine[] = [];
  const rows: (readonly string[])[] = [];
  for await (const { cells } of readRows(path, await inspectTable(path), (one) => bad.push(one))) rows.push(cells);
  return { rows, bad };
}

async function read(path: string, begin = 0) {
  const learned = await learnTable(path, await inspectTable(path), namesFor(path), 'UTC');
  const reader = rowReader(learned, begin, 'UTC');
  const readings: ReturnType<typeof reader>[] = [];
  let header = learned.headed;
  for await (const row of readRows(path, await inspectTable(path), () => {})) {
    if (!header) readings.push(reader(row));
    header = false;
  }
  return { learned, readings };
}

describe('rows of a file', () => {
  test('quotes, a mark at the beginning and both kinds of line ends are read', async () => {
    const { rows } = await all(file('\uFEFFtime,"note, free",v\r\n1,"a ""b""\nc",2\n3,,4\n'));
    expect(rows).toEqual([
      ['time', 'note, free', 'v'],
      ['1', 'a "b"\nc', '2'],
      ['3', '', '4'],
    ]);
  });

  test('semicolons, tabs and what Excel in China writes are understood', async () => {
    expect((await all(file('a;b\n1,5;2\n'))).rows[1]).toEqual(['1,5', '2']);
    expect((await all(file('a\tb\n1\t2\n'))).rows[0]).toEqual(['a', 'b']);
    // 温度,时间 in GB 18030.
    const head = Uint8Array.from([0xce, 0xc2, 0xb6, 0xc8, 0x2c, 0xca, 0xb1, 0xbc, 0xe4, 0x0a]);
    expect((await all(file(Buffer.concat([head, Buffer.from('21.5,1\n')])))).rows[0]).toEqual(['温度', '时间']);
  });

  test('a broken quote costs its row, not the file', async () => {
    const { rows, bad } = await all(file('a,b\n1,2\n3,x"y"z\n5,6\n'));
    expect(rows).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['5', '6'],
    ]);
    expect(bad).toMatchObject([{ line: 3 }]);
  });

  test('files that are none are told so that people understand', async () => {
    await expect(inspectTable(join(folder, 'nowhere.csv'))).rejects.toThrow(/no such file/);
    await expect(inspectTable(folder)).rejects.toThrow(/not a file/);
    await expect(inspectTable(file(''))).rejects.toThrow(/empty/);
    await expect(inspectTable(file(Uint8Array.from([80, 75, 3, 4, 0, 0])))).rejects.toThrow(/not a CSV/);
    const headed = file('a,b\n');
    await expect(learnTable(headed, await inspectTable(headed), namesFor(headed))).rejects.toThrow(/no rows/);
    const ragged = file('a,b\n1,2,3,4\n5,6,7,8\n');
    await expect(learnTable(ragged, await inspectTable(ragged), namesFor(ragged))).rejects.toThrow(
      /2 columns, most rows have 4/,
    );
  });

  test('a long file is read piece by piece', async () => {
    const path = join(folder, 'long.csv');
    const out = createWriteStream(path);
    out.write('time,a,b,c\n');
    const piece = Array.from(
      { length: 20_000 },
      (_, i) => `2026-01-01T00:00:00Z,${i}.25,${i % 7},some words ${i}\n`,
    ).join('');
    for (let n = 0; n < 60; n++)
      if (!out.write(piece)) await new Promise<void>((resolve) => out.once('drain', () => resolve()));
    await new Promise<void>((resolve) => out.end(() => resolve()));
    const held = () => {
      const { heapUsed, external } = process.memoryUsage();
      return (heapUsed + external) / 1_048_576;
    };
    const before = held();
    let most = 0;
    let rows = 0;
    for await (const _row of readRows(path, await inspectTable(path), () => {})) {
      rows += 1;
      if (rows % 20_000 === 0) most = Math.max(most, held() - before);
    }
    expect(rows).toBe(1_200_001);
    // All rows at once would be several times as much.
    expect(most).toBeLessThan(150);
    rmSync(path);
  }, 120_000);
});

describe('readings', () => {
  test('the row number that R writes in front is not taken for a reading', async () => {
    const path = file(
      '"date","Temperature","CO2"\n"1","2015-02-04 17:51:00",23.18,721.25\n"2","2015-02-04 17:52:00",23.15,714\n',
    );
    const { learned, readings } = await read(path);
    expect(learned).toMatchObject({ width: 4, interval: 60 });
    expect(readings).toMatchObject([
      { ts: Date.UTC(2015, 1, 4, 17, 51), values: { Temperature: 23.18, CO2: 721.25 } },
      { ts: Date.UTC(2015, 1, 4, 17, 52), values: { Temperature: 23.15, CO2: 714 } },
    ]);
  });

  test('an empty cell is left out, a wrong row is told by its line and nothing is guessed', async () => {
    const time = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
    const good = Array.from({ length: 60 }, (_, second) => `${time(second)},${second},2`);
    const odd = [
      `${time(60)},,3`,
      'soon,4,5',
      `${time(62)},6`,
      `${time(63)},NA,`,
      `${time(64)},warm,8`,
      '2026-01-01T00:01:05.250500Z,7,8',
    ];
    const { learned, readings } = await read(file(['time,a,b', ...good, ...odd].join('\n')));
    expect(learned.plan.time).toBe(0);
    expect(readings.slice(0, 60).every((one) => 'values' in one)).toBe(true);
    expect(readings.slice(60)).toEqual([
      { line: 62, ts: Date.UTC(2026, 0, 1, 0, 1), values: { b: 3 } },
      { line: 63, reason: expect.stringContaining('soon') },
      { line: 64, reason: expect.stringContaining('2/3') },
      { line: 65, reason: expect.stringContaining('no value') },
      // A word among numbers is sent as it stands: the platform refuses it, the rest of the row is kept.
      { line: 66, ts: expect.any(Number), values: { a: 'warm', b: 8 } },
      { line: 67, ts: Date.UTC(2026, 0, 1, 0, 1, 5) + 250.5, values: { a: 7, b: 8 } },
    ]);
  });

  test('a table without times gets them, evenly apart', async () => {
    const { learned, readings } = await read(file('a,b\n1,2.5\n2,3.5\n3,4.5\n'), 1_000_000);
    expect(learned.plan.time).toBeUndefined();
    expect(readings.map((one) => ('ts' in one ? one.ts : undefined))).toEqual([1_000_000, 1_060_000, 1_120_000]);
  });

  test('a table without names gets some', async () => {
    const { learned, readings } = await read(file('2026-01-01T00:00:00Z,20.5\n2026-01-01T00:01:00Z,20.6\n'));
    expect(learned.headed).toBe(false);
    expect(readings).toHaveLength(2);
  });

  test('names are made from the file, whatever its language', () => {
    expect(namesFor('/x/Data Training (2).csv')).toMatchObject({
      family: 'table-data-training-2',
      code: 'CSV-data-training-2',
    });
    expect(namesFor('办公室.csv')).toMatchObject({
      family: expect.stringMatching(/^table-[0-9a-f]{8}$/),
      name: '办公室',
    });
    expect(namesFor('办公室.csv', '三楼办公室').name).toBe('三楼办公室');
  });
});

test('the recorded office is learned with a time, five measurements and an occupancy', async () => {
  const path = process.env.SAMPLES_DIR ? join(process.env.SAMPLES_DIR, 'occupancy', 'datatraining.csv') : '';
  if (!existsSync(path)) {
    if (process.env.CI) throw new Error('SAMPLES_DIR is not set: recorded data is required on a build machine');
    console.info('SAMPLES_DIR is not set: the recorded office was not tried');
    return;
  }
  const { learned, readings } = await read(path);
  expect(learned).toMatchObject({ rowsSeen: 8143, width: 8, interval: 60 });
  expect(learned.plan.model.properties.map(({ id }) => id)).toEqual([
    'Temperature',
    'Humidity',
    'Light',
    'CO2',
    'HumidityRatio',
    'Occupancy',
  ]);
  expect(readings.filter((one) => 'reason' in one)).toEqual([]);
  expect(readings).toHaveLength(8143);
});
