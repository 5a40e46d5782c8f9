import { AmountTooLarge, type LedgerService } from '@keystead/apps/work/ledger';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { Problem } from '@keystead/contracts/problem';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { Accounts, ChannelRow } from './accounts.ts';
import type { RefundState } from './channels/channel.ts';
import { type OrderRow, orderColumns } from './order.ts';
import { OrderMissing, OrderUnpaid, PayChannelRefused, PayChannelSilent, RefundMissing } from './problems.ts';

export interface RefundRow {
  id: string;
  organisation: string;
  place: string;
  agreement: string;
  party: string;
  channel: string;
  order: string;
  number: string;
  amount: number;
  reason: string;
  state: 'asked' | 'done' | 'failed';
  askedAt: Date;
  endedAt: Date | null;
  actorName: string;
}

const columns =
  sql.raw(`id, organisation, place, agreement, party, channel, pay_order as "order", number, amount, reason, state,
  asked_at as "askedAt", ended_at as "endedAt", actor_name as "actorName"`);
const askEvery = 30_000; // ms
const atOnce = 200;

type Parts = Pick<Kernel, 'db' | 'clock' | 'audit' | 'log'> & { ledger: LedgerService; accounts: Accounts };

/**
 * Prepaid money of a paid order back by the channel it came by. It is posted before the channel is asked, so that it cannot be spent
 * twice meanwhile; a refusal undoes the posting, silence leaves it as it is until the channel says what it did.
 */
export function createRefunds({ db, clock, audit, log, ledger, accounts }: Parts) {
  const key = (kind: string, number: string): string => `refund:${kind}:${number}`;

  async function end(tx: Tx, channel: ChannelRow, number: string, state: RefundState): Promise<string> {
    const found = await tx.maybe(sql<RefundRow>`
      select ${columns} from billing.refund where number = ${number} and channel = ${channel.id} for update`);
    if (!found) throw new RefundMissing({ number });
    if (found.state !== 'asked' || (state !== 'done' && state !== 'failed')) return 'noted';
    const actor = systemActor(`billing.${channel.kind}`, channel.organisation as OrganisationId);
    if (state === 'failed') await ledger.undo(tx, actor, { key: key(channel.kind, number), reason: '渠道退款失败' });
    await tx.run(sql`update billing.refund set state = ${state}, ended_at = ${clock.now()} where id = ${found.id}`);
    await audit.add(tx, actor, {
      action: `payment.refund-${state}`,
      subject: `agreement:${found.agreement}`,
      place: found.place,
      detail: { refund: found.id, amount: found.amount },
    });
    return `refund-${state}`;
  }

  async function give(id: string): Promise<void> {
    const [refund] = await db.systemRead(sql<RefundRow>`select ${columns} from billing.refund where id = ${id}`);
    const [order] = await db.systemRead(
      sql<OrderRow>`select ${orderColumns} from billing.pay_order where id = ${refund?.order ?? id}`,
    );
    if (!refund || !order || refund.state !== 'asked') return;
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

  const get = async (actor: Actor, id: string): Promise<RefundRow> => {
    const [found] = await db.read(
      actor.scope,
      sql<RefundRow>`select ${columns} from billing.refund
        where id = ${id} and organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'place')}`,
    );
    if (!found) throw new RefundMissing({ id });
    return found;
  };

  return {
    end,
    get,
    /** Newest first. */
    list: (actor: Actor, filter: { agreement?: string; limit: number }): Promise<RefundRow[]> =>
      db.read(
        actor.scope,
        sql<RefundRow>`select ${columns} from billing.refund
          where organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'place')}
            and ${filter.agreement ? sql`agreement = ${filter.agreement}` : sql`true`}
          order by asked_at desc, id desc limit ${filter.limit}`,
      ),
    /** Asks for money back. Throws OrderMissing, OrderUnpaid, AmountTooLarge, PeriodClosed. */
    ask: async (actor: Actor, wish: { order: string; amount: number; reason: string }): Promise<RefundRow> => {
      const id = newId();
      await db.transaction(actor.scope, async (tx) => {
        const order = await tx.one(
          sql<OrderRow>`select ${orderColumns} from billing.pay_order where id = ${wish.order}
            and organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'place')} for update`,
          () => new OrderMissing({ id: wish.order }),
        );
        const channel = await accounts.find(order.channel);
        if (order.state !== 'paid' || !accounts.acquirer(channel)) throw new OrderUnpaid({ id: wish.order });
        const before = await tx.maybe(sql<{ sum: number }>`
          select coalesce(sum(amount), 0)::bigint as sum from billing.refund where pay_order = ${order.id} and state <> 'failed'`);
        const most = order.amount - (before?.sum ?? 0);
        if (wish.amount > most) throw new AmountTooLarge({ most });
        const { agreement, party, place } = order;
        const number = id.replaceAll('-', '');
        const holder = { agreement, party, place, channel: channel.kind, amount: wish.amount };
        await ledger.refund(tx, actor, { ...holder, key: key(channel.kind, number), reason: wish.reason });
        await tx.run(sql`
          insert into billing.refund (id, organisation, place, agreement, party, channel, pay_order, number, amount, reason, state, asked_at, actor_name)
          values (${id}, ${actor.scope.organisation}, ${place}, ${agreement}, ${party}, ${channel.id}, ${order.id}, ${number},
            ${wish.amount}, ${wish.reason}, 'asked', ${clock.now()}, ${actor.name})`);
        await audit.add(tx, actor, {
          action: 'payment.refund',
          subject: `agreement:${agreement}`,
          place,
          detail: { refund: id, order: order.id, channel: channel.kind, amount: wish.amount, reason: wish.reason },
        });
      });
      await give(id);
      return get(actor, id);
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
