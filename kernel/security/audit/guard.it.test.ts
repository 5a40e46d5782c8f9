import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { movableClock } from '@keystead/kernel/base';
import { clause, type TestDatabase, testDatabase } from '@keystead/kernel/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openAnchors } from './anchors.ts';
import { createAudit } from './audit.ts';
import { checkRetention, pruneJournal, RetentionTooShort, readRetention, standardDays } from './retention.ts';
import { createSealer } from './sealer.ts';
import { openSigner } from './signing.ts';
import { verifyJournal } from './verify.ts';

const organisation = newId<'organisation'>();
const clock = movableClock('2026-06-01T01:00:00Z');
const audit = createAudit(clock);
const dataDir = mkdtempSync(join(tmpdir(), 'keystead-guard-'));
const anchors = openAnchors(dataDir, openSigner(dataDir));
let database: TestDatabase;
let sealer: ReturnType<typeof createSealer>;

const write = (subject: string) =>
  database.db.systemTransaction((tx) =>
    audit.add(tx, systemActor('test', organisation), { action: 'thing.write', subject }),
  );
const count = async () => (await database.owner.query('select count(*)::int as n from audit.line')).rows[0].n as number;

beforeAll(async () => {
  database = await testDatabase(inject('ownerUrl'));
  sealer = createSealer({ db: database.db, clock, anchors });
  await write('a:1');
  await sealer.seal();
});
afterAll(async () => {
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe.each(['app', 'system'] as const)('the role keystead_%s', (role) => {
  const attempts: [string, string][] = [
    ['change a line', `update audit.line set subject = 'x'`],
    ['remove lines', 'delete from audit.line'],
    ['empty the journal', 'truncate audit.line'],
    ['drop the table', 'drop table audit.line'],
    ['drop the schema', 'drop schema audit cascade'],
    ['write past the function', `insert into audit.line select * from audit.line`],
    ['take the guard off', 'alter table audit.line disable trigger all'],
    ['drop the guard', 'drop trigger keep on audit.line'],
    [
      'replace the writing function',
      `create or replace function audit.add(uuid) returns void language sql as 'select 1'`,
    ],
    ['break the chain', 'delete from audit.seal'],
    ['rewrite the chain', `update audit.seal set hash = decode(repeat('00', 32), 'hex')`],
    ['hide what waits', 'delete from audit.unsealed'],
    ['shorten the retention', 'update audit.retention set days = 1'],
    ['become the journal', 'set role keystead_journal'],
    ['prune what is young', 'select audit.prune(1)'],
    ['shorten the retention by function', 'select audit.keep_for(179)'],
  ];

  test.each(attempts)(`${clause('H-11.1-e-3', 'cannot')} %s`, async (_name, text) => {
    const client = new pg.Client({ connectionString: database.urls[role] });
    await client.connect();
    try {
      await client.query(
        `select set_config('keystead.organisation', $1, false), set_config('keystead.lo', '', false), set_config('keystead.hi', '~', false)`,
        [organisation],
      );
      await expect(client.query(text)).rejects.toThrow(
        /permission denied|must be owner|append-only|end of the journal is kept|violates check constraint/,
      );
    } finally {
      await client.end();
    }
    expect(await count()).toBe(1);
  });
});

test('the owner of the database is stopped by the guard as well, unless he takes it off', async () => {
  for (const text of ['delete from audit.line', `update audit.line set subject = 'x'`, 'truncate audit.line'])
    await expect(database.owner.query(text)).rejects.toThrow('append-only');
});

describe('retention', () => {
  test(clause('H-11.1-e-2', 'is five years until set, and cannot be set under six months'), async () => {
    expect(await readRetention(database.db)).toBe(standardDays);
    expect(() => checkRetention(179)).toThrow(RetentionTooShort);
    expect(() => checkRetention(180)).not.toThrow();
  });

  test(clause('H-11.1-e-2', 'forgets nothing before its time'), async () => {
    clock.pass(standardDays * 86_400 - 3600);
    await write('a:2');
    await sealer.seal();
    expect(await pruneJournal({ db: database.db, clock, anchors })).toBe(0);
    await expect(database.owner.query('select audit.prune(1)')).rejects.toThrow('within the retention');
    expect(await count()).toBe(2);
  });

  test(clause('H-11.1-e-2', 'forgets whole days after their time, and what stays still verifies'), async () => {
    clock.pass(2 * 86_400);
    await write('a:3');
    await sealer.seal();
    expect(await pruneJournal({ db: database.db, clock, anchors })).toBe(1);
    expect(await count()).toBe(2);
    const report = await verifyJournal({ db: database.db, clock, anchors });
    expect(report).toMatchObject({ ok: true, first: 2, last: 3, pruned: { through: 1 } });
    await write('a:4');
    await sealer.seal();
    expect((await verifyJournal({ db: database.db, clock, anchors })).ok).toBe(true);
  });
});
