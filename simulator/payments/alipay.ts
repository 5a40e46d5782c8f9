import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Misbehaviour, Operation } from './faults.ts';
import { type HouseKeys, shanghaiText, signed, verified, yuan } from './keys.ts';
import type { Trade, Trades } from './trades.ts';
import type { Answer, Asked } from './wechat.ts';

export const application = '2021000000000001';

type Parts = { keys: HouseKeys; trades: Trades; faults: Misbehaviour; now: () => number };

const joined = (fields: ReadonlyMap<string, string>, without: readonly string[]): string =>
  [...fields]
    .filter(([name, value]) => !without.includes(name) && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

/** Text in GBK, by the table a decoder has. */
const letters = (() => {
  const table = new Map<string, readonly [number, number]>();
  const decoder = new TextDecoder('gbk');
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++) {
      const letter = decoder.decode(Uint8Array.of(high, low));
      if (letter.length === 1 && letter !== '\uFFFD') table.set(letter, [high, low]);
    }
  return table;
})();
const gbk = (text: string): Buffer =>
  Buffer.from([...text].flatMap((letter) => letters.get(letter) ?? [letter.charCodeAt(0) & 0x7f]));

/** An archive of one file, stored as it is. */
function archive(name: Buffer, content: Buffer): Buffer {
  const [local, central, end] = [Buffer.alloc(30), Buffer.alloc(46), Buffer.alloc(22)];
  local.writeUInt32LE(0x0403_4b50, 0);
  central.writeUInt32LE(0x0201_4b50, 0);
  for (const [head, at] of [
    [local, 14],
    [central, 16],
  ] as const) {
    head.writeUInt32LE(crc32(content), at);
    head.writeUInt32LE(content.length, at + 4);
    head.writeUInt32LE(content.length, at + 8);
    head.writeUInt16LE(name.length, at + 12);
  }
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + content.length, 16);
  return Buffer.concat([local, name, content, central, name, end]);
}

/** Alipay's open gateway, as far as a landlord needs it. */
export function alipayHouse({ keys, trades, faults, now }: Parts) {
  const off = new Map<string, number>();

  function answer(operation: Operation, method: string, value: object): Answer {
    const member = JSON.stringify(value);
    const key = faults.take('forged') ? keys.stranger : keys.house.privateKey;
    const body = `{"${method.replaceAll('.', '_')}_response":${member},"sign":"${signed(member, key)}"}`;
    return { operation, status: 200, headers: { 'content-type': 'application/json;charset=utf-8' }, body };
  }
  const fine = { code: '10000', msg: 'Success' };
  const no = (sub_code: string) => ({ code: '40004', msg: 'Business Failed', sub_code });

  function openTrade(content: Record<string, string>, notify: string): Trade {
    const amount = Math.round(Number(content.total_amount) * 100);
    return trades.open('alipay', { number: content.out_trade_no ?? '', amount, title: content.subject ?? '', notify });
  }
  const states = { open: 'WAIT_BUYER_PAY', paid: 'TRADE_SUCCESS', closed: 'TRADE_CLOSED' } as const;
  const view = (trade: Trade) => ({
    ...{ ...fine, out_trade_no: trade.number, trade_status: states[trade.state], total_amount: yuan(trade.amount) },
    ...(trade.state === 'paid' && { trade_no: trade.transaction, send_pay_date: shanghaiText(trade.paidAt) }),
  });

  function file(day: string): Buffer {
    const within = (at: number): boolean => shanghaiText(at).startsWith(day);
    const row = (at: number, trade: Trade, kind: string, minor: number): string =>
      [
        `${trade.transaction}\t`,
        `${trade.number}\t`,
        `${kind}\t`,
        trade.title,
        shanghaiText(at),
        `${minor < 0 ? '-' : ''}${yuan(Math.abs(minor))}`,
      ].join(',');
    const rows = trades
      .paid('alipay')
      .flatMap((trade) => [
        ...(within(trade.paidAt)
          ? [row(trade.paidAt, trade, '交易', trade.amount + (off.get(trade.number) ?? 0))]
          : []),
        ...[...trade.refunds.values()]
          .filter(({ at }) => within(at))
          .map(({ at, amount }) => row(at, trade, '退款', -amount)),
      ]);
    const head = '支付宝交易号,商户订单号,业务类型,商品名称,完成时间,订单金额（元）';
    return archive(
      gbk(`${day}_业务明细.csv`),
      gbk(['#支付宝业务明细查询', head, ...rows, '#业务明细列表结束'].join('\r\n')),
    );
  }

  function done(method: string, content: Record<string, string>, notify: string, base: string): Answer {
    const number = content.out_trade_no ?? '';
    const trade = trades.find('alipay', number);
    const missing = (operation: Operation) => answer(operation, method, no('ACQ.TRADE_NOT_EXIST'));
    switch (method) {
      case 'alipay.trade.precreate': {
        const made = openTrade(content, notify);
        const qr_code = `${base}/cashier/alipay/${made.number}`;
        return answer('place', method, { ...fine, out_trade_no: made.number, qr_code });
      }
      case 'alipay.trade.create':
        return answer('place', method, {
          ...fine,
          out_trade_no: openTrade(content, notify).number,
          trade_no: `T${number}`,
        });
      case 'alipay.trade.query':
        return trade ? answer('query', method, view(trade)) : missing('query');
      case 'alipay.trade.close':
        if (!trade) return missing('close');
        if (trade.state === 'paid') return answer('close', method, no('ACQ.TRADE_STATUS_ERROR'));
        trade.state = 'closed';
        return answer('close', method, { ...fine, out_trade_no: number });
      case 'alipay.trade.refund': {
        if (!trade) return missing('refund');
        const before = trade.refunds.has(content.out_request_no ?? '');
        const amount = Math.round(Number(content.refund_amount) * 100);
        if (faults.take('poor')) return answer('refund', method, no('ACQ.SELLER_BALANCE_NOT_ENOUGH'));
        if (trades.refund(trade, content.out_request_no ?? '', amount, now()) === undefined)
          return answer('refund', method, no('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL'));
        return answer('refund', method, { ...fine, out_trade_no: number, fund_change: before ? 'N' : 'Y' });
      }
      case 'alipay.trade.fastpay.refund.query': {
        if (!trade) return missing('query');
        const refund = trade.refunds.get(content.out_request_no ?? '');
        return answer('query', method, { ...fine, ...(refund && { refund_status: 'REFUND_SUCCESS' }) });
      }
      case 'alipay.data.dataservice.bill.downloadurl.query': {
        const bill_download_url = `${base}/alipay-file?day=${content.bill_date}`;
        return answer('statement', method, { ...fine, bill_download_url });
      }
      default:
        return answer('query', method, no('isv.invalid-method'));
    }
  }

  return {
    off,
    notice(trade: Trade, how: { forged?: boolean; tradeState?: string }) {
      const fields = new Map<string, string>([
        ['app_id', application],
        ['notify_id', randomBytes(8).toString('hex')],
        ['trade_status', how.tradeState ?? 'TRADE_SUCCESS'],
        ['charset', 'utf-8'],
        ['out_trade_no', trade.number],
        ['trade_no', trade.transaction],
        ['total_amount', yuan(trade.amount)],
        ['gmt_payment', trade.paidAt > 0 ? shanghaiText(trade.paidAt) : ''],
        ['subject', trade.title],
      ]);
      const sign = signed(joined(fields, []), how.forged ? keys.stranger : keys.house.privateKey);
      const body = new URLSearchParams([...fields, ['sign', sign], ['sign_type', 'RSA2']]).toString();
      return { body, headers: { 'content-type': 'application/x-www-form-urlencoded' } };
    },
    /** Answers a request, or opens the order of a page and says where the payer goes on. */
    answer(asked: Asked): Answer {
      const url = new URL(asked.path, asked.base);
      if (url.pathname === '/alipay-file')
        return { operation: 'statement', status: 200, headers: {}, body: file(url.searchParams.get('day') ?? '') };
      const fields = new Map(new URLSearchParams(asked.method === 'POST' ? asked.body : url.search));
      const method = fields.get('method') ?? '';
      if (!verified(joined(fields, ['sign']), fields.get('sign') ?? '', keys.merchant.publicKey))
        return answer('query', method, { ...no('isv.invalid-signature'), code: '40002' });
      const content = JSON.parse(fields.get('biz_content') ?? '{}') as Record<string, string>;
      if (method !== 'alipay.trade.wap.pay') return done(method, content, fields.get('notify_url') ?? '', asked.base);
      const trade = openTrade(content, fields.get('notify_url') ?? '');
      const location = `${asked.base}/cashier/alipay/${trade.number}`;
      return { operation: 'place', status: 302, headers: { location }, body: '' };
    },
  };
}

export type AlipayHouse = ReturnType<typeof alipayHouse>;
