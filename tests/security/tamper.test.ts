import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { eventually } from '@keystead/tests/devices';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signInAdministrator } from './administrator.ts';
import { inhabited } from './inhabited.ts';
import { ownerOf } from './owner.ts';
import type { Person } from './person.ts';

interface Fault {
  kind: string;
  seq?: number;
  at?: string;
}
interface Report {
  ok: boolean;
  lines: number;
  last: number;
  unsealed: number;
  anchorsAgreed: number;
  faults: Fault[];
}

const program = createRequire(import.meta.url).resolve('@keystead/server/journal-verify');
let platform: Installation;
let admin: Person;
let stopped = false;

/** `npm run journal:verify -- --json` against the installation, running or not. */
function verify(): Promise<{ code: number; report: Report }> {
  const env = { ...process.env, DATA_DIR: platform.dataDir, ADMIN_PASSWORD: '', ADMIN_API_KEY: '' };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, '--json'], { cwd: platform.dataDir, env }, (failure, printed, complaints) => {
      const code = failure ? Number(failure.code) : 0;
      if (code > 1 || !printed.startsWith('{')) reject(new Error(`${code} ${printed}\n${complaints}`));
      else resolve({ code, report: JSON.parse(printed) as Report });
    });
  });
}

/** As somebody with all rights on the database and no scruples would: the triggers off, the change made, them on again. */
async function behindItsBack(...changes: string[]): Promise<void> {
  const owner = await ownerOf(platform);
  try {
    await owner.query('begin');
    for (const table of ['line', 'seal']) await owner.query(`alter table audit.${table} disable trigger all`);
    for (const change of changes) await owner.query(change);
    for (const table of ['line', 'seal']) await owner.query(`alter table audit.${table} enable trigger all`);
    await owner.query('commit');
  } finally {
    await owner.end();
  }
}

const sealed = () => eventually(verify, ({ report }) => report.unsealed === 0 && report.anchorsAgreed > 0, 60);

beforeAll(async () => {
  platform = await startInstallation();
  admin = await signInAdministrator(platform);
  const world = inhabited(platform, admin);
  for (let n = 0; n < 5; n++) await world.thing();
}, 180_000);
afterAll(async () => {
  if (!stopped) await platform?.stop();
  rmSync(platform.dataDir, { recursive: true, force: true });
});

test('a journal nobody touched is whole, beside the running platform', async () => {
  const { code, report } = await sealed();
  expect([code, report.ok, report.faults]).toEqual([0, true, []]);
  expect(report.lines).toBeGreaterThan(10);
});

test(clause('H-11.1-e-3', 'even the owner of the database is refused before he takes the guards off'), async () => {
  const owner = await ownerOf(platform);
  for (const attempt of [
    `update audit.line set subject = 'user:another'`,
    'delete from audit.line',
    'truncate audit.line cascade',
    'delete from audit.seal',
  ])
    await expect(owner.query(attempt), attempt).rejects.toThrow(/append-only/);
  await owner.end();
});

test(clause('H-11.1-e-3', 'one changed byte of one line is found, and the line is named'), async () => {
  const owner = await ownerOf(platform);
  const { rows } = await owner.query(
    `select l.id, s.seq::int as seq, l.subject from audit.line l join audit.seal s on s.line = l.id
     where l.action = 'thing.create' order by s.seq limit 1`,
  );
  await owner.end();
  const [line] = rows as { id: string; seq: number; subject: string }[];
  if (!line) throw new Error('no line of a thing');
  // One character for another, as one would to lay the blame on something else.
  const other = line.subject.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  await behindItsBack(`update audit.line set subject = '${other}' where id = '${line.id}'`);
  const { code, report } = await verify();
  expect([code, report.ok]).toEqual([1, false]);
  expect(report.faults).toEqual([{ kind: 'line-changed', seq: line.seq, at: line.id }]);

  await behindItsBack(`update audit.line set subject = '${line.subject}' where id = '${line.id}'`);
  expect((await verify()).code).toBe(0);
});

test(clause(
  'H-11.1-e-3',
  'the last lines cut off without a trace in the database are missed by the anchors outside it',
), { timeout: 180_000 }, async () => {
  const { report: before } = await sealed();
  const cut = before.last - 3;
  await behindItsBack(
    `delete from audit.line where id in (select line from audit.seal where seq > ${cut})`,
    `delete from audit.seal where seq > ${cut}`,
    'delete from audit.unsealed',
  );
  await platform.stop({ keep: true });
  stopped = true;
  // Nothing runs any more: the verifier brings the database up by itself.
  const { code, report } = await verify();
  expect([code, report.ok]).toEqual([1, false]);
  // What was written since may have taken the numbers of what was cut off.
  expect(report.faults.map(({ kind }) => kind)).toContain(report.last > cut ? 'anchor-differs' : 'end-missing');
});
