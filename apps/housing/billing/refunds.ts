import { AmountTooLarge, type LedgerService } from '@keystead/apps/work/ledger';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { Problem } from '@keystead/contracts/problem';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { Accounts, ChannelRow } from './accounts.ts';
import type { RefundState } from './channels/channel.ts';
import type { Holding } from './holding.ts';
import { type OrderRow, orderColumns } from './order.ts';
import { OrderMissing, OrderUnpaid, PayChannelRefused, PayChannelSilent, RefundMissing } from './problems.ts';
import { type RefundRow, refundColumns } from './refund.ts';

const askEvery = 30_000; // ms
const atOnce = 200;

type Parts = Pick<Kernel, 'db' | 'clock' | 'audit' | 'log'> & {
  ledger: LedgerService;
  accounts: Accounts;
  holding: Holding;
};

/**
 * Prepaid money of a paid order back by the channel it came by. It is posted before the channel is asked, so that it cannot be spent
 * twice meanwhile; a refusal undoes the posting, silence leaves it as it is until the channel says what it did. One that waits for a second
 * person is posted and asked for when that person has confirmed it.
 */
export function createRefunds({ db, clock, audit, log, ledger, accounts, holding }: Parts) {
  async function end(tx: Tx, channel: ChannelRow, number: string, state: RefundState): Promise<string> {
    const found = await tx.maybe(sql<RefundRow>`
      select ${refundColumns} from billing.refund r where r.number = ${number} and r.channel = ${channel.id} for update`);
    if (!found) throw new RefundMissing({ number });
    if (found.state !== 'asked' || (state !== 'done' && state !== 'failed')) return 'noted';
    const actor = systemActor(`billing.${channel.kind}`, channel.organisation as OrganisationId);
    if (state === 'failed') await ledger.undo(tx, actor, { key: found.key, reason: '渠道退款失败' });
    await tx.run(sql`update billing.refund set state = ${state}, ended_at = ${clock.now()} where id = ${found.id}`);
    await audit.add(tx, actor, {
      action: `payment.refund-${state}`,
      subject: `agreement:${found.agreement}`,
      place: found.place,
      detail: { refund: found.id, amount: found.amount },
    });
    return `refund-${state}`;
  }

  /** Asks the channel for it, or what became of it. What goes over the desk, waits or is over is left as it is. */
  async function give(id: string): Promise<void> {
    const [refund] = await db.systemRead(
      sql<RefundRow>`select ${refundColumns} from billing.refund r where r.id = ${id}`,
    );
    if (!refund?.order || !refund.channel || refund.state !== 'asked') return;
    const [order] = await db.systemRead(
      sql<OrderRow>`select ${orderColumns} from billing.pay_order where id = ${refund.order}`,
    );
    if (!order) return;
    const channel = await accounts.find(refund.channel);
    const acquirer = accounts.acquirer(channel);
    if (!acquirer) return;
    await db.systemTransaction((tx) =>
      tx.run(sql`update billing.refund set tried_at = ${clock.now()} where id = ${id}`),
    );
    const { number, amount, reason } = refund;
    let state: RefundState;
    try {
      state = await acquirer.refundOf(order.number, number);
      if (state === 'missing')
        state = await acquirer.refund({
          ...{ order: order.number, number, amount, total: order.amount, reason },
          notify: accounts.notifyUrl(channel),
        });
    } catch (cause) {
      if (cause instanceof PayChannelRefused) state = 'failed';
      else if (cause instanceof PayChannelSilent) return;
      else throw cause;
    }
    await db.systemTransaction((tx) => end(tx, channel, number, state));
  }

  return {
    end,
    give,
    /** Asks for money back; answers its id. Throws OrderMissing, OrderUnpaid, AmountTooLarge, PeriodClosed. */
    ask: async (actor: Actor, wish: { order: string; amount: number; reason: string }): Promise<string> => {
      const id = newId();
      const { reason } = wish;
      await db.transaction(actor.scope, async (tx) => {
        const order = await tx.one(
          sql<OrderRow>`select ${orderColumns} from billing.pay_order where id = ${wish.order}
            and organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'place')} for update`,
          () => new OrderMissing({ id: wish.order }),
        );
        const channel = await accounts.find(order.channel);
        if (order.state !== 'paid' || !accounts.acquirer(channel)) throw new OrderUnpaid({ id: wish.order });
        const before = await tx.maybe(sql<{ sum: number }>`
          select coalesce(sum(amount), 0)::bigint as sum from billing.refund where pay_order = ${order.id} and state not in ('failed', 'refused')`);
        const { agreement, party, place } = order;
        const { prepaid } = await ledger.standingIn(tx, actor, agreement);
        const most = Math.min(order.amount - (before?.sum ?? 0), prepaid);
        if (wish.amount > most) throw new AmountTooLarge({ most });
        const number = id.replaceAll('-', '');
        const key = `refund:${channel.kind}:${number}`;
        const holder = { agreement, party, place, amount: wish.amount, key, reason };
        const limit = await holding.limitOf(tx, actor, holder);
        if (!limit) await ledger.refund(tx, actor, { ...holder, channel: channel.kind, cleared: true });
        const entered = { ...holder, id, way: 'channel', via: channel.kind, number } as const;
        await holding.enter(tx, actor, { ...entered, channel: channel.id, order: order.id }, limit);
      });
      await give(id);
      return id;
    },
    /** Goes on with refunds whose outcome is not known. */
    pursue: async (signal?: AbortSignal): Promise<void> => {
      const before = new Date(clock.now().getTime() - askEvery);
      const open = await db.systemRead(sql<{ id: string }>`
        select r.id from billing.refund r join billing.channel c on c.id = r.channel and c.enabled
        where r.state = 'asked' and (r.tried_at is null or r.tried_at <= ${before}) order by r.tried_at nulls first, r.id limit ${atOnce}`);
      for (const { id } of open) {
        if (signal?.aborted) return;
        try {
          await give(id);
        } catch (cause) {
          if (!(cause instanceof Problem)) throw cause;
          log.warn({ refund: id, err: cause }, 'a refund could not be asked about');
        }
      }
    },
  };
}

export type Refunds = ReturnType<typeof createRefunds>;
