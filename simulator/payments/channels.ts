import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { alipayHouse } from './alipay.ts';
import { page } from './cashier.ts';
import { Misbehaviour } from './faults.ts';
import type { HouseKeys } from './keys.ts';
import { type Kind, type Trade, Trades } from './trades.ts';
import { type Answer, type Asked, wechatHouse } from './wechat.ts';
import type { Wish } from './wish.ts';

const mostBody = 1024 * 1024;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostBody) throw new RangeError('too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Both channels behind one port of this machine. */
export async function startChannels(keys: HouseKeys, port: number) {
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const trades = new Trades();
  const faults = new Misbehaviour();
  const parts = { keys, trades, faults, now };
  const houses = { wechat: wechatHouse(parts), alipay: alipayHouse(parts) };

  /** Tells the merchant; answers the status, 0 when nobody listened. */
  async function tell(trade: Trade, message: { body: string; headers: Record<string, string> }): Promise<number> {
    try {
      const answer = await fetch(trade.notify, { method: 'POST', ...message, signal: AbortSignal.timeout(10_000) });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return 0;
    }
  }
  const tradeOf = (kind: Kind, number: string): Trade => {
    const trade = trades.find(kind, number);
    if (!trade) throw new Error(`no order ${number}`);
    return trade;
  };

  async function pay(trade: Trade, copies: number): Promise<{ ok: boolean; answers: number[] }> {
    const ok = trades.pay(trade, now());
    const message = () => houses[trade.kind].notice(trade, {});
    const answers = ok ? await Promise.all(Array.from({ length: copies }, () => tell(trade, message()))) : [];
    return { ok, answers };
  }

  async function fulfil(wish: Wish): Promise<unknown> {
    if ('clock' in wish) ahead = Date.parse(wish.clock) - Date.now();
    else if ('faults' in wish) faults.faults = wish.faults;
    else if ('pay' in wish) return pay(tradeOf(wish.kind, wish.pay), wish.tell ?? 1);
    else if ('off' in wish) houses[wish.kind].off.set(wish.off, wish.by);
    else if ('books' in wish)
      return { ok: true, paid: (['wechat', 'alipay'] as const).flatMap((kind) => trades.paid(kind).map(bookOf)) };
    else if (wish.how === 'probe') {
      const trade = tradeOf(wish.kind, wish.tell);
      const alike = wish.kind === 'wechat' ? houses.wechat.probe() : houses.alipay.notice(trade, { forged: true });
      return { ok: true, answers: [await tell(trade, alike)] };
    } else {
      const trade = tradeOf(wish.kind, wish.tell);
      const closed = wish.kind === 'wechat' ? 'CLOSED' : 'TRADE_CLOSED';
      const how = { forged: wish.how === 'forged', ...(wish.how === 'closed' && { tradeState: closed }) };
      return { ok: true, answers: [await tell(trade, houses[wish.kind].notice(trade, how))] };
    }
    return { ok: true };
  }

  async function cashier(asked: Asked, kind: string, number: string): Promise<Answer> {
    const known = kind === 'wechat' || kind === 'alipay' ? trades.find(kind, number) : undefined;
    const html = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
    if (!known) return { operation: 'query', status: 404, headers: html, body: '没有这笔订单 No such order' };
    if (asked.method === 'POST') {
      await pay(known, 1);
      return { operation: 'query', status: 303, headers: { location: asked.path }, body: '' };
    }
    return { operation: 'query', status: 200, headers: html, body: page(known) };
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    const asked: Asked = {
      ...{ method: request.method ?? 'GET', path, body: await bodyOf(request) },
      header: (name) => String(request.headers[name] ?? ''),
      base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    };
    const [, first = '', kind = '', number = ''] = new URL(path, asked.base).pathname.split('/');
    const answerOf = (): Answer | Promise<Answer> =>
      first === 'cashier'
        ? cashier(asked, kind, number)
        : first === 'v3'
          ? houses.wechat.answer(asked)
          : houses.alipay.answer(asked);
    const operation = operationOf(asked);
    const silence = operation && faults.silence(operation);
    if (silence === 'before') return;
    const { status, headers, body } = await answerOf();
    if (silence === 'after') return;
    response.writeHead(status, headers).end(body);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, fulfil, close: () => server.close() };
}

const bookOf = ({ kind, number, amount, transaction, refunds }: Trade) => ({
  ...{ kind, number, amount, transaction },
  refunded: [...refunds.values()].reduce((sum, each) => sum + each.amount, 0),
});

/** What a request is about, before it is done; undefined for pages. */
function operationOf({ path, method, body }: Asked) {
  if (path.startsWith('/cashier')) return undefined;
  const words = method === 'POST' && !path.startsWith('/v3') ? (new URLSearchParams(body).get('method') ?? '') : path;
  if (/downloadurl|\/bill/.test(words)) return 'statement' as const;
  if (/close$/.test(words)) return 'close' as const;
  if (/refund\.query$|out-trade-no|trade\.query$/.test(words) || (/refund/.test(words) && method === 'GET'))
    return 'query' as const;
  return /refund/.test(words) ? ('refund' as const) : ('place' as const);
}
