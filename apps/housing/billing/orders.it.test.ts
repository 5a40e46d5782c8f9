import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChannelServer } from './testing/channel-server.ts';
import { kinds, type PayingEstate, startPayingEstate } from './testing/paying-estate.ts';

let estate: PayingEstate;
let server: ChannelServer;

beforeAll(async () => {
  estate = await startPayingEstate();
  server = estate.server;
}, 60_000);
afterAll(() => estate.stop());

const later = (seconds: number) => estate.later(seconds);
const move = (at: string) => estate.move(at);
const standing = (id: string) => estate.standing(id);
const billed = () => estate.billed();
const place = (...given: Parameters<PayingEstate['place']>) => estate.place(...given);
const stateOf = async (id: string) =>
  (await estate.platform.owner.query('select state from billing.pay_order where id = $1', [id])).rows[0]?.state;

describe.each(kinds)('%s is asked', (kind) => {
  test(clause('H-9.1.4-a-2', 'for an order, the payer pays it, the callback books it once'), async () => {
    const lease = await billed();
    const made = await place(lease, kind, { how: 'link' });
    expect(made).toMatchObject({ status: 201, body: { state: 'open', pay: { kind: 'link' } } });
    // The payer follows the link as a browser would and presses the button.
    const page = await fetch(made.body.pay.text);
    expect(await page.text()).toContain('¥500.00');
    const paid = await fetch(page.url, { method: 'POST' });
    expect(await paid.text()).toContain('已支付');
    expect(await stateOf(made.body.id)).toBe('paid');
    expect(await standing(lease.id)).toEqual({ owed: 0, prepaid: 0, deposit: 0 });
    const again = await server.wish({ tell: made.body.number, kind, how: 'good' });
    expect(again.answers).toEqual([200]);
    expect(await standing(lease.id)).toEqual({ owed: 0, prepaid: 0, deposit: 0 });
  });

  test('by code and by app: each way gives what the payer needs', async () => {
    const lease = await billed();
    const code = await place(lease, kind, { how: 'qr' });
    expect(code.body.pay).toMatchObject({ kind: 'qr', text: expect.stringContaining(code.body.number) });
    const app = await place(lease, kind, { how: 'app', payer: 'o-payer' });
    const fields =
      kind === 'wechat' ? { signType: 'RSA', paySign: expect.any(String) } : { tradeNO: expect.any(String) };
    expect(app.body.pay).toMatchObject({ kind: 'app', fields });
    // The order before was shut at the channel when the new one was opened.
    expect(await stateOf(code.body.id)).toBe('closed');
  });

  test('the callback is lost: asking finds the payment, once', async () => {
    const lease = await billed();
    const { body } = await place(lease, kind);
    await server.wish({ pay: body.number, kind, tell: 0 });
    expect(await stateOf(body.id)).toBe('open');
    expect((await estate.ask('POST', `/payments/orders/${body.id}/check`)).body).toMatchObject({ state: 'paid' });
    await estate.service.payments.pursue();
    await server.wish({ tell: body.number, kind, how: 'good' });
    expect(await standing(lease.id)).toEqual({ owed: 0, prepaid: 0, deposit: 0 });
  });

  test('no answer to an order: it stays open, and asking later tells what became of it', async () => {
    for (const after of [true, false]) {
      const lease = await billed();
      await server.wish({ faults: { silent: { operation: 'place', times: 1, after } } });
      const made = await place(lease, kind);
      expect([made.status, made.body.type]).toEqual([503, expect.stringContaining('pay-channel-silent')]);
      const { rows } = await estate.platform.owner.query(
        'select id, number, state from billing.pay_order where agreement = $1',
        [lease.id],
      );
      expect(rows).toMatchObject([{ state: 'open' }]);
      if (after) await server.wish({ pay: rows[0].number, kind, tell: 0 });
      await later(60);
      await estate.service.payments.pursue();
      expect(await stateOf(rows[0].id)).toBe(after ? 'paid' : 'open');
      await later(1900);
      await estate.service.payments.pursue();
      expect(await stateOf(rows[0].id)).toBe(after ? 'paid' : 'closed');
      expect((await standing(lease.id)).owed).toBe(after ? 0 : 50_000);
    }
  });

  test('an answer under a wrong signature is not believed', async () => {
    const lease = await billed();
    const { body } = await place(lease, kind);
    await server.wish({ pay: body.number, kind, tell: 0 });
    await server.wish({ faults: { forged: 1 } });
    expect((await estate.ask('POST', `/payments/orders/${body.id}/check`)).status).toBe(503);
    expect(await stateOf(body.id)).toBe('open');
    await estate.ask('POST', `/payments/orders/${body.id}/check`);
    expect(await stateOf(body.id)).toBe('paid');
  });

  test('paid although a second order is wanted: the second is refused', async () => {
    const lease = await billed();
    const { body } = await place(lease, kind);
    await server.wish({ pay: body.number, kind, tell: 0 });
    const second = await place(lease, kind === 'wechat' ? 'alipay' : 'wechat');
    expect([second.status, second.body.type]).toEqual([409, expect.stringContaining('pay-order-paid')]);
    expect(await standing(lease.id)).toEqual({ owed: 0, prepaid: 0, deposit: 0 });
  });

  test('an order nobody pays is shut when its time is over and cannot be paid then', async () => {
    const lease = await billed();
    const { body } = await place(lease, kind);
    await later(1900);
    await estate.service.payments.pursue();
    expect(await stateOf(body.id)).toBe('closed');
    expect((await server.wish({ pay: body.number, kind })).ok).toBe(false);
  });

  test('money goes back by the channel; silence, refusal and asking twice lose none', async () => {
    const lease = await billed();
    const { body } = await place(lease, kind);
    await server.wish({ pay: body.number, kind });
    await estate.ask('POST', `/bills/${lease.bill}/reversal`, { reason: '重复出账', reissue: false });
    const ask = (amount: number) =>
      estate.ask('POST', '/payments/channel-refunds', { order: body.id, amount, reason: '重复缴费' });
    expect((await ask(20_000)).body).toMatchObject({ state: 'done', amount: 20_000 });
    await server.wish({ faults: { poor: 1 } });
    expect((await ask(10_000)).body).toMatchObject({ state: 'failed' });
    expect((await standing(lease.id)).prepaid).toBe(30_000);
    for (const after of [true, false]) {
      await server.wish({ faults: { silent: { operation: 'refund', times: 1, after } } });
      expect((await ask(5_000)).body).toMatchObject({ state: 'asked' });
      await later(60);
      await estate.service.payments.pursue();
    }
    const refunds = (await estate.ask('GET', `/payments/refunds?agreement=${lease.id}`)).body;
    expect(refunds.map(({ state }: { state: string }) => state)).toEqual(['done', 'done', 'failed', 'done']);
    const known = (await server.books()).find(({ number }) => number === body.number);
    expect(known).toMatchObject({ amount: 50_000, refunded: 30_000 });
    expect(await standing(lease.id)).toEqual({ owed: 0, prepaid: 20_000, deposit: 0 });
    const most = await ask(20_001);
    expect([most.status, most.body.type]).toEqual([409, expect.stringContaining('amount-too-large')]);
  });
});

test('nobody is asked to pay a bill that was taken back, in the reader’s language', async () => {
  const lease = await billed();
  await estate.ask('POST', `/bills/${lease.bill}/reversal`, { reason: '重复出账', reissue: false });
  for (const [language, words] of [
    ['zh-CN', '账单已冲销'],
    ['en', 'taken back'],
  ]) {
    const { body, statusCode } = await estate.platform.http.app.inject({
      ...{ method: 'POST', url: '/api/v1/payments/orders' },
      headers: { authorization: `Test ${estate.clerk.id}`, 'accept-language': language },
      payload: { agreement: lease.id, bill: lease.bill, channel: estate.ids.alipay, amount: 50_000 },
    });
    expect([statusCode, body]).toEqual([409, expect.stringContaining(words ?? '')]);
  }
  const foreign = await place({ ...(await billed()), bill: lease.bill }, 'alipay');
  expect([foreign.status, foreign.body.type]).toEqual([404, expect.stringContaining('bill-missing')]);
});

test('the address of a channel is a safe one, its keys are told to nobody', async () => {
  const wish = { kind: 'wechat', name: '微信', enabled: true, ...server.account('wechat', 'http://127.0.0.1:1') };
  for (const gateway of ['http://pay.example.org', 'ftp://127.0.0.1', 'https://a:b@pay.example.org', 'pay']) {
    const refused = await estate.ask('POST', '/payments/channels', {
      ...wish,
      settings: { ...wish.settings, gateway },
    });
    expect([gateway, refused.status, refused.body.errors]).toEqual([
      gateway,
      400,
      [expect.objectContaining({ pointer: '/settings/gateway' })],
    ]);
  }
  const shown = JSON.stringify((await estate.ask('GET', '/payments/channels')).body);
  expect(shown).not.toContain('PRIVATE KEY');
  expect(shown).toContain('"outgoing":true');
});

test(
  clause(
    'H-9.1.4-0',
    'the file of a day is fetched and compared; what differs by a fen is listed, refunds are matched',
  ),
  async () => {
    await move('2026-06-20T03:00:00Z');
    for (const kind of kinds) {
      const [first, second] = [await billed(), await billed()];
      const order = (await place(first, kind)).body;
      await server.wish({ pay: order.number, kind });
      const other = (await place(second, kind)).body;
      await server.wish({ pay: other.number, kind });
      await server.wish({ off: other.number, kind, by: kind === 'wechat' ? 1 : -1 });
      await estate.ask('POST', `/bills/${first.bill}/reversal`, { reason: '重复出账', reissue: false });
      await estate.ask('POST', '/payments/channel-refunds', { order: order.id, amount: 100, reason: '退' });
    }
    await move('2026-06-21T03:00:00Z');
    await server.wish({ faults: { silent: { operation: 'statement', times: 1, after: false } } });
    await estate.service.reconciling.fetchDay();
    await estate.service.reconciling.fetchDay();
    await estate.service.reconciling.fetchDay();
    const days = (await estate.ask('GET', '/payments/reconciliations')).body.filter(
      ({ day }: { day: string }) => day === '2026-06-20',
    );
    expect(days).toHaveLength(2);
    for (const day of days) {
      expect(day).toMatchObject({ lines: 3, matched: 1, open: 1, booked: 99_900 });
      const [difference] = (await estate.ask('GET', `/payments/reconciliations/${day.id}/differences`)).body;
      expect(difference).toMatchObject({
        kind: 'amount',
        booked: 50_000,
        stated: day.channel === 'wechat' ? 50_001 : 49_999,
      });
    }
    expect((await estate.ask('GET', '/ledger/trial-balance')).body.imbalance).toBe(0);
  },
);
