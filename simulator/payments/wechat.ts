import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import type { Misbehaviour, Operation } from './faults.ts';
import { type HouseKeys, shanghaiText, signed, verified, yuan } from './keys.ts';
import type { Trade, Trades } from './trades.ts';

export const merchant = '1900000001';
export const app = 'wx8888888888888888';

export interface Asked {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body: string;
  header(name: string): string;
  /** Where this server is reached. */
  readonly base: string;
}

export interface Answer {
  readonly operation: Operation;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

type Parts = { keys: HouseKeys; trades: Trades; faults: Misbehaviour; now: () => number };

/** WeChat Pay, API v3, as far as a landlord needs it. */
export function wechatHouse({ keys, trades, faults, now }: Parts) {
  function sign(body: string, forged: boolean): Record<string, string> {
    const [timestamp, nonce] = [String(Math.floor(now() / 1000)), randomBytes(8).toString('hex')];
    const key = forged ? keys.stranger : keys.house.privateKey;
    return {
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-serial': keys.serial,
      'wechatpay-signature': signed(`${timestamp}\n${nonce}\n${body}\n`, key),
    };
  }
  const answer = (operation: Operation, status: number, value?: object): Answer => {
    const body = value === undefined ? '' : JSON.stringify(value);
    const headers = { 'content-type': 'application/json', ...sign(body, faults.take('forged')) };
    return { operation, status, headers, body };
  };

  /** Who asks is known by a signature over method, path, time, nonce and body. */
  function isMerchant({ method, path, body, header }: Asked): boolean {
    const match = /^WECHATPAY2-SHA256-RSA2048 (.+)$/.exec(header('authorization'));
    const fields = new Map(
      [...(match?.[1] ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
    );
    const of = (name: string): string => fields.get(name) ?? '';
    const text = `${method}\n${path}\n${of('timestamp')}\n${of('nonce_str')}\n${body}\n`;
    const recent = Math.abs(Number(of('timestamp')) * 1000 - now()) <= 300_000;
    const known = of('mchid') === merchant && of('serial_no') === keys.merchantSerial;
    return recent && known && verified(text, of('signature'), keys.merchant.publicKey);
  }

  const state = ({ number, state, transaction, paidAt, amount, refunds }: Trade) => {
    const trade_state =
      state === 'paid' ? (refunds.size > 0 ? 'REFUND' : 'SUCCESS') : state === 'closed' ? 'CLOSED' : 'NOTPAY';
    const paid = state === 'paid' && {
      transaction_id: transaction,
      success_time: shanghaiText(paidAt).replace(' ', 'T').concat('+08:00'),
      amount: { total: amount, payer_total: amount, currency: 'CNY', payer_currency: 'CNY' },
    };
    return { appid: app, mchid: merchant, out_trade_no: number, trade_type: 'NATIVE', trade_state, ...paid };
  };
  const refundView = (trade: Trade, number: string) => {
    const refund = trade.refunds.get(number);
    return {
      ...{
        refund_id: `50${number.slice(0, 26)}`,
        out_refund_no: number,
        out_trade_no: trade.number,
        status: 'SUCCESS',
      },
      ...{
        transaction_id: trade.transaction,
        amount: { total: trade.amount, refund: refund?.amount ?? 0, currency: 'CNY' },
      },
    };
  };
  const none = (operation: Operation, code = 'ORDER_NOT_EXIST') => answer(operation, 404, { code, message: '不存在' });

  function place(way: string, asked: Asked): Answer {
    const wish = JSON.parse(asked.body) as Record<string, unknown>;
    const { total = 0 } = (wish.amount ?? {}) as { total?: number };
    const trade = trades.open('wechat', {
      ...{ number: String(wish.out_trade_no), amount: total },
      ...{ title: String(wish.description), notify: String(wish.notify_url) },
    });
    if (trade.state === 'paid') return answer('place', 400, { code: 'ORDERPAID', message: '该订单已支付' });
    const page = `${asked.base}/cashier/wechat/${trade.number}`;
    if (way === 'jsapi') return answer('place', 200, { prepay_id: `wx${trade.number}` });
    return answer('place', 200, way === 'h5' ? { h5_url: page } : { code_url: page });
  }

  function refund({ body }: Asked): Answer {
    const wish = JSON.parse(body) as { out_trade_no: string; out_refund_no: string; amount: { refund: number } };
    const trade = trades.find('wechat', wish.out_trade_no);
    if (!trade) return none('refund', 'RESOURCE_NOT_EXISTS');
    const poor = faults.take('poor');
    if (poor || trades.refund(trade, wish.out_refund_no, wish.amount.refund, now()) === undefined)
      return answer('refund', 403, { code: poor ? 'NOT_ENOUGH' : 'INVALID_REQUEST', message: '不能退款' });
    return answer('refund', 200, refundView(trade, wish.out_refund_no));
  }

  /** A day's file: back quotes before every value, a summary at the end. `off` shifts amounts by so many fen, by order. */
  function file(day: string, off: ReadonlyMap<string, number>): string {
    const row = (at: number, trade: Trade, kind: string, paid: number, back: number): string =>
      [
        shanghaiText(at),
        app,
        merchant,
        trade.transaction,
        trade.number,
        'NATIVE',
        kind,
        yuan(paid),
        yuan(back),
        trade.title,
      ]
        .map((each) => `\`${each}`)
        .join(',');
    const within = (at: number): boolean => shanghaiText(at).startsWith(day);
    const rows = trades
      .paid('wechat')
      .flatMap((trade) => [
        ...(within(trade.paidAt)
          ? [row(trade.paidAt, trade, 'SUCCESS', trade.amount + (off.get(trade.number) ?? 0), 0)]
          : []),
        ...[...trade.refunds.values()]
          .filter(({ at }) => within(at))
          .map(({ at, amount }) => row(at, trade, 'REFUND', 0, amount)),
      ]);
    const head = '交易时间,公众账号ID,商户号,微信订单号,商户订单号,交易类型,交易状态,应结订单金额,退款金额,商品名称';
    return [head, ...rows, '总交易单数,应结订单总金额', `\`${rows.length},\`0.00`].join('\r\n');
  }

  return {
    off: new Map<string, number>(),
    /** A callback about an order: sealed with the API key, signed by the house or, `forged`, by nobody. */
    notice(trade: Trade, how: { forged?: boolean; tradeState?: string; at?: number }) {
      const [nonce, text] = [
        randomBytes(6).toString('hex'),
        JSON.stringify({
          ...state(trade),
          ...(how.tradeState && { trade_state: how.tradeState, amount: { total: trade.amount, currency: 'CNY' } }),
        }),
      ];
      const cipher = createCipheriv('aes-256-gcm', Buffer.from(keys.apiKey), Buffer.from(nonce));
      cipher.setAAD(Buffer.from('transaction'));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
        'base64',
      );
      const body = JSON.stringify({
        ...{
          id: randomBytes(8).toString('hex'),
          create_time: new Date(now()).toISOString(),
          resource_type: 'encrypt-resource',
        },
        event_type: how.tradeState ? 'TRANSACTION.CLOSED' : 'TRANSACTION.SUCCESS',
        resource: { algorithm: 'AEAD_AES_256_GCM', ciphertext: sealed, nonce, associated_data: 'transaction' },
      });
      return { body, headers: { 'content-type': 'application/json', ...sign(body, how.forged ?? false) } };
    },
    /** A message with a signature that cannot be good, as the channel sends it now and then to see whether it is looked at. */
    probe() {
      const body = JSON.stringify({ id: 'probe', event_type: 'TRANSACTION.SUCCESS', resource: {} });
      const headers = {
        ...sign(body, true),
        'wechatpay-signature': `WECHATPAY/SIGNTEST/${randomBytes(32).toString('base64')}`,
      };
      return { body, headers: { 'content-type': 'application/json', ...headers } };
    },
    answer(asked: Asked): Answer {
      const url = new URL(asked.path, asked.base);
      const parts = url.pathname.split('/').slice(1);
      // A file is fetched by the address it was named; its digest was told under a signature.
      if (parts[1] === 'billdownload') {
        const body = file(url.searchParams.get('day') ?? '', this.off);
        return { operation: 'statement', status: 200, headers: { 'content-type': 'text/plain' }, body };
      }
      if (!isMerchant(asked)) return answer('query', 401, { code: 'SIGN_ERROR', message: '签名错误' });
      if (parts[1] === 'bill') {
        const day = url.searchParams.get('bill_date') ?? '';
        const text = file(day, this.off);
        const hash_value = createHash('sha1').update(text).digest('hex');
        const download_url = `${asked.base}/v3/billdownload/file?day=${day}`;
        return answer('statement', 200, { hash_type: 'SHA1', hash_value, download_url });
      }
      if (parts[1] === 'refund' && asked.method === 'POST') return refund(asked);
      if (parts[1] === 'refund') {
        const number = parts[4] ?? '';
        const trade = trades.paid('wechat').find(({ refunds }) => refunds.has(number));
        return trade ? answer('query', 200, refundView(trade, number)) : none('query', 'RESOURCE_NOT_EXISTS');
      }
      if (parts[3] !== 'out-trade-no') return place(parts[3] ?? '', asked);
      const trade = trades.find('wechat', parts[4] ?? '');
      if (!trade) return none(parts[5] === 'close' ? 'close' : 'query');
      if (parts[5] !== 'close') return answer('query', 200, state(trade));
      if (trade.state === 'paid') return answer('close', 400, { code: 'ORDERPAID', message: '该订单已支付' });
      trade.state = 'closed';
      return answer('close', 204);
    },
  };
}

export type WechatHouse = ReturnType<typeof wechatHouse>;
