import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CasesService, cases } from '@keystead/apps/work/cases';
import type { Actor } from '@keystead/contracts/access';
import type { ThingsService } from '@keystead/data/things';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installPatches } from './module.ts';
import type { PatchesService } from './patches.ts';

const root = mkdtempSync(join(tmpdir(), 'keystead-installed-'));
let platform: TestPlatform;
let patches: PatchesService;
let desk: CasesService;
let things: ThingsService;
let keeper: Actor;
let host: { id: string; number: number };

/** What npm writes down when it has installed something: the deployment of a new version. */
function install(version: string): void {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  const packages = { 'node_modules/bright-router': { version, license: 'MIT', integrity: 'sha512-AAEC' } };
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }));
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'keystead', version: '1.0.0' }));
}

const report = (software: unknown) =>
  things.attributes.put(host.number, { software }, platform.clock.now().getTime() * 1000);
const later = (minutes: number) => platform.clock.pass(minutes * 60);
const debian = (openssl: string, postgresql: string) => [
  { ecosystem: 'Debian:12', name: 'openssl', version: openssl },
  { name: 'postgresql', version: postgresql },
];

const weakness = (code: string, severity: 1 | 2 | 3 | 4, ecosystem: string, name: string, fixed: string) => ({
  ...{ code, title: `${name} 的弱点`, summary: '', severity, links: [], publishedAt: null },
  affected: [{ ecosystem, name, ranges: [{ introduced: '0', fixed }], versions: [] }],
});

beforeAll(async () => {
  install('4.1.0');
  platform = await startPlatform(cases);
  platform.kernel.catalogue.load(import.meta.dirname);
  things = platform.services.things as ThingsService;
  desk = platform.services.cases as CasesService;
  const operator = async () => platform.organisation;
  patches = installPatches(platform.kernel, { cases: desk, things, operator, root });
  keeper = platform.actor('patch:read', 'patch:manage', 'case:assign', 'thing:write');
  host = await things.create(keeper, { code: 'DB-HOST-1', name: '数据库主机', family: 'host' });
});
afterAll(async () => {
  await platform.stop();
  rmSync(root, { recursive: true, force: true });
});

const taskOf = async (code: string) => {
  const { items } = await patches.tasks(keeper, { limit: 50 });
  const task = items.find((each) => each.code === code);
  if (!task) throw new Error(`no task for ${code}`);
  return task;
};
const stateOfCase = async (code: string) => (await desk.get(keeper, (await taskOf(code)).caseId)).row;

/** A person works on the case until it is done. */
async function workOn(code: string): Promise<void> {
  const { caseId } = await taskOf(code);
  for (const step of ['assign', 'accept', 'start'] as const) {
    await desk.take(keeper, caseId, step, step === 'assign' ? { assignee: keeper.id } : {});
  }
  await desk.take(keeper, caseId, 'finish', { note: '已升级' });
}

describe('patches of system, database and application', () => {
  test(
    clause(
      'I-8.3-c',
      'three advisories open three tasks, and each is closed when the version read again has the repair',
    ),
    async () => {
      await report(debian('3.0.14-1~deb12u1', '17.2'));
      await patches.add(keeper, weakness('CVE-2026-OS', 3, 'debian:12', 'openssl', '3.0.15-1~deb12u1'));
      await patches.add(keeper, weakness('CVE-2026-DB', 2, 'generic', 'postgresql', '17.3'));
      await patches.add(keeper, weakness('CVE-2026-APP', 3, 'npm', 'bright-router', '4.1.2'));
      expect(await patches.checkNow(keeper)).toMatchObject({ advisories: 3, opened: 3, verified: 0 });
      expect(await patches.checkNow(keeper)).toMatchObject({ opened: 0, verified: 0 });
      expect(await stateOfCase('CVE-2026-OS')).toMatchObject({ kind: 'maintenance', state: 'new', source: 'patches' });
      expect(await stateOfCase('CVE-2026-DB')).toMatchObject({ kind: 'security', state: 'new' });

      // The host is patched, the platform is deployed anew: each is known by what it says afterwards.
      await report(debian('3.0.15-1~deb12u1', '17.4'));
      install('4.1.2');
      later(60);
      expect(await patches.checkNow(keeper)).toMatchObject({ opened: 0, verified: 3, reopened: 0 });
      for (const code of ['CVE-2026-OS', 'CVE-2026-DB', 'CVE-2026-APP']) {
        expect(await taskOf(code)).toMatchObject({ state: 'verified', affected: 0, patched: 1 });
        expect((await stateOfCase(code)).state).toBe('closed');
      }
      const { findings } = await patches.advisory(keeper, (await taskOf('CVE-2026-DB')).advisory);
      expect(findings).toMatchObject([
        { package: 'postgresql', version: '17.4', state: 'patched', label: '数据库主机' },
      ]);
    },
  );

  test(clause('I-8.3-c', 'work reported done is opened again when the asset still says the old version'), async () => {
    install('4.1.1');
    await patches.add(keeper, weakness('CVE-2026-TWO', 4, 'npm', 'bright-router', '5.0.0'));
    await patches.checkNow(keeper);
    await workOn('CVE-2026-TWO');
    later(1);
    await platform.drain();
    expect(await stateOfCase('CVE-2026-TWO')).toMatchObject({ state: 'reopened', reopened: 1 });
    const { history } = await desk.get(keeper, (await taskOf('CVE-2026-TWO')).caseId);
    expect(history.at(-1)).toMatchObject({ step: 'reopen', actorKind: 'system' });
    expect(history.at(-1)?.reason).toContain('bright-router 4.1.1');
  });

  test('a device that has not spoken since the work is given a day', async () => {
    await report({ 'lock-firmware': '2.0' });
    await patches.add(keeper, weakness('CVE-2026-LOCK', 4, 'generic', 'lock-firmware', '2.1'));
    await patches.checkNow(keeper);
    later(10);
    await workOn('CVE-2026-LOCK');
    await platform.drain();
    expect((await stateOfCase('CVE-2026-LOCK')).state).toBe('done');
    later(23 * 60);
    await patches.checkNow(keeper);
    expect((await stateOfCase('CVE-2026-LOCK')).state).toBe('done');
    later(2 * 60);
    expect(await patches.checkNow(keeper)).toMatchObject({ reopened: 0 });
    expect((await stateOfCase('CVE-2026-LOCK')).state).toBe('reopened');
    await report({ 'lock-firmware': '2.1' });
    await patches.checkNow(keeper);
    expect((await stateOfCase('CVE-2026-LOCK')).state).toBe('closed');
  });

  test('a version that comes back opens the verified work again', async () => {
    later(1);
    await report({ 'lock-firmware': '2.0' });
    expect(await patches.checkNow(keeper)).toMatchObject({ opened: 0 });
    expect((await taskOf('CVE-2026-LOCK')).state).toBe('open');
    expect((await stateOfCase('CVE-2026-LOCK')).state).toBe('reopened');
  });

  test('cancelled work is a risk taken: it stays so', async () => {
    const { caseId } = await taskOf('CVE-2026-LOCK');
    await desk.take(keeper, caseId, 'cancel', { reason: '设备即将更换' });
    await platform.drain();
    await patches.checkNow(keeper);
    expect((await taskOf('CVE-2026-LOCK')).state).toBe('waived');
    expect((await stateOfCase('CVE-2026-LOCK')).state).toBe('cancelled');
  });

  test('an advisory taken back ends its work', async () => {
    const advisory = await patches.add(keeper, weakness('CVE-2026-ERR', 4, 'npm', 'bright-router', '9.0.0'));
    await patches.checkNow(keeper);
    await patches.withdraw(keeper, advisory.id, advisory.version);
    await patches.checkNow(keeper);
    expect(await taskOf('CVE-2026-ERR')).toMatchObject({ state: 'verified' });
    expect((await stateOfCase('CVE-2026-ERR')).state).toBe('closed');
  });
});

describe('over the API', () => {
  const ask = async (actor: Actor, method: 'GET' | 'POST', path: string, payload?: object) => {
    const answer = await platform.http.app.inject({
      ...{ method, url: `/api/v1/patches${path}`, headers: { authorization: `Test ${actor.id}` } },
      ...(payload ? { payload } : {}),
    });
    return { status: answer.statusCode, body: answer.json(), type: answer.headers['content-type'] };
  };
  const osv = (fixed: string) => ({
    ...{ id: 'GHSA-test-0001', summary: 'made up', published: '2026-05-01T00:00:00Z' },
    affected: [
      {
        package: { ecosystem: 'npm', name: 'nothing-we-have' },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }],
      },
    ],
  });

  test('documents are taken in once, brought up to date, and refused by name when they cannot be read', async () => {
    const send = (documents: unknown[]) => ask(keeper, 'POST', '/advisories/import', { format: 'osv', documents });
    expect((await send([osv('1.0.0'), { id: 'nothing' }])).body).toEqual({
      ...{ added: 1, changed: 0, same: 0 },
      refused: [{ index: 1, problem: 'advisory-unreadable' }],
    });
    expect((await send([osv('1.0.0')])).body).toMatchObject({ added: 0, changed: 0, same: 1 });
    expect((await send([osv('1.0.1')])).body).toMatchObject({ added: 0, changed: 1, same: 0 });
  });

  test('a code is entered once', async () => {
    const draft = { ...weakness('CVE-2026-TWICE', 4, 'npm', 'x', '1.0.0'), publishedAt: undefined };
    expect((await ask(keeper, 'POST', '/advisories', draft)).status).toBe(201);
    const again = await ask(keeper, 'POST', '/advisories', draft);
    expect([again.status, again.body.type]).toEqual([409, 'advisory-code-taken']);
  });

  test('lists, one advisory with its findings, assets and the page after', async () => {
    const list = await ask(keeper, 'GET', '/advisories?text=CVE-2026-DB');
    expect(list.body.items).toMatchObject([{ code: 'CVE-2026-DB', affectedAssets: 0, assets: 1 }]);
    const file = await ask(keeper, 'GET', `/advisories/${list.body.items[0].id}`);
    expect(file.body).toMatchObject({ tasks: [{ state: 'verified' }], findings: [{ package: 'postgresql' }] });
    const first = await ask(keeper, 'GET', '/tasks?limit=2');
    const second = await ask(keeper, 'GET', `/tasks?limit=2&cursor=${first.body.next}`);
    expect(new Set([...first.body.items, ...second.body.items].map(({ id }) => id)).size).toBe(4);
    const assets = await ask(keeper, 'GET', '/assets');
    expect(assets.body.items).toMatchObject([
      { kind: 'platform' },
      { kind: 'thing', label: '数据库主机', components: 1 },
    ]);
  });

  test('someone of another place sees neither the tasks nor the findings of assets elsewhere', async () => {
    const stranger = platform.actorAt(['1/'], 'patch:read');
    expect((await ask(stranger, 'GET', '/tasks')).body.items).toEqual([]);
    const [advisory] = (await ask(stranger, 'GET', '/advisories?text=CVE-2026-DB')).body.items;
    expect(advisory).toMatchObject({ affectedAssets: 0, assets: 0 });
  });

  test(clause('I-8.3-c', 'the bill of the platform names its packages, database, runtime and system'), async () => {
    const { status, body, type } = await ask(keeper, 'GET', '/sbom');
    expect([status, type]).toEqual([200, 'application/vnd.cyclonedx+json; version=1.6']);
    expect(body).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      metadata: { component: { name: 'keystead' } },
    });
    const part = (name: string) => body.components.find((each: { name: string }) => each.name === name);
    expect(part('bright-router')).toEqual({
      ...{ type: 'library', 'bom-ref': 'pkg:npm/bright-router@4.1.1', name: 'bright-router', version: '4.1.1' },
      ...{ purl: 'pkg:npm/bright-router@4.1.1', scope: 'required', licenses: [{ license: { id: 'MIT' } }] },
      hashes: [{ alg: 'SHA-512', content: '000102' }],
    });
    expect(part('postgresql').version).toMatch(/^1[89]\.\d+$/);
    expect(part('node').version).toBe(process.versions.node);
    expect(part(`${process.platform}-kernel`)).toBeDefined();
  });
});

test('another organisation on the installation is not shown what the platform runs', async () => {
  const [foreign] = await Promise.all([startPlatform(cases)]);
  try {
    const other = installPatches(foreign.kernel, {
      ...{ cases: foreign.services.cases as CasesService, things: foreign.services.things as ThingsService, root },
      operator: async () => 'someone-else',
    });
    const actor = foreign.actor('patch:read');
    await expect(other.ownBill(actor)).rejects.toMatchObject({ type: 'not-allowed' });
    expect((await other.assets(actor, { after: 0, limit: 10 })).items).toEqual([]);
  } finally {
    await foreign.stop();
  }
});
