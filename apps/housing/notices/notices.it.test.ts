import type { BillingService } from '@keystead/apps/housing/billing';
import type { NotifyService } from '@keystead/apps/work/notify';
import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { PartiesService } from '@keystead/data/parties';
import type { PlacesService } from '@keystead/data/places';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type NoticesService, notices } from './module.ts';

let platform: TestPlatform;
let service: NoticesService;
let clerk: Actor;
let districts: { id: string; path: string }[];
let count = 0;

interface Tenant {
  party: string;
  district: number;
  state: string;
  late: boolean;
  phone: string;
}
const tenants: Tenant[] = [];

/** Leases straight into the tables, in two districts, five states, some of them late: every combination several times. */
async function lease(party: string, district: number, state: string, late: boolean): Promise<string> {
  const id = newId();
  const { path } = districts[district] as { path: string };
  await platform.owner.query(
    `insert into agreements.agreement (id, organisation, place, kind, code, title, subject, state, starts_on, ends_on, version, created_at, changed_at)
     values ($1, $2, $3, 'lease', $4, '租约', $5, $6, '2026-01-01', '2027-12-31', 1, now(), now())`,
    [id, platform.organisation, path, `ZL-2026-${String(++count).padStart(6, '0')}`, newId(), state],
  );
  await platform.owner.query(
    `insert into agreements.party (agreement, organisation, role, party, name) values ($1, $2, 'tenant', $3, '租户'), ($1, $2, 'lessor', $4, '公司')`,
    [id, platform.organisation, party, newId()],
  );
  await platform.owner.query(
    `with p as (insert into ledger.posting (id, organisation, place, kind, key, period, at, agreement, party, document, memo, amount, actor, actor_name)
       values ($1, $2, $3, 'charge', 'charge:' || $4::text, '2026-05', now(), $4::uuid, $5, $1, '', 100, '', '') returning id)
     insert into ledger.charge (id, organisation, place, posting, document, agreement, party, subject, fund, rank, period, due_on, amount, settled, detail, at)
     select $1, $2, $3, id, $1, $4::uuid, $5, 'rent', 'income', 10, '2026-05', '2026-05-30', 100, $6, '{}', now() from p`,
    [newId(), platform.organisation, path, id, party, late ? 0 : 100],
  );
  return id;
}

beforeAll(async () => {
  platform = await startPlatform(notices);
  service = platform.services.notices as NoticesService;
  clerk = platform.actor('notice:read', 'notice:write', 'place:write', 'party:write', 'dunning:read', 'dunning:write');
  const places = platform.services.places as PlacesService;
  const parties = platform.services.parties as PartiesService;
  const { catalogue } = platform.services.billing as BillingService;
  await platform.kernel.db.transaction(clerk.scope, (tx) => catalogue.subjectsOf(tx, platform.organisation));
  districts = [];
  for (const code of ['D1', 'D2'])
    districts.push(await places.create(clerk, { parent: null, kind: 'project', code, name: code } as never));
  for (const district of [0, 1])
    for (const state of ['draft', 'effective', 'holdover', 'ended'])
      for (const late of [true, false])
        for (let n = 0; n < 2; n++) {
          const phone = `1380013${String(8000 + tenants.length).padStart(4, '0')}`;
          const fields = [{ field: 'phone' as const, value: phone }];
          const { id: party } = await parties.add(clerk, { kind: 'person', name: `租户${tenants.length}`, fields });
          await lease(party, district, state, late);
          tenants.push({ party, district, state, late, phone });
        }
});
afterAll(() => platform.stop());
beforeEach(async () => void (await platform.owner.query('delete from notify.sms_outbox')));

const ask = async (method: 'GET' | 'POST' | 'PUT', path: string, payload?: object, as = clerk) => {
  const headers = { authorization: `Test ${as.id}` };
  const answer = await platform.http.app.inject({
    method,
    headers,
    url: `/api/v1/notices${path}`,
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
};
const wish = (place: string | null, states: string[], fees: string) => ({
  ...{ place, kind: 'policy', title: '租金缓缴办法', text: '即日起可以申请缓缴。', audience: { states, fees } },
});
const toldOf = async (notice: string): Promise<string[]> =>
  (
    await platform.owner.query('select party from notices.delivery where notice = $1 order by party', [notice])
  ).rows.map(({ party }) => party);
const outbox = async (): Promise<{ sent_to: string; text: string }[]> =>
  (await platform.owner.query('select sent_to, text from notify.sms_outbox order by sent_to')).rows;
const masked = (phone: string) => `${phone.slice(0, 3)}****${phone.slice(-4)}`;

test(
  clause('H-10.2-c', 'by place, state of the lease and fees, a notice reaches all of its audience and nobody else'),
  async () => {
    const rules: [place: number | null, states: string[], fees: string, fits: (tenant: Tenant) => boolean][] = [
      [0, ['effective'], 'any', ({ district, state }) => district === 0 && state === 'effective'],
      [null, ['effective', 'holdover'], 'late', ({ state, late }) => ['effective', 'holdover'].includes(state) && late],
      [1, ['holdover'], 'nothing-due', (each) => each.district === 1 && each.state === 'holdover' && !each.late],
      [
        null,
        ['signed', 'effective', 'expiring', 'holdover'],
        'any',
        ({ state }) => ['effective', 'holdover'].includes(state),
      ],
    ];
    for (const [district, states, fees, fits] of rules) {
      const place = district === null ? null : (districts[district]?.id ?? null);
      const target = tenants.filter(fits);
      expect(target.length).toBeGreaterThan(0);
      const query = `states=${states.join(',')}&fees=${fees}${place ? `&place=${place}` : ''}`;
      expect((await ask('GET', `/audience?${query}`)).body.count).toBe(target.length);
      const { id } = (await ask('POST', '', wish(place, states, fees))).body;
      await platform.owner.query('delete from notify.sms_outbox');
      expect((await ask('POST', `/${id}/publication`)).body).toEqual({ told: target.length });
      expect(await toldOf(id)).toEqual(target.map(({ party }) => party).sort());
      await service.sendDue();
      expect((await outbox()).map(({ sent_to }) => sent_to)).toEqual(target.map(({ phone }) => masked(phone)).sort());
      expect((await ask('GET', `/${id}`)).body).toMatchObject({ state: 'published', sent: target.length, failed: 0 });
    }
  },
);

test('a tenant of two houses is told once, and what reached him is kept with time and masked address', async () => {
  const two = tenants.find(({ state, district }) => state === 'effective' && district === 0) as Tenant;
  await lease(two.party, 0, 'effective', false);
  const { id } = (await ask('POST', '', wish(districts[0]?.id ?? null, ['effective'], 'any'))).body;
  await ask('POST', `/${id}/publication`);
  await service.sendDue();
  await service.sendDue();
  expect((await toldOf(id)).filter((party) => party === two.party)).toHaveLength(1);
  const rows = (await ask('GET', `/${id}/deliveries`)).body.filter(
    ({ party }: { party: string }) => party === two.party,
  );
  expect(rows).toMatchObject([{ state: 'sent', proof: [{ way: 'sms', ok: true, sentTo: masked(two.phone) }] }]);
  expect(rows[0].proof[0].at).toBe(platform.clock.now().toISOString());
});

test('a notice reaches no further than its publisher, is sent once, and is fixed once it is out', async () => {
  const district = platform.actorAt([districts[1]?.path ?? ''], 'notice:read', 'notice:write');
  expect((await ask('POST', '', wish(null, ['effective'], 'any'), district)).status).toBe(403);
  expect((await ask('POST', '', wish(districts[0]?.id ?? '', ['effective'], 'any'), district)).status).toBe(404);
  const { id } = (await ask('POST', '', wish(districts[1]?.id ?? '', ['effective'], 'any'), district)).body;
  const all = await Promise.all([ask('POST', `/${id}/publication`), ask('POST', `/${id}/publication`)]);
  expect(all.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await ask('PUT', `/${id}`, wish(null, ['effective'], 'any'))).body.type).toContain('notice-published');
  const none = (await ask('POST', '', wish(districts[1]?.id ?? '', ['signed'], 'any'))).body;
  expect((await ask('POST', `/${none.id}/publication`)).body.type).toContain('notice-audience-empty');
});

test('the list comes page by page, each notice once, of one kind when asked, and only what one reaches', async () => {
  const pages = async (query: string, as = clerk) => {
    const found: { id: string; kind: string }[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const { body } = await ask('GET', `?limit=2${query}${next ? `&cursor=${next}` : ''}`, undefined, as);
      expect(body.items.length).toBeLessThanOrEqual(2);
      found.push(...body.items);
      next = body.next;
    }
    return found;
  };
  await ask('POST', '', { ...wish(null, ['effective'], 'any'), kind: 'service' });
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);
  const [all, own] = await Promise.all(
    [`order by id desc`, `where place = '${districts[1]?.path}' order by id desc`].map(
      async (rest) => (await platform.owner.query(`select id from notices.notice ${rest}`)).rows,
    ),
  );
  expect(all?.length).toBeGreaterThan(4);
  expect(ids(await pages(''))).toEqual(ids(all ?? []));
  expect((await pages('&kind=service')).map(({ kind }) => kind)).toEqual(['service']);
  const district = platform.actorAt([districts[1]?.path ?? ''], 'notice:read');
  expect(ids(await pages('', district))).toEqual(ids(own ?? []));
});

test('who has no way to be reached stands in the list as not reached', async () => {
  const parties = platform.services.parties as PartiesService;
  const { id: party } = await parties.add(clerk, { kind: 'person', name: '无号码' });
  await lease(party, 1, 'signed', false);
  const { id } = (await ask('POST', '', wish(districts[1]?.id ?? '', ['signed'], 'any'))).body;
  await ask('POST', `/${id}/publication`);
  await service.sendDue();
  const [row] = (await ask('GET', `/${id}/deliveries?state=failed`)).body;
  expect(row).toMatchObject({ party, proof: [{ way: 'none', ok: false, error: 'no-way' }] });
});

test('who opened it in the app stands in the list, named by a mask', async () => {
  const parties = platform.services.parties as PartiesService;
  const reader = platform.actor('own-data:use');
  const { id: party } = await parties.add(clerk, { kind: 'person', name: '欧阳小明', account: reader.id });
  await lease(party, 1, 'expiring', false);
  const { id } = (await ask('POST', '', wish(districts[1]?.id ?? '', ['expiring'], 'any'))).body;
  await ask('POST', `/${id}/publication`);
  await service.sendDue();
  const row = async () => (await ask('GET', `/${id}/deliveries`)).body[0];
  expect(await row()).toMatchObject({
    name: '租*',
    readAt: null,
    proof: [{ way: 'in-app', ok: true, sentTo: '欧阳**' }],
  });
  expect((await ask('GET', `/${id}`)).body.read).toBe(0);
  await (platform.services.notify as NotifyService).markAllRead(reader);
  expect((await row()).readAt).toBe(platform.clock.now().toISOString());
  expect((await ask('GET', `/${id}`)).body.read).toBe(1);
});

test('reminders of late fees go by the same carrier, with proof, and in the words the organisation gave them', async () => {
  const { dunning } = platform.services.billing as BillingService;
  await platform.owner.query(
    `insert into notify.template (organisation, trigger, channel, language, title, body, version, changed_at)
     values ($1, 'tenant.dunning', 'sms', 'zh-CN', '【安居公司】', '{person}：{detail}', 1, now())`,
    [platform.organisation],
  );
  await dunning.pass();
  expect(await dunning.deliver()).toBeGreaterThan(0);
  const texts = await outbox();
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.every(({ text }) => text.startsWith('【安居公司】') && text.includes('逾期'))).toBe(true);
  const sent = (await dunning.notices(clerk, { state: 'sent', limit: 100 })).filter(({ proof }) => 'ways' in proof);
  expect(sent).toHaveLength(texts.length);
  expect(sent[0]?.proof).toMatchObject({ to: expect.stringContaining('****'), ways: [{ way: 'sms', ok: true }] });
});
