import { randomBytes } from 'node:crypto';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Estate, rent, startEstate } from './testing/estate.ts';
import { bankStatement, type Callback, fakeAlipay, fakeWechat, wechatStatement } from './testing/fake-channels.ts';

let estate: Estate;
const wechat = fakeWechat();
const alipay = fakeAlipay();
const ids = { wechat: '', alipay: '' };

beforeAll(async () => {
  estate = await startEstate();
  for (const [kind, { settings }] of [
    ['wechat', wechat],
    ['alipay', alipay],
  ] as const) {
    const secret = kind === 'wechat' ? { secret: wechat.secret } : {};
    const made = await estate.ask('POST', '/payments/channels', {
      kind,
      name: kind,
      enabled: true,
      settings,
      ...secret,
    });
    ids[kind] = made.body.id;
  }
});
afterAll(() => estate.platform.stop());

const now = () => estate.platform.clock.now();
const tell = async (kind: 'wechat' | 'alipay', { headers, payload }: Callback) => {
  const url = `/api/v1/payments/channels/${ids[kind]}/callback`;
  const { statusCode, body } = await estate.platform.http.app.inject({ method: 'POST', url, headers, payload });
  return [statusCode, body] as const;
};
const standing = async (id: string) => (await estate.ask('GET', `/ledger/agreements/${id}`)).body;
async function billed(amount = 50_000) {
  const lease = await estate.lease([rent(amount)]);
  await estate.ask('POST', '/bills/runs', { period: '2026-06' });
  await estate.service.runs.advance();
  return lease;
}
async function order(agreement: string, amount: number, kind: 'wechat' | 'alipay' = 'wechat') {
  const made = await estate.ask('POST', '/payments/orders', { agreement, channel: ids[kind], amount });
  return made.body.number as string;
}
const paid = (number: string, amount: number, transaction: string = randomBytes(8).toString('hex')) => ({
  out_trade_no: number,
  transaction_id: transaction,
  amount: { total: amount, payer_total: amount, currency: 'CNY' },
});

describe('what a channel tells', () => {
  test(clause('H-9.1.4-a-2', 'WeChat Pay: a good callback pays, told again it pays no second time'), async () => {
    const { id } = await billed();
    const told = wechat.tell(now(), paid(await order(id, 50_000), 50_000));
    expect(
      (await Promise.all([tell('wechat', told), tell('wechat', told), tell('wechat', told)])).map(([status]) => status),
    ).toEqual([200, 200, 200]);
    expect(await tell('wechat', told)).toEqual([200, '{"code":"SUCCESS"}']);
    expect(await standing(id)).toEqual({ owed: 0, prepaid: 0, deposit: 0 });
  });

  test(clause('H-9.1.4-a-2', 'Alipay: a good callback pays once and is answered in its word'), async () => {
    const { id } = await billed();
    const number = await order(id, 50_000, 'alipay');
    const told = alipay.tell(now(), { out_trade_no: number, trade_no: '2026060122001', total_amount: '500.00' });
    expect([await tell('alipay', told), await tell('alipay', told)]).toEqual([
      [200, 'success'],
      [200, 'success'],
    ]);
    expect((await standing(id)).owed).toBe(0);
  });

  test(
    clause('H-9.1.4-a-2', 'forged, altered, stale, foreign and probing callbacks are refused and change nothing'),
    async () => {
      const { id } = await billed();
      const number = await order(id, 50_000);
      const facts = paid(number, 50_000);
      const good = wechat.tell(now(), facts);
      const altered = { ...good, payload: good.payload.replace('"id":"', '"id":"0') };
      const reordered = {
        ...good,
        payload: JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(good.payload)).reverse())),
      };
      const header = (name: string, value: string) => ({ ...good, headers: { ...good.headers, [name]: value } });
      const bad: Callback[] = [
        wechat.tell(now(), facts, { key: wechat.stranger }),
        altered,
        reordered,
        wechat.tell(new Date(now().getTime() - 301_000), facts),
        wechat.tell(new Date(now().getTime() + 301_000), facts),
        header('wechatpay-serial', 'UNKNOWN'),
        header('wechatpay-signature', `WECHATPAY/SIGNTEST/${randomBytes(32).toString('base64')}`),
        wechat.tell(now(), facts, { merchant: '1900000099' }),
        { headers: {}, payload: '{}' },
        wechat.tell(now(), paid(number, 50_001)),
        wechat.tell(now(), paid('0'.repeat(32), 50_000)),
      ];
      for (const callback of bad) expect((await tell('wechat', callback))[0]).toBe(401);
      const ali = { out_trade_no: await order(id, 50_000, 'alipay'), trade_no: '1', total_amount: '500.00' };
      const fine = alipay.tell(now(), ali);
      for (const payload of [
        alipay.tell(now(), ali, alipay.stranger).payload,
        fine.payload.replace('total_amount=500.00', 'total_amount=0.01'),
        `${fine.payload}&total_amount=0.01`,
        fine.payload.replace('RSA2', 'RSA'),
        alipay.tell(now(), { ...ali, app_id: '2021000000000009' }).payload,
        alipay.tell(now(), { ...ali, total_amount: '500.01' }).payload,
      ])
        expect(await tell('alipay', { ...fine, payload })).toEqual([401, 'failure']);
      expect((await standing(id)).owed).toBe(50_000);
      const { rows } = await estate.platform.owner.query(
        `select count(*)::int as n from billing.callback where outcome like 'refused:%'`,
      );
      expect(rows[0].n).toBe(bad.length + 6);
    },
  );

  test('a callback out of order, for a bill taken back, or of a second payment loses no money', async () => {
    const { id } = await billed();
    const number = await order(id, 50_000);
    expect((await tell('wechat', wechat.tell(now(), paid(number, 50_000), { state: 'NOTPAY' })))[0]).toBe(200);
    const [bill] = (await estate.ask('GET', `/bills?agreement=${id}`)).body;
    await estate.ask('POST', `/bills/${bill.id}/reversal`, { reason: '重复出账', reissue: false });
    await tell('wechat', wechat.tell(now(), paid(number, 50_000)));
    await tell('wechat', wechat.tell(now(), paid(number, 50_000), { state: 'NOTPAY' }));
    await tell('wechat', wechat.tell(now(), paid(number, 50_000)));
    expect(await standing(id)).toEqual({ owed: 0, prepaid: 100_000, deposit: 0 });
    const refund = { agreement: id, channel: 'bank', amount: 100_000, reference: 'TK1', reason: '重复缴费' };
    expect((await estate.ask('POST', '/payments/refunds', refund)).status).toBe(201);
    expect((await estate.ask('POST', '/payments/refunds', { ...refund, reference: 'TK2' })).status).toBe(409);
  });

  test('the secret of a channel is told to nobody', async () => {
    const channels = (await estate.ask('GET', '/payments/channels')).body;
    expect(JSON.stringify(channels)).not.toContain(wechat.secret);
    const { rows } = await estate.platform.owner.query('select secret from billing.channel where id = $1', [
      ids.wechat,
    ]);
    expect(rows[0].secret.toString('latin1')).not.toContain(wechat.secret);
  });
});

describe('each day against the statement', () => {
  test(
    clause('H-9.1.4-0', 'every line is matched to the cent or listed: a cent off, not booked, not stated'),
    async () => {
      estate.platform.clock.set('2026-06-10T03:00:00Z');
      const { id } = await billed();
      const stated = [];
      for (let n = 0; n < 6; n++) {
        const number = await order(id, 1_000 + n);
        const transaction = `42000${n}`;
        if (n !== 5) await tell('wechat', wechat.tell(now(), paid(number, 1_000 + n, transaction)));
        if (n !== 4) stated.push({ at: now(), transaction, number, amount: 1_000 + n + (n === 3 ? 1 : 0) });
      }
      const wish = { channel: 'wechat', day: '2026-06-10', statement: wechatStatement(stated) };
      const day = await estate.ask('POST', '/payments/reconciliations', wish);
      expect(day.body).toMatchObject({
        lines: 5,
        matched: 3,
        open: 3,
        stated: 1000 + 1001 + 1002 + 1004 + 1005,
        booked: 5010,
      });
      const differences = (await estate.ask('GET', `/payments/reconciliations/${day.body.id}/differences`)).body;
      expect(differences).toMatchObject([
        { kind: 'amount', reference: '420003', stated: 1004, booked: 1003 },
        { kind: 'not-booked', reference: '420005', stated: 1005, booked: null },
        { kind: 'not-stated', reference: '420004', stated: null, booked: 1004 },
      ]);
      expect((await estate.ask('POST', '/payments/reconciliations', wish)).body.type).toContain('day-reconciled');
      await estate.ask('POST', `/payments/differences/${differences[0].id}/resolution`, { resolution: '渠道更正' });
      expect(
        (await estate.ask('POST', `/payments/differences/${differences[0].id}/resolution`, { resolution: '再次' }))
          .status,
      ).toBe(404);
      expect((await estate.ask('GET', '/payments/reconciliations')).body[0].open).toBe(2);
      expect((await estate.ask('GET', '/ledger/trial-balance')).body.imbalance).toBe(0);
    },
  );

  test('transfers that name their lease are booked, the rest is listed as unclaimed; garbage is refused whole', async () => {
    const { id, code } = await billed(70_000);
    const at = now();
    const statement = bankStatement([
      { at, reference: 'B1', code, amount: 30_000, note: '租金' },
      { at, reference: 'B2', code: '', amount: 40_000, note: `王秀英, ${code} 六月` },
      { at, reference: 'B3', code: '', amount: 99, note: '看不懂 "的" 附言' },
    ]);
    const wish = { channel: 'bank', day: '2026-06-10', statement };
    const broken = await estate.ask('POST', '/payments/reconciliations', {
      ...wish,
      statement: statement.replace('300.00', '3OO'),
    });
    expect([broken.status, broken.body.type]).toEqual([400, expect.stringContaining('statement-unreadable')]);
    expect((await standing(id)).owed).toBe(70_000);
    const day = await estate.ask('POST', '/payments/reconciliations', wish);
    expect(day.body).toMatchObject({ lines: 3, matched: 2, open: 1 });
    expect((await standing(id)).owed).toBe(0);
  });
});

test('at the desk one receipt number is one payment', async () => {
  const { id } = await billed(20_000);
  const take = { agreement: id, channel: 'cash', reference: 'S-1', amount: 20_000, paidAt: now().toISOString() };
  expect((await estate.ask('POST', '/payments', take)).body.fresh).toBe(true);
  expect((await estate.ask('POST', '/payments', take)).body.fresh).toBe(false);
  expect((await estate.ask('POST', '/payments', { ...take, amount: 1 })).status).toBe(409);
  expect((await estate.ask('GET', `/payments?agreement=${id}`)).body).toHaveLength(1);
});

describe('late meter figures', () => {
  test('issue the bill of the month anew, once, and what was paid moves over', async () => {
    const tariff = {
      subject: 'water',
      effectiveOn: '2026-01-01',
      steps: [{ upTo: null, price: 30_000 }],
      basis: '批复',
    };
    await estate.ask('POST', '/fees/tariffs', tariff);
    const { id, house } = await estate.lease([rent(50_000), { subject: 'water', basis: { kind: 'metered' } }]);
    await estate.ask('POST', '/bills/runs', { period: '2026-06' });
    await estate.service.runs.advance();
    await estate.ask('POST', '/payments', {
      agreement: id,
      channel: 'cash',
      reference: 'S-2',
      amount: 50_000,
      paidAt: now().toISOString(),
    });
    const usage = { house, subject: 'water', period: '2026-06', begin: 100_000, end: 112_000, source: '补抄' };
    const taken = await estate.ask('POST', '/bills/usages', { usages: [usage] });
    expect(taken.body).toMatchObject({ recorded: 1, reissued: [{ amount: 53_600, lines: 2 }] });
    expect((await estate.ask('POST', '/bills/usages', { usages: [usage] })).body).toEqual({
      recorded: 0,
      reissued: [],
    });
    const bills = (await estate.ask('GET', `/bills?agreement=${id}`)).body;
    expect(bills).toMatchObject([
      { revision: 2, amount: 53_600, settled: 50_000, reversedAt: null, replaces: bills[1].id },
      { revision: 1, amount: 50_000, settled: 0, reversedAt: expect.any(String) },
    ]);
    expect(await standing(id)).toEqual({ owed: 3_600, prepaid: 0, deposit: 0 });
    await expect(estate.platform.owner.query('update billing.bill set amount = 1')).rejects.toThrow('never edited');
    const [line] = (await estate.ask('GET', `/bills/lines?agreement=${id}&state=open`)).body;
    const waiver = { charge: line.id, amount: 3_600, reason: '低保' };
    expect((await estate.ask('POST', `/bills/${bills[0].id}/waivers`, waiver)).status).toBe(204);
    expect((await standing(id)).owed).toBe(0);
  });
});
