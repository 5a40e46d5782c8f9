import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, movableClock } from '@keystead/kernel/base';
import { clause } from '@keystead/kernel/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Spool, type SpoolLimits, spoolLimits } from './spool.ts';

const log = createLog('spool', 'silent');
const start = '2026-05-01T00:00:00Z';
let folder: string;
let opened: Spool[] = [];
let clock = movableClock(start);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spool-'));
  clock = movableClock(start);
});
afterEach(async () => {
  for (const spool of opened) await spool.close();
  opened = [];
  rmSync(folder, { recursive: true, force: true });
});

async function open(limits: Partial<SpoolLimits> = {}, at = folder): Promise<Spool> {
  const spool = await Spool.open(at, { ...spoolLimits, ...limits }, clock, log);
  opened.push(spool);
  return spool;
}

const micros = () => clock.now().getTime() * 1000;
const text = (n: number) => `["meter",${n},{"value":${n}}]`;
const put = (spool: Spool, level: 1 | 2 | 3, numbers: number[]) =>
  Promise.all(numbers.map((n) => spool.append(level, Buffer.from(text(n)), micros())));
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Everything unsettled of a level, in order. */
async function all(spool: Spool, level: 1 | 2 | 3): Promise<string[]> {
  const found: string[] = [];
  for (let from = 1; ; ) {
    const piece = await spool.read(level, from, spool.next(level), 2_000);
    if (piece === undefined) return found;
    expect(piece.to - piece.from + 1).toBe(piece.records.length);
    found.push(...piece.records.map(String));
    from = piece.to + 1;
  }
}

const newestFile = (level: number) =>
  join(
    folder,
    readdirSync(folder)
      .filter((name) => name.startsWith(`${level}-`))
      .sort()
      .at(-1) ?? '',
  );

test('what was taken is there after a restart, each level numbered by itself without a hole', async () => {
  const first = await open();
  await Promise.all([put(first, 1, numbers(1, 500)), put(first, 3, numbers(1, 7))]);
  const second = await open();
  expect(second.name).toBe(first.name);
  expect(await all(second, 1)).toEqual(numbers(1, 500).map(text));
  expect(await all(second, 3)).toEqual(numbers(1, 7).map(text));
  expect([second.next(1), second.next(2), second.next(3)]).toEqual([501, 1, 8]);
  await put(second, 1, [501]);
  expect(second.next(1)).toBe(502);
});

test('a tail torn anywhere costs the torn record only, and numbers go on behind the last whole one', async () => {
  await put(await open(), 1, numbers(1, 40));
  const path = newestFile(1);
  const whole = readFileSync(path);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: whole.length }),
      fc.uint8Array({ maxLength: 60 }),
      async (cut, garbage) => {
        const other = mkdtempSync(join(tmpdir(), 'spool-torn-'));
        try {
          writeFileSync(join(other, path.split('/').at(-1) ?? ''), Buffer.concat([whole.subarray(0, cut), garbage]));
          const spool = await open({}, other);
          const found = await all(spool, 1);
          expect(found).toEqual(numbers(1, found.length).map(text));
          expect(found.length).toBeGreaterThanOrEqual(Math.floor((cut - 32 - 33 * 40) / 33));
          expect(spool.next(1)).toBe(found.length + 1);
          await put(spool, 1, [found.length + 1]);
          expect(await all(spool, 1)).toEqual(numbers(1, found.length + 1).map(text));
          await spool.close();
        } finally {
          rmSync(other, { recursive: true });
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a record damaged on disk is given up alone and told as dropped', async () => {
  await put(await open({ segmentBytes: 1 }), 1, [1]);
  const first = await open();
  await put(first, 1, numbers(2, 30));
  const path = newestFile(1);
  const bytes = readFileSync(path);
  bytes[200] = (bytes[200] ?? 0) ^ 0xff;
  writeFileSync(path, bytes);
  const second = await open();
  const found = await all(second, 1);
  expect(found).toHaveLength(29);
  expect(second.untold(1)).toHaveLength(1);
  const [gap] = second.untold(1);
  expect(found).toEqual(
    numbers(1, 30)
      .filter((n) => n !== gap?.from)
      .map(text),
  );
});

test('acknowledged records are not read again, in whatever order they were acknowledged, also after a restart', async () => {
  const first = await open({ segmentBytes: 500 });
  for (let n = 1; n <= 100; n += 10) await put(first, 1, numbers(n, n + 9));
  first.settle(1, 51, 100);
  first.settle(1, 1, 20);
  expect(await all(first, 1)).toEqual(numbers(21, 50).map(text));
  expect(first.backlog(1)).toBe(30);
  await first.close();
  const second = await open({ segmentBytes: 500 });
  expect(await all(second, 1)).toEqual(numbers(21, 50).map(text));
  second.settle(1, 21, 50);
  await second.close();
  expect(readdirSync(folder).filter((name) => name.endsWith('.seg')).length).toBeLessThanOrEqual(1);
  const third = await open();
  expect(third.next(1)).toBe(101);
  expect(third.untold(1)).toEqual([]);
});

test(
  clause(
    'H-7.2-b-1',
    'beyond the room the oldest of level 1 goes first, then of level 2, level 3 last, and it is told',
  ),
  async () => {
    const limits = { segmentBytes: 4_000, bytes: 34_000 };
    const spool = await open(limits);
    for (let i = 0; i < 20; i++) {
      clock.pass(60);
      await put(spool, 3, numbers(i * 20 + 1, i * 20 + 20));
      await put(spool, 2, numbers(i * 20 + 1, i * 20 + 20));
      await put(spool, 1, numbers(i * 20 + 1, i * 20 + 20));
    }
    expect(spool.bytes).toBeLessThanOrEqual(34_000);
    expect(await all(spool, 3)).toHaveLength(400);
    expect(await all(spool, 2)).toHaveLength(400);
    const kept = await all(spool, 1);
    expect(kept.length).toBeLessThan(400);
    expect(kept.at(-1)).toBe(text(400));
    const [gone] = spool.untold(1);
    expect(gone).toMatchObject({ from: 1, to: 400 - kept.length });
    expect(gone?.last).toBeGreaterThan(gone?.first ?? 0);
    // With level 1 gone level 2 pays, and only then level 3.
    for (let i = 20; i < 45; i++) await put(spool, 3, numbers(i * 20 + 1, i * 20 + 20));
    expect(spool.backlog(1)).toBe(0);
    expect(spool.backlog(2)).toBeLessThan(400);
    expect(spool.backlog(3)).toBe(900);
    spool.told(1, [...spool.untold(1)]);
    expect(spool.untold(1)).toEqual([]);
  },
);

test('what is older than the kept hours is given up at levels 1 and 2, never at level 3', async () => {
  const spool = await open({ segmentBytes: 200, hours: 24 });
  for (let hour = 0; hour < 26; hour++) {
    for (const level of [1, 2, 3] as const) await put(spool, level, numbers(hour * 10 + 1, hour * 10 + 10));
    clock.pass(3_600);
  }
  await spool.keepWithinBounds();
  for (const level of [1, 2] as const) {
    const kept = await all(spool, level);
    expect(kept.length).toBeGreaterThanOrEqual(240);
    expect(kept.length).toBeLessThan(260);
  }
  expect(await all(spool, 3)).toHaveLength(260);
});

test('a file lost by a power cut right after it was given up is a told hole, not a standstill', async () => {
  const first = await open({ segmentBytes: 200 });
  for (let n = 1; n <= 50; n += 10) await put(first, 1, numbers(n, n + 9));
  await first.close();
  const [oldest] = readdirSync(folder)
    .filter((name) => name.startsWith('1-'))
    .sort();
  rmSync(join(folder, oldest ?? ''));
  const second = await open();
  expect(await all(second, 1)).toEqual(numbers(11, 50).map(text));
  expect(second.untold(1)).toMatchObject([{ from: 1, to: 10 }]);
});

test('times of a stretch are corrected once and for all', async () => {
  const first = await open();
  await put(first, 1, [1]);
  await first.fixOffset(5_000);
  await first.fixOffset(9_000);
  const before = await first.read(1, 1, 2, 1_000);
  expect(first.offsetOf(before?.epoch ?? 0)).toBe(5_000);
  await first.newEpoch(-7);
  await put(first, 1, [2]);
  const after = await first.read(1, 2, 3, 1_000);
  expect(first.offsetOf(after?.epoch ?? 0)).toBe(-7);
  await first.close();
  const second = await open();
  expect(second.offset).toBeUndefined();
  expect(second.offsetOf(before?.epoch ?? 0)).toBe(5_000);
});

test('records too long for a message and more than may wait are refused, nothing grows', async () => {
  const spool = await open({ pendingBytes: 1_000 });
  await expect(spool.append(1, Buffer.alloc(50_000), 1)).rejects.toThrow('payload-too-large');
  const put = Array.from({ length: 50 }, () => spool.append(1, Buffer.alloc(100, 0x20), 1));
  const fates = await Promise.allSettled(put);
  expect(fates.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(30);
  await spool.append(1, Buffer.from('[]'), 1);
  expect(spool.next(1)).toBe(fates.filter(({ status }) => status === 'fulfilled').length + 2);
});

test('a file cut to less than its head is none', async () => {
  await put(await open(), 2, [1]);
  truncateSync(newestFile(2), 10);
  expect(statSync(newestFile(2)).size).toBe(10);
  appendFileSync(join(folder, '2-zz.seg'), 'nothing');
  const spool = await open();
  expect(await all(spool, 2)).toEqual([]);
  await put(spool, 2, [7]);
  expect(await all(spool, 2)).toEqual([text(7)]);
});

/** Files of the store this process has open, where the system tells. */
function openFiles(): string[] {
  const handles = existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd') : [];
  const paths = handles.map((handle) => {
    try {
      return readlinkSync(`/proc/self/fd/${handle}`);
    } catch {
      return '';
    }
  });
  return paths.filter((path) => path.startsWith(folder));
}

test('closed in the middle of reading, or with its folder gone, it leaves no file open', async () => {
  const read = await open({ segmentBytes: 200 });
  for (let n = 1; n <= 100; n += 10) await put(read, 1, numbers(n, n + 9));
  const readings = [1, 31, 61, 91].map((from) => read.read(1, from, 101, 500));
  await read.close();
  await Promise.all(readings);
  expect(await read.read(1, 1, 101, 500)).toBeUndefined();
  expect(openFiles()).toEqual([]);
  const lost = await Spool.open(join(folder, 'lost'), spoolLimits, clock, log);
  await put(lost, 3, numbers(1, 3));
  expect(await all(lost, 3)).toHaveLength(3);
  rmSync(join(folder, 'lost'), { recursive: true });
  await expect(lost.close()).rejects.toThrow('ENOENT');
  expect(openFiles()).toEqual([]);
});
