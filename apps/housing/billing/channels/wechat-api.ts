import { createHash, createSign, randomBytes } from 'node:crypto';
import { CallbackRefused, PayChannelRefused, PayChannelSilent } from '../problems.ts';
import type { Acquirer, ChannelKeys, ChannelSettings, OrderAsk, PayStep } from './channel.ts';
import { converse, gatewayOf, type Reply } from './conversation.ts';
import { checkSignature, refundState, type Transaction, toldOf } from './wechat.ts';

const usual = 'https://api.mch.weixin.qq.com';
const trades = '/v3/pay/transactions';
/** Answers after which nothing is known of what was done. */
const unsure = new Set(['SYSTEM_ERROR', 'SYSTEMERROR', 'FREQUENCY_LIMITED', 'FREQUENCY_LIMIT_EXCEED', 'BANK_ERROR']);
const missing = new Set(['ORDER_NOT_EXIST', 'ORDERNOTEXIST', 'RESOURCE_NOT_EXISTS', 'NO_STATEMENT_EXIST']);

const signed = (text: string, privateKey: string): string =>
  createSign('RSA-SHA256').update(text, 'utf8').sign(privateKey, 'base64');

/** What the Authorization header of a request says: who asks, when, and a signature over the whole of it. */
export function authorization(
  request: { method: string; path: string; body: string },
  { merchant = '', merchantSerial = '' }: ChannelSettings,
  privateKey: string,
  now: Date,
): string {
  const nonce = randomBytes(16).toString('hex');
  const seconds = Math.floor(now.getTime() / 1000);
  const text = `${request.method}\n${request.path}\n${seconds}\n${nonce}\n${request.body}\n`;
  const facts = { mchid: merchant, nonce_str: nonce, signature: signed(text, privateKey), timestamp: String(seconds) };
  const fields = Object.entries({ ...facts, serial_no: merchantSerial }).map(([name, value]) => `${name}="${value}"`);
  return `WECHATPAY2-SHA256-RSA2048 ${fields.join(',')}`;
}

interface Refusal {
  code?: string;
  message?: string;
}

function parsed<T>({ body }: Reply): T {
  try {
    return JSON.parse(body.length === 0 ? '{}' : body.toString('utf8')) as T;
  } catch {
    throw new PayChannelSilent({ why: 'unreadable' });
  }
}

/** WeChat Pay, API v3: native, H5 and JSAPI orders, query, close, refunds and the file of a day. */
export function wechatAcquirer(settings: ChannelSettings, keys: ChannelKeys, now: () => Date): Acquirer {
  const { merchant = '', app = '' } = settings;

  async function send(method: 'GET' | 'POST', path: string, value?: object): Promise<Reply> {
    const body = value === undefined ? '' : JSON.stringify(value);
    const headers = {
      accept: 'application/json',
      'user-agent': 'keystead-billing',
      authorization: authorization({ method, path, body }, settings, keys.privateKey, now()),
      ...(value && { 'content-type': 'application/json' }),
    };
    return converse(settings, `${gatewayOf(settings, usual)}${path}`, { method, headers, ...(value && { body }) });
  }

  /** The answer, believed only under the channel's signature; undefined when there is no such thing. */
  async function ask<T>(method: 'GET' | 'POST', path: string, value?: object): Promise<T | undefined> {
    const reply = await send(method, path, value);
    try {
      checkSignature({ header: reply.header, body: reply.body, now: now() }, settings);
    } catch (cause) {
      if (!(cause instanceof CallbackRefused)) throw cause;
      // Whoever answered was not the channel: what the channel did is not known.
      throw new PayChannelSilent({ why: `answer-${cause.data.why}` });
    }
    if (reply.status < 300) return parsed<T>(reply);
    const { code = '' } = parsed<Refusal>(reply);
    if (missing.has(code)) return undefined;
    if (reply.status >= 500 || reply.status === 429 || unsure.has(code)) throw new PayChannelSilent({ why: code });
    throw new PayChannelRefused({ code });
  }

  /** Values a page inside WeChat hands to the app. */
  function appStep(prepay: string): PayStep {
    const [timeStamp, nonceStr] = [String(Math.floor(now().getTime() / 1000)), randomBytes(16).toString('hex')];
    const pack = `prepay_id=${prepay}`;
    const paySign = signed(`${app}\n${timeStamp}\n${nonceStr}\n${pack}\n`, keys.privateKey);
    const fields = { appId: app, timeStamp, nonceStr, package: pack, signType: 'RSA', paySign };
    return { kind: 'app', text: prepay, fields };
  }

  async function place(order: OrderAsk): Promise<PayStep> {
    const common = {
      ...{ appid: app, mchid: merchant, description: order.title, out_trade_no: order.number },
      time_expire: order.expires.toISOString().replace(/\.\d+Z$/, '+00:00'),
      notify_url: order.notify,
      amount: { total: order.amount, currency: 'CNY' },
    };
    type Placed = { code_url?: string; h5_url?: string; prepay_id?: string };
    const extra = {
      qr: ['native', {}],
      link: ['h5', { scene_info: { payer_client_ip: order.address, h5_info: { type: 'Wap' } } }],
      app: ['jsapi', { payer: { openid: order.payer ?? '' } }],
    } as const;
    const [way, more] = extra[order.how];
    const placed = await ask<Placed>('POST', `${trades}/${way}`, { ...common, ...more });
    if (order.how === 'app' && placed?.prepay_id) return appStep(placed.prepay_id);
    const text = order.how === 'qr' ? placed?.code_url : placed?.h5_url;
    if (!text) throw new PayChannelSilent({ why: 'unreadable' });
    return { kind: order.how, text };
  }

  return {
    place,
    query: async (number) => {
      const found = await ask<Transaction>('GET', `${trades}/out-trade-no/${number}?mchid=${merchant}`);
      if (!found) return { state: 'missing' };
      const { trade_state } = found;
      // A payment of which part went back again was a payment.
      if (trade_state === 'SUCCESS' || trade_state === 'REFUND')
        return { state: 'paid', told: { ...toldOf({ ...found, trade_state: 'SUCCESS' }, settings), number } };
      return { state: trade_state === 'CLOSED' || trade_state === 'REVOKED' ? 'closed' : 'open' };
    },
    close: async (number) => {
      await ask('POST', `${trades}/out-trade-no/${number}/close`, { mchid: merchant });
    },
    refund: async ({ order, number, amount, total, reason, notify }) => {
      const value = {
        ...{ out_trade_no: order, out_refund_no: number, reason: reason.slice(0, 80), notify_url: notify },
        amount: { refund: amount, total, currency: 'CNY' },
      };
      const answer = await ask<{ status: string }>('POST', '/v3/refund/domestic/refunds', value);
      return answer ? refundState(answer.status) : 'failed';
    },
    refundOf: async (_order, number) => {
      const found = await ask<{ status: string }>('GET', `/v3/refund/domestic/refunds/${number}`);
      return found ? refundState(found.status) : 'missing';
    },
    statement: async (day) => {
      type Where = { download_url: string; hash_value: string };
      const where = await ask<Where>('GET', `/v3/bill/tradebill?bill_date=${day}&bill_type=ALL`);
      if (!where) return undefined;
      const { pathname, search } = new URL(where.download_url);
      // The file itself is not signed; its digest came in an answer that was.
      const { status, body } = await send('GET', `${pathname}${search}`);
      if (status !== 200 || createHash('sha1').update(body).digest('hex') !== where.hash_value.toLowerCase())
        throw new PayChannelSilent({ why: 'answer-digest' });
      return body.toString('utf8');
    },
  };
}
