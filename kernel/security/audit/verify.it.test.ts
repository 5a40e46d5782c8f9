import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { movableClock } from '@keystead/kernel/base';
import { clause, type TestDatabase, testDatabase } from '@keystead/kernel/testing';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { openAnchors } from './anchors.ts';
import { createAudit } from './audit.ts';
import { chainHash, genesis, type SealedLine } from './chain.ts';
import { createSealer } from './sealer.ts';
import { openSigner } from './signing.ts';
import { readLinks } from './store.ts';
import { verifyJournal } from './verify.ts';

const organisation = newId<'organisation'>();

async function open() {
  const database: TestDatabase = await testDatabase(inject('ownerUrl'));
  const dataDir = mkdtempSync(join(tmpdir(), 'keystead-journal-'));
  const clock = movableClock('2026-06-01T01:00:00Z');
  const anchors = openAnchors(dataDir, openSigner(dataDir));
  const audit = createAudit(clock);
  const { db, owner } = database;
  return {
    database,
    dataDir,
    clock,
    owner,
    anchors,
    sealer: createSealer({ db, clock, anchors }),
    write: (subject: string) =>
      db.transaction({ organisation, subtrees: [''] }, (tx) =>
        audit.add(tx, systemActor('test', organisation), { action: 'thing.write', subject, detail: { n: subject } }),
      ),
    verify: () => verifyJournal({ db, clock, anchors }),
    /** As the superuser, with the guards off: what an intruder with the whole database can do. */
    tamper: async (text: string, values: unknown[] = []) => {
      await owner.query('alter table audit.line disable trigger user; alter table audit.seal disable trigger user');
      await owner.query(text, values);
    },
  };
}

let on: Awaited<ReturnType<typeof open>>;

beforeEach(async () => {
  on = await open();
  for (const subject of ['a:1', 'a:2', 'a:3', 'a:4', 'a:5']) {
    await on.write(subject);
    await on.sealer.seal();
    on.clock.pass(1);
  }
});
afterEach(async () => {
  await on.database.drop();
  rmSync(on.dataDir, { recursive: true, force: true });
});

/** Computes every hash from a line on anew, as one who knows the algorithm would. */
async function rewriteChain(): Promise<void> {
  let hash: Buffer = genesis;
  for (const link of await on.database.db.systemRead(readLinks(0, 100))) {
    hash = chainHash(hash, link as SealedLine);
    await on.tamper('update audit.seal set hash = $2 where seq = $1', [link.seq, hash]);
  }
}

describe('an untouched journal', () => {
  test('verifies, and agrees with every anchor', async () => {
    expect(await on.verify()).toMatchObject({ ok: true, lines: 5, first: 1, last: 5, anchorsAgreed: 5, unsealed: 0 });
  });

  test('says how many lines are not yet sealed, and seals them', async () => {
    await on.write('a:6');
    await on.write('a:7');
    expect(await on.verify()).toMatchObject({ ok: true, unsealed: 2, unsealedSince: on.clock.now().toISOString() });
    expect(await on.sealer.seal()).toBe(2);
    expect(await on.verify()).toMatchObject({ ok: true, lines: 7, unsealed: 0 });
  });

  test('has one chain when two sealers work at once', async () => {
    const second = createSealer({ db: on.database.db, clock: on.clock, anchors: on.anchors });
    for (let n = 0; n < 20; n++) await on.write(`b:${n}`);
    const sealed = await Promise.all([on.sealer.seal(), second.seal()]);
    expect(sealed[0] + sealed[1] + (await on.sealer.seal())).toBe(20);
    expect(await on.verify()).toMatchObject({ ok: true, lines: 25 });
  });

  test('signs the root of a day that is over', async () => {
    on.clock.pass(86_400);
    expect(await on.sealer.waiting()).toBe(true);
    await on.sealer.seal();
    expect(on.anchors.read().signed).toEqual([expect.objectContaining({ kind: 'root', day: '2026-06-01', seq: 5 })]);
    expect(await on.verify()).toMatchObject({ ok: true, rootsAgreed: 1 });
    expect(await on.sealer.waiting()).toBe(false);
  });

  test('anchors an end that was sealed by a process which died before it could', async () => {
    const file = join(on.dataDir, 'journal', 'anchors.log');
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, `${lines.slice(0, 4).join('\n')}\n${lines[4]?.slice(0, 20)}`);
    const reopened = openAnchors(on.dataDir, openSigner(on.dataDir));
    const restarted = createSealer({ db: on.database.db, clock: on.clock, anchors: reopened });
    expect(await restarted.waiting()).toBe(true);
    await restarted.seal();
    expect(await on.verify()).toMatchObject({ ok: true, anchorsAgreed: 5 });
  });
});

describe('damage is found', () => {
  const found = async () => {
    const report = await on.verify();
    expect(report.ok).toBe(false);
    return report.faults;
  };

  test(clause('H-11.1-e-3', 'one changed byte'), async () => {
    await on.tamper(`update audit.line set detail = replace(detail, 'a:3', 'a:8') where subject = 'a:3'`);
    expect(await found()).toEqual([expect.objectContaining({ kind: 'line-changed', seq: 3 })]);
  });

  test(clause('H-11.1-e-3', 'a changed time, even by a microsecond'), async () => {
    await on.tamper(`update audit.line set at = at + interval '1 microsecond' where subject = 'a:1'`);
    expect(await found()).toEqual([expect.objectContaining({ kind: 'line-changed', seq: 1 })]);
  });

  test(clause('H-11.1-e-3', 'a removed line'), async () => {
    await on.tamper(`delete from audit.line where subject = 'a:2'`);
    expect(await found()).toEqual([expect.objectContaining({ kind: 'line-missing', seq: 2 })]);
  });

  test(clause('H-11.1-e-3', 'a removed line with its link'), async () => {
    await on.tamper(`delete from audit.line where subject = 'a:2'`);
    await on.tamper('delete from audit.seal where seq = 2');
    expect(await found()).toContainEqual({ kind: 'order-broken', seq: 2 });
  });

  test(clause('H-11.1-e-3', 'two lines that changed places'), async () => {
    const { rows } = await on.owner.query('select line from audit.seal where seq in (2, 3) order by seq');
    for (const [seq, line] of [
      [2, newId()],
      [3, rows[0].line],
      [2, rows[1].line],
    ])
      await on.tamper('update audit.seal set line = $2 where seq = $1', [seq, line]);
    expect((await found()).map(({ kind, seq }) => [kind, seq])).toEqual([
      ['line-changed', 2],
      ['line-changed', 3],
    ]);
  });

  test(clause('H-11.1-e-3', 'a line put in behind the back of the journal'), async () => {
    await on.tamper(
      `insert into audit.line select $1, at, organisation, place, kind, actor_kind, actor_id, actor_name,
      from_address, session, action, subject, outcome, purpose, detail from audit.line limit 1`,
      [newId()],
    );
    expect(await found()).toEqual([expect.objectContaining({ kind: 'line-unknown' })]);
  });

  test(clause('H-11.1-e-3', 'the end cut off'), async () => {
    await on.tamper(`delete from audit.line where subject in ('a:4', 'a:5')`);
    await on.tamper('delete from audit.seal where seq > 3');
    expect(await found()).toEqual([{ kind: 'end-missing', seq: 5 }]);
  });

  test(clause('H-11.1-e-3', 'the beginning cut off'), async () => {
    await on.tamper(`delete from audit.line where subject = 'a:1'`);
    await on.tamper('delete from audit.seal where seq = 1');
    expect(await found()).toEqual([{ kind: 'beginning-missing', seq: 1 }]);
  });

  test(clause('H-11.1-e-3', 'a change whose every later hash was computed anew'), async () => {
    await on.tamper(`update audit.line set detail = '{"n":"other"}' where subject = 'a:3'`);
    await rewriteChain();
    const faults = await found();
    expect(faults.map(({ kind, seq }) => [kind, seq])).toEqual([
      ['anchor-differs', 3],
      ['anchor-differs', 4],
      ['anchor-differs', 5],
    ]);
  });

  test(clause('H-11.1-e-3', 'the whole journal emptied'), async () => {
    await on.tamper('truncate audit.line; truncate audit.seal');
    expect(await found()).toEqual([{ kind: 'end-missing', seq: 5 }]);
  });

  test('anchors that were taken away, and a signed root that was changed', async () => {
    on.clock.pass(86_400);
    await on.sealer.seal();
    const signed = join(on.dataDir, 'journal', 'signed.log');
    writeFileSync(signed, readFileSync(signed, 'utf8').replace('"seq":5', '"seq":4'));
    truncateSync(join(on.dataDir, 'journal', 'anchors.log'), 0);
    expect((await found()).map(({ kind }) => kind)).toEqual(['anchor-unreadable', 'anchors-missing']);
  });
});

test('a restored backup goes on from its end, and the loss stays on record', async () => {
  await on.tamper(`delete from audit.line where subject in ('a:4', 'a:5')`);
  await on.tamper('delete from audit.seal where seq > 3');
  on.clock.pass(60);
  await on.sealer.noteRestore();
  await on.write('a:6');
  await on.sealer.seal();
  const report = await on.verify();
  expect(report).toMatchObject({ ok: true, lines: 4, restores: [{ through: 3 }] });
});
