import type { Actor } from '@keystead/contracts/access';
import { places } from '@keystead/data/places';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Shown } from './admission.ts';
import { things } from './module.ts';
import { createThings, type ThingsService } from './setup.ts';
import type { AdmittedThing, DeniedThing } from './verdict.ts';

let platform: TestPlatform;
let service: ThingsService;
/** The same module as another process has it: its own memory, the same database. */
let elsewhere: ThingsService;
let keeper: Actor;

beforeAll(async () => {
  platform = await startPlatform(places, things);
  service = platform.services.things as ThingsService;
  elsewhere = createThings(platform.kernel, platform.services.places as Parameters<typeof createThings>[1]);
  await elsewhere.changes.look();
  keeper = platform.actor('thing:read', 'thing:write', 'thing:credential', 'model:write');
});
afterAll(() => platform.stop());

const token = (value: string): Shown => ({ kind: 'token', token: value });
const verdict = (answer: AdmittedThing | DeniedThing): string =>
  'problem' in answer ? answer.problem.type : answer.code;
const add = async (code: string, family = 'lock') => service.create(keeper, { code, name: code, family });
const call = (method: 'POST' | 'PUT' | 'GET' | 'DELETE', url: string, payload?: object) =>
  platform.http.app.inject({
    method,
    url: `/api/v1/things${url}`,
    headers: { authorization: `Test ${keeper.id}` },
    ...(payload ? { payload } : {}),
  });

describe('credentials', () => {
  test(
    clause('H-11.2-f', 'a thousand things get a thousand different secrets, none of which is kept readable'),
    async () => {
      const rows = Array.from({ length: 1000 }, (_, at) => ({ code: `F-${at}`, name: '门锁', family: 'lock' }));
      const began = performance.now();
      const result = await service.importRows(keeper, rows, { tokens: true });
      console.info(`1,000 things with tokens in ${Math.round(performance.now() - began)} ms`);
      const tokens = result.things.map((each) => each.token ?? '');
      expect(new Set(tokens).size).toBe(1000);
      expect(tokens.every((each) => /^[a-z2-9]{33}$/.test(each))).toBe(true);
      const { rows: kept } = await platform.owner.query('select c::text as line from things.credential c');
      const text = kept.map((row) => row.line).join('\n');
      expect(tokens.some((each) => text.includes(each))).toBe(false);
      const verdicts = await Promise.all(tokens.map((each) => service.admission.admit(token(each), 'peer')));
      expect(verdicts.map(verdict)).toEqual(rows.map((row) => row.code));
    },
  );

  test(clause('H-11.2-f', 'a secret another thing has or had is refused, as token and as password'), async () => {
    const [a, b] = [await add('REUSE-A'), await add('REUSE-B')];
    const value = 'factory-secret-0000001';
    const issued = await service.credentials.issue(keeper, a.id, { kind: 'secret', value });
    await expect(service.credentials.issue(keeper, b.id, { kind: 'secret', value })).rejects.toThrow(
      'credential-reused',
    );
    await expect(service.credentials.issue(keeper, b.id, { kind: 'token', value })).rejects.toThrow(
      'credential-reused',
    );
    await service.credentials.revoke(keeper, a.id, issued.id);
    const answer = await call('POST', `/${b.id}/credentials`, { kind: 'secret', value });
    expect([answer.statusCode, answer.json().type]).toEqual([409, 'credential-reused']);
  });

  test(
    clause(
      'H-11.2-d',
      'certificate, own secret and gateway-proxied identity are chosen by the model, and no weaker one is taken',
    ),
    async () => {
      const [edge, lock, sensor] = [
        await add('E-1', 'edge-gateway'),
        await add('L-1', 'lock'),
        await add('S-1', 'temperature-humidity'),
      ];
      const fingerprint = 'ab'.repeat(32);
      await expect(service.credentials.issue(keeper, edge.id, { kind: 'token' })).rejects.toThrow(
        'credential-kind-refused',
      );
      await service.credentials.issue(keeper, edge.id, { kind: 'certificate', fingerprint });
      expect(verdict(await service.admission.admit({ kind: 'certificate', fingerprint, subject: '' }, ''))).toBe('E-1');

      const { value } = await service.credentials.issue(keeper, lock.id, { kind: 'secret' });
      const shown = { kind: 'secret' as const, username: 'L-1', password: value ?? '', clientId: '' };
      expect(verdict(await service.admission.admit(shown, ''))).toBe('L-1');
      expect(verdict(await service.admission.admit({ ...shown, username: 'L-2' }, ''))).toBe('credential-unknown');
      expect(verdict(await service.admission.admit(token(value ?? ''), ''))).toBe('credential-unknown');

      for (const kind of ['token', 'secret'] as const)
        await expect(service.credentials.issue(keeper, sensor.id, { kind })).rejects.toThrow('credential-kind-refused');
      const home = await add('G-1', 'home-gateway');
      await service.relations.relate(keeper, home.id, 'contains', sensor.id);
      expect(verdict(await service.admission.child({ thing: home.number }, 'S-1'))).toBe('S-1');
      // A thing that holds a key of its own does not hide behind a gateway.
      await service.relations.relate(keeper, home.id, 'contains', edge.id);
      expect(verdict(await service.admission.child({ thing: home.number }, 'E-1'))).toBe('device-not-listed');
    },
  );

  test('the answer of an issue is the only place the value stands, and the journal holds none', async () => {
    const { id } = await add('ONCE');
    const issued = (await call('POST', `/${id}/credentials`, { kind: 'token' })).json();
    expect(issued.value).toMatch(/^[a-z2-9]{33}$/);
    const listed = (await call('GET', `/${id}/credentials`)).body;
    expect(listed).not.toContain(issued.value);
    const { rows } = await platform.owner.query('select action, detail from audit.line where subject = $1', [
      `thing:${id}`,
    ]);
    expect(rows.map((row) => row.action)).toEqual(['thing.create', 'thing.credential-issue']);
    expect(JSON.stringify(rows)).not.toContain(issued.value);
  });

  test('rotating ends what was there and cuts its session', async () => {
    const { id, number } = await add('ROTATE');
    const first = await service.credentials.issue(keeper, id, { kind: 'token' });
    const cut: number[] = [];
    const stop = service.admission.onRevoked((thing) => cut.push(thing));
    const second = await service.credentials.issue(keeper, id, { kind: 'token' }, true);
    stop();
    expect(cut).toEqual([number]);
    expect(verdict(await service.admission.admit(token(first.value ?? ''), ''))).toBe('credential-revoked');
    expect(verdict(await service.admission.admit(token(second.value ?? ''), ''))).toBe('ROTATE');
  });
});

describe('the whitelist', () => {
  test(clause('H-11.2-g-1', 'who is not listed is refused, and is taken as soon as he is added'), async () => {
    const given = 'not-yet-known-token-0001';
    for (let at = 0; at < 100; at++)
      expect(verdict(await elsewhere.admission.admit(token(`stranger-${at}-0000000000`), ''))).toBe(
        'credential-unknown',
      );
    expect(verdict(await elsewhere.admission.admit(token(given), ''))).toBe('credential-unknown');
    const { id } = await add('LISTED');
    await service.credentials.issue(keeper, id, { kind: 'token', value: given });
    await elsewhere.changes.look();
    expect(verdict(await elsewhere.admission.admit(token(given), ''))).toBe('LISTED');
    const gateway = await add('G-LIST', 'home-gateway');
    expect(verdict(await elsewhere.admission.child({ thing: gateway.number }, 'S-LIST'))).toBe('device-not-listed');
    const sensor = await add('S-LIST', 'temperature-humidity');
    await service.relations.relate(keeper, gateway.id, 'contains', sensor.id);
    await elsewhere.changes.look();
    expect(verdict(await elsewhere.admission.child({ thing: gateway.number }, 'S-LIST'))).toBe('S-LIST');
  });

  test(
    clause('H-11.2-g-2', 'a change of the list in one process is compared in the other at its next look'),
    async () => {
      const { id, number } = await add('WATCHED');
      const { value } = await service.credentials.issue(keeper, id, { kind: 'token' });
      await elsewhere.changes.look();
      expect(verdict(await elsewhere.admission.admit(token(value ?? ''), ''))).toBe('WATCHED');
      const cut: number[] = [];
      const stop = elsewhere.admission.onRevoked((thing) => cut.push(thing));
      for (const whitelist of ['suspended', 'admitted', 'revoked'] as const) {
        await call('PUT', `/${id}/whitelist`, { whitelist, reason: 'test' });
        await elsewhere.changes.look();
        const expected = whitelist === 'admitted' ? 'WATCHED' : 'device-not-listed';
        expect(verdict(await elsewhere.admission.admit(token(value ?? ''), ''))).toBe(expected);
      }
      stop();
      expect(cut).toEqual([number, number, number]);
    },
  );

  test('a change that commits late is not passed over by one that was written after it', async () => {
    const [slow, quick] = [await add('SLOW'), await add('QUICK')];
    const cut: number[] = [];
    const stop = elsewhere.admission.onRevoked((thing) => cut.push(thing));
    await platform.db.transaction(keeper.scope, async (tx) => {
      await service.changes.announce(tx, slow.number, 'right');
      await service.credentials.setWhitelist(keeper, quick.id, 'suspended', 'test');
      await elsewhere.changes.look();
      await elsewhere.changes.look();
      expect(cut).toEqual([quick.number]);
    });
    await elsewhere.changes.look();
    await elsewhere.changes.look();
    stop();
    expect(cut).toEqual([quick.number, slow.number]);
  });

  test('who ended his life may not speak any more', async () => {
    const { id } = await service.create(keeper, { code: 'OLD', name: '门锁', family: 'lock', state: 'in-use' });
    const { value } = await service.credentials.issue(keeper, id, { kind: 'token' });
    await service.lifecycle.step(keeper, id, 'retired', { reason: 'worn out' });
    expect(verdict(await service.admission.admit(token(value ?? ''), ''))).toBe('device-not-listed');
  });
});

test('a process that could not look for long asks everything again', async () => {
  const { id, number } = await add('OUTAGE');
  const { value } = await service.credentials.issue(keeper, id, { kind: 'token' });
  await elsewhere.changes.look();
  await elsewhere.admission.admit(token(value ?? ''), '');
  const cut: number[] = [];
  const stop = elsewhere.admission.onRevoked((thing) => cut.push(thing));
  await service.credentials.setWhitelist(keeper, id, 'revoked', 'test');
  platform.clock.pass(7200);
  await service.changes.prune();
  await elsewhere.changes.look();
  stop();
  expect(cut).toContain(number);
  expect(verdict(await elsewhere.admission.admit(token(value ?? ''), ''))).toBe('device-not-listed');
});
