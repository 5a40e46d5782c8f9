import { createSign, createVerify } from 'node:crypto';
import { localStamp } from '@keystead/contracts/calendar';
import { unzip } from '@keystead/kernel/sheet';
import { PayChannelRefused, PayChannelSilent } from '../problems.ts';
import { paidStates } from './alipay.ts';
import {
  type Acquirer,
  type ChannelKeys,
  type ChannelSettings,
  fen,
  type OrderAsk,
  type PayStep,
  shanghai,
  yuan,
} from './channel.ts';
import { converse, gatewayOf } from './conversation.ts';

const usual = 'https://openapi.alipay.com/gateway.do';
const mostStatement = 256 * 1024 * 1024; // bytes unpacked

/** What a request is signed over: all fields but the signature, sorted by name, values as they are. */
export const requestText = (fields: Readonly<Record<string, string>>): string =>
  Object.keys(fields)
    .filter((name) => name !== 'sign' && fields[name] !== '')
    .sort()
    .map((name) => `${name}=${fields[name]}`)
    .join('&');

/**
 * The member `name` of an answer, byte for byte as it came: that is what its signature is over. Undefined when there is none.
 * Braces inside of strings do not count.
 */
export function memberOf(text: string, name: string): string | undefined {
  const at = text.indexOf(`"${name}"`);
  const start = at === -1 ? -1 : text.indexOf('{', at);
  if (start === -1) return undefined;
  let [depth, quoted] = [0, false];
  for (let index = start; index < text.length; index++) {
    const letter = text[index];
    if (quoted) {
      if (letter === '\\') index += 1;
      else if (letter === '"') quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === '{') depth += 1;
    else if (letter === '}' && --depth === 0) return text.slice(start, index + 1);
  }
  return undefined;
}

interface Answer {
  code: string;
  sub_code?: string;
  [field: string]: unknown;
}

/** Alipay's open gateway: create, precreate and WAP orders, query, close, refunds and the file of a day; RSA2 both ways. */
export function alipayAcquirer(settings: ChannelSettings, keys: ChannelKeys, now: () => Date): Acquirer {
  const gateway = gatewayOf(settings, usual);

  function signedFields(method: string, content: object, notify?: string): Record<string, string> {
    const fields: Record<string, string> = {
      ...{ app_id: settings.application ?? '', method, format: 'JSON', charset: 'utf-8', sign_type: 'RSA2' },
      ...{ timestamp: localStamp(now()), version: '1.0', biz_content: JSON.stringify(content) },
      ...(notify && { notify_url: notify }),
    };
    const sign = createSign('RSA-SHA256').update(requestText(fields), 'utf8').sign(keys.privateKey, 'base64');
    return { ...fields, sign };
  }

  /** The answer, believed only under the channel's signature; undefined when there is no such trade. */
  async function ask(method: string, content: object, notify?: string): Promise<Answer | undefined> {
    const { body, status } = await converse(settings, `${gateway}?charset=utf-8`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
      body: new URLSearchParams(signedFields(method, content, notify)).toString(),
    });
    const text = body.toString('utf8');
    const member = memberOf(text, `${method.replaceAll('.', '_')}_response`);
    const sign = /"sign"\s*:\s*"([A-Za-z0-9+/=\\]+)"\s*[,}]/.exec(text)?.[1]?.replaceAll('\\/', '/');
    if (status !== 200 || !member || !sign) throw new PayChannelSilent({ why: 'unreadable' });
    const verifier = createVerify('RSA-SHA256').update(member, 'utf8');
    if (!verifier.verify(settings.publicKey ?? '', sign, 'base64'))
      throw new PayChannelSilent({ why: 'answer-signature' });
    const answer = JSON.parse(member) as Answer;
    if (answer.code === '10000') return answer;
    const why = answer.sub_code ?? answer.code;
    if (why.endsWith('NOT_EXIST')) return undefined;
    if (answer.code === '20000' || why.endsWith('SYSTEM_ERROR')) throw new PayChannelSilent({ why });
    throw new PayChannelRefused({ code: why });
  }

  async function place(order: OrderAsk): Promise<PayStep> {
    const content = {
      ...{ out_trade_no: order.number, total_amount: yuan(order.amount), subject: order.title },
      time_expire: localStamp(order.expires),
    };
    if (order.how === 'link') {
      // A page of Alipay the payer is sent to; nothing is asked before he comes.
      const fields = signedFields(
        'alipay.trade.wap.pay',
        { ...content, product_code: 'QUICK_WAP_WAY', quit_url: order.notify },
        order.notify,
      );
      return { kind: 'link', text: `${gateway}?${new URLSearchParams(fields)}` };
    }
    if (order.how === 'app') {
      const buyer = { ...content, buyer_id: order.payer ?? '', product_code: 'JSAPI_PAY' };
      const made = await ask('alipay.trade.create', buyer, order.notify);
      if (typeof made?.trade_no !== 'string') throw new PayChannelSilent({ why: 'unreadable' });
      return { kind: 'app', text: made.trade_no, fields: { tradeNO: made.trade_no } };
    }
    const made = await ask('alipay.trade.precreate', content, order.notify);
    if (typeof made?.qr_code !== 'string') throw new PayChannelSilent({ why: 'unreadable' });
    return { kind: 'qr', text: made.qr_code };
  }

  return {
    place,
    query: async (number) => {
      const found = await ask('alipay.trade.query', { out_trade_no: number });
      if (!found) return { state: 'missing' };
      const status = String(found.trade_status);
      if (!paidStates.has(status)) return { state: status === 'TRADE_CLOSED' ? 'closed' : 'open' };
      const [amount, paidAt] = [fen(String(found.total_amount)), shanghai(String(found.send_pay_date))];
      if (amount === undefined || !paidAt) throw new PayChannelSilent({ why: 'unreadable' });
      const transaction = String(found.trade_no);
      return { state: 'paid', told: { number, transaction, amount, paid: true, paidAt } };
    },
    close: async (number) => {
      await ask('alipay.trade.close', { out_trade_no: number });
    },
    refund: async ({ order, number, amount, reason }) => {
      const content = { out_trade_no: order, out_request_no: number, refund_amount: yuan(amount) };
      const answer = await ask('alipay.trade.refund', { ...content, refund_reason: reason.slice(0, 80) });
      // `N` under the same number means that it went before; asking tells.
      return answer ? (answer.fund_change === 'Y' ? 'done' : 'under-way') : 'failed';
    },
    refundOf: async (order, number) => {
      const found = await ask('alipay.trade.fastpay.refund.query', { out_trade_no: order, out_request_no: number });
      return found?.refund_status === 'REFUND_SUCCESS' ? 'done' : 'missing';
    },
    statement: async (day) => {
      const where = await ask('alipay.data.dataservice.bill.downloadurl.query', { bill_type: 'trade', bill_date: day });
      if (typeof where?.bill_download_url !== 'string') return undefined;
      const { status, body } = await converse(settings, where.bill_download_url, { method: 'GET' });
      if (status !== 200) throw new PayChannelSilent({ why: 'unreadable' });
      const texts = [...unzip(body, mostStatement).values()].map((entry) =>
        new TextDecoder('gb18030').decode(entry.read()),
      );
      // Beside the payments lies a summary.
      return texts.find((text) => text.includes('支付宝交易号'));
    },
  };
}
