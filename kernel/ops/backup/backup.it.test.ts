import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@keystead/kernel/base';
import { type EmbeddedServer, startServer } from '@keystead/kernel/db/embedded';
import { clause } from '@keystead/kernel/testing';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type BackupJob,
  chooseSet,
  ensureBackupKey,
  findSets,
  openInstallation,
  readManifest,
  restoreSet,
  takeFull,
  takeIncrement,
  verifySet,
} from './index.ts';

let folder: string;
let servers: EmbeddedServer[];
let clients: pg.Client[];
const settings = { fsync: 'off' };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ks-backup-'));
  chmodSync(folder, 0o711); // so that the server's account finds its way, and everything stays in here
  servers = [];
  clients = [];
});

afterEach(async () => {
  for (const client of clients) await client.end().catch(() => {});
  for (const server of servers) await server.stop();
  for (const base of [folder, ...servers.map(({ baseDir }) => baseDir)]) rmSync(base, { recursive: true, force: true });
});

const dataDir = () => join(folder, 'data');
const target = () => join(folder, 'disk-b');

async function start(): Promise<EmbeddedServer> {
  const server = await startServer({ dataDir: join(dataDir(), 'postgres'), settings });
  servers.push(server);
  return server;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  clients.push(client);
  return client;
}

async function jobOf(changes: Partial<BackupJob> = {}): Promise<BackupJob> {
  const { close: _, ...installation } = await openInstallation(dataDir());
  const key = ensureBackupKey(dataDir());
  return { installation, target: target(), key, clock: systemClock, version: 'test', regular: true, ...changes };
}

const contents = `select count(*)::int as n, md5(string_agg(n || ':' || word, ',' order by n)) as sum from kept`;
const stateOf = async (client: pg.Client) => (await client.query<{ n: number; sum: string }>(contents)).rows[0];

/** Writes rows one commit each until told to stop; says which were acknowledged. */
function keepWriting(client: pg.Client, from: number) {
  let stopped = false;
  let last = from;
  const done = (async () => {
    while (!stopped) {
      await client.query('insert into kept values ($1, $2)', [last + 1, randomBytes(200).toString('hex')]);
      last += 1;
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await done;
      return last;
    },
  };
}

async function putObject(name: string): Promise<Buffer> {
  const bytes = randomBytes(50_000);
  mkdirSync(join(dataDir(), 'objects', name.slice(0, 2)), { recursive: true });
  writeFileSync(join(dataDir(), 'objects', name.slice(0, 2), name), bytes);
  return bytes;
}

test(
  clause(
    'H-11.1-g-2',
    'I-5.3.3-d-1',
    'I-5.3.3-d-2',
    'M-4.1.4-2g',
    'a backup taken while rows are written brings back every row committed before the chosen moment, and none after',
  ),
  async () => {
    const server = await start();
    const client = await connect(server.url);
    await client.query('create table kept (n int primary key, word text not null)');
    await client.query(`insert into kept select n, repeat(md5(n::text), 20) from generate_series(1, 20000) n`);
    mkdirSync(join(dataDir(), 'keys'), { recursive: true });
    writeFileSync(join(dataDir(), 'keys', 'master.key'), 'a secret of the installation');
    const objects = new Map([['aa01', await putObject('aa01')]]);

    const writing = keepWriting(await connect(server.url), 20_000);
    const job = await jobOf();
    const full = await takeFull(job);
    const duringBackup = await writing.stop();
    expect(duringBackup).toBeGreaterThan(20_000);
    await client.query(`update kept set word = 'after the full backup' where n <= 100`);
    objects.set('bb02', await putObject('bb02'));
    const wanted = await stateOf(client);
    await client.query('select pg_sleep(0.05)');
    const moment = new Date();
    await client.query('select pg_sleep(0.05)');
    await client.query('delete from kept where n % 2 = 0');
    await takeIncrement(job, full.id);
    await server.stop();

    const set = chooseSet(findSets(target()), moment);
    expect(set.manifest.id).toBe(full.id);
    const into = join(folder, 'elsewhere');
    const restored = await restoreSet({ set, key: job.key, until: moment, into, clock: systemClock });
    if (restored.server) servers.push(restored.server);
    const after = await connect(restored.server?.url ?? '');
    expect(await stateOf(after)).toEqual(wanted);
    expect(readFileSync(join(into, 'keys', 'master.key'), 'utf8')).toBe('a secret of the installation');
    for (const [name, bytes] of objects)
      expect(readFileSync(join(into, 'objects', name.slice(0, 2), name)).equals(bytes)).toBe(true);
    expect(restored.bytes).toBeGreaterThan(10_000_000);
    console.log(
      `restored ${(restored.bytes / 1e6).toFixed(0)} MB in ${restored.seconds.toFixed(1)} s = ${(restored.bytes / 1e6 / restored.seconds).toFixed(0)} MB/s; backup ${(full.database?.seconds ?? 0).toFixed(1)} s`,
    );

    // The restored installation works on: it takes rows, and a backup of it begins anew.
    await after.query(`insert into kept values (-1, 'new life')`);
    await restored.server?.stop();
    const again = await startServer({ dataDir: join(into, 'postgres'), settings });
    servers.push(again);
    expect((await stateOf(await connect(again.url)))?.n).toBe((wanted?.n ?? 0) + 1);
    await expect(
      takeIncrement({ ...job, installation: { dataDir: into, url: again.url, baseDir: again.baseDir } }, full.id),
    ).rejects.toMatchObject({
      type: 'log-gap',
    });
  },
);

test(
  clause(
    'I-5.3.3-b-2',
    'H-8.4-b-4',
    'without a moment everything up to the last increment comes back, in place, and what was there is set aside',
  ),
  async () => {
    const server = await start();
    const client = await connect(server.url);
    await client.query('create table kept (n int primary key, word text not null)');
    const job = await jobOf();
    const full = await takeFull(job);
    await client.query(`insert into kept select n, 'x' from generate_series(1, 1000) n`);
    await takeIncrement(job, full.id);
    await client.query(`insert into kept select n, 'y' from generate_series(1001, 2000) n`);
    await takeIncrement(job, full.id);
    const wanted = await stateOf(client);
    await client.query('drop table kept');
    await expect(
      restoreSet({ set: chooseSet(findSets(target())), key: job.key, into: dataDir(), clock: systemClock }),
    ).rejects.toMatchObject({ type: 'restore-target-busy' });
    await server.stop();

    const restored = await restoreSet({
      set: chooseSet(findSets(target())),
      key: job.key,
      into: dataDir(),
      clock: systemClock,
    });
    if (restored.server) servers.push(restored.server);
    expect(await stateOf(await connect(restored.server?.url ?? ''))).toEqual(wanted);
    expect(restored.setAside).toMatch(/^before-restore-/);
  },
);

test(
  clause(
    'M-4.1.4-3b',
    'I-8.1-d',
    'a changed, shortened or missing file of a backup is found before anything is touched',
  ),
  async () => {
    const server = await start();
    const job = await jobOf();
    await putObject('cc03');
    const full = await takeFull(job);
    await server.stop();
    const [set] = findSets(target());
    if (!set) throw new Error('no set');
    expect(await verifySet(set, job.key.bytes)).toMatchObject({ damaged: [] });

    const victims = [
      join(full.id, 'database', 'base.tar'),
      join(full.id, full.database?.log[0]?.path ?? ''),
      join('objects', job.key.fingerprint, 'cc', 'cc03'),
    ].map((path) => join(target(), path));
    const into = join(folder, 'untouched');
    for (const victim of victims) {
      const whole = readFileSync(victim);
      const changed = Buffer.from(whole);
      changed[whole.length >> 1] = (changed[whole.length >> 1] ?? 0) ^ 0x10;
      for (const bytes of [changed, whole.subarray(0, -7)]) {
        writeFileSync(victim, bytes);
        expect((await verifySet(set, job.key.bytes)).damaged).toHaveLength(1);
        const attempt = restoreSet({ set, key: job.key, into, clock: systemClock });
        await expect(attempt).rejects.toMatchObject({ type: 'backup-damaged' });
      }
      rmSync(victim);
      expect((await verifySet(set, job.key.bytes)).damaged).toHaveLength(1);
      writeFileSync(victim, whole);
    }
    const text = readFileSync(join(target(), full.id, 'manifest.json'), 'utf8');
    writeFileSync(join(target(), full.id, 'manifest.json'), text.replace('keystead', 'keystaed'));
    expect(() => readManifest(join(target(), full.id))).toThrow(expect.objectContaining({ type: 'backup-damaged' }));
  },
);

test('moments outside of a backup are refused with what it holds', async () => {
  await start();
  const before = new Date();
  const full = await takeFull(await jobOf());
  const sets = findSets(target());
  expect(() => chooseSet(sets, before)).toThrow(expect.objectContaining({ type: 'restore-point-outside' }));
  expect(() => chooseSet(sets, new Date(Date.now() + 60_000))).toThrow(
    expect.objectContaining({ data: expect.objectContaining({ to: full.database?.to }) }),
  );
  expect(chooseSet(sets, new Date(full.database?.to ?? '')).manifest.id).toBe(full.id);
  expect(() => chooseSet([])).toThrow(expect.objectContaining({ type: 'backup-missing' }));
});

test('the moments between two full backups belong to the earlier one, and the server forgets the log that is held', async () => {
  const server = await start();
  const client = await connect(server.url);
  await client.query('create table kept (n int primary key, word text not null)');
  const job = await jobOf();
  const first = await takeFull(job);
  await client.query(`insert into kept values (1, 'between')`);
  await client.query('select pg_sleep(0.01)');
  const between = new Date();
  const second = await takeFull(job, first.id);
  expect(second.id).not.toBe(first.id);
  const sets = findSets(target());
  expect(sets.map(({ manifest }) => manifest.id)).toEqual([first.id, second.id]);
  expect(chooseSet(sets, between).manifest.id).toBe(first.id);
  expect((sets[0]?.manifest.database?.to ?? '') >= (second.database?.from ?? '~')).toBe(true);

  const { rows } = await client.query<{ waiting: number }>(
    `select (pg_current_wal_lsn() - restart_lsn)::float8 as waiting from pg_replication_slots where slot_name = 'keystead_backup'`,
  );
  expect(rows[0]?.waiting).toBeLessThan(16 * 1024 * 1024);
  await client.query(`select pg_drop_replication_slot('keystead_backup')`);
});
