import type { ReportingService } from '@keystead/apps/insight/reporting';
import { messageFateKnown } from '@keystead/contracts/events/notify';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Estate, rent, startEstate } from './testing/estate.ts';

let estate: Estate;
const leases: string[] = [];

/** Seven leases late since the tenth of June, each with a reminder and a payment plan, the last two without. */
beforeAll(async () => {
  estate = await startEstate();
  estate.service.dunning.useTexts({
    send: async () => ({
      ...{ ok: true, to: '138****5678' },
      proof: { ways: [{ way: 'sms', ok: true, sentTo: '138****5678', at: '2026-06-11T02:00:00Z' }] },
    }),
  });
  for (let n = 0; n < 7; n++) leases.push((await estate.lease([rent(60_000)])).id);
  await estate.ask('POST', '/bills/runs', { period: '2026-06' });
  await estate.service.runs.advance();
  estate.platform.clock.set('2026-06-11T02:00:00Z');
  await estate.service.dunning.pass();
  await estate.service.dunning.deliver();
  for (const agreement of leases.slice(0, 5)) {
    const instalments = [{ dueOn: '2026-06-20', amount: 60_000 }];
    await estate.ask('POST', '/payment-plans', { agreement, instalments, reason: '书面协议' });
  }
}, 60_000);
afterAll(() => estate.platform.stop());

type Row = { id: string; agreement: string; state: string };
const rows = async (path: string): Promise<Row[]> => (await estate.ask('GET', path)).body;
async function paged(path: string, limit: number): Promise<Row[]> {
  const seen: Row[] = [];
  for (let after = ''; ; ) {
    const page = await rows(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${after && `&after=${after}`}`);
    seen.push(...page);
    after = page.at(-1)?.id ?? '';
    if (page.length < limit) return seen;
  }
}
const file = async (path: string, language = 'zh-CN') =>
  estate.platform.http.app.inject({
    url: `/api/v1${path}`,
    headers: { authorization: `Test ${estate.clerk.id}`, 'accept-language': language },
  });

test.each(['/payment-plans', '/dunning'])('%s goes page by page, each row once, in one order', async (path) => {
  const all = await rows(`${path}?limit=200`);
  expect(all).toHaveLength(path === '/dunning' ? 7 : 5);
  expect((await paged(path, 2)).map(({ id }) => id)).toEqual(all.map(({ id }) => id));
});

test('payments go page by page with the lease they were for', async () => {
  for (const [n, agreement] of leases.slice(5).entries())
    for (let part = 0; part < 2; part++)
      await estate.ask('POST', '/payments', {
        ...{ agreement, channel: n === 0 ? 'cash' : 'bank', reference: `L-${n}-${part}`, amount: 30_000 },
        paidAt: estate.platform.clock.now().toISOString(),
      });
  const all = await rows('/payments?limit=200');
  expect((await paged('/payments', 3)).map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  expect(all).toHaveLength(4);
  expect(all[0]).toMatchObject({ code: expect.stringMatching(/^[A-Z]/), tenant: '王**' });
  expect(await rows('/payments?channel=cash')).toHaveLength(2);
});

test('filters hold over the pages, by state and by place', async () => {
  const [first] = await rows('/payment-plans?limit=200');
  await estate.ask('POST', `/payment-plans/${first?.id}/end`, { reason: '承租人要求' });
  expect(await paged('/payment-plans?state=running', 2)).toHaveLength(4);
  expect(await rows('/payment-plans?state=ended')).toMatchObject([{ id: first?.id }]);
  expect(await rows('/payment-plans?place=zz/')).toEqual([]);
  expect(await rows(`/payment-plans?place=${encodeURIComponent(estate.building.path)}`)).toHaveLength(5);
  expect(await rows('/dunning?state=sent&channel=text')).toHaveLength(7);
  expect(await rows('/dunning?channel=letter')).toEqual([]);
});

test('each list as a file has the rows of the filter, in the words of the reader, and who took it out is noted', async () => {
  const plans = await file('/payment-plans/export?format=csv&state=running');
  const lines = plans.body.trim().split('\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toContain('合同');
  expect(lines[1]).toContain('执行中');
  const reminders = await file('/dunning/export?format=csv', 'en');
  expect(reminders.body.trim().split('\n')[1]).toMatch(/Day 1 after due.*Text message 138\*\*\*\*5678/);
  const noted = await estate.platform.owner.query(
    `select action from audit.line where action like 'billing.export-%' and actor_id = $1 order by at`,
    [estate.clerk.id],
  );
  expect(noted.rows.map(({ action }) => action)).toEqual(['billing.export-payment-plans', 'billing.export-reminders']);
});

test(clause('H-9.1.4-c', 'what the carrier and the inbox tell of a reminder is its proof of delivery'), async () => {
  const [one, other] = await rows('/dunning?limit=2');
  const tell = async (message: string | undefined, way: 'sms' | 'in-app', fate: 'delivered' | 'read' | 'failed') => {
    const told = {
      message: message ?? '',
      way,
      fate,
      code: fate === 'failed' ? 'UNDELIV' : '',
      at: '2026-06-11T02:00:09Z',
    };
    await estate.platform.db.systemTransaction((tx) =>
      estate.platform.kernel.outbox.add(
        tx,
        messageFateKnown,
        { organisation: estate.platform.organisation, place: '' },
        told,
      ),
    );
    await estate.platform.drain();
  };
  await tell(one?.id, 'sms', 'delivered');
  await tell(one?.id, 'sms', 'delivered');
  await tell(one?.id, 'in-app', 'read');
  await tell(other?.id, 'sms', 'failed');
  await tell('not-an-id', 'in-app', 'read');
  const proofs = (await rows('/dunning?limit=2')) as (Row & { proof: { receipts: { fate: string }[] } })[];
  expect(proofs.map(({ state, proof }) => [state, proof.receipts.map(({ fate }) => fate)])).toEqual([
    ['delivered', ['delivered', 'read']],
    ['failed', ['failed']],
  ]);
});

test('pauses stay on record with their reason after they ended', async () => {
  const agreement = leases[6];
  const made = await estate.ask('POST', '/dunning/pauses', {
    ...{ agreement, reason: 'hospital', note: '住院', untilDay: '2026-07-01' },
  });
  await estate.ask('DELETE', `/dunning/pauses/${made.body.id}`);
  expect(await rows(`/dunning/pauses?agreement=${agreement}`)).toEqual([]);
  expect(await rows(`/dunning/pauses?agreement=${agreement}&all=true`)).toMatchObject([
    { reason: 'hospital', note: '住院', endedAt: expect.any(String) },
  ]);
});

test(
  clause(
    'H-9.1.4-d',
    'the report of a month is made on the day and at the hour that were set, as the files that were set',
  ),
  async () => {
    const reporting = estate.platform.services.reporting as ReportingService;
    const wish = { enabled: true, day: 5, hour: 9, formats: ['xlsx'], receivers: [] };
    const set = (more: object = {}) => estate.ask('PUT', '/bills/schedules/collection', { ...wish, ...more });
    expect((await set()).status).toBe(204);
    expect(await set({ formats: ['docx'] })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/formats' }] },
    });
    expect(await set({ receivers: [estate.building.id] })).toMatchObject({ status: 400 });
    const local = estate.platform.actorAt(['zz/'], 'bill:read', 'bill:run');
    expect((await estate.ask('PUT', '/bills/schedules/collection', wish, local)).status).toBe(403);
    const [shown] = (await estate.ask('GET', '/bills/schedules')).body;
    expect(shown).toMatchObject({ ...wish, report: 'collection', offered: ['pdf', 'xlsx'], last: null });
    estate.platform.clock.set('2026-07-05T00:59:00Z');
    expect(await reporting.runDue()).toBe(0);
    estate.platform.clock.set('2026-07-05T01:00:00Z');
    expect(await reporting.runDue()).toBe(1);
    expect(await rows('/bills/reports')).toMatchObject([{ period: '2026-06' }]);
    expect((await estate.ask('GET', '/bills/schedules')).body[0].last).toMatchObject({
      month: '2026-06',
      receivers: 0,
    });
  },
);
