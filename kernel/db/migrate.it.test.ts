import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@keystead/kernel/db';
import { type TestDatabase, testDatabase } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await testDatabase(inject('ownerUrl'));
  folder = mkdtempSync(join(tmpdir(), 'ks-migrate-'));
  writeFileSync(join(folder, '0001_slow.sql'), 'select pg_sleep(60)');
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('a database that ends during a migration refuses it with the reason, and nothing else breaks', async () => {
  const folders = [{ module: 'trial-slow', folder }];
  const refused = expect(migrate(database.urls.owner, folders, new Date())).rejects.toThrow(
    'trial-slow/0001_slow.sql: terminating connection',
  );
  const end = `select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like 'select pg_sleep%' and state = 'active'`;
  await vi.waitFor(async () => expect((await database.owner.query(end)).rowCount).toBe(1), { timeout: 20_000 });
  await refused;
});
