import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  DatabaseBusy,
  DatabaseStartFailed,
  DatabaseVersionDiffers,
  type EmbeddedServer,
  startServer,
} from './index.ts';
import { isAlive, waitUntil } from './processes.ts';

let folder: string;
let servers: EmbeddedServer[];
let others: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ks-pg-'));
  servers = [];
  others = [];
});

afterEach(async () => {
  for (const server of servers) await server.stop();
  for (const other of others) other.kill('SIGKILL');
  for (const base of [folder, ...servers.map((server) => server.baseDir)])
    rmSync(base, { recursive: true, force: true });
});

async function start(options: { dataDir?: string; port?: number; settings?: Record<string, string> } = {}) {
  const server = await startServer({ dataDir: folder, settings: { fsync: 'off' }, ...options });
  servers.push(server);
  return server;
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

/** A keeper of its own process, so that it can be killed as a power switch would. */
async function startElsewhere(): Promise<{ keeper: ChildProcess; postmaster: number }> {
  const door = JSON.stringify(new URL('./index.ts', import.meta.url).href);
  const options = JSON.stringify({ dataDir: folder, settings: { fsync: 'off' } });
  const script = `import { startServer } from ${door}; console.log((await startServer(${options})).pid); setInterval(() => {}, 9e5);`;
  const keeper = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  others.push(keeper);
  const [said] = await once(keeper.stdout, 'data');
  return { keeper, postmaster: Number(String(said)) };
}

test('a first start makes a UTF-8 database with checksums, and a restart at the same port keeps the data', async () => {
  const first = await start();
  expect(first.adopted).toBe(false);
  await ask(first.url, "create table kept as select lower('ÄÖ-安枢') as word");
  const shown = "select current_setting('server_encoding'), current_setting('data_checksums'), current_user";
  expect(await ask(first.url, shown)).toEqual(['UTF8', 'on', 'keystead_owner']);
  await first.stop();
  expect(await first.exited).toEqual({ expected: true, reason: '' });

  const second = await start();
  expect(second.port).toBe(first.port);
  expect(await ask(second.tcpUrl, 'select word from kept')).toEqual(['äö-安枢']);
});

test('the server never runs as root, and its files are closed to others', async () => {
  const server = await start();
  const cluster = statSync(join(server.baseDir, 'cluster'));
  expect(cluster.uid).not.toBe(0);
  expect(cluster.mode & 0o077).toBe(0);
  expect(statSync(join(server.baseDir, 'owner-password')).mode & 0o777).toBe(0o600);
});

test('a wrong password is refused over loopback and over the socket', async () => {
  const server = await start();
  for (const address of [server.tcpUrl, server.url]) {
    const url = new URL(address);
    url.password = 'guess';
    await expect(ask(url.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  }
});

test('a data folder below a home that is closed to others works all the same', async () => {
  const server = await start({ dataDir: join(folder, 'closed', 'data') });
  expect(await ask(server.url, 'select 1')).toEqual([1]);
});

test('every row that was acknowledged before kill -9 of the server is there after the next start', async () => {
  const server = await start({ settings: {} });
  await ask(server.url, 'create table rows (n int)');
  const client = new pg.Client({ connectionString: server.url });
  client.on('error', () => {});
  await client.connect();
  let acknowledged = 0;
  const writing = (async () => {
    for (;;) {
      await client.query('insert into rows values ($1)', [acknowledged + 1]);
      acknowledged++;
    }
  })();
  await waitUntil(() => acknowledged >= 50, 10_000);
  process.kill(server.pid, 'SIGKILL');
  await expect(writing).rejects.toThrow();
  expect(await server.exited).toMatchObject({ expected: false, reason: expect.stringContaining('ended by SIGKILL') });

  const next = await start({ settings: {} });
  const [count] = await ask(next.url, `select count(*)::int from rows where n <= ${acknowledged}`);
  expect(count).toBe(acknowledged);
});

test('a server left running by a killed keeper is taken over, and stopped with its new keeper', async () => {
  const { keeper, postmaster } = await startElsewhere();
  keeper.kill('SIGKILL');
  await once(keeper, 'exit');
  expect(isAlive(postmaster)).toBe(true);

  const server = await start();
  expect(server).toMatchObject({ adopted: true, pid: postmaster });
  expect(await ask(server.url, 'select 1')).toEqual([1]);
  await server.stop();
  expect(isAlive(postmaster)).toBe(false);
});

test('a server left running with other settings is ended and started anew', async () => {
  const { keeper, postmaster } = await startElsewhere();
  keeper.kill('SIGKILL');
  await once(keeper, 'exit');
  const server = await start({ settings: { fsync: 'off', work_mem: '5MB' } });
  expect(server.adopted).toBe(false);
  expect(isAlive(postmaster)).toBe(false);
  expect(await ask(server.url, "select current_setting('work_mem')")).toEqual(['5MB']);
});

test('a folder that a living process keeps is refused, here and from another process', async () => {
  const { keeper } = await startElsewhere();
  await expect(start()).rejects.toMatchObject({ type: 'database-busy', data: { pid: keeper.pid } });
  keeper.kill('SIGKILL');
  await once(keeper, 'exit');
  const server = await start();
  await expect(start()).rejects.toThrow(DatabaseBusy);
  expect(await ask(server.url, 'select 1')).toEqual([1]);
});

test('of two starts at the same moment one wins and the other is refused', async () => {
  const both = await Promise.allSettled([start(), start()]);
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a stale pid file is no obstacle, and a stranger who has its number now is left alone', async () => {
  const first = await start();
  await first.stop();
  const stranger = spawn('sleep', ['60']);
  others.push(stranger);
  const pidFile = join(first.baseDir, 'cluster', 'postmaster.pid');
  for (const pid of [stranger.pid, first.pid]) {
    writeFileSync(pidFile, `${pid}\n${folder}\n1\n${first.port}\n\n127.0.0.1\n`);
    const next = await start();
    expect(await ask(next.url, 'select 1')).toEqual([1]);
    await next.stop();
  }
  expect(isAlive(stranger.pid ?? 0)).toBe(true);
});

test('data of another major version are refused before anything touches them', async () => {
  const server = await start();
  await server.stop();
  const version = join(server.baseDir, 'cluster', 'PG_VERSION');
  writeFileSync(version, '17\n');
  const refusal = start();
  await expect(refusal).rejects.toThrow(DatabaseVersionDiffers);
  await expect(refusal).rejects.toMatchObject({ data: { found: '17', expected: '18' } });
  expect(readFileSync(version, 'utf8')).toBe('17\n');
});

test('a failed start says why, and does not keep the folder busy', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const onTaken = start({ port });
  await expect(onTaken).rejects.toThrow(DatabaseStartFailed);
  await expect(onTaken).rejects.toThrow(/could not/);
  taken.close();
  await expect(start({ settings: { shared_buffers: 'plenty' } })).rejects.toThrow(/shared_buffers/);
  expect(await ask((await start()).url, 'select 1')).toEqual([1]);
});

test('a lost password file is replaced by a new password', async () => {
  const first = await start();
  await first.stop();
  rmSync(join(first.baseDir, 'owner-password'));
  const second = await start();
  expect(second.url).not.toBe(first.url);
  expect(await ask(second.url, 'select 1')).toEqual([1]);
});
