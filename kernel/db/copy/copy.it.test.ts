import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { CopyStatementInvalid, CopyStreamBroken, CopyValueInvalid } from './problems.ts';
import { readRows } from './reader.ts';
import { CopyRows } from './rows.ts';
import { copyIn, copyOut } from './wire.ts';

let client: pg.Client;

beforeEach(async () => {
  client = new pg.Client({ connectionString: inject('ownerUrl'), pipeline: false });
  await client.connect();
  await client.query(`create temporary table every_type (
    small int2, whole int4, long int8, real float8, flag bool, word text, id uuid, at timestamptz, keys int2[], values float8[], raw bytea)`);
});

afterEach(() => client.end());

const into = 'copy every_type from stdin (format binary)';
const all = 'copy every_type to stdout (format binary)';
const id = '0190c2a1-7b7c-7def-8123-456789abcdef';
const whole = [
  [-32768, -2147483648, Number.MIN_SAFE_INTEGER, -0.1, false, '', id, 0, [], [], Buffer.alloc(0)],
  [
    32767,
    2147483647,
    Number.MAX_SAFE_INTEGER,
    Number.MAX_VALUE,
    true,
    '安枢\n\\N\t🏠',
    id,
    -1,
    [-1, 0, 1],
    [0.1, -2.5],
    Buffer.from([0, 255]),
  ],
  [
    0,
    -1,
    -4294967297,
    Number.NaN,
    true,
    'NaN',
    id,
    -5_000_000_000_000_001,
    [32767],
    [Number.NaN, Infinity, -Infinity, 5e-324],
    Buffer.from('x'),
  ],
  [1, 1, 4294967296, -Infinity, false, 'end', id, 1_790_000_000_123_456, [5], [1], Buffer.alloc(100_000, 7)],
] as const;

function fill(rows: CopyRows): void {
  for (const [small, int, long, real, flag, word, uuid, at, keys, values, raw] of whole) {
    rows.row().int2(small).int4(int).int8(long).float8(real).bool(flag).text(word).uuid(uuid);
    rows.timestamptz(at).int2s(keys).float8s(values).bytea(raw);
  }
}

test('every type comes back as it went in, times before 1970 and numbers that are none included', async () => {
  const rows = new CopyRows(11, 256);
  fill(rows);
  expect(await copyIn(client, into, rows.finish())).toBe(whole.length);
  const found = readRows(await copyOut(client, all), (row) => [
    row.int2(),
    row.int4(),
    row.int8(),
    row.float8(),
    row.bool(),
    row.text(),
    row.uuid(),
    row.timestamptz(),
    row.int2s(),
    row.float8s(),
    row.bytea(),
  ]);
  expect(found).toEqual(whole);
});

test('PostgreSQL itself reads the same values', async () => {
  const rows = new CopyRows(11);
  fill(rows);
  await copyIn(client, into, rows.finish());
  const { rows: found } = await client.query(
    `select long::text, real::text, id::text, (extract(epoch from at) * 1000000)::bigint::text as micros,
      keys::text, values::text, word, length(raw) as bytes from every_type order by at`,
  );
  expect(found[0]).toEqual({
    long: '-4294967297',
    real: 'NaN',
    id,
    micros: '-5000000000000001',
    keys: '{32767}',
    values: '{NaN,Infinity,-Infinity,5e-324}',
    word: 'NaN',
    bytes: 1,
  });
  expect(found[1]).toMatchObject({ micros: '-1', keys: '{-1,0,1}', word: '安枢\n\\N\t🏠' });
  expect(found[2]).toMatchObject({ long: '-9007199254740991', micros: '0', keys: '{}', values: '{}' });
  expect(found[3]).toMatchObject({ real: '-Infinity', micros: '1790000000123456', bytes: 100_000 });
});

test('nulls go both ways', async () => {
  await client.query('create temporary table sparse (n int8, word text, values float8[])');
  const rows = new CopyRows(3);
  rows.row().null().text('a').null();
  rows.row().int8(7).null().float8s([1]);
  expect(await copyIn(client, 'copy sparse from stdin (format binary)', rows.finish())).toBe(2);
  const found = readRows(await copyOut(client, 'copy sparse to stdout (format binary)'), (row) => [
    row.null() ? null : row.int8(),
    row.null() ? null : row.text(),
    row.null() ? null : row.float8s(),
  ]);
  expect(found).toEqual([
    [null, 'a', null],
    [7, null, [1]],
  ]);
});

test('batches of many megabytes go through, and a writer is used again after reset', async () => {
  await client.query('create temporary table many (thing int8, at timestamptz, values float8[])');
  const rows = new CopyRows(3);
  for (let batch = 0; batch < 2; batch++) {
    rows.reset();
    for (let i = 0; i < 50_000; i++)
      rows
        .row()
        .int8(i)
        .timestamptz(i * 1000)
        .float8s([i, i / 3, batch]);
    expect(rows.rows).toBe(50_000);
    expect(await copyIn(client, 'copy many from stdin (format binary)', rows.finish())).toBe(50_000);
  }
  let sum = 0;
  const bytes = await copyOut(client, 'copy many to stdout (format binary)');
  expect(bytes.length).toBeGreaterThan(5_000_000);
  const times = readRows(bytes, (row) => {
    sum += row.int8();
    const time = row.timestamptz();
    row.float8s();
    return time;
  });
  expect(times).toHaveLength(100_000);
  expect(sum).toBe(2 * ((49_999 * 50_000) / 2));
});

test('a copy that the server refuses midway leaves nothing behind and the client usable', async () => {
  await client.query('create temporary table strict (n int8 check (n < 90000))');
  const rows = new CopyRows(1);
  for (let i = 0; i < 100_000; i++) rows.row().int8(i);
  await expect(copyIn(client, 'copy strict from stdin (format binary)', rows.finish())).rejects.toMatchObject({
    code: '23514',
  });
  await expect(copyIn(client, 'copy missing from stdin (format binary)', rows.finish())).rejects.toMatchObject({
    code: '42P01',
  });
  await expect(copyIn(client, into, rows.finish())).rejects.toMatchObject({ code: '22P04' });
  expect((await client.query('select count(*)::int as n from strict')).rows).toEqual([{ n: 0 }]);
  rows.reset();
  rows.row().int8(1);
  expect(await copyIn(client, 'copy strict from stdin (format binary)', rows.finish())).toBe(1);
});

test('statements around the copy are one transaction with it', async () => {
  await client.query('create temporary table batch (last int); create temporary table point (n int8 check (n > 0))');
  const copy = 'insert into batch values (1); copy point from stdin (format binary); insert into batch values (2)';
  const rows = new CopyRows(1);
  rows.row().int8(-1);
  await expect(copyIn(client, copy, rows.finish())).rejects.toMatchObject({ code: '23514' });
  rows.reset();
  rows.row().int8(1);
  expect(await copyIn(client, copy, rows.finish())).toBe(1);
  expect((await client.query('select last from batch order by last')).rows).toEqual([{ last: 1 }, { last: 2 }]);
});

test('statements that are no copy, the other copy or two copies are refused', async () => {
  const rows = new CopyRows(1);
  const empty = rows.finish();
  await expect(copyIn(client, 'select 1', empty)).rejects.toThrow(CopyStatementInvalid);
  await expect(copyIn(client, all, empty)).rejects.toThrow(CopyStatementInvalid);
  await expect(copyOut(client, 'select 1')).rejects.toThrow(CopyStatementInvalid);
  await expect(copyOut(client, into)).rejects.toMatchObject({ code: '57014' });
  await expect(copyIn(client, `${into}; ${into}`, empty)).rejects.toMatchObject({ code: '57014' });
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

test('a lost connection rejects the copy in progress', async () => {
  const other = new pg.Client({ connectionString: inject('ownerUrl') });
  other.on('error', () => {});
  await other.connect();
  const {
    rows: [backend],
  } = await other.query('select pg_backend_pid() as pid');
  const refused = expect(copyOut(other, 'copy (select pg_sleep(20)) to stdout (format binary)')).rejects.toThrow();
  await client.query('select pg_terminate_backend($1)', [backend.pid]);
  await refused;
  await other.end();
});

test('values that a type cannot hold, and rows with other than their fields, are refused at once', () => {
  const rows = () => new CopyRows(1).row();
  for (const value of [1.5, 40_000, Number.NaN]) {
    expect(() => rows().int2(value)).toThrow(CopyValueInvalid);
    expect(() => rows().int2s([1, value])).toThrow(CopyValueInvalid);
  }
  expect(() => rows().int4(2 ** 31)).toThrow(CopyValueInvalid);
  expect(() => rows().int8(2 ** 53)).toThrow(CopyValueInvalid);
  expect(() => rows().int8(0.5)).toThrow(CopyValueInvalid);
  expect(() => rows().timestamptz(Number.NaN)).toThrow(CopyValueInvalid);
  expect(() => rows().uuid('0190c2a1-7b7c-7def-8123-456789abcdeg')).toThrow(CopyValueInvalid);
  expect(() => rows().finish()).toThrow(CopyValueInvalid);
  expect(() => rows().int2(1).int2(2).row()).toThrow(CopyValueInvalid);
});

test('the bytes are the same wherever the buffer has to grow', () => {
  const writers = [
    (rows: CopyRows) => rows.int2(1),
    (rows: CopyRows) => rows.int4(1),
    (rows: CopyRows) => rows.int8(1),
    (rows: CopyRows) => rows.float8(1),
    (rows: CopyRows) => rows.bool(true),
    (rows: CopyRows) => rows.text('安枢'),
    (rows: CopyRows) => rows.uuid(id),
    (rows: CopyRows) => rows.timestamptz(1),
    (rows: CopyRows) => rows.int2s([1, 2]),
    (rows: CopyRows) => rows.float8s([1, 2]),
    (rows: CopyRows) => rows.bytea(Buffer.from([1, 2])),
    (rows: CopyRows) => rows.null(),
    (rows: CopyRows) => rows.text('').row().text('').text(''),
  ];
  for (const write of writers) {
    for (let before = 150; before < 256; before++) {
      const [small, large] = [new CopyRows(2, 256), new CopyRows(2, 4096)];
      for (const rows of [small, large]) write(rows.row().bytea(Buffer.alloc(before)));
      expect(small.finish().equals(large.finish())).toBe(true);
    }
  }
});

test('broken streams are told from whole ones', () => {
  const rows = new CopyRows(2);
  rows.row().int2(1).float8s([1, 2]);
  const bytes = Buffer.from(rows.finish());
  const read = (from: Buffer) => readRows(from, (row) => [row.int2(), row.float8s()]);
  expect(read(bytes)).toEqual([[1, [1, 2]]]);
  for (const broken of [Buffer.alloc(0), bytes.subarray(0, 15), bytes.subarray(0, -2), bytes.subarray(0, -9)]) {
    expect(() => read(broken)).toThrow(CopyStreamBroken);
  }
  expect(() => readRows(bytes, (row) => row.int2())).toThrow(CopyStreamBroken);
  expect(() => readRows(bytes, (row) => row.int4())).toThrow(CopyStreamBroken);
  expect(() => readRows(bytes, (row) => [row.int2(), row.int2s()])).toThrow(CopyStreamBroken);
  expect(() => readRows(bytes, (row) => [row.int2(), row.float8s(), row.int2()])).toThrow(CopyStreamBroken);
});
