import type { HouseholdsService } from '@keystead/apps/housing/households';
import type { PolicyService } from '@keystead/apps/housing/policy';
import type { AgreementsService } from '@keystead/apps/work/agreements';
import type { PlansService } from '@keystead/apps/work/plans';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, startOffice } from './testing/office.ts';

let office: Office;
let platform: Office['platform'];
let eligibility: Office['eligibility'];
let registry: Office['registry'];
let clerk: Office['clerk'];
let building: Office['building'];
let authority: Office['authority'];

beforeAll(async () => {
  office = await startOffice();
  ({ platform, eligibility, registry, clerk, building, authority } = office);
});
afterAll(() => office?.stop());

const { family, step, ask, by, judged, letTo, residentId } = {
  family: (income?: string) => office.family(income),
  step: (...given: Parameters<Office['step']>) => office.step(...given),
  ask: () => office.ask(),
  by: (index: number) => office.by(index),
  judged: (id: string) => office.judged(id),
  letTo: async (household: string) => (await office.letTo(household)).id,
  residentId: () => office.residentId(),
};
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
  expect(await eligibility.passing.closeDue()).toBe(0);
  const objected = await step(id, 'object', clerk, '邻居反映另有住房');
  expect(objected.state).toBe('objected');
  await step(id, 'dismiss-objection', by(0), '查无此房');
  platform.clock.set('2026-06-09T10:00:01Z');
  expect(await eligibility.passing.closeDue()).toBe(1);
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
  // Three are late with the one they have: they get no second one.
  expect(await eligibility.openNear()).toBe(9);
  await platform.owner.query(`delete from eligibility.application where kind = 'annual' and cycle = '2028-06-01'`);
  expect(await planned()).toEqual([{ state: 'done', progress: { done: 9, total: 9, failure: null } }]);
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
  await eligibility.passing.closeDue();
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
  expect((await eligibility.standingOf(clerk, silent.household)).standing?.status).toBe('suspended');
  await eligibility.own.take(appealing.account, second, 'appeal', '去年收入含一次性补偿');
  await eligibility.standings.loseDue();
  expect([await lost(silent.household), await lost(appealing.household)]).toEqual([[], []]);
  await expect(eligibility.own.take(silent.account, second, 'appeal', '别人的')).rejects.toThrow('review-missing');

  platform.clock.set('2026-06-20T01:00:00Z');
  for (let again = 0; again < 3; again++) await eligibility.standings.loseDue();
  expect(await lost(silent.household)).toMatchObject([
    { payload: { moveOutBy: '2026-09-20T01:00:00.000Z', reason: 'income-limit-per-head' } },
  ]);
  expect((await eligibility.standingOf(clerk, silent.household)).standing?.status).toBe('invalid');
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
  await eligibility.passing.closeDue();
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
