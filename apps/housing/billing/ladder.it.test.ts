import { publishPack } from '@keystead/apps/housing/testing';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Estate, rent, startEstate } from './testing/estate.ts';
import { type Reminding, remindingOf } from './testing/reminding.ts';

let estate: Estate;
let reminding: Reminding;
beforeAll(async () => {
  estate = await startEstate();
  reminding = remindingOf(estate);
}, 60_000);
afterAll(() => estate.platform.stop());
beforeEach(() => void estate.platform.clock.set('2026-06-01T02:00:00Z'));

const day = (date: string) => reminding.day(date);
const run = async () => {
  await estate.ask('POST', '/bills/runs', { period: estate.platform.clock.now().toISOString().slice(0, 7) });
  await estate.service.runs.advance();
};
const pay = (agreement: string, amount: number, reference: string) =>
  estate.ask('POST', '/payments', {
    ...{ agreement, channel: 'cash', reference, amount, paidAt: estate.platform.clock.now().toISOString() },
  });
const notices = async (agreement: string) =>
  (await estate.ask('GET', `/dunning?agreement=${agreement}&limit=200`)).body as Record<string, string>[];
const steps = async (agreement: string) =>
  (await notices(agreement)).map(({ step, channel, state }) => `${step} ${channel} ${state}`).sort();
const alarmOf = async (id: string) =>
  (await estate.platform.owner.query(`select severity from alarms.alarm where subject_id = $1`, [id])).rows;
const packsOf = async (id: string) =>
  (
    await estate.platform.owner.query(
      `select distinct p.code from billing.notice n join policy.pack p on p.id = n.policy where n.agreement = $1`,
      [id],
    )
  ).rows.map(({ code }) => code);

test(clause('H-9.1.4-c', 'five days ahead one text says what will be due and when; it is no arrears'), async () => {
  const { id, tenant } = await estate.lease([rent(60_005)]);
  await run();
  await day('2026-06-04');
  expect(await notices(id)).toEqual([]);
  await day('2026-06-05');
  await day('2026-06-08');
  expect(await steps(id)).toEqual(['d-5 text sent']);
  const texts = reminding.carried.filter(({ party }) => party === tenant).map(({ text }) => text);
  expect(texts).toEqual([expect.stringContaining('600.05 元将于 2026-06-10（5 天后）到期')]);
  await day('2026-06-10');
  expect(await alarmOf(id)).toEqual([]);
  const owes = await estate.platform.db.systemTransaction((tx) => estate.service.dunning.owes(tx, id));
  expect(owes).toBe(false);
  expect((await estate.ask('GET', '/bills/lines?state=late&limit=50')).body).toEqual([]);
  await day('2026-06-11');
  expect(await steps(id)).toEqual(['d-5 text sent', 'd1 text sent']);
  expect(await packsOf(id)).toEqual(['national']);
});

test('what is paid, paid ahead, waived or paused is not announced; nor what was decided and is late by now', async () => {
  const leases = [];
  for (let n = 0; n < 5; n++) leases.push((await estate.lease([rent(60_000)])).id);
  const [paid = '', ahead = '', waived = '', paused = '', slow = ''] = leases;
  await pay(ahead, 70_000, 'A-1');
  await run();
  await pay(paid, 60_000, 'A-2');
  const [line] = (await estate.ask('GET', `/bills/lines?agreement=${waived}&period=2026-06`)).body;
  const letGo = { charge: line.id, amount: 60_000, reason: '困难减免' };
  expect((await estate.ask('POST', `/bills/${line.bill}/waivers`, letGo)).status).toBeLessThan(300);
  const pause = { reason: 'hospital', note: '', untilDay: '2026-06-20' };
  await estate.ask('POST', '/dunning/pauses', { agreement: paused, ...pause });
  estate.platform.clock.set('2026-06-05T02:00:00Z');
  await estate.service.dunning.pass();
  expect(await Promise.all(leases.map(steps))).toEqual([[], [], [], [], ['d-5 text queued']]);
  // The carrier was away for a week.
  await day('2026-06-12');
  expect(await steps(slow)).toEqual(['d-5 text skipped', 'd1 text sent']);
  const told = (await notices(slow)).find(({ step }) => step === 'd-5') as unknown as { proof: { why: string } };
  expect(told.proof.why).toBe('passed');
});

test('a pause between the decision and the sending holds the text back', async () => {
  const { id } = await estate.lease([rent(60_000)]);
  await run();
  estate.platform.clock.set('2026-06-05T02:00:00Z');
  await estate.service.dunning.pass();
  await estate.ask('POST', '/dunning/pauses', { agreement: id, reason: 'objection', note: '', untilDay: '2026-06-20' });
  await estate.service.dunning.deliver();
  expect(await steps(id)).toEqual(['d-5 text skipped']);
});

test('arrears of one month and what will be due the next are spoken of apart', async () => {
  const { id } = await estate.lease([rent(60_000)]);
  await run();
  await day('2026-06-20');
  await pay(id, 10_000, 'B-1');
  estate.platform.clock.set('2026-07-01T02:00:00Z');
  await run();
  await day('2026-07-05');
  const rows = (await notices(id)).filter(({ at = '', subject }) => at > '2026-07-05' && subject === 'rent');
  expect(rows.map(({ step, since, amount }) => [step, since, amount]).sort()).toEqual([
    ['d-5', '2026-07-10', 60_000],
    ['d15', '2026-06-10', 50_000],
  ]);
  await day('2026-07-10');
  const late = (await notices(id)).find(({ step }) => step === 'd30');
  expect(late).toMatchObject({ since: '2026-06-10', amount: 50_000, channel: 'letter' });
});

test(
  clause('H-9.1.3-d', 'a district writes a ladder of its own: its steps and grades hold there and nowhere else'),
  async () => {
    const { district, house } = await estate.elsewhere('STRICT');
    const pack = await publishPack(estate.platform, district, { 'dunning-days': [-3, 2, 10, 40, 70, 200] });
    const there = (await estate.lease([rent(60_000)], { house })).id;
    const here = (await estate.lease([rent(60_000)])).id;
    await run();
    const course: Record<string, unknown[]> = {};
    for (const date of [
      '2026-06-05',
      '2026-06-07',
      '2026-06-12',
      '2026-06-20',
      '2026-07-20',
      '2026-08-19',
      '2026-12-27',
    ]) {
      await day(date);
      course[date] = [(await notices(there))[0]?.step, ...(await alarmOf(there)).map(({ severity }) => severity)];
    }
    expect(course).toEqual({
      '2026-06-05': [undefined],
      '2026-06-07': ['d-3'],
      '2026-06-12': ['d2'],
      '2026-06-20': ['d10', 4],
      '2026-07-20': ['d40', 4],
      '2026-08-19': ['d70', 3],
      '2026-12-27': ['d200', 2],
    });
    expect((await notices(there)).map(({ channel }) => channel)).toEqual([
      'letter',
      'talk',
      'letter',
      'call',
      'text',
      'text',
    ]);
    expect((await steps(here)).filter((each) => !each.endsWith('skipped'))).toEqual([
      ...[
        'd-5 text sent',
        'd1 text sent',
        'd180 letter queued',
        'd30 letter queued',
        'd60 talk queued',
        'd7 text sent',
      ],
    ]);
    expect([await packsOf(there), await packsOf(here)]).toEqual([[expect.stringMatching(/^of-/)], ['national']]);
    const stored = await estate.platform.owner.query(
      'select distinct policy from billing.notice where agreement = $1',
      [there],
    );
    expect(stored.rows).toEqual([{ policy: pack }]);
  },
);
