import type { LedgerService } from '@keystead/apps/work/ledger';
import type { Actor } from '@keystead/contracts/access';
import { refundHeld } from '@keystead/contracts/events/billing';
import type { Payload } from '@keystead/contracts/events/define';
import { readXlsx } from '@keystead/kernel/sheet';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rent } from './testing/estate.ts';
import { type PayingEstate, startPayingEstate } from './testing/paying-estate.ts';

/** The policy's limit, in fen. */
const limit = 500_000;

let estate: PayingEstate;
let second: Actor;
let ledger: LedgerService;

beforeAll(async () => {
  estate = await startPayingEstate();
  ledger = estate.platform.services.ledger as LedgerService;
  second = estate.platform.actor('payment:read', 'payment:refund', 'payment:confirm');
}, 60_000);
afterAll(() => estate.stop());

let count = 0;
async function prepaid(amount: number) {
  const { id } = await estate.lease([rent(50_000)]);
  const payment = { agreement: id, channel: 'cash', reference: `P${++count}`, amount };
  await estate.ask('POST', '/payments', { ...payment, paidAt: estate.platform.clock.now().toISOString() });
  return id;
}
const ask = (agreement: string, amount: number, reference = `TK${++count}`) =>
  estate.ask('POST', '/payments/refunds', { agreement, channel: 'bank', amount, reference, reason: '退租' });
const left = async (agreement: string) => (await estate.standing(agreement)).prepaid;
const confirm = (id: string, as = second) => estate.ask('POST', `/payments/refunds/${id}/confirmation`, undefined, as);

test(clause('H-9.1.4-0', 'a refund up to the limit goes at once; one above waits for somebody else'), async () => {
  const lease = await prepaid(2_000_000);
  expect(await ask(lease, limit)).toMatchObject({ status: 201, body: { state: 'done' } });
  expect(await left(lease)).toBe(1_500_000);
  await estate.later(25 * 3600);
  const held = await ask(lease, limit + 1);
  expect(held).toMatchObject({ status: 201, body: { state: 'waiting' } });
  expect(await left(lease)).toBe(1_500_000);
  const clerk = estate.clerk;
  expect(clerk.permissions.has('payment:confirm')).toBe(true);
  expect(await confirm(held.body.id, clerk)).toMatchObject({ status: 409, body: { type: 'pay-refund-own' } });
  expect(await confirm(held.body.id)).toMatchObject({ status: 200, body: { state: 'done', decidedName: 'Tester' } });
  expect(await left(lease)).toBe(1_500_000 - limit - 1);
  expect(await confirm(held.body.id)).toMatchObject({ status: 409, body: { type: 'pay-refund-decided' } });
  const { rows } = await estate.platform.owner.query(
    `select action, actor_id as actor from audit.line where subject = $1 and action like 'payment.refund%' order by at, id`,
    [`agreement:${lease}`],
  );
  expect(rows).toEqual([
    { action: 'payment.refund', actor: clerk.id },
    { action: 'payment.refund-hold', actor: clerk.id },
    { action: 'payment.refund-confirm', actor: second.id },
  ]);
});

test('parts of one day do not slip under the limit', async () => {
  const lease = await prepaid(1_000_000);
  expect((await ask(lease, limit - 100)).body.state).toBe('done');
  expect((await ask(lease, 101)).body.state).toBe('waiting');
  expect((await ask(lease, 100)).body.state).toBe('done');
});

test('asked again while it waits it waits on; refused it stays prepaid and may be asked anew', async () => {
  const lease = await prepaid(900_000);
  const held = await ask(lease, 900_000, 'SAME');
  expect((await ask(lease, 900_000, 'SAME')).body).toEqual(held.body);
  const refuse = (reason: string) =>
    estate.ask('POST', `/payments/refunds/${held.body.id}/refusal`, { reason }, second);
  expect(await refuse('账号与户名不符')).toMatchObject({ status: 200, body: { state: 'refused' } });
  expect((await refuse('再次')).status).toBe(409);
  expect(await left(lease)).toBe(900_000);
  const again = await ask(lease, 900_000, 'SAME');
  expect([again.body.state, again.body.id === held.body.id]).toEqual(['waiting', false]);
  expect((await ask(await prepaid(900_000), 900_000, 'SAME')).body.type).toBe('payment-reference-used');
});

test('money that was spent while it waited does not go back twice', async () => {
  const lease = await prepaid(900_000);
  const [one, other] = [await ask(lease, 900_000), await ask(lease, 900_000)];
  expect((await confirm(one.body.id)).status).toBe(200);
  expect(await confirm(other.body.id)).toMatchObject({ status: 409, body: { type: 'ledger-amount-too-large' } });
  expect(await left(lease)).toBe(0);
});

test('a deposit another module gives back passes the same second person', async () => {
  const lease = await prepaid(800_000);
  const wish = { agreement: lease, party: lease, place: estate.building.path, channel: 'bank', amount: 800_000 };
  const give = () =>
    estate.platform.db.transaction(estate.clerk.scope, (tx) =>
      ledger.refund(tx, estate.clerk, { ...wish, key: 'exit:1:refund', reason: '退出 HT1' }),
    );
  expect(await give()).toBe('held');
  const [row] = (await estate.ask('GET', `/payments/refunds?agreement=${lease}`)).body;
  expect(row).toMatchObject({ state: 'waiting', own: true, above: limit, reason: '退出 HT1' });
  expect((await confirm(row.id)).body).toMatchObject({ state: 'done', own: false });
  expect(await give()).toBe('known');
});

test('a key of the one who asked does not confirm for him', async () => {
  const held = await ask(await prepaid(900_000), 900_000);
  const key = estate.platform.actor('payment:read', 'payment:confirm');
  Object.assign(key, { kind: 'key', account: estate.clerk.id });
  expect((await confirm(held.body.id, key)).body.type).toBe('pay-refund-own');
});

test('by the channel it came by: asked for only once it is confirmed', async () => {
  const lease = await estate.lease([rent(50_000)]);
  const order = await estate.ask('POST', '/payments/orders', {
    ...{ agreement: lease.id, channel: estate.ids.alipay, amount: 900_000 },
  });
  await estate.server.wish({ pay: order.body.number, kind: 'alipay', tell: 1 });
  expect(await left(lease.id)).toBe(900_000);
  const wish = { order: order.body.id, amount: 900_000, reason: '重复缴费' };
  const held = await estate.ask('POST', '/payments/channel-refunds', wish);
  expect(held.body).toMatchObject({ state: 'waiting', way: 'channel' });
  expect((await estate.ask('POST', '/payments/channel-refunds', wish)).status).toBe(409);
  await estate.service.payments.pursue();
  expect(await left(lease.id)).toBe(900_000);
  expect((await confirm(held.body.id)).body).toMatchObject({ state: 'done' });
  expect(await left(lease.id)).toBe(0);
});

test('those who may confirm it are told of it once', async () => {
  const told: Payload<typeof refundHeld>[] = [];
  estate.platform.kernel.bus.on(refundHeld, 'test.refund-held', async ({ payload }) => void told.push(payload));
  const { body } = await ask(await prepaid(900_000), 900_000);
  await ask(await prepaid(1_000), 1_000);
  await estate.platform.drain();
  expect(told.filter(({ amount }) => amount < 900_000)).toEqual([]);
  expect(told.filter(({ id }) => id === body.id)).toMatchObject([{ amount: 900_000, askedBy: estate.clerk.id }]);
});

test('somebody of another district neither sees it nor confirms it', async () => {
  const held = await ask(await prepaid(900_000), 900_000);
  const stranger = estate.platform.actorAt(['zz/'], 'payment:read', 'payment:confirm');
  expect((await estate.ask('GET', '/payments/refunds', undefined, stranger)).body).toEqual([]);
  expect((await confirm(held.body.id, stranger)).status).toBe(404);
});

test('the list goes page by page without a gap, and as a file with who confirmed', async () => {
  const seen: string[] = [];
  for (let after = ''; ; ) {
    const page = (await estate.ask('GET', `/payments/refunds?limit=3${after && `&after=${after}`}`)).body;
    seen.push(...page.map(({ id }: { id: string }) => id));
    after = page.at(-1)?.id;
    if (page.length < 3) break;
  }
  const all = (await estate.ask('GET', '/payments/refunds?limit=200')).body as { id: string; state: string }[];
  expect(seen).toEqual(all.map(({ id }) => id));
  const waiting = (await estate.ask('GET', '/payments/refunds?state=waiting&limit=200')).body;
  expect(waiting.length).toBe(all.filter(({ state }) => state === 'waiting').length);
  const file = await estate.platform.http.app.inject({
    url: '/api/v1/payments/refunds/export?format=xlsx',
    headers: { authorization: `Test ${estate.clerk.id}`, 'accept-language': 'en' },
  });
  const { rows } = readXlsx(file.rawPayload, 1000);
  expect(rows).toHaveLength(all.length + 1);
  expect(rows[0]?.cells).toContain('Confirmed by');
});
