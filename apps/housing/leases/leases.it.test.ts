import type { AgreementsService } from '@keystead/apps/work/agreements';
import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { PlacesService } from '@keystead/data/places';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LeasesService, leases } from './module.ts';

let platform: TestPlatform;
let service: LeasesService;
let agreements: AgreementsService;
let clerk: Actor;
let building: { id: string; path: string };
let count = 0;

beforeAll(async () => {
  platform = await startPlatform(leases);
  service = platform.services.leases as LeasesService;
  agreements = platform.services.agreements as AgreementsService;
  clerk = platform.actor('lease:read', 'lease:write', 'lease:sign', 'place:write');
  const places = platform.services.places as PlacesService;
  const project = await places.create(clerk, { parent: null, kind: 'project', code: 'P1', name: '小区' } as never);
  building = await places.create(clerk, { parent: project.id, kind: 'building', code: 'B1', name: '1 栋' } as never);
});
afterAll(() => platform.stop());

const ask = async (method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, payload?: object, as = clerk) => {
  const answer = await platform.http.app.inject({
    method,
    url: `/api/v1/leases${path}`,
    headers: { authorization: `Test ${as.id}` },
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, body: answer.json() };
};
async function newHouse(): Promise<string> {
  const code = `H${++count}`;
  const places = platform.services.places as PlacesService;
  return (await places.create(clerk, { parent: building.id, kind: 'house', code, name: code } as never)).id;
}
const person = (name: string) => ({ party: newId(), name });
const wish = (house: string, more: object = {}) => ({
  ...{ house, tenant: person('王秀英'), lessor: person('安居公司'), title: '公租房租赁合同' },
  ...{ startsOn: '2026-06-01', endsOn: '2027-05-31', terms: { use: '居住' } },
  fees: [{ subject: 'rent', basis: { kind: 'fixed', amount: 60_000 } }],
  ...more,
});
async function draft(house: string, more: object = {}) {
  const made = await ask('POST', '', wish(house, more));
  expect(made.status).toBe(201);
  return made.body;
}
async function signBy(id: string, role: 'tenant' | 'lessor') {
  const { digest, parties } = (await ask('GET', `/${id}`)).body;
  const { party } = parties.find((each: { role: string }) => each.role === role);
  return ask('POST', `/${id}/signatures`, {
    role,
    party,
    digest,
    identityCheck: 'counter',
    consent: '本人已阅读并同意',
  });
}
async function signed(house: string, more: object = {}) {
  const { id } = await draft(house, more);
  expect((await ask('POST', `/${id}/steps`, { step: 'submit' })).status).toBe(200);
  await signBy(id, 'tenant');
  expect((await signBy(id, 'lessor')).body.state).toMatch(/^(signed|effective)$/);
  return id;
}
async function day(date: string) {
  platform.clock.set(new Date(`${date}T02:00:00Z`));
  await agreements.pass();
  await service.remind();
  await platform.drain();
}
const alarmsOf = async (id: string) =>
  (
    await platform.owner.query(
      `select rule, severity, condition, occurrences from alarms.alarm where subject_id = $1 and rule = 'platform:lease-expiry'`,
      [id],
    )
  ).rows;
const stateOf = async (id: string) => (await ask('GET', `/${id}`)).body.state;

describe('signing', () => {
  test(clause('H-9.3-c', 'draft, signed, changed and ended: every version of a lease stays readable'), async () => {
    const id = await signed(await newHouse());
    await day('2026-06-02');
    await ask('PATCH', `/${id}`, { endsOn: '2027-03-31', reason: '租户申请缩短' });
    await ask('POST', `/${id}/steps`, { step: 'end', reason: '退租' });
    const versions = (await ask('GET', `/${id}/versions`)).body;
    expect(versions.map(({ step }: { step: string }) => step)).toEqual([
      ...['draft', 'submit', 'tenant-signed', 'lessor-signed', 'begin', 'amend', 'end'],
    ]);
    expect(versions.at(-2)).toMatchObject({ endsOn: '2027-03-31', reason: '租户申请缩短' });
    expect(versions[0]).toMatchObject({
      state: 'draft',
      endsOn: '2027-05-31',
      terms: { use: '居住', lateFee: '每日万分之 0' },
    });
    await expect(platform.owner.query(`update agreements.version set terms = '{}'`)).rejects.toThrow('append-only');
    const [first] = (await ask('GET', `/${id}/signatures`)).body;
    expect(first.holds).toBe(true);
  });

  test('a signature is refused under a text that changed meanwhile, and out of turn', async () => {
    const { id } = await draft(await newHouse());
    await ask('POST', `/${id}/steps`, { step: 'submit' });
    expect((await signBy(id, 'lessor')).body.type).toContain('agreement-step-refused');
    const { digest, parties } = (await ask('GET', `/${id}`)).body;
    await ask('PUT', `/${id}/fees/parking`, { basis: null, effectiveOn: '2026-06-01', reason: '无' });
    await platform.owner.query(`update agreements.fee set basis = '{"kind":"fixed","amount":1}' where agreement = $1`, [
      id,
    ]);
    const party = parties.find((each: { role: string }) => each.role === 'tenant').party;
    const late = await ask('POST', `/${id}/signatures`, {
      role: 'tenant',
      party,
      digest,
      identityCheck: 'counter',
      consent: '同意',
    });
    expect([late.status, late.body.type]).toEqual([409, expect.stringContaining('agreement-text-changed')]);
  });

  test('signed text that was altered in the store no longer holds', async () => {
    const id = await signed(await newHouse());
    await platform.owner.query('alter table agreements.version disable trigger kept');
    await platform.owner.query(`update agreements.version set terms = '{"use":"商用"}' where agreement = $1`, [id]);
    await platform.owner.query('alter table agreements.version enable trigger kept');
    const all = (await ask('GET', `/${id}/signatures`)).body;
    expect(all.map(({ holds }: { holds: boolean }) => holds)).toEqual([false, false]);
  });
});

describe('one house, one lease', () => {
  test('of two clerks who let one house in the same second one is told that it is taken', async () => {
    const house = await newHouse();
    const drafts = [await draft(house), await draft(house, { startsOn: '2026-07-01' })];
    const replies = await Promise.all(drafts.map(({ id }) => ask('POST', `/${id}/steps`, { step: 'submit' })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    const refused = replies.find(({ status }) => status === 409)?.body;
    expect([refused.type, refused.title]).toEqual(['agreement-overlaps', expect.stringContaining('改换起止日期')]);
  });

  test('a lease too long, too far back, or at a place out of reach is refused', async () => {
    const house = await newHouse();
    expect((await ask('POST', '', wish(house, { endsOn: '2031-06-30' }))).body.type).toContain('lease-period-refused');
    const back = await ask('POST', '', wish(house, { startsOn: '2026-01-01' }));
    expect([back.status, back.body]).toMatchObject([
      400,
      { code: 'too-early', title: expect.stringContaining('请检查') },
    ]);
    const other = platform.actorAt(['elsewhere/'], 'lease:read', 'lease:write');
    expect((await ask('POST', '', wish(house), other)).status).toBeGreaterThanOrEqual(403);
    const id = (await draft(house)).id;
    expect((await ask('GET', `/${id}`, undefined, other)).status).toBe(404);
    expect((await ask('GET', '', undefined, other)).body).toEqual([]);
  });
});

describe('what the calendar does', () => {
  test(clause('H-9.1.3-c', 'a lease warns 60, 30 and 7 days ahead, once each, and when it is over'), async () => {
    await day('2026-06-03');
    const house = await newHouse();
    const id = await signed(house, { endsOn: '2026-12-31' });
    await day('2026-06-04');
    expect([await stateOf(id), await alarmsOf(id)]).toEqual(['effective', []]);
    await day('2026-11-02');
    expect(await alarmsOf(id)).toMatchObject([{ severity: 4, occurrences: 1 }]);
    await day('2026-12-01');
    await day('2026-12-01');
    expect([await stateOf(id), await alarmsOf(id)]).toMatchObject(['expiring', [{ severity: 3, occurrences: 2 }]]);
    await day('2026-12-25');
    expect(await alarmsOf(id)).toMatchObject([{ severity: 2, occurrences: 3 }]);
    await day('2027-01-01');
    expect(await stateOf(id)).toBe('holdover');
    const other = await draft(house, { startsOn: '2027-02-01', endsOn: '2028-01-31' });
    expect((await ask('POST', `/${other.id}/steps`, { step: 'submit' })).status).toBe(409);
    service.useArrears(async () => true);
    const notice = await platform.kernel.db.transaction(clerk.scope, (tx) =>
      service.noticeOf(tx, platform.organisation, house),
    );
    expect(notice).toEqual({ lease: id, state: 'holdover', arrears: true, effect: 'warning' });
    await ask('POST', `/${id}/steps`, { step: 'end', reason: '已腾退' });
    await platform.drain();
    expect(await alarmsOf(id)).toMatchObject([{ condition: 'cleared' }]);
  });

  test('renewed in time, the lease before ends on its last day and the next begins', async () => {
    const id = await signed(await newHouse(), { startsOn: '2027-01-05', endsOn: '2027-06-30' });
    await day('2027-06-01');
    const next = await ask('POST', `/${id}/next`, { kind: 'renewal', endsOn: '2028-06-30' });
    expect(next.body).toMatchObject({ startsOn: '2027-07-01', replaces: id });
    expect((await ask('POST', `/${id}/next`, { kind: 'renewal', endsOn: '2028-06-30' })).status).toBe(409);
    await ask('POST', `/${next.body.id}/steps`, { step: 'submit' });
    await signBy(next.body.id, 'tenant');
    await signBy(next.body.id, 'lessor');
    await day('2027-07-01');
    expect([await stateOf(id), await stateOf(next.body.id)]).toEqual(['ended', 'effective']);
  });

  test('signed anew, the lease before is cut short; withdrawn, it runs as long as it did', async () => {
    const id = await signed(await newHouse(), { startsOn: '2027-07-02', endsOn: '2028-06-30' });
    await day('2027-07-03');
    const next = (await ask('POST', `/${id}/next`, { kind: 'resign', endsOn: '2028-12-31', tenant: person('王强') }))
      .body;
    await ask('POST', `/${next.id}/steps`, { step: 'submit' });
    expect((await ask('GET', `/${id}`)).body.endsOn).toBe('2027-07-03');
    await ask('POST', `/${next.id}/steps`, { step: 'void', reason: '不换了' });
    expect((await ask('GET', `/${id}`)).body.endsOn).toBe('2028-06-30');
  });

  test('a signed lease that is not filed is spoken of once, a week before its day', async () => {
    const id = await signed(await newHouse(), { startsOn: '2027-07-04', endsOn: '2028-06-30' });
    await day('2027-07-20');
    const filings = () =>
      platform.owner.query(
        `select occurrences from alarms.alarm where subject_id = $1 and rule = 'platform:lease-filing'`,
        [id],
      );
    expect((await filings()).rows).toEqual([]);
    await day('2027-07-27');
    await day('2027-07-28');
    expect((await filings()).rows).toEqual([{ occurrences: 1 }]);
    expect((await ask('POST', `/${id}/filing`, { number: 'BA-1' })).body).toMatchObject({ filedOn: '2027-07-28' });
    expect((await ask('POST', `/${id}/filing`, { number: 'BA-2' })).status).toBe(409);
  });
});

test(clause('H-9.1.4-b', 'twenty changes of rent are twenty lines: who, when, old, new, on which ground'), async () => {
  const id = await signed(await newHouse(), { startsOn: '2027-07-28', endsOn: '2029-12-31' });
  for (let n = 1; n <= 20; n++) {
    const effectiveOn = `2028-${String(Math.ceil(n / 2)).padStart(2, '0')}-${n % 2 ? '01' : '15'}`;
    const body = { basis: { kind: 'fixed', amount: 60_000 + n }, effectiveOn, reason: `价格批复 ${n} 号` };
    expect((await ask('PUT', `/${id}/fees/rent`, body)).status).toBe(200);
  }
  const log = (await ask('GET', `/${id}/fee-changes`)).body;
  expect(log).toHaveLength(20);
  log.forEach((line: Record<string, unknown>, index: number) => {
    expect(line).toMatchObject({
      actorName: 'Tester',
      basis: `价格批复 ${index + 1} 号`,
      after: { amount: 60_001 + index },
    });
    expect(line).toMatchObject({ before: { amount: 60_000 + index }, at: expect.any(String) });
  });
  for (const change of [`update agreements.fee_change set basis = 'x'`, 'delete from agreements.fee_change'])
    await expect(platform.owner.query(change)).rejects.toThrow('append-only');
});
