import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { Problem } from '@keystead/contracts/problem';
import { sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { Accounts, ChannelRow } from './accounts.ts';
import type { OrderState } from './channels/channel.ts';
import { type OrderRow, type OrderShown, type OrderWish, orderColumns } from './order.ts';
import {
  BillFixed,
  BillMissing,
  ChannelMissing,
  OrderMissing,
  OrderPaid,
  PayChannelRefused,
  PayChannelSilent,
} from './problems.ts';
import type { Settling } from './settling.ts';

/** How long an order may be paid, ms. */
const validity = 30 * 60_000;
/** An order is asked about no more often than this, ms. */
const askEvery = 30_000;
const atOnce = 200;

type Parts = Pick<Kernel, 'db' | 'clock' | 'audit' | 'log'> & {
  accounts: Accounts;
  settling: Pick<Settling, 'settle' | 'note'>;
  tenantOf: (actor: Actor, agreement: string) => Promise<{ agreement: string; party: string; place: string }>;
};

/**
 * Orders at channels. What a channel did with one is known by what it tells or answers under its signature and by nothing else: after
 * silence the order stays open, and is asked about until the channel says paid or closed.
 */
export function createOrders({ db, clock, audit, log, accounts, settling, tenantOf }: Parts) {
  const end = (id: string, state: 'closed'): Promise<number> =>
    db.systemTransaction((tx) =>
      tx.run(sql`
        update billing.pay_order set state = ${state}, ended_at = ${clock.now()} where id = ${id} and state = 'open'`),
    );

  async function find(id: string): Promise<OrderRow> {
    const [found] = await db.systemRead(sql<OrderRow>`select ${orderColumns} from billing.pay_order where id = ${id}`);
    if (!found) throw new OrderMissing({ id });
    return found;
  }

  /** Asks the channel about an open order and takes in the answer. Throws PayChannelSilent, PayChannelRefused. */
  async function check(order: OrderRow, channel: ChannelRow): Promise<OrderState['state']> {
    const acquirer = accounts.acquirer(channel);
    if (!acquirer) return 'open';
    await db.systemTransaction((tx) =>
      tx.run(sql`update billing.pay_order set asked_at = ${clock.now()} where id = ${order.id}`),
    );
    const answer = await acquirer.query(order.number);
    if (answer.state === 'paid') {
      const { told } = answer;
      await db.systemTransaction(async (tx) => {
        const outcome = `asked:${await settling.settle(tx, channel, told)}`;
        await settling.note(tx, channel, outcome, order.number, Buffer.from(JSON.stringify(told)));
      });
    } else if (answer.state === 'closed') await end(order.id, 'closed');
    return answer.state;
  }

  /** Shuts an order at the channel, so that it cannot be paid any more; answers whether it was paid before. */
  async function shut(order: OrderRow, channel: ChannelRow): Promise<boolean> {
    const acquirer = accounts.acquirer(channel);
    const before = await check(order, channel);
    if (!acquirer || before === 'paid' || before === 'closed') return before === 'paid';
    try {
      await acquirer.close(order.number);
    } catch (cause) {
      // Paid in between: the channel refuses to close it, and tells so when it is asked.
      if (!(cause instanceof PayChannelRefused)) throw cause;
    }
    const after = await check(order, channel);
    // What the channel never heard of cannot be paid there once its time is over.
    if (after === 'missing') await end(order.id, 'closed');
    return after === 'paid';
  }

  /** Earlier orders of a bill are shut first, as far as the channel answers. Throws OrderPaid when one was paid. */
  async function shutEarlier(bill: string): Promise<void> {
    const earlier = await db.systemRead(sql<OrderRow>`
      select ${orderColumns} from billing.pay_order where bill = ${bill} and state = 'open' order by id limit 20`);
    for (const order of earlier) {
      let paid = false;
      try {
        paid = await shut(order, await accounts.find(order.channel));
      } catch (cause) {
        // Silence does not keep anybody from paying: what is paid twice becomes prepaid money.
        if (!(cause instanceof Problem)) throw cause;
      }
      if (paid) throw new OrderPaid({ number: order.number });
    }
  }

  /** Nobody is asked to pay what was taken back. Throws BillMissing, BillFixed. */
  async function requireBill(agreement: string, bill: string): Promise<void> {
    const [found] = await db.systemRead(sql<{ reversed: boolean }>`
      select reversed_at is not null as reversed from billing.bill where id = ${bill} and agreement = ${agreement}`);
    if (!found) throw new BillMissing({ id: bill });
    if (found.reversed) throw new BillFixed({ id: bill });
  }

  /**
   * Opens an order. Throws AgreementMissing, ChannelMissing, BillMissing, BillFixed, OrderPaid, PayChannelSilent,
   * PayChannelRefused.
   */
  async function place(actor: Actor, wish: OrderWish): Promise<OrderShown> {
    const holder = await tenantOf(actor, wish.agreement);
    const channel = await accounts.find(wish.channel);
    if (channel.organisation !== actor.scope.organisation) throw new ChannelMissing({ id: wish.channel });
    const acquirer = accounts.acquirer(channel);
    if (wish.bill) await requireBill(wish.agreement, wish.bill);
    if (wish.bill) await shutEarlier(wish.bill);
    const id = newId();
    const number = id.replaceAll('-', '');
    const expires = new Date(clock.now().getTime() + validity);
    await db.transaction(actor.scope, async (tx) => {
      await tx.run(sql`
        insert into billing.pay_order (id, organisation, place, agreement, party, bill, channel, number, amount, state, created_at, expires_at)
        values (${id}, ${actor.scope.organisation}, ${holder.place}, ${wish.agreement}, ${holder.party}, ${wish.bill ?? null},
          ${wish.channel}, ${number}, ${wish.amount}, 'open', ${clock.now()}, ${acquirer ? expires : null})`);
      await audit.add(tx, actor, {
        action: 'pay-order.open',
        subject: `pay-order:${id}`,
        place: holder.place,
        detail: { agreement: wish.agreement, amount: wish.amount, channel: channel.kind },
      });
    });
    const order: OrderShown = { id, number, amount: wish.amount, state: 'open' };
    if (!acquirer) return order;
    const ask = { number, amount: wish.amount, title: '房屋租赁费用', notify: accounts.notifyUrl(channel), expires };
    const payer = {
      how: wish.how ?? 'qr',
      address: actor.from ?? '127.0.0.1',
      ...(wish.payer && { payer: wish.payer }),
    };
    try {
      const pay = await acquirer.place({ ...ask, ...payer });
      await db.systemTransaction((tx) =>
        tx.run(sql`update billing.pay_order set pay = ${JSON.stringify(pay)} where id = ${id}`),
      );
      return { ...order, pay };
    } catch (cause) {
      if (cause instanceof PayChannelRefused) await end(id, 'closed');
      throw cause;
    }
  }

  /** Asks about orders that are open; one whose time is over is shut at its channel. */
  async function pursue(signal?: AbortSignal): Promise<void> {
    const now = clock.now();
    const open = await db.systemRead(sql<OrderRow>`
      select ${sql.raw('o.id, o.organisation, o.place, o.agreement, o.party, o.bill, o.channel, o.number, o.amount, o.state, o.pay, o.expires_at as "expiresAt", o.transaction')}
      from billing.pay_order o join billing.channel c on c.id = o.channel and c.enabled and c.private_key is not null
      where o.state = 'open' and (o.asked_at is null or o.asked_at <= ${new Date(now.getTime() - askEvery)})
      order by o.asked_at nulls first, o.id limit ${atOnce}`);
    const channels = new Map((await accounts.outgoing()).map((each) => [each.id, each]));
    for (const order of open) {
      const channel = channels.get(order.channel);
      if (signal?.aborted || !channel) continue;
      const over = order.expiresAt !== null && order.expiresAt <= now;
      try {
        await (over ? shut(order, channel) : check(order, channel));
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause;
        if (!(cause instanceof PayChannelSilent))
          log.warn({ order: order.id, err: cause }, 'an order could not be asked about');
      }
    }
  }

  return { place, pursue, find, check };
}

export type Orders = ReturnType<typeof createOrders>;
