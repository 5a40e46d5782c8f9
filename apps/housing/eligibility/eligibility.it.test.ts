import { type HouseholdsService, households } from '@keystead/apps/housing/households';
import { type LeasesService, leases } from '@keystead/apps/housing/leases';
import { type PolicyService, policy } from '@keystead/apps/housing/policy';
import { type AgreementsService, agreements } from '@keystead/apps/work/agreements';
import { cases } from '@keystead/apps/work/cases';
import type { PlansService } from '@keystead/apps/work/plans';
import type { Actor } from '@keystead/contracts/access';
import { type PartiesService, parties } from '@keystead/data/parties';
import { type Place, type PlacesService, places } from '@keystead/data/places';
import { records } from '@keystead/data/records';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EligibilityService, eligibility as module } from './index.ts';
import { type Authority, startAuthority } from './testing/authority.ts';

const secret = 'a secret of at least sixteen letters';
let platform: TestPlatform;
let eligibility: EligibilityService;
let registry: PartiesService;
let clerk: Actor;
let judges: Actor[];
let building: Place;
let authority: Authority;
let count = 0;

beforeAll(async () => {
  platform = await startPlatform(places, parties, records, cases, agreements, leases, policy, households, module);
  eligibility = platform.services.eligibility as EligibilityService;
  registry = platform.services.parties as PartiesService;
  const rights = ['eligibility:read', 'eligibility:write', 'eligibility:decide', 'household:read', 'household:decide'];
  clerk = platform.actor(...rights, 'place:write', 'party:read', 'party:write');
  judges = [1, 2, 3].map(() => platform.actor(...rights));
  const tree = platform.services.places as PlacesService;
  const project = await tree.create(clerk, { parent: null, kind: 'project', code: 'P', name: '小区' });
  building = await tree.create(clerk, { parent: project.id, kind: 'building', code: 'B', name: '1栋' });
  authority = await startAuthority(secret);
  await eligibility.checks.setSource(clerk, 'tax', authority.url, secret);
});
afterAll(async () => {
  await authority?.stop();
  await platform?.stop();
});

/** A number with the right check digit, another one each time. */
function residentId(): string {
  const head =
    `110105199001${String(++count).padStart(5, '0').replace(/^0/, '1')}`.slice(0, 14) + String(count).padStart(3, '0');
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(head[at]), 0);
  return head + '10X98765432'[sum % 11];
}
async function family(income = '3000000') {
  const home = await registry.add(clerk, { kind: 'household', name: `家庭${count}`, placeId: building.id });
  const account = platform.actor('own-data:use');
  const id = residentId();
  const fields = [
    { field: 'resident-id' as const, value: id },
    { field: 'income' as const, value: income },
  ];
  const { person } = await registry.addMember(clerk, home.id, {
    person: { name: `申请人${count}`, account: account.id, fields },
    relation: 'applicant',
    from: '2024-01-01',
  });
  return { household: home.id, person, account, residentId: id };
}
const step = (
  id: string,
  name: Parameters<EligibilityService['reviews']['take']>[2],
  by = clerk,
  reason: string | null = null,
) => eligibility.reviews.take(by, id, name, reason);
const ask = () => eligibility.checks.askDue(AbortSignal.timeout(10_000));
const by = (index: number): Actor => judges[index] ?? clerk;

/** Through the checks and all stages but the last. */
async function judged(id: string) {
  await step(id, 'accept');
  await ask();
  await step(id, 'forward', by(0));
  await step(id, 'pass', by(1));
  return step(id, 'pass', by(2));
}
async function letTo(household: string, startsOn = '2026-06-01', endsOn = '2029-05-31') {
  const tree = platform.services.places as PlacesService;
  const lease = platform.services.leases as LeasesService;
  const agreed = platform.services.agreements as AgreementsService;
  const code = `H${++count}`;
  const house = await tree.create(clerk, { parent: building.id, kind: 'house', code, name: code });
  const lessor = await registry.add(clerk, { kind: 'organisation', name: `安居公司${code}`, placeId: building.id });
  const parts = { tenant: { party: household, name: '家庭' }, lessor: { party: lessor.id, name: lessor.name } };
  const { id } = await lease.create(clerk, {
    house: house.id,
    ...parts,
    startsOn,
    endsOn,
    title: '租赁合同',
    terms: {},
    fees: [],
  });
  await lease.step(clerk, id, 'submit', '');
  for (const [role, party] of [
    ['tenant', household],
    ['lessor', lessor.id],
  ] as const) {
    const digest = (await agreed.versions(clerk, id)).at(-1)?.digest ?? '';
    await lease.sign(clerk, id, { role, party, digest, identityCheck: 'counter', consent: '同意' });
  }
  return id;
}
const lost = async (household: string) =>
  (
    await platform.owner.query(
      `select payload from kernel.outbox where type = 'eligibility.lost.v1' and payload->>'household' = $1`,
      [household],
    )
  ).rows;

test('an application goes from the household over checks, three judges and publicity to being entitled', async () => {
  const { household, account, residentId: number } = await family();
  const { id, state, category } = await eligibility.own.apply(account, { area: 10, category: 'new-worker' });
  expect([state, category]).toEqual(['submitted', 'new-worker']);
  await expect(eligibility.own.apply(account, { area: 10 })).rejects.toThrow('review-open');
  await step(id, 'accept');
  await expect(step(id, 'forward', by(0))).rejects.toThrow('eligibility-checks-open');
  await ask();
  expect(authority.asked).toContain(number);
  await step(id, 'forward', by(0));
  await expect(step(id, 'pass', by(0))).rejects.toThrow('reviewer-repeated');
  await step(id, 'pass', by(1));
  await step(id, 'pass', by(2));
  const shown = await step(id, 'publish');
  expect(shown.policy).not.toBeNull();
  // Seven working days from Monday 1 June 2026.
  expect(shown.publicityUntil?.toISOString()).toBe('2026-06-09T10:00:00.000Z');
  expect(await eligibility.reviews.closeDue()).toBe(0);
  const objected = await step(id, 'object', clerk, '邻居反映另有住房');
  expect(objected.state).toBe('objected');
  await step(id, 'dismiss-objection', by(0), '查无此房');
  platform.clock.set('2026-06-09T10:00:01Z');
  expect(await eligibility.reviews.closeDue()).toBe(1);
  expect((await eligibility.own.get(account)).standing).toMatchObject({ status: 'valid', household });
  // Whoever lists those who wait learns under what.
  const { rows } = await platform.owner.query(
    `select payload from kernel.outbox where type = 'eligibility.changed.v1' and payload->>'to' = 'approved' and payload->>'id' = $1`,
    [id],
  );
  expect(rows).toMatchObject([{ payload: { household, category: 'new-worker' } }]);
  platform.clock.set('2026-06-01T01:00:00Z');
});

test('an authority that knows more stops the review; one that is silent or forged is asked again', async () => {
  const rich = await family('3000000');
  authority.known.set(rich.residentId, { income: 9_000_000 });
  const { id } = await eligibility.own.apply(rich.account, { area: 0 });
  await step(id, 'accept');
  for (const how of ['down', 'forged'] as const) {
    authority.behave(how);
    await ask();
    expect((await eligibility.get(clerk, id)).inquiries).toMatchObject([
      { source: 'tax', state: 'pending', differs: [] },
    ]);
    platform.clock.pass(600);
  }
  authority.behave('well');
  await ask();
  const { inquiries } = await eligibility.get(clerk, id);
  expect(inquiries).toMatchObject([{ state: 'conflict', differs: ['income'] }]);
  await expect(step(id, 'forward', by(0))).rejects.toThrow('eligibility-checks-open');
  const { rows } = await platform.owner.query('select answer from eligibility.inquiry where application = $1', [id]);
  expect(String(rows[0]?.answer)).not.toContain('9000000');
  await eligibility.checks.waive(by(0), id, inquiries[0]?.id ?? '', '上年一次性补偿，已核实');
  expect((await step(id, 'forward', by(0))).state).toBe('first-review');
});

test(clause('H-9.2.2-a', 'yearly reviews open for every lease, once, and those that are late are listed'), async () => {
  platform.clock.set('2026-06-01T01:00:00Z');
  const homes = [];
  for (let n = 0; n < 12; n++) homes.push(await family());
  const let1 = new Map<string, string>();
  for (const { household } of homes) let1.set(await letTo(household), household);
  await (platform.services.agreements as AgreementsService).pass();
  await platform.drain();
  const { rows } = await platform.owner.query(
    `select count(*)::int as n from agreements.agreement where state = 'effective'`,
  );
  expect(rows[0]?.n).toBe(12);
  expect(await eligibility.reviews.openYearly(clerk, '2027-06-01')).toEqual({ opened: 0, missing: 0 });
  expect(await eligibility.reviews.openYearly(clerk, '2027-06-02')).toEqual({ opened: 12, missing: 0 });
  expect(await eligibility.reviews.openYearly(clerk, '2027-06-02')).toEqual({ opened: 0, missing: 0 });
  const opened = (await eligibility.list(clerk, { kind: 'annual', limit: 50 })).items;
  expect(new Map(opened.map(({ lease, household }) => [lease, household]))).toEqual(let1);
  expect((await eligibility.list(clerk, { overdue: true, kind: 'annual', limit: 50 })).items).toEqual([]);
  for (const review of opened.slice(0, 9)) {
    await judged(review.id);
    await step(review.id, 'approve');
  }
  platform.clock.set('2027-06-01T01:00:00Z');
  const late = (await eligibility.list(clerk, { overdue: true, kind: 'annual', limit: 50 })).items;
  expect(late.map(({ id }) => id).sort()).toEqual(
    opened
      .slice(9)
      .map(({ id }) => id)
      .sort(),
  );
  expect((await eligibility.board(clerk)).filter(({ kind, overdue }) => kind === 'annual' && overdue > 0)).toEqual([
    { kind: 'annual', state: 'submitted', count: 3, overdue: 3 },
  ]);
  // The clock alone opens next year's, thirty days before the anniversary.
  expect(await eligibility.openNear()).toBe(0);
  platform.clock.set('2028-05-03T01:00:00Z');
  expect(await eligibility.openNear(async () => true)).toBe(0);
  expect(await eligibility.openNear()).toBe(12);
  await platform.owner.query(`delete from eligibility.application where kind = 'annual' and cycle = '2028-06-01'`);
  expect(await planned()).toEqual([{ state: 'done', progress: { done: 12, total: 12, failure: null } }]);
  expect(await eligibility.openNear()).toBe(0);
  platform.clock.set('2026-06-01T01:00:00Z');
});

/** A plan opens what is near, and says how much of it is done. */
async function planned() {
  const plans = platform.services.plans as PlansService;
  const planner = platform.actor('plan:read', 'plan:write', 'eligibility:write', 'place:read');
  platform.clock.set('2028-05-01T01:00:00Z');
  const plan = await plans.create(planner, {
    ...{ code: 'YEARLY', name: '资格年审', kind: 'review', system: 'dwelling' },
    subjects: [{ kind: 'place', id: building.id }],
    definition: {
      trigger: { kind: 'time', every: 'day', interval: 1, at: '08:30', from: '2028-05-03', freeDays: 'keep' },
      target: { kind: 'work', name: 'eligibility.yearly-reviews' },
      ...{ lead: 0, allow: 86_400, points: [] },
    },
  });
  platform.clock.set('2028-05-03T01:00:00Z');
  expect(await plans.isPlanned(platform.organisation, 'eligibility.yearly-reviews')).toBe(true);
  await plans.makeDue();
  const period = { plan, from: new Date(0), to: new Date('2100-01-01') };
  const made = await plans.occurrences(planner, period);
  await plans.change(planner, plan, { enabled: false });
  return made.map(({ state, progress }) => ({ state, progress }));
}

test('a change that was approved opens a review of who lives there, by itself and once', async () => {
  const { household, person, account } = await family();
  const { id } = await eligibility.own.apply(account, { area: 5 });
  await judged(id);
  await step(id, 'publish');
  platform.clock.set('2026-06-10T01:00:00Z');
  await eligibility.reviews.closeDue();
  const files = platform.services.households as HouseholdsService;
  for (const income of ['3100000', '3200000']) {
    const proof = await files.own.putFile(account, {
      name: 'a.txt',
      mediaType: 'text/plain',
      content: Buffer.from('收入证明'),
    });
    const change = {
      kind: 'income' as const,
      person,
      change: { fields: [{ field: 'income' as const, value: income }] },
      evidence: [proof.id],
    };
    const { id: asked } = await files.own.submit(account, change);
    await files.changes.decide(clerk, asked, true, '属实');
    await platform.drain();
  }
  const opened = (await eligibility.list(clerk, { household, kind: 'change', limit: 10 })).items;
  expect(opened.map(({ state }) => state)).toEqual(['submitted']);
});

test('eligibility is lost when nobody can appeal any more: told once, with the day to move out by', async () => {
  platform.clock.set('2026-06-01T01:00:00Z');
  const [silent, appealing] = [await family('90000000'), await family('90000000')];
  const refusedOf = async (household: string) => {
    const { id } = await eligibility.reviews.open(clerk, { household, kind: 'spot', area: 0 });
    await step(id, 'submit');
    await judged(id);
    await expect(step(id, 'approve')).rejects.toThrow('eligibility-not-met');
    const refused = await step(id, 'refuse', by(0), '家庭收入超标');
    expect(refused.because).toEqual(['income-limit-per-head']);
    return id;
  };
  await refusedOf(silent.household);
  const second = await refusedOf(appealing.household);
  expect((await eligibility.standingOf(clerk, silent.household))?.status).toBe('suspended');
  await eligibility.own.take(appealing.account, second, 'appeal', '去年收入含一次性补偿');
  await eligibility.standings.loseDue();
  expect([await lost(silent.household), await lost(appealing.household)]).toEqual([[], []]);
  await expect(eligibility.own.take(silent.account, second, 'appeal', '别人的')).rejects.toThrow('review-missing');

  platform.clock.set('2026-06-20T01:00:00Z');
  for (let again = 0; again < 3; again++) await eligibility.standings.loseDue();
  expect(await lost(silent.household)).toMatchObject([
    { payload: { moveOutBy: '2026-09-20T01:00:00.000Z', reason: 'income-limit-per-head' } },
  ]);
  expect((await eligibility.standingOf(clerk, silent.household))?.status).toBe('invalid');
  expect(await lost(appealing.household)).toEqual([]);
  await step(second, 'refuse-appeal', by(1), '补偿不能扣除');
  expect(await lost(appealing.household)).toHaveLength(1);
});

test('a replay under a stricter pack says whose decision would be another, and changes none', async () => {
  platform.clock.set('2026-07-01T01:00:00Z');
  const middle = await family('5500000');
  const { id } = await eligibility.own.apply(middle.account, { area: 0 });
  await judged(id);
  await step(id, 'publish');
  platform.clock.set('2026-07-20T01:00:00Z');
  await eligibility.reviews.closeDue();
  const packs = platform.services.policy as PolicyService;
  const strict = (await packs.list(clerk)).packs.find(({ code }) => code === 'stricter-city');
  const span = { from: new Date('2026-07-01T00:00:00Z'), to: new Date('2026-08-01T00:00:00Z') };
  const { rows } = await platform.owner.query('select * from eligibility.application order by id');
  const [area] = await packs.replay(clerk, strict?.id ?? '', span);
  expect(area).toMatchObject({
    area: 'eligibility',
    decisions: 1,
    differing: [{ was: 'approved', would: 'refused', because: ['income-limit-per-head'] }],
  });
  expect((await platform.owner.query('select * from eligibility.application order by id')).rows).toEqual(rows);
});

test('another district sees no review and takes no step', async () => {
  const there = platform.actorAt(['zz/'], 'eligibility:read', 'eligibility:write', 'eligibility:decide');
  const [one] = (await eligibility.list(clerk, { limit: 1 })).items;
  expect((await eligibility.list(there, { limit: 10 })).items).toEqual([]);
  expect(await eligibility.board(there)).toEqual([]);
  await expect(eligibility.get(there, one?.id ?? '')).rejects.toThrow('review-missing');
  await expect(step(one?.id ?? '', 'withdraw', there)).rejects.toThrow('review-missing');
});

test('an application is taken down whole or not at all, and what is wrong is told at its field', async () => {
  const fields = (id: string) => [
    { field: 'resident-id' as const, value: id },
    { field: 'income' as const, value: '2400000' },
  ];
  const id = residentId();
  const member = (name: string, relation: 'applicant' | 'child', number: string) => ({
    name,
    relation,
    fields: fields(number),
  });
  const wish = (second: string) => ({
    ...{ name: '周家', placeId: building.id, area: 8 },
    members: [member('周一', 'applicant', id), member('周二', 'child', second)],
  });
  const before = (await registry.list(clerk, { kind: 'household', text: '周家', limit: 10 })).items.length;
  await expect(eligibility.applyFor(clerk, wish('110105199001011234'))).rejects.toMatchObject({
    errors: [{ pointer: '/members/1/fields/0/value', code: 'check-digit' }],
  });
  await expect(eligibility.applyFor(clerk, wish(id))).rejects.toMatchObject({
    errors: [{ pointer: '/members/1/fields/0/value', code: 'id-taken' }],
  });
  await expect(eligibility.applyFor(clerk, { ...wish(id), members: [] })).rejects.toMatchObject({
    errors: [{ code: 'one-applicant' }],
  });
  expect((await registry.list(clerk, { kind: 'household', text: '周家', limit: 10 })).items).toHaveLength(before);
  const review = await eligibility.applyFor(clerk, wish(residentId()));
  expect(review).toMatchObject({ kind: 'initial', state: 'draft', area: 8 });
  expect(await registry.members(clerk, review.household)).toHaveLength(2);
});

test('one step for many is tried first, keeps what goes and tells what refuses', async () => {
  const open = async () =>
    (await eligibility.reviews.open(clerk, { household: (await family()).household, kind: 'initial', area: 0 })).id;
  const ids = [await open(), await open()];
  const withdrawn = await open();
  await eligibility.reviews.take(clerk, withdrawn, 'withdraw', null);
  const all = [...ids, withdrawn];
  const tried = await eligibility.takeMany(clerk, all, 'submit', null, true);
  expect(tried.map(({ from, to, problem }) => [from, to, problem])).toEqual([
    ['draft', 'submitted', null],
    ['draft', 'submitted', null],
    [null, null, 'review-step-refused'],
  ]);
  const state = async (id: string) => (await eligibility.get(clerk, id)).review.state;
  expect(await Promise.all(all.map(state))).toEqual(['draft', 'draft', 'withdrawn']);
  expect(await eligibility.takeMany(clerk, all, 'submit', null, false)).toMatchObject(tried);
  expect(await Promise.all(all.map(state))).toEqual(['submitted', 'submitted', 'withdrawn']);
});
