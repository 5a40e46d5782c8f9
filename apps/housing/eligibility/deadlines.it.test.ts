import type { AgreementsService } from '@keystead/apps/work/agreements';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Office, startOffice } from './testing/office.ts';

let office: Office;
let platform: Office['platform'];
let eligibility: Office['eligibility'];
/** The pack of the second district: half the days of the first. */
let strict: string;

beforeAll(async () => {
  office = await startOffice();
  ({ platform, eligibility } = office);
  strict = await office.setRules(office.elsewhere, {
    ...{ 'supplement-days': 2, 'objection-days': 1, 'review-answer-days': 3, 'review-interval-months': 6 },
  });
});
afterAll(() => office?.stop());
// Monday, nine o'clock here.
beforeEach(() => platform.clock.set('2026-06-01T01:00:00Z'));

const review = async (id: string) => (await eligibility.get(office.clerk, id)).review;
const late = async () => (await eligibility.list(office.clerk, { overdue: true, limit: 50 })).items.map(({ id }) => id);
const alarmOf = async (id: string) => {
  await platform.drain();
  const { rows } = await platform.owner.query(
    `select condition, occurrences from alarms.alarm where rule = 'platform:eligibility-overdue' and subject_id = $1`,
    [id],
  );
  return rows;
};
/** Somebody of a district applies, and papers are missing. */
async function lacking(at = office.building) {
  const { account, household } = await office.family('3000000', at);
  const { id } = await eligibility.own.apply(account, { area: 0 });
  await office.step(id, 'ask-supplement', office.clerk, '缺少收入证明');
  return { id, account, household };
}

test('missing papers have their working days by the pack of the place, are reminded of once, and end the application', async () => {
  const [here, there] = [await lacking(), await lacking(office.elsewhere)];
  const [asked, stricter] = [await review(here.id), await review(there.id)];
  expect(asked.dueAt?.toISOString()).toBe('2026-06-05T10:00:00.000Z');
  expect(stricter).toMatchObject({ dueAt: new Date('2026-06-02T10:00:00Z'), duePolicy: strict });
  expect(asked.duePolicy).not.toBe(strict);
  expect((await office.textsTo(here.account)).at(-1)?.body).toContain('2026-06-05');

  platform.clock.set('2026-06-03T10:00:01Z');
  expect(await late()).toEqual([]);
  // In the stricter place the day has passed: nobody is reminded of it.
  await eligibility.passing.remindDue();
  expect(await eligibility.passing.remindDue()).toBe(0);
  expect((await office.textsTo(here.account)).map(({ title }) => title)).toEqual([
    '请补交申请材料',
    '补交材料快到期了',
  ]);
  expect(await eligibility.passing.lapseDue()).toBe(1);
  expect((await review(there.id)).state).toBe('withdrawn');
  expect((await review(here.id)).state).toBe('supplement');

  platform.clock.set('2026-06-05T10:00:01Z');
  expect(await eligibility.passing.lapseDue()).toBe(1);
  expect(await eligibility.passing.lapseDue()).toBe(0);
  const file = await eligibility.get(office.clerk, here.id);
  expect(file.review.state).toBe('withdrawn');
  expect(file.history.at(-1)).toMatchObject({ step: 'lapse', from: 'supplement', to: 'withdrawn' });
  expect((await office.textsTo(here.account)).at(-1)?.title).toBe('补交材料的期限已过');
  expect((await eligibility.own.apply(here.account, { area: 0 })).state).toBe('submitted');
});

test('papers handed in within their days end nothing; a look at who lives there goes on without them', async () => {
  const prompt = await lacking();
  await eligibility.own.take(prompt.account, prompt.id, 'submit', '已补交');
  // Twenty working days for the checks, from handing in.
  expect((await review(prompt.id)).dueAt?.toISOString()).toBe('2026-06-29T10:00:00.000Z');
  const { household, account } = await office.family();
  const { id } = await eligibility.reviews.open(office.clerk, { household, kind: 'spot', area: 0 });
  await office.step(id, 'submit');
  await office.step(id, 'ask-supplement', office.clerk, '缺少房产证明');
  platform.clock.set('2026-06-09T01:00:00Z');
  await eligibility.passing.remindDue();
  await eligibility.passing.lapseDue();
  expect((await review(prompt.id)).state).toBe('submitted');
  expect(await review(id)).toMatchObject({ state: 'submitted', dueAt: new Date('2026-06-30T10:00:00Z') });
  // Late already, it was not reminded of.
  expect((await office.textsTo(account)).map(({ title }) => title)).toEqual(['请补交申请材料', '补交材料的期限已过']);
});

test(
  clause('H-9.2.2-a', 'an objection is looked into within its days; staff are told once of one that is late'),
  async () => {
    const objected = async (at = office.building) => {
      const { account } = await office.family('3000000', at);
      const { id } = await eligibility.own.apply(account, { area: 0 });
      await office.judged(id);
      expect((await office.step(id, 'publish')).dueAt).toBeNull();
      await office.step(id, 'object', office.clerk, '邻居反映另有住房');
      return id;
    };
    const [here, there] = [await objected(), await objected(office.elsewhere)];
    expect((await review(here)).dueAt?.toISOString()).toBe('2026-06-12T10:00:00.000Z');
    expect(await review(there)).toMatchObject({ dueAt: new Date('2026-06-01T10:00:00Z'), duePolicy: strict });
    platform.clock.set('2026-06-02T01:00:00Z');
    expect(await late()).toEqual([there]);
    expect([await eligibility.passing.escalate(), await eligibility.passing.escalate()]).toEqual([1, 0]);
    expect(await alarmOf(there)).toMatchObject([{ condition: 'active', occurrences: 1 }]);
    await office.step(there, 'dismiss-objection', office.by(0), '查无此房');
    expect(await alarmOf(there)).toMatchObject([{ condition: 'cleared' }]);
    expect(await late()).toEqual([]);
    platform.clock.set('2026-06-12T10:00:01Z');
    expect(await late()).toEqual([here]);
  },
);

test(clause('H-9.2.2-a', 'a review is answered within the days of its place, and is late after them'), async () => {
  const opened = async (at = office.building) => {
    const { household } = await office.family('3000000', at);
    const { id } = await eligibility.reviews.open(office.clerk, { household, kind: 'spot', area: 0 });
    await office.step(id, 'submit');
    return id;
  };
  const [here, there] = [await opened(), await opened(office.elsewhere)];
  expect((await review(here)).dueAt?.toISOString()).toBe('2026-06-22T10:00:00.000Z');
  expect(await review(there)).toMatchObject({ dueAt: new Date('2026-06-03T10:00:00Z'), duePolicy: strict });
  platform.clock.set('2026-06-04T01:00:00Z');
  expect(await late()).toEqual([there]);
  await eligibility.passing.escalate();
  expect(await alarmOf(there)).toMatchObject([{ condition: 'active' }]);
  expect(await alarmOf(here)).toEqual([]);
});

test(
  clause('H-9.2.2-a', 'the next yearly review comes so many months after the last decision, by the pack of the place'),
  async () => {
    const [here, there] = [await office.family(), await office.family('3000000', office.elsewhere)];
    await office.letTo(here.household);
    await office.letTo(there.household, '2026-06-01', '2029-05-31', office.elsewhere);
    await (platform.services.agreements as AgreementsService).pass();
    const next = async (before: string) => {
      const { first } = await eligibility.reviews.yearlyAhead(office.clerk, before);
      return Object.fromEntries(first.map(({ household, day }) => [household, day]));
    };
    expect(await next('2026-12-02')).toEqual({ [there.household]: '2026-12-01' });
    expect(await next('2027-06-02')).toEqual({ [there.household]: '2026-12-01', [here.household]: '2027-06-01' });

    // Near it is opened by the clock alone; the other one is not near.
    platform.clock.set('2026-11-02T01:00:00Z');
    expect(await eligibility.openNear()).toBe(1);
    const [yearly] = (await eligibility.list(office.clerk, { kind: 'annual', limit: 5 })).items;
    expect(yearly).toMatchObject({ household: there.household, cycle: '2026-12-01', duePolicy: strict });
    platform.clock.set('2026-11-20T01:00:00Z');
    await office.judged(yearly?.id ?? '');
    await office.step(yearly?.id ?? '', 'approve');
    expect(await next('2027-06-02')).toEqual({ [there.household]: '2027-05-20', [here.household]: '2027-06-01' });

    // Whoever was decided about in between is looked at so many months after that.
    const { id } = await eligibility.reviews.open(office.clerk, { household: here.household, kind: 'spot', area: 0 });
    await office.step(id, 'submit');
    await office.judged(id);
    await office.step(id, 'approve');
    expect(await next('2027-11-21')).toEqual({ [there.household]: '2027-05-20', [here.household]: '2027-11-20' });

    // Asked for late, it is answered within the days for reviews from now.
    platform.clock.set('2027-06-07T01:00:00Z');
    await eligibility.openNear();
    const [latest] = (await eligibility.list(office.clerk, { kind: 'annual', household: there.household, limit: 1 }))
      .items;
    expect(latest).toMatchObject({ cycle: '2027-05-20', dueAt: new Date('2027-06-09T10:00:00Z') });
  },
);
