import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { movableClock } from '@keystead/kernel/base';
import { type EmbeddedServer, startServer } from '@keystead/kernel/db/embedded';
import { clause } from '@keystead/kernel/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { alone, findSets, keepBackups, listSets, newestSet, readBackupKey, verifySet } from './index.ts';

let folder: string;
let server: EmbeddedServer;
const dataDir = () => join(folder, 'data');
const clock = movableClock('2026-06-01T00:00:00Z');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ks-keeper-'));
  chmodSync(folder, 0o711); // so that the server's account finds its way, and everything stays in here
  server = await startServer({ dataDir: join(dataDir(), 'postgres'), settings: { fsync: 'off' } });
});

afterEach(async () => {
  await server.stop();
  for (const base of [folder, server.baseDir]) rmSync(base, { recursive: true, force: true });
});

const keeper = (since: Date) => ({
  installation: { dataDir: dataDir(), url: server.url, baseDir: server.baseDir },
  clock,
  version: 'test',
  since,
});

test(
  clause(
    'H-8.4-b-1',
    'H-8.4-b-4',
    'both places hold each due backup, equal by their sums; what is older than the kept days goes from both',
  ),
  async () => {
    const since = clock.now();
    const second = join(folder, 'another-disk');
    mkdirSync(join(dataDir(), 'objects'), { recursive: true });
    writeFileSync(join(dataDir(), 'backup.json'), JSON.stringify({ copyTo: second, keepDays: 1 }));
    writeFileSync(join(dataDir(), 'objects', 'first'), 'a record');
    expect(await keepBackups(keeper(since))).toBeUndefined();
    clock.pass(900);
    expect(await keepBackups(keeper(since))).toBe('full');
    expect(await keepBackups(keeper(since))).toBeUndefined();
    clock.pass(3600);
    expect(await keepBackups(keeper(since))).toBe('increment');
    const target = join(dataDir(), 'backups');
    const first = newestSet(target)?.id;

    rmSync(join(dataDir(), 'objects', 'first'));
    writeFileSync(join(dataDir(), 'objects', 'second'), 'another record');
    for (let day = 0; day < 3; day++) {
      clock.pass(24 * 3600);
      expect(await keepBackups(keeper(since))).toBe('full');
    }
    expect(listSets(target)).toHaveLength(2);
    expect(listSets(target)).not.toContain(first);
    expect(listSets(second)).toEqual(listSets(target));
    const key = readBackupKey(join(dataDir(), 'keys', 'backup.key'));
    expect(readdirSync(join(second, 'objects', key.fingerprint))).toEqual(['second']);
    for (const set of [...findSets(target), ...findSets(second)])
      expect((await verifySet(set, key.bytes)).damaged).toEqual([]);
  },
);

test('two backups of one database at the same time are not begun', async () => {
  const first = alone(server.url, async () => {
    expect(await alone(server.url, async () => 'second')).toBeUndefined();
    return 'first';
  });
  expect(await first).toBe('first');
  expect(await alone(server.url, async () => 'third')).toBe('third');
});
