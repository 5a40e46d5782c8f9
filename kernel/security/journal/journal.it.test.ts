import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Actor, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepSealing, pruneJob } from './jobs.ts';
import type { JournalService } from './journal.ts';
import { journal } from './module.ts';
import type { VerificationView } from './schemas.ts';

let platform: TestPlatform;
let service: JournalService;
let auditor: Actor;
let dataDir: string;

const get = async (actor: Actor, url: string) =>
  platform.http.app.inject({ url: `/api/v1/journal${url}`, headers: { authorization: `Test ${actor.id}` } });
const write = (actor: Actor, subject: string, place = '') =>
  platform.db.systemTransaction((tx) =>
    platform.kernel.audit.add(tx, actor, { action: 'thing.change', subject, place, detail: { value: subject } }),
  );

beforeAll(async () => {
  platform = await startPlatform(journal);
  dataDir = mkdtempSync(join(tmpdir(), 'keystead-journal-'));
  platform.kernel.settings.DATA_DIR = dataDir;
  service = platform.services.journal as JournalService;
  service.plugHome(async () => platform.organisation);
  auditor = platform.actor('journal:read', 'journal:verify', 'system:write');
});
afterAll(async () => {
  await platform.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('reading', () => {
  test(
    clause('I-8.3-b', 'people, devices and the system are in one journal, each with time, who, what and result'),
    async () => {
      const device: Actor = { ...systemActor('lock', platform.organisation), kind: 'device', id: newId(), name: 'L-1' };
      await write(auditor, 'thing:1');
      await write(device, 'thing:2');
      await write(systemActor('rules', platform.organisation), 'thing:3');
      const { items } = (await get(auditor, '?action=thing')).json();
      expect(items.map((each: { kind: string; subject: string }) => [each.kind, each.subject]).sort()).toEqual([
        ['device', 'thing:2'],
        ['operation', 'thing:1'],
        ['system', 'thing:3'],
      ]);
      for (const each of items)
        expect(each).toMatchObject({
          at: '2026-06-01T01:00:00.000000Z',
          actor: { id: expect.any(String), name: expect.any(String) },
          action: 'thing.change',
          outcome: 'done',
        });
    },
  );

  test('pages through all lines once, whatever their times', async () => {
    for (let n = 0; n < 25; n++) {
      if (n % 5 === 0) platform.clock.pass(1);
      await write(auditor, `page:${n}`);
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = (await get(auditor, `?text=page:&limit=7${cursor && `&cursor=${cursor}`}`)).json();
      seen.push(...page.items.map((line: { subject: string }) => line.subject));
      cursor = page.next ?? '';
    } while (cursor);
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
    expect((await get(auditor, '?cursor=bm9uc2Vuc2U')).json()).toMatchObject({ type: 'input-invalid' });
  });

  test('shows lines of his places to one, his own acts, and no other organisation’s', async () => {
    const north = platform.actorAt(['1/'], 'journal:read');
    const stranger: Actor = systemActor('other', newId<'organisation'>());
    await write(auditor, 'at:north', '1/2/');
    await write(auditor, 'at:south', '2/2/');
    await write(north, 'by:north', '');
    await write(stranger, 'at:stranger', '1/2/');
    const subjects = async (actor: Actor) =>
      (await get(actor, '?limit=200')).json().items.map((line: { subject: string }) => line.subject);
    expect((await subjects(north)).sort()).toEqual(['at:north', 'by:north']);
    const all = await subjects(auditor);
    expect(all).toEqual(expect.arrayContaining(['at:north', 'at:south', 'by:north']));
    expect(all).not.toContain('at:stranger');
    const south = (await get(auditor, '?text=at:south')).json().items[0];
    expect((await get(north, `/${south.id}`)).statusCode).toBe(404);
    expect((await get(auditor, `/${south.id}`)).json()).toMatchObject({
      subject: 'at:south',
      detail: { value: 'at:south' },
    });
  });

  test('goes out as CSV in which nothing is a formula, and the taking is a line', async () => {
    await write(auditor, '=1+1');
    const sheet = await get(auditor, '/export?subject=%3D1%2B1');
    expect(sheet.headers['content-type']).toContain('text/csv');
    expect(sheet.body).toContain(`,'=1+1,`);
    expect(sheet.body.trim().split('\r\n')).toHaveLength(2);
    expect((await get(auditor, '?action=journal.export')).json().items).toEqual([
      expect.objectContaining({ kind: 'access', actor: expect.objectContaining({ id: auditor.id }) }),
    ]);
  });

  test('goes out as XLSX with heads in the reader’s language', async () => {
    await write(auditor, '=2+2');
    const sheet = await get(auditor, '/export?subject=%3D2%2B2&format=xlsx');
    expect(sheet.headers['content-type']).toContain('spreadsheetml');
    const [heads, line] = await readSheet(sheet.rawPayload);
    expect(heads?.slice(0, 3)).toEqual(['时间', '类别', '操作者']);
    expect(line?.[6]).toBe('=2+2');
  });

  test('needs the permission', async () => {
    expect((await get(platform.actor('thing:read'), '')).json()).toMatchObject({
      status: 403,
      permission: 'journal:read',
    });
  });
});

describe('verifying', () => {
  const verify = async (): Promise<VerificationView> => {
    const started = await platform.http.app.inject({
      method: 'POST',
      url: '/api/v1/journal/verifications',
      headers: { authorization: `Test ${auditor.id}` },
    });
    expect(started.statusCode).toBe(202);
    for (;;) {
      const run = (await get(auditor, `/verifications/${started.json().id}`)).json() as VerificationView;
      if (run.state !== 'running') return run;
      await sleep(20);
    }
  };

  test(clause('H-11.1-e-3', 'a button verifies the chain, and tells what is not yet sealed'), async () => {
    const before = await verify();
    expect(before).toMatchObject({ state: 'done', report: { ok: true, lines: 0 } });
    expect(before.report?.unsealed).toBeGreaterThan(30);
    await service.seal();
    const after = await verify();
    expect(after).toMatchObject({ state: 'done', report: { ok: true } });
    expect(after.done).toBe(after.total);
    expect(after.report?.lines).toBeGreaterThan(30);
  });

  test(clause('H-11.1-e-3', 'one changed byte is shown, journaled and raises trouble'), async () => {
    await platform.owner.query('alter table audit.line disable trigger user');
    await platform.owner.query(`update audit.line set subject = 'at:North' where subject = 'at:north'`);
    const run = await verify();
    expect(run.report).toMatchObject({ ok: false, faults: [{ kind: 'line-changed' }] });
    const { items } = (await get(auditor, '?action=journal.verified&outcome=failed')).json();
    expect(items).toHaveLength(1);
    const { rows } = await platform.owner.query(
      `select payload from kernel.outbox where type = 'system.troubled.v1' order by id desc limit 1`,
    );
    expect(rows[0].payload).toMatchObject({ source: 'journal', state: 'troubled' });
  });
});

describe('keeping', () => {
  const keepFor = (days: number) =>
    platform.http.app.inject({
      method: 'PUT',
      url: '/api/v1/journal/retention',
      headers: { authorization: `Test ${auditor.id}` },
      payload: { days },
    });

  test(clause('H-11.1-e-2', 'lines are kept five years, or as set, and under six months is refused'), async () => {
    expect((await get(auditor, '/retention')).json()).toEqual({ days: 1827, least: 180 });
    expect((await keepFor(179)).json()).toMatchObject({ type: 'journal-retention-too-short', status: 422, least: 180 });
    expect((await keepFor(365)).json()).toEqual({ days: 365, least: 180 });
    expect((await get(auditor, '?action=journal.keep')).json().items[0].detail).toEqual({ from: 1827, to: 365 });
  });

  test(clause('H-11.1-e-2', 'the nightly job forgets what is past its time and says how much'), async () => {
    await service.seal();
    platform.clock.pass(400 * 86_400);
    await service.seal();
    await platform.kernel.jobs.runNow(pruneJob(service.keeper), {});
    const { items } = (await get(auditor, '?limit=200')).json();
    expect(items.map((line: { action: string }) => line.action)).toEqual(['journal.pruned', 'journal.prune']);
    expect(items[0].detail.lines).toBeGreaterThan(30);
  });

  test('the sealing loop seals by itself and stops when told', async () => {
    const stop = keepSealing(service.keeper);
    await write(auditor, 'loop:1');
    await expect
      .poll(async () => (await get(auditor, '?subject=loop:1')).json().items[0].seq, { timeout: 5000 })
      .toEqual(expect.any(Number));
    await write(auditor, 'loop:2');
    await stop();
    expect((await get(auditor, '?subject=loop:2')).json().items[0].seq).toEqual(expect.any(Number));
  });
});
