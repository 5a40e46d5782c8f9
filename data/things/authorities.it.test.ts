import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '@keystead/contracts/access';
import { places } from '@keystead/data/places';
import { ensureCertificate, type ServerCertificate } from '@keystead/kernel/security/tls';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Shown } from './admission.ts';
import { namesOf } from './certificate-chain.ts';
import { things } from './module.ts';
import type { ThingsService } from './setup.ts';
import type { AdmittedThing, DeniedThing } from './verdict.ts';

const folder = mkdtempSync(join(tmpdir(), 'keystead-authority-'));
let platform: TestPlatform;
let service: ThingsService;
let keeper: Actor;
/** A certificate signed by an authority made for it, and one of another authority with the same name. */
let device: ServerCertificate;
let forged: ServerCertificate;
let code: string;

beforeAll(async () => {
  platform = await startPlatform(places, things);
  service = platform.services.things as ThingsService;
  keeper = platform.actor('thing:read', 'thing:write', 'thing:credential');
  device = await ensureCertificate(join(folder, 'device'), platform.clock.now());
  forged = await ensureCertificate(join(folder, 'forged'), platform.clock.now());
  code = namesOf(new X509Certificate(device.cert))[0] ?? '';
});
afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true, force: true });
});

const verdict = (answer: AdmittedThing | DeniedThing): string =>
  'problem' in answer ? answer.problem.type : answer.code;
function shown({ cert, ca }: { cert: string; ca: string }): Shown {
  const leaf = new X509Certificate(cert);
  const fingerprint = leaf.fingerprint256.replaceAll(':', '').toLowerCase();
  return { kind: 'certificate', fingerprint, subject: leaf.subject, chain: [leaf.raw, new X509Certificate(ca).raw] };
}
const call = (method: 'POST' | 'GET' | 'DELETE', url: string, payload?: object) =>
  platform.http.app.inject({
    method,
    url: `/api/v1/things${url}`,
    headers: { authorization: `Test ${keeper.id}` },
    ...(payload ? { payload } : {}),
  });

test(
  clause(
    'H-11.2-e',
    'a device certificate of a trusted authority is taken for the thing it names, and ends with the trust',
  ),
  async () => {
    const { id, number } = await service.create(keeper, { code, name: 'edge', family: 'edge-gateway' });
    expect(verdict(await service.admission.admit(shown(device), ''))).toBe('credential-unknown');
    const added = await call('POST', '/authorities', { name: 'Maker', pem: device.ca });
    expect(added.statusCode).toBe(201);
    expect(verdict(await service.admission.admit(shown(forged), ''))).toBe('credential-unknown');
    // The right authority shown beside a certificate it did not sign.
    expect(verdict(await service.admission.admit(shown({ cert: forged.cert, ca: device.ca }), ''))).toBe(
      'credential-unknown',
    );
    expect(verdict(await service.admission.admit(shown(device), ''))).toBe(code);
    expect(await service.credentials.list(keeper, id)).toMatchObject([{ kind: 'certificate', issuedBy: 'Maker' }]);
    const cut: number[] = [];
    const stop = service.admission.onRevoked((thing) => cut.push(thing));
    expect((await call('DELETE', `/authorities/${added.json().id}`)).statusCode).toBe(204);
    stop();
    expect(cut).toEqual([number]);
    expect(verdict(await service.admission.admit(shown(device), ''))).toBe('credential-revoked');
    expect((await call('GET', '/authorities')).json()).toEqual([]);
  },
);

test('what is no authority is not trusted, nor the same one twice', async () => {
  const add = async (pem: string) => {
    const answer = await call('POST', '/authorities', { name: 'x', pem });
    return answer.statusCode === 201 ? 'added' : answer.json().type;
  };
  expect(await add(device.cert)).toBe('authority-invalid');
  expect(await add(`${device.ca}${forged.ca}`)).toBe('authority-invalid');
  expect(await add('-----BEGIN CERTIFICATE-----'.padEnd(200, 'A'))).toBe('authority-invalid');
  expect(await add(forged.ca)).toBe('added');
  expect(await add(forged.ca)).toBe('authority-taken');
});

test(clause('H-11.2-e', 'a chain that is not SM2, or names another thing, falls short of the profile'), async () => {
  const { id } = await service.create(keeper, { code: 'PROFILE-1', name: 'edge', family: 'edge-gateway' });
  const answer = await call('POST', `/${id}/certificate-check`, { chain: [device.cert], roots: [device.ca] });
  const faults = answer.json().map(({ fault }: { fault: string }) => fault);
  expect(faults).toContain('not-sm2');
  expect(faults).toContain('name-is-not-the-code');
});
