import type { ReportingService } from '@keystead/apps/insight/reporting';
import { readXlsx } from '@keystead/kernel/sheet';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Estate, rent, startEstate } from './testing/estate.ts';
import { type Reminding, remindingOf } from './testing/reminding.ts';

let estate: Estate;
let reminding: Reminding;

beforeAll(async () => {
  estate = await startEstate();
  reminding = remindingOf(estate);
});
afterAll(() => estate.platform.stop());

const day = (date: string) => reminding.day(date);
async function billed(fees: { subject: string; basis: object }[]) {
  estate.platform.clock.set('2026-06-01T02:00:00Z');
  const lease = await estate.lease(fees);
  await estate.ask('POST', '/bills/runs', { period: '2026-06' });
  await estate.service.runs.advance();
  return lease;
}
const notices = async (agreement: string) =>
  (await estate.ask('GET', `/dunning?agreement=${agreement}&limit=200`)).body;
const stepsOf = async (agreement: string, subject: string) =>
  (await notices(agreement))
    .filter((each: { subject: string }) => each.subject === subject)
    .map(({ step, state }: Record<string, string>) => `${step} ${state}`)
    .sort();
const pay = (agreement: string, amount: number, reference: string) =>
  estate.ask('POST', '/payments', {
    agreement,
    channel: 'cash',
    reference,
    amount,
    paidAt: estate.platform.clock.now().toISOString(),
  });
const fixed = (subject: string, amount: number) => ({ subject, basis: { kind: 'fixed', amount } });

describe('late fees are spoken of by themselves', () => {
  test(
    clause('H-9.1.3-d', 'one message a day after rent was due, rising steps after it, none once it is paid'),
    async () => {
      const { id, tenant } = await billed([rent(60_000)]);
      await day('2026-06-04');
      expect(await notices(id)).toEqual([]);
      await day('2026-06-11');
      await day('2026-06-11');
      expect(await stepsOf(id, 'rent')).toEqual(['d1 sent']);
      expect(reminding.carried.filter(({ party }) => party === tenant)).toHaveLength(1);
      expect((await notices(id))[0]).toMatchObject({
        proof: { ways: [{ way: 'sms', ok: true, sentTo: '138****5678' }] },
        amount: 60_000,
      });
      await day('2026-06-17');
      await day('2026-06-25');
      expect(await stepsOf(id, 'rent')).toEqual(['d1 sent', 'd15 queued', 'd7 sent']);
      const alarm = () =>
        estate.platform.owner.query(`select severity, condition from alarms.alarm where subject_id = $1`, [id]);
      expect((await alarm()).rows).toEqual([{ severity: 4, condition: 'active' }]);
      const call = (await notices(id)).find(({ step }: { step: string }) => step === 'd15');
      await estate.ask('POST', `/dunning/${call.id}/delivery`, { delivered: true, how: '6 月 25 日电话，本人接听' });
      expect((await estate.ask('POST', `/dunning/${call.id}/delivery`, { delivered: true, how: '再次' })).status).toBe(
        404,
      );
      await pay(id, 60_000, 'D-1');
      await day('2026-07-10');
      expect(await stepsOf(id, 'rent')).toEqual(['d1 sent', 'd15 delivered', 'd7 sent']);
      expect((await alarm()).rows).toEqual([{ severity: 4, condition: 'cleared' }]);
    },
  );

  test(clause('H-9.1.4-c', 'every kind of fee that is late has one message a step of its own'), async () => {
    const subjects = ['property', 'internet', 'parking', 'heat', 'rent'];
    const { id } = await billed(subjects.map((subject, n) => fixed(subject, 10_000 + n)));
    await day('2026-06-11');
    await day('2026-06-12');
    for (const subject of subjects) expect(await stepsOf(id, subject)).toEqual(['d1 sent']);
    await day('2026-06-18');
    for (const subject of subjects) expect(await stepsOf(id, subject)).toEqual(['d1 sent', 'd7 sent']);
    expect((await notices(id)).every(({ proof }: { proof: { ways: unknown[] } }) => proof.ways.length === 1)).toBe(
      true,
    );
  });

  test('a lease with a reason is left alone until its day, then the ladder goes on', async () => {
    const { id } = await billed([rent(30_000)]);
    await day('2026-06-11');
    const pause = { agreement: id, reason: 'hospital', note: '住院', untilDay: '2026-06-20' };
    const made = await estate.ask('POST', '/dunning/pauses', pause);
    await day('2026-06-18');
    expect(await stepsOf(id, 'rent')).toEqual(['d1 sent']);
    expect((await estate.ask('GET', `/dunning/pauses?agreement=${id}`)).body).toMatchObject([{ reason: 'hospital' }]);
    await day('2026-06-21');
    expect(await stepsOf(id, 'rent')).toEqual(['d1 sent', 'd7 sent']);
    expect((await estate.ask('DELETE', `/dunning/pauses/${made.body.id}`)).status).toBe(204);
    expect((await estate.ask('DELETE', `/dunning/pauses/${made.body.id}`)).status).toBe(404);
  });

  test('what was paid between the decision and the sending is not sent', async () => {
    const { id, tenant } = await billed([rent(30_000)]);
    estate.platform.clock.set('2026-06-11T02:00:00Z');
    await estate.service.dunning.pass();
    await pay(id, 30_000, 'D-2');
    await estate.service.dunning.deliver();
    expect(await stepsOf(id, 'rent')).toEqual(['d1 skipped']);
    expect(reminding.carried.some(({ party }) => party === tenant)).toBe(false);
  });
});

test(
  clause('H-9.1.4-d', 'twelve months are reported by themselves, once each, and say what the ledger says'),
  async () => {
    const own = await startEstate();
    const reporting = own.platform.services.reporting as ReportingService;
    const { id } = await own.lease([rent(50_000), fixed('property', 9_000)], {
      startsOn: '2026-06-01',
      endsOn: '2028-05-31',
    });
    let paid = 0;
    for (let n = 0; n < 12; n++) {
      const [year, month] = [2026 + Math.floor((5 + n) / 12), ((5 + n) % 12) + 1];
      const period = `${year}-${String(month).padStart(2, '0')}`;
      own.platform.clock.set(`${period}-02T02:00:00Z`);
      await own.ask('POST', '/bills/runs', { period });
      await own.service.runs.advance();
      const amount = 30_000 + 7_001 * (n % 5);
      const take = { agreement: id, channel: 'cash', reference: `R-${n}`, amount, paidAt: `${period}-20T02:00:00Z` };
      own.platform.clock.set(`${period}-20T02:00:00Z`);
      expect((await own.ask('POST', '/payments', take)).status).toBe(201);
      paid += amount;
      own.platform.clock.set(new Date(Date.UTC(year, month, 1, 16, 30)));
      expect(await reporting.runDue()).toBe(1);
      expect(await reporting.runDue()).toBe(0);
    }
    const reports = (await own.ask('GET', '/bills/reports')).body;
    expect(reports).toHaveLength(12);
    type Line = { due: number; opening: number; collectedCurrent: number; collectedEarlier: number };
    const lines: Line[] = reports.flatMap(({ figures }: { figures: { lines: Line[] } }) => figures.lines);
    const sum = (of: (line: Line) => number) => lines.reduce((all, line) => all + of(line), 0);
    const { rows } = await own.platform.owner.query(
      `select (select sum(amount)::int from ledger.entry where account = 'receivable' and amount > 0) as due,
       (select -sum(amount)::int from ledger.entry where account = 'receivable' and amount < 0) as settled`,
    );
    expect(sum(({ due }) => due)).toBe(rows[0].due);
    expect(sum(({ collectedCurrent, collectedEarlier }) => collectedCurrent + collectedEarlier)).toBe(rows[0].settled);
    expect(rows[0].settled).toBe(paid);
    expect(
      reports.reduce((all: number, { figures }: { figures: { received: number } }) => all + figures.received, 0),
    ).toBe(paid);
    // The same frozen figures as a file to be worked with and one to be printed.
    const file = async (format: string) =>
      own.platform.http.app.inject({
        url: `/api/v1/bills/reports/2026-08/file?format=${format}`,
        headers: { authorization: `Test ${own.clerk.id}` },
      });
    const august = reports.find(({ period }: { period: string }) => period === '2026-08').figures.lines as Line[];
    const all = (of: keyof Line) => august.reduce((total, line) => total + line[of], 0) / 100;
    const table = readXlsx((await file('xlsx')).rawPayload, 100).rows;
    const wanted = (['opening', 'due', 'collectedCurrent', 'collectedEarlier'] as const).map(all);
    expect(table.at(-1)?.cells.slice(1, 5).map(Number)).toEqual(wanted);
    const paper = await file('pdf');
    expect([paper.statusCode, paper.rawPayload.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    await own.platform.stop();
  },
);
