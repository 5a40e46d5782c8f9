import type { CasesService } from '@keystead/apps/work/cases';
import type { Actor } from '@keystead/contracts/access';
import { exitChanged } from '@keystead/contracts/events/exits';
import { newId } from '@keystead/contracts/ids';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Office, startOffice } from './testing/office.ts';

let office: Office;
let platform: Office['platform'];
let eligibility: Office['eligibility'];
let decider: Actor;
let other: Actor;
/** The pack of the second district: shorter, and cheaper. */
let strict: string;

beforeAll(async () => {
  office = await startOffice();
  ({ platform, eligibility } = office);
  [decider, other] = [office.by(0), office.by(1)];
  strict = await office.setRules(office.elsewhere, {
    'barred-years': 8,
    'misuse-fine-most': 50_000,
    'appeal-answer-days': 10,
  });
});
afterAll(() => office?.stop());
beforeEach(() => platform.clock.set('2026-06-01T01:00:00Z'));

/** A violation case about a home; `heard`: the hearing is behind it. */
async function hearing(house: string, heard = true): Promise<string> {
  const cases = platform.services.cases as CasesService;
  const subjects = [{ kind: 'place', id: house, label: '住房' }];
  const row = await cases.open(office.clerk, { kind: 'violation', title: '转租线索', placeId: house, subjects });
  const { items } = await cases.get(office.clerk, row.id);
  const before = items.filter(({ text }) => /核实|告知|陈述/.test(text));
  for (const { id } of heard ? before : before.slice(0, 2)) await cases.tick(office.clerk, row.id, id, true, undefined);
  return row.id;
}
async function tenant(at = office.building) {
  const family = await office.family('3000000', at);
  const lease = await office.letTo(family.household, '2026-06-01', '2029-05-31', at);
  return { ...family, lease: lease.id, house: lease.house };
}
const sublet = (of: { household: string }, hearing: string, fine = 0) =>
  eligibility.sanctions.impose(decider, {
    ...{ household: of.household, hearing, ground: 'sublet', reason: '转租他人，收取租金', fine },
  });
const charged = async (lease: string) =>
  (
    await platform.owner.query(
      'select subject, amount::int as amount, due_on::text as "dueOn" from ledger_pub.charge where agreement = $1 order by 1',
      [lease],
    )
  ).rows;

test(
  clause(
    'H-9.2.3-c',
    'who sublet is heard, then barred for the years of the place: applying names the day and the appeal',
  ),
  async () => {
    const [here, there] = [await tenant(), await tenant(office.elsewhere)];
    await expect(sublet(here, await hearing(here.house, false))).rejects.toMatchObject({
      type: 'hearing-first',
      data: { open: ['听取陈述申辩'] },
    });
    await expect(sublet(here, await hearing(there.house))).rejects.toMatchObject({
      errors: [{ pointer: '/hearing', code: 'other-home' }],
    });
    // Somebody's application that is under way ends with it.
    const { id: open } = await eligibility.own.apply(here.account, { area: 0 });
    const heard = await hearing(here.house);
    const sanction = await sublet(here, heard);
    expect(sanction).toMatchObject({
      state: 'imposed',
      lease: here.lease,
      barredUntil: new Date('2031-06-01T01:00:00Z'),
    });
    await expect(sublet(here, heard)).rejects.toThrow('sanction-step-refused');
    expect(await sublet(there, await hearing(there.house))).toMatchObject({
      ...{ barredUntil: new Date('2034-06-01T01:00:00Z'), policy: strict },
    });
    expect((await eligibility.get(office.clerk, open)).review.state).toBe('withdrawn');
    const refusal = {
      type: 'household-barred',
      data: { until: '2031-06-01', appealUntil: '2026-06-12', ground: 'sublet' },
    };
    await expect(eligibility.own.apply(here.account, { area: 0 })).rejects.toMatchObject(refusal);
    const { household } = here;
    await expect(eligibility.reviews.open(office.clerk, { household, kind: 'initial', area: 0 })).rejects.toMatchObject(
      refusal,
    );
    // A look at who lives there is no application.
    await eligibility.reviews.open(office.clerk, { household, kind: 'spot', area: 0 });
    expect((await office.textsTo(here.account)).at(-1)).toMatchObject({ title: '关于您家庭的处理决定' });
    expect((await eligibility.own.get(here.account)).bar?.id).toBe(sanction.id);

    platform.clock.set('2031-05-31T01:00:00Z');
    await expect(eligibility.own.apply(here.account, { area: 0 })).rejects.toThrow('household-barred');
    platform.clock.set('2031-06-01T01:00:01Z');
    expect((await eligibility.own.apply(here.account, { area: 0 })).state).toBe('submitted');
  },
);

test('an appeal is answered by somebody else; what is lifted bars nobody and costs nothing', async () => {
  const home = await tenant();
  const { id } = await sublet(home, await hearing(home.house), 60_000);
  const stranger = (await office.family()).account;
  await expect(eligibility.own.appealSanction(stranger, id, '不是我家')).rejects.toThrow('sanction-missing');
  const appealed = await eligibility.own.appealSanction(home.account, id, '是亲戚借住');
  // Fifteen working days to answer.
  expect(appealed).toMatchObject({ state: 'appealed', answerBy: new Date('2026-06-22T10:00:00Z') });
  await expect(eligibility.sanctions.answer(decider, id, { upheld: false, answer: '属实' })).rejects.toThrow(
    'reviewer-repeated',
  );
  platform.clock.set('2026-07-01T01:00:00Z');
  await eligibility.sanctions.settleDue();
  expect(await eligibility.sanctions.of(office.clerk, home.household)).toMatchObject([
    { state: 'appealed', finalAt: null },
  ]);
  const lifted = await eligibility.sanctions.answer(other, id, { upheld: false, answer: '属实，撤销' });
  expect(lifted.state).toBe('lifted');
  expect((await eligibility.own.apply(home.account, { area: 0 })).state).toBe('submitted');
  expect((await office.textsTo(home.account)).at(-1)?.title).toBe('处理决定已撤销');
  expect(await charged(home.lease)).toEqual([]);
});

test(
  clause(
    'H-9.2.3-c',
    'an appeal that is not answered within the days of its place is told to staff once, until it is answered',
  ),
  async () => {
    const homes = [await tenant(), await tenant(office.elsewhere)] as const;
    const appealed: string[] = [];
    for (const home of homes) {
      const { id } = await sublet(home, await hearing(home.house));
      await eligibility.own.appealSanction(home.account, id, '是亲戚借住');
      appealed.push(id);
    }
    const [here = '', there = ''] = appealed;
    const alarmOf = async (id: string) =>
      (
        await platform.owner.query(
          `select condition, occurrences::int as occurrences, place from alarms.alarm
           where rule = 'platform:eligibility-overdue' and subject_kind = 'sanction' and subject_id = $1`,
          [id],
        )
      ).rows;
    // Ten working days there, fifteen here.
    platform.clock.set('2026-06-15T10:00:01Z');
    expect([await eligibility.passing.escalateAppeals(), await eligibility.passing.escalateAppeals()]).toEqual([1, 0]);
    expect(await alarmOf(there)).toEqual([{ condition: 'active', occurrences: 1, place: office.elsewhere.path }]);
    expect(await alarmOf(here)).toEqual([]);
    await eligibility.sanctions.answer(other, there, { upheld: true, answer: '维持' });
    expect(await alarmOf(there)).toMatchObject([{ condition: 'cleared' }]);
    // Answered in time: nobody is told.
    await eligibility.sanctions.answer(other, here, { upheld: false, answer: '撤销' });
    platform.clock.set('2026-06-23T01:00:00Z');
    expect(await eligibility.passing.escalateAppeals()).toBe(0);
    expect(await alarmOf(here)).toEqual([]);
  },
);

test('a fine stays within the limit of the place, which the refusal names, and is charged once nobody can appeal', async () => {
  const [here, there] = [await tenant(), await tenant(office.elsewhere)];
  const heard = await hearing(here.house);
  await expect(sublet(here, heard, 100_001)).rejects.toMatchObject({
    type: 'fine-too-high',
    data: { most: 100_000, yuan: '1000.00', source: '公租房管理办法（住建部令第11号）第36条' },
  });
  const strictly = await hearing(there.house);
  await expect(sublet(there, strictly, 60_000)).rejects.toMatchObject({ data: { most: 50_000, source: '区细则' } });
  const { id } = await sublet(here, heard, 100_000);
  const { id: appealed } = await sublet(there, strictly, 50_000);
  await eligibility.sanctions.appeal(office.clerk, appealed, '当事人到窗口申请复核');
  expect(await eligibility.sanctions.settleDue()).toBe(0);
  platform.clock.set('2026-06-15T01:00:00Z');
  await expect(eligibility.own.appealSanction(here.account, id, '太晚了')).rejects.toThrow('appeal-late');
  expect([await eligibility.sanctions.settleDue(), await eligibility.sanctions.settleDue()]).toEqual([1, 0]);
  expect(await charged(here.lease)).toEqual([{ subject: 'fine', amount: 100_000, dueOn: '2026-06-29' }]);
  await expect(eligibility.sanctions.appeal(office.clerk, id, '太晚了')).rejects.toThrow('appeal-late');
  expect(await charged(there.lease)).toEqual([]);
  await eligibility.sanctions.answer(other, appealed, { upheld: true, answer: '维持' });
  expect(await charged(there.lease)).toMatchObject([{ subject: 'fine', amount: 50_000 }]);
});

test('false papers of somebody without a home bar him; there is nothing to charge a fine on', async () => {
  const { household } = await office.family();
  const wish = { household, hearing: await hearing((await office.home()).id), reason: '隐瞒房产' };
  await expect(eligibility.sanctions.impose(decider, { ...wish, ground: 'sublet', fine: 0 })).rejects.toMatchObject({
    errors: [{ pointer: '/hearing', code: 'other-home' }],
  });
  await expect(eligibility.sanctions.impose(decider, { ...wish, ground: 'fraud', fine: 1 })).rejects.toMatchObject({
    errors: [{ pointer: '/fine', code: 'no-lease' }],
  });
  await eligibility.sanctions.impose(decider, { ...wish, ground: 'fraud', fine: 0 });
  const { body } = await office.got(`/eligibility/households/${household}/standing`);
  expect(body).toMatchObject({ status: 'barred', barredUntil: '2031-06-01T01:00:00.000Z' });
  expect((await office.got(`/eligibility/households/${household}/sanctions`)).body).toMatchObject([
    { ground: 'fraud', state: 'imposed', fine: 0 },
  ]);
});

test('an exit for cause bars from the day the home was given back; a decision before it goes on until then', async () => {
  const [heard, unheard, leaving] = [await tenant(), await tenant(), await tenant()];
  const { id } = await sublet(heard, await hearing(heard.house));
  const exit = async (of: { lease: string; house: string }, kind: string, to: string) => {
    await platform.db.systemTransaction((tx) =>
      platform.kernel.outbox.add(
        tx,
        exitChanged,
        { organisation: platform.organisation, place: office.building.path },
        { id: newId(), lease: of.lease, house: of.house, kind, from: 'settled', to },
      ),
    );
    await platform.drain();
  };
  platform.clock.set('2026-09-01T01:00:00Z');
  for (const of of [heard, unheard]) await exit(of, 'fraud', 'settled');
  expect(await eligibility.sanctions.of(office.clerk, unheard.household)).toEqual([]);
  for (const of of [heard, unheard]) await exit(of, 'fraud', 'handed-over');
  await exit(leaving, 'voluntary', 'handed-over');
  const until = { barredUntil: new Date('2031-09-01T01:00:00Z') };
  expect(await eligibility.sanctions.of(office.clerk, heard.household)).toMatchObject([{ id, ...until }]);
  expect(await eligibility.sanctions.of(office.clerk, unheard.household)).toMatchObject([
    { ground: 'fraud', lease: unheard.lease, hearing: null, fine: 0, ...until },
  ]);
  expect(await eligibility.sanctions.of(office.clerk, leaving.household)).toEqual([]);
  await expect(eligibility.own.apply(unheard.account, { area: 0 })).rejects.toThrow('household-barred');
});

test('another district neither sees nor decides', async () => {
  const home = await tenant();
  const { id } = await sublet(home, await hearing(home.house));
  const there = platform.actorAt(['zz/'], 'eligibility:read', 'eligibility:write', 'eligibility:decide');
  expect(await eligibility.sanctions.of(there, home.household)).toEqual([]);
  await expect(eligibility.sanctions.appeal(there, id, '代为申请')).rejects.toThrow('sanction-missing');
  const wish = { household: home.household, ground: 'sublet', reason: '转租', fine: 0 } as const;
  const heard = await hearing(home.house);
  await expect(eligibility.sanctions.impose(there, { ...wish, hearing: heard })).rejects.toThrow('case-missing');
});
