import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '@keystead/contracts/access';
import { places } from '@keystead/data/places';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Shown } from './admission.ts';
import { things } from './module.ts';
import { createThings, type ThingsService } from './setup.ts';
import { type SignatureAlgorithm, type Signed, sign } from './signature.ts';
import type { AdmittedThing, DeniedThing } from './verdict.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'keystead-identity-'));
let platform: TestPlatform;
let service: ThingsService;
/** The same module as another process has it. */
let elsewhere: ThingsService;
let keeper: Actor;

beforeAll(async () => {
  platform = await startPlatform(places, things);
  platform.kernel.settings.DATA_DIR = dataDir;
  service = platform.services.things as ThingsService;
  elsewhere = createThings(platform.kernel, platform.services.places as Parameters<typeof createThings>[1]);
  await elsewhere.changes.look();
  keeper = platform.actor('thing:read', 'thing:write', 'thing:credential', 'model:write');
});
afterAll(async () => {
  await platform.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const verdict = (answer: AdmittedThing | DeniedThing): string =>
  'problem' in answer ? answer.problem.type : answer.code;
const add = (code: string, family = 'lock') => service.create(keeper, { code, name: code, family });
const call = (method: 'POST' | 'PUT' | 'GET' | 'DELETE', url: string, payload?: object) =>
  platform.http.app.inject({
    method,
    url: `/api/v1/things${url}`,
    headers: { authorization: `Test ${keeper.id}` },
    ...(payload ? { payload } : {}),
  });

function signed(secret: string, code: string, change: Partial<Signed> = {}): Shown {
  const claim = {
    clientId: 'c1',
    code,
    algorithm: 'hmacsha256' as SignatureAlgorithm,
    timestamp: platform.clock.now().getTime(),
    nonce: randomBytes(12).toString('hex'),
    ...change,
  };
  return { kind: 'signature', ...claim, signature: change.signature ?? sign(secret, claim) };
}

async function signing(code: string): Promise<{ id: string; number: number; secret: string }> {
  const { id, number } = await add(code);
  const { value } = await service.credentials.issue(keeper, id, { kind: 'signature' });
  return { id, number, secret: value ?? '' };
}

describe('a secret that does not travel', () => {
  test(clause('H-11.2-f', 'a device signs with its own secret, by SHA-256 or SM3, under its code or id'), async () => {
    const { id, secret } = await signing('SIG-1');
    for (const algorithm of ['hmacsha256', 'hmacsm3'] as const)
      for (const name of ['SIG-1', id])
        expect(verdict(await service.admission.admit(signed(secret, name, { algorithm }), ''))).toBe('SIG-1');
    const other = await signing('SIG-2');
    expect(verdict(await service.admission.admit(signed(other.secret, 'SIG-1'), ''))).toBe('signature-wrong');
    expect(verdict(await service.admission.admit(signed(secret, 'SIG-NONE'), ''))).toBe('credential-unknown');
    // The algorithm is part of what is checked: one hash under the other's name does not fit.
    const shown = signed(secret, 'SIG-1') as { kind: 'signature' } & Signed;
    expect(verdict(await service.admission.admit({ ...shown, algorithm: 'hmacsm3' }, ''))).toBe('signature-wrong');
    for (const forged of [{ clientId: 'c2' }, { nonce: 'another-nonce' }, { timestamp: shown.timestamp + 1 }])
      expect(verdict(await service.admission.admit({ ...shown, ...forged }, ''))).toBe('signature-wrong');
  });

  test('a signature is taken once, also when another process or a later start sees it again', async () => {
    const { secret } = await signing('SIG-ONCE');
    const shown = signed(secret, 'SIG-ONCE');
    await elsewhere.changes.look();
    expect(verdict(await service.admission.admit(shown, ''))).toBe('SIG-ONCE');
    expect(verdict(await service.admission.admit(shown, ''))).toBe('nonce-replayed');
    expect(verdict(await elsewhere.admission.admit(shown, ''))).toBe('nonce-replayed');
    platform.clock.pass(4 * 60);
    await service.nonces.prune();
    expect(verdict(await service.admission.admit(shown, ''))).toBe('nonce-replayed');
  });

  test('a clock more than five minutes off is refused to both sides, and remembered nonces go with the window', async () => {
    const { number, secret } = await signing('SIG-TIME');
    const now = platform.clock.now().getTime();
    const signatureWindowMs = platform.kernel.settings.DEVICE_CLOCK_SECONDS * 1000;
    const at = (timestamp: number) => service.admission.admit(signed(secret, 'SIG-TIME', { timestamp }), '');
    expect(verdict(await at(now - signatureWindowMs))).toBe('SIG-TIME');
    expect(verdict(await at(now + signatureWindowMs))).toBe('SIG-TIME');
    expect(verdict(await at(now - signatureWindowMs - 1))).toBe('signature-stale');
    expect(verdict(await at(now + signatureWindowMs + 1))).toBe('signature-stale');
    const kept = () => platform.owner.query('select 1 from things.nonce where thing = $1', [number]);
    expect((await kept()).rowCount).toBe(2);
    platform.clock.pass(11 * 60);
    await service.nonces.prune();
    expect((await kept()).rowCount).toBe(0);
  });

  test(
    clause('H-11.2-f', 'the secret is kept sealed, unreadable to the application, and never shown again'),
    async () => {
      const { id, secret } = await signing('SIG-SEAL');
      const { rows } = await platform.owner.query('select s::text as line from things.device_secret s');
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.some(({ line }) => line.includes(secret) || line.includes(Buffer.from(secret).toString('hex')))).toBe(
        false,
      );
      expect((await call('GET', `/${id}/credentials`)).body).not.toContain(secret);
      await platform.db.transaction(keeper.scope, async (tx) => {
        const { sql } = await import('@keystead/kernel/db');
        expect(await tx.all(sql`select 1 from things.device_secret`)).toEqual([]);
      });
      const twin = await add('SIG-TWIN');
      await expect(service.credentials.issue(keeper, twin.id, { kind: 'signature', value: secret })).rejects.toThrow(
        'credential-reused',
      );
    },
  );

  test('a revoked secret, a suspended thing and a model that takes certificates only are refused', async () => {
    const { id, secret } = await signing('SIG-END');
    await service.credentials.setWhitelist(keeper, id, 'suspended', 'test');
    expect(verdict(await service.admission.admit(signed(secret, 'SIG-END'), ''))).toBe('device-not-listed');
    await service.credentials.setWhitelist(keeper, id, 'admitted', 'test');
    const [credential] = await service.credentials.list(keeper, id);
    await service.credentials.revoke(keeper, id, credential?.id ?? '');
    expect(verdict(await service.admission.admit(signed(secret, 'SIG-END'), ''))).toBe('credential-revoked');
    const edge = await add('SIG-EDGE', 'edge-gateway');
    await expect(service.credentials.issue(keeper, edge.id, { kind: 'signature' })).rejects.toThrow(
      'credential-kind-refused',
    );
  });
});

describe('dynamic registration', () => {
  const day = { days: 1, most: 3, enabled: true };
  const ask = (
    key: { key: string; secret: string },
    deviceName: string,
    kind: 'token' | 'secret' | 'signature' = 'token',
  ) => service.provisioning.provision({ deviceName, key: key.key, secret: key.secret, kind }, '10.0.0.1');
  const outcome = (answer: Awaited<ReturnType<typeof ask>>): string =>
    'problem' in answer ? answer.problem.type : 'given';

  test(
    clause('H-11.2-f', 'one secret of the product buys each registered thing one of its own, until its first login'),
    async () => {
      const key = (await call('POST', '/provision-keys', { family: 'lock', ...day })).json();
      await add('DYN-1');
      const first = await ask(key, 'DYN-1');
      const again = await ask(key, 'DYN-1');
      if ('problem' in first || 'problem' in again) throw new Error('refused');
      expect(first.value).not.toBe(again.value);
      const token = (value: string): Shown => ({ kind: 'token', token: value });
      expect(verdict(await service.admission.admit(token(first.value), ''))).toBe('credential-revoked');
      expect(verdict(await service.admission.admit(token(again.value), ''))).toBe('DYN-1');
      expect(outcome(await ask(key, 'DYN-1'))).toBe('already-registered');
      const { rows } = await platform.owner.query(
        `select outcome from audit.line where action = 'thing.provision' and detail like '%DYN-1"%'`,
      );
      expect(rows.map((row) => row.outcome).sort()).toEqual(['done', 'done', 'refused']);
      // Asked twice, counted once.
      expect((await service.provisioning.listKeys(keeper)).find(({ id }) => id === key.id)?.used).toBe(1);
      expect((await call('GET', '/provision-keys')).body).not.toContain(key.secret);
    },
  );

  test('a stranger, another type, one in use, and one with a credential of a person are not registered', async () => {
    const key = (await call('POST', '/provision-keys', { family: 'lock', ...day })).json();
    await add('DYN-OTHER', 'smoke-detector');
    await service.create(keeper, { code: 'DYN-USED', name: 'x', family: 'lock', state: 'in-use' });
    const own = await add('DYN-OWN');
    await service.credentials.issue(keeper, own.id, { kind: 'token' });
    expect(outcome(await ask(key, 'DYN-NOBODY'))).toBe('not-preregistered');
    expect(outcome(await ask(key, 'DYN-OTHER'))).toBe('not-preregistered');
    expect(outcome(await ask(key, 'DYN-USED'))).toBe('not-preregistered');
    expect(outcome(await ask(key, 'DYN-OWN'))).toBe('already-registered');
    expect(outcome(await ask({ ...key, secret: 'wrong-wrong-wrong' }, 'DYN-OWN'))).toBe('provision-key-unknown');
  });

  test('a key is shut until it is opened, and ends with its time and its number', async () => {
    const key = (await call('POST', '/provision-keys', { family: 'lock', days: 1, most: 1 })).json();
    for (const code of ['DYN-A', 'DYN-B']) await add(code);
    expect(outcome(await ask(key, 'DYN-A'))).toBe('provision-key-unknown');
    expect((await call('PUT', `/provision-keys/${key.id}`, { enabled: true })).statusCode).toBe(204);
    expect(outcome(await ask(key, 'DYN-A', 'signature'))).toBe('given');
    expect(outcome(await ask(key, 'DYN-B'))).toBe('provision-key-spent');
    const late = (await call('POST', '/provision-keys', { family: 'lock', ...day })).json();
    platform.clock.pass(86_401);
    expect(outcome(await ask(late, 'DYN-B'))).toBe('provision-key-spent');
  });

  test('a key that allows it registers what nobody entered before', async () => {
    const key = (await call('POST', '/provision-keys', { family: 'lock', ...day, allowNew: true })).json();
    const given = await ask(key, 'DYN-NEW', 'secret');
    if ('problem' in given) throw new Error(given.problem.type);
    const shown: Shown = { kind: 'secret', username: given.username ?? '', password: given.value, clientId: '' };
    expect(verdict(await service.admission.admit(shown, ''))).toBe('DYN-NEW');
  });
});

describe('renewing secrets', () => {
  const token = (value: string): Shown => ({ kind: 'token', token: value });
  const soon = { days: 7, delivery: 'session' as const };

  test(clause('H-11.2-f', 'the old secret counts until the fresh one is used, which the device is told'), async () => {
    const { id, number } = await add('ROT-1');
    const old = await service.credentials.issue(keeper, id, { kind: 'secret' });
    const started = await call('POST', '/credentials/rotation', { ids: [id], ...soon });
    expect(started.statusCode).toBe(201);
    expect(started.json().things).toEqual([{ id, code: 'ROT-1', kind: 'secret', username: 'ROT-1', value: null }]);
    const fresh = await service.attributes.fresh(number);
    if (!fresh) throw new Error('nothing waits');
    const shown = (password: string): Shown => ({ kind: 'secret', username: 'ROT-1', password, clientId: '' });
    const cut: number[] = [];
    const stop = service.admission.onRevoked((thing) => cut.push(thing));
    expect(verdict(await service.admission.admit(shown(old.value ?? ''), ''))).toBe('ROT-1');
    expect(verdict(await service.admission.admit(shown(fresh.value), ''))).toBe('ROT-1');
    expect(verdict(await service.admission.admit(shown(old.value ?? ''), ''))).toBe('credential-revoked');
    expect(verdict(await service.admission.admit(shown(fresh.value), ''))).toBe('ROT-1');
    stop();
    // The session the fresh one opened is not cut by its own success.
    expect(cut).toEqual([]);
    expect(await service.attributes.fresh(number)).toBeUndefined();
    const { rowCount } = await platform.owner.query(
      'select 1 from things.device_secret s join things.credential c on c.id = s.credential where c.thing = $1',
      [number],
    );
    expect(rowCount).toBe(0);
    const [view] = (await call('GET', '/credentials/rotation')).json();
    expect(view).toMatchObject({ total: 1, delivered: 1, done: 1, lapsed: 0 });
    const items = (await call('GET', `/credentials/rotation/${view.id}`)).json();
    expect(items).toMatchObject([{ code: 'ROT-1', state: 'done' }]);
  });

  test('a signing secret is renewed the same way', async () => {
    const { id, number, secret } = await signing('ROT-SIG');
    await service.rotation.start(keeper, { ids: [id], ...soon });
    const fresh = await service.attributes.fresh(number);
    expect(verdict(await service.admission.admit(signed(secret, 'ROT-SIG'), ''))).toBe('ROT-SIG');
    expect(verdict(await service.admission.admit(signed(fresh?.value ?? '', 'ROT-SIG'), ''))).toBe('ROT-SIG');
    expect(verdict(await service.admission.admit(signed(secret, 'ROT-SIG'), ''))).toMatch(
      /^signature-wrong|credential-revoked$/,
    );
  });

  test('the window ends the old secret, used or not, and cuts its session', async () => {
    const { id, number } = await add('ROT-LATE');
    const old = await service.credentials.issue(keeper, id, { kind: 'token' });
    const { things: given, id: rotation } = await service.rotation.start(keeper, {
      ids: [id],
      days: 1,
      delivery: 'export',
    });
    expect(await service.attributes.fresh(number)).toBeUndefined();
    expect(await service.rotation.lapse()).toBe(0);
    platform.clock.pass(86_401);
    const cut: number[] = [];
    const stop = service.admission.onRevoked((thing) => cut.push(thing));
    expect(await service.rotation.lapse()).toBeGreaterThan(0);
    stop();
    expect(cut).toContain(number);
    expect(verdict(await service.admission.admit(token(old.value ?? ''), ''))).toBe('credential-revoked');
    expect(verdict(await service.admission.admit(token(given[0]?.value ?? ''), ''))).toBe('ROT-LATE');
    expect(await service.rotation.items(keeper, rotation)).toMatchObject([{ state: 'lapsed' }]);
  });

  test('a thing is in one rotation at a time, and nothing to renew is said', async () => {
    const { id } = await add('ROT-TWICE');
    expect((await call('POST', '/credentials/rotation', { ids: [id], ...soon })).json().type).toBe('nothing-to-rotate');
    await service.credentials.issue(keeper, id, { kind: 'token' });
    await service.rotation.start(keeper, { ids: [id], ...soon });
    await expect(service.rotation.start(keeper, { ids: [id], ...soon })).rejects.toThrow('nothing-to-rotate');
  });
});
