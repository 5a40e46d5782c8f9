import type { AddressInfo } from 'node:net';
import { type ChannelServer, startChannelServer } from './channel-server.ts';
import { rent, startEstate } from './estate.ts';

export type Kind = 'wechat' | 'alipay';
export const kinds: readonly Kind[] = ['wechat', 'alipay'];

export interface BilledLease {
  id: string;
  house: string;
  bill: string;
}

/** An estate that is reached over HTTP and has an account with each of the channels, which run beside it. */
export async function startPayingEstate(at = '2026-06-03T01:00:00Z') {
  const [estate, server]: [Awaited<ReturnType<typeof startEstate>>, ChannelServer] = await Promise.all([
    startEstate(),
    startChannelServer(),
  ]);
  const { app } = estate.platform.http;
  await app.listen({ port: 0, host: '127.0.0.1' });
  const publicUrl = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

  async function move(to: string): Promise<void> {
    estate.platform.clock.set(to);
    await server.wish({ clock: to });
  }
  await move(at);
  const ids = { wechat: '', alipay: '' };
  for (const kind of kinds) {
    const body = { kind, name: kind, enabled: true, ...server.account(kind, publicUrl) };
    ids[kind] = (await estate.ask('POST', '/payments/channels', body)).body.id;
  }

  return {
    ...estate,
    server,
    ids,
    move,
    /** So many seconds later everywhere. */
    later: (seconds: number) => move(new Date(estate.platform.clock.now().getTime() + seconds * 1000).toISOString()),
    standing: async (id: string) => (await estate.ask('GET', `/ledger/agreements/${id}`)).body,
    billed: async (amount = 50_000): Promise<BilledLease> => {
      const lease = await estate.lease([rent(amount)]);
      await estate.ask('POST', '/bills/runs', { period: '2026-06' });
      await estate.service.runs.advance();
      const [bill] = (await estate.ask('GET', `/bills?agreement=${lease.id}`)).body;
      return { ...lease, bill: bill.id as string };
    },
    place: (lease: BilledLease, kind: Kind, more: object = {}) =>
      estate.ask('POST', '/payments/orders', {
        ...{ agreement: lease.id, bill: lease.bill, channel: ids[kind], amount: 50_000 },
        ...more,
      }),
    stop: async () => {
      await estate.platform.stop();
      await server.stop();
    },
  };
}

export type PayingEstate = Awaited<ReturnType<typeof startPayingEstate>>;
