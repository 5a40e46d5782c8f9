import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startServer } from '@keystead/kernel/db/embedded';
import pg from 'pg';
import { expect, test } from 'vitest';
import { prepareDatabase, preparedFolder } from './prepared.ts';

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

test('copies of the prepared database have every table and nobody in them, run side by side and go with it', async () => {
  const remove = await prepareDatabase();
  const folders = [preparedFolder() ?? '', preparedFolder() ?? ''];
  const servers = await Promise.all(folders.map((folder) => startServer({ dataDir: join(folder, 'postgres') })));
  const [one, other] = servers;
  if (!one || !other) throw new Error('two copies');
  try {
    expect(one.port).not.toBe(other.port);
    await ask(one.url, 'create table kept ()');
    for (const { url } of servers)
      expect(await ask(url, 'select count(*)::int from identity.organisation')).toEqual([0]);
    expect(await ask(other.url, `select to_regclass('kept')`)).toEqual([null]);
  } finally {
    for (const server of servers) await server.stop();
    remove();
  }
  expect(preparedFolder()).toBeUndefined();
  expect(folders.map((folder) => existsSync(dirname(folder)))).toEqual([false, false]);
});
