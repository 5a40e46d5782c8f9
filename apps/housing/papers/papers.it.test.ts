import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { PartiesService } from '@keystead/data/parties';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PapersService, papers } from './module.ts';
import { createPlacedHouses, type Signed, signBy } from './testing/tenancy.ts';

let platform: TestPlatform;
let service: PapersService;
let clerk: Actor;
let tenancy: Signed;

beforeAll(async () => {
  platform = await startPlatform(papers);
  service = platform.services.papers as PapersService;
  tenancy = await createPlacedHouses(platform);
  clerk = tenancy.clerk;
});
afterAll(() => platform.stop());

const raw = (method: 'GET' | 'POST', url: string, as = clerk, payload?: object | Buffer) =>
  platform.http.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: {
      authorization: `Test ${as.id}`,
      ...(Buffer.isBuffer(payload) && { 'content-type': 'application/octet-stream' }),
    },
    ...(payload && { payload }),
  });
const ask = async (method: 'GET' | 'POST', url: string, payload?: object | Buffer, as = clerk) => {
  const answer = await raw(method, url, as, payload);
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
};
const seal = async (id: string) => {
  await platform.drain();
  return service.makeFor(platform.organisation, id);
};
const proof = async (id: string) => (await ask('GET', `/contracts/${id}/proof`)).body;
const fileOf = async (id: string) => (await raw('GET', `/contracts/${id}/file`)).rawPayload;
const evidenceOf = async (id: string) => JSON.parse((await raw('GET', `/contracts/${id}/evidence`)).body);

test(
  clause(
    'H-9.1.3-a',
    'signed, renewed, signed anew and filed: each has its sealed file whose seal, hash, certificate, time and signatures hold',
  ),
  async () => {
    const first = await tenancy.signed({ endsOn: '2027-05-31' });
    await seal(first);
    await tenancy.day('2026-06-02');
    const renewal = (await ask('POST', `/leases/${first}/next`, { kind: 'renewal', endsOn: '2028-05-31' })).body.id;
    await ask('POST', `/leases/${renewal}/steps`, { step: 'submit' });
    for (const role of ['tenant', 'lessor'] as const) await signBy(platform, clerk, renewal, role);
    await seal(renewal);
    const second = await tenancy.signed({ endsOn: '2027-05-31' });
    await tenancy.day('2026-06-03');
    const anew = (await ask('POST', `/leases/${second}/next`, { kind: 'resign', endsOn: '2027-12-31' })).body.id;
    await ask('POST', `/leases/${anew}/steps`, { step: 'submit' });
    for (const role of ['tenant', 'lessor'] as const) await signBy(platform, clerk, anew, role);
    await seal(anew);
    expect((await ask('POST', `/leases/${anew}/filing`, { number: 'BA-2026-1' })).status).toBe(200);

    const kinds = [];
    for (const id of [first, renewal, anew]) {
      expect(await proof(id)).toEqual({
        ...{ seal: 'intact', sameFile: true, sameCertificate: true, evidence: true, signatures: true, holds: true },
      });
      const { templateKind, templateNumber, certificate, sha256 } = (await ask('GET', `/contracts/${id}`)).body;
      kinds.push(`${templateKind}-${templateNumber}`);
      const record = JSON.parse((await evidenceOf(id)).record);
      expect(record).toMatchObject({ file: { sha256, certificate }, lease: { id } });
      expect(record.at).toMatch(/^2026-06-0/);
      expect(record.signatures.map(({ role }: { role: string }) => role)).toEqual(['tenant', 'lessor']);
      expect(JSON.parse(record.signatures[0].statement)).toMatchObject({ identityCheck: 'counter', consent: '同意' });
    }
    expect(kinds).toEqual(['first-1', 'renewal-1', 'first-1']);
  },
);

test(
  clause('H-9.1.3-a', 'a file with one byte changed is not the contract, nor is the sealed file of another lease'),
  async () => {
    const [one, other] = [await tenancy.signed({}), await tenancy.signed({})];
    await seal(one);
    await seal(other);
    const file = await fileOf(one);
    expect((await ask('POST', `/contracts/${one}/checks`, file)).body).toMatchObject({ holds: true });
    for (const at of [200, Math.floor(file.length / 2), file.length - 20]) {
      const altered = Buffer.from(file);
      altered[at] = (altered[at] ?? 0) ^ 1;
      const said = (await ask('POST', `/contracts/${one}/checks`, altered)).body;
      expect([said.sameFile, said.holds, said.seal === 'intact']).toEqual([false, false, false]);
    }
    expect((await ask('POST', `/contracts/${one}/checks`, await fileOf(other))).body).toMatchObject({
      ...{ seal: 'intact', sameFile: false, holds: false },
    });
    const lines = await platform.owner.query(
      `select count(*)::int as n from audit.line where action = 'contract.check'`,
    );
    expect(lines.rows[0].n).toBe(5);
  },
);

test('a wording altered in the store after signing is seen on the stored contract', async () => {
  const id = await tenancy.signed({});
  await seal(id);
  await platform.owner.query('alter table agreements.version disable trigger kept');
  await platform.owner.query(`update agreements.version set terms = '{"use":"商用"}' where agreement = $1`, [id]);
  await platform.owner.query('alter table agreements.version enable trigger kept');
  expect(await proof(id)).toMatchObject({ seal: 'intact', signatures: false, holds: false });
});

test('the file is made once, and not before both have signed', async () => {
  const id = await tenancy.draft({});
  expect((await ask('POST', `/contracts/${id}`)).body.type).toContain('contract-unsigned');
  expect((await raw('GET', `/contracts/${id}/preview`)).rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  await ask('POST', `/leases/${id}/steps`, { step: 'submit' });
  for (const role of ['tenant', 'lessor'] as const) await signBy(platform, clerk, id, role);
  const [first, again] = [(await ask('POST', `/contracts/${id}`)).body, (await ask('POST', `/contracts/${id}`)).body];
  expect(again).toEqual(first);
  await expect(platform.owner.query(`update papers.contract set sha256 = 'x'`)).rejects.toThrow('append-only');
});

test('a new wording holds for leases drafted from its day on; what was drafted before keeps its own', async () => {
  const before = await tenancy.signed({});
  const template = {
    ...{ kind: 'first', effectiveOn: '2026-06-05', title: '新版租赁合同', note: '市局示范文本' },
    clauses: [{ heading: '一、房屋', text: '{tenant} 承租 {house}，用途 {terms.use}。' }],
  };
  const bad = { ...template, clauses: [{ heading: '一', text: '{nobody}' }] };
  expect((await ask('POST', '/contracts/templates', bad)).body.type).toContain('contract-template-invalid');
  expect((await ask('POST', '/contracts/templates', { ...template, effectiveOn: '2026-01-01' })).status).toBe(400);
  expect((await ask('POST', '/contracts/templates', template)).body).toEqual({ number: 2 });
  await tenancy.day('2026-06-05');
  const after = await tenancy.signed({ startsOn: '2026-06-06' });
  expect([(await seal(before)).templateNumber, (await seal(after)).templateNumber]).toEqual([1, 2]);
});

test('a tenant downloads and checks his own contract, and nobody else’s', async () => {
  const parties = platform.services.parties as PartiesService;
  const account = platform.actor('own-data:use');
  const person = await tenancy.person(parties, account.id);
  const mine = await tenancy.signed({ tenant: { party: person, name: '王秀英' } });
  const theirs = await tenancy.signed({});
  await seal(mine);
  await seal(theirs);
  expect(await service.sealedOf([mine, theirs, newId()])).toEqual(new Set([mine, theirs]));
  const file = (await raw('GET', `/own-contracts/${mine}/file`, account)).rawPayload;
  expect(file.equals(await fileOf(mine))).toBe(true);
  expect((await ask('GET', `/own-contracts/${mine}/proof`, undefined, account)).body).toMatchObject({ holds: true });
  for (const what of ['file', 'evidence', 'preview', 'proof'])
    expect((await ask('GET', `/own-contracts/${theirs}/${what}`, undefined, account)).status).toBe(404);
  const elsewhere = platform.actorAt(['elsewhere/'], 'lease:read');
  expect((await ask('GET', `/contracts/${mine}/file`, undefined, elsewhere)).status).toBe(404);
});

test('a receipt says what a payment was put on, and is sealed', async () => {
  const id = await tenancy.signed({ startsOn: '2026-06-06' });
  await tenancy.day('2026-06-07');
  const taken = await ask('POST', '/payments', {
    ...{ agreement: id, channel: 'cash', reference: 'S-1', amount: 60_000, paidAt: '2026-06-07T01:00:00Z' },
  });
  const file = (await raw('GET', `/contracts/receipts/${taken.body.id}`)).rawPayload;
  expect(file.subarray(0, 5).toString()).toBe('%PDF-');
  expect(file.includes('/ByteRange')).toBe(true);
  expect((await ask('GET', '/contracts/receipts/018f0000-0000-7000-8000-000000000000')).status).toBe(404);
});
