import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@keystead/contracts/ids';
import { movableClock } from '@keystead/kernel/base';
import { type TestDatabase, testDatabase } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createDataKeys, DataKeyMissing, DataKeyShredded } from './data-keys.ts';
import { openEnvelope } from './envelope.ts';

const organisation = newId<'organisation'>();
const mine = { organisation, subtrees: [''] };
const dataDir = mkdtempSync(join(tmpdir(), 'keystead-keys-'));
const keys = createDataKeys(openEnvelope(dataDir), movableClock('2026-06-01T01:00:00Z'));
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase(inject('ownerUrl'));
});
afterAll(async () => {
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('a shredded key is gone from the database, and says so', async () => {
  const id = newId();
  const made = await database.db.transaction(mine, (tx) => keys.make(tx, organisation, id));
  expect(await database.db.transaction(mine, (tx) => keys.open(tx, id))).toEqual(made);
  await database.db.transaction(mine, (tx) => keys.shred(tx, id));
  await database.db.transaction(mine, (tx) => keys.shred(tx, id));
  await expect(database.db.transaction(mine, (tx) => keys.open(tx, id))).rejects.toThrow(DataKeyShredded);
  expect((await database.owner.query('select wrapped from keys.data_key where id = $1', [id])).rows).toEqual([
    { wrapped: null },
  ]);
});

test('keys of another organisation are not there', async () => {
  const id = newId();
  await database.db.transaction(mine, (tx) => keys.make(tx, organisation, id));
  const other = { organisation: newId<'organisation'>(), subtrees: [''] };
  await expect(database.db.transaction(other, (tx) => keys.open(tx, id))).rejects.toThrow(DataKeyMissing);
  await expect(database.db.transaction(other, (tx) => keys.shred(tx, id))).rejects.toThrow(DataKeyMissing);
});
