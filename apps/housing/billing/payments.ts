import type { AgreementsService } from '@keystead/apps/work/agreements';
import type { LedgerService } from '@keystead/apps/work/ledger';
import type { Actor } from '@keystead/contracts/access';
import { inSubtrees, sql } from '@keystead/kernel/db';
import { job } from '@keystead/kernel/jobs';
import type { Kernel } from '@keystead/kernel/module';
import type { Accounts } from './accounts.ts';
import type { Holding } from './holding.ts';
import { type OrderRow, type OrderShown, orderColumns, shown } from './order.ts';
import { createOrders } from './orders.ts';
import { OrderMissing } from './problems.ts';
import { createRefundDesk } from './refund-desk.ts';
import { createRefunds } from './refunds.ts';
import { createSettling } from './settling.ts';

type Parts = Pick<Kernel, 'db' | 'clock' | 'audit' | 'log' | 'jobs'> & {
  ledger: LedgerService;
  agreements: AgreementsService;
  accounts: Accounts;
  holding: Holding;
};

/** Money coming in: at the desk, and by channels that are asked and tell us of it. */
export function createPayments(parts: Parts) {
  const { db, audit, ledger, agreements, accounts } = parts;

  async function tenantOf(actor: Actor, agreement: string) {
    const found = await agreements.get(actor, agreement);
    const party = found.parties.find(({ role }) => role === 'tenant')?.party ?? '';
    return { agreement, party, place: found.place, code: found.code };
  }

  const refunds = createRefunds(parts);
  const settling = createSettling({ ...parts, refunds });
  const orders = createOrders({ ...parts, settling, tenantOf });

  async function rowOf(actor: Actor, id: string): Promise<OrderRow> {
    const [found] = await db.read(
      actor.scope,
      sql<OrderRow>`select ${orderColumns} from billing.pay_order
        where id = ${id} and organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'place')}`,
    );
    if (!found) throw new OrderMissing({ id });
    return found;
  }

  const pursue = async (signal?: AbortSignal): Promise<void> => {
    await orders.pursue(signal);
    await refunds.pursue(signal);
  };
  parts.jobs.add(
    job({
      name: 'billing.orders',
      every: 30,
      timeout: 600,
      run: (_, { signal }: { signal: AbortSignal }) => pursue(signal),
    }),
  );

  return {
    refunds: createRefundDesk({ ...parts, refunds, tenantOf }),
    pursue,
    order: orders.place,
    told: settling.told,
    channels: accounts.list,
    putChannel: accounts.put,

    /** Cash, card or transfer taken by a person (`channel` names which). Throws AgreementMissing, PaymentReferenceUsed. */
    take: async (
      actor: Actor,
      wish: { agreement: string; channel: string; reference: string; amount: number; paidAt: Date },
    ): Promise<{ id: string; fresh: boolean }> => {
      const { code, ...holder } = await tenantOf(actor, wish.agreement);
      return db.transaction(actor.scope, async (tx) => {
        const { id, fresh } = await ledger.pay(tx, actor, { ...wish, ...holder });
        if (fresh)
          await audit.add(tx, actor, {
            action: 'payment.take',
            subject: `payment:${id}`,
            place: holder.place,
            detail: { code, channel: wish.channel, reference: wish.reference, amount: wish.amount },
          });
        return { id, fresh };
      });
    },

    /** How far an order got. Throws OrderMissing outside the actor's places. */
    orderOf: async (actor: Actor, id: string): Promise<OrderShown & { agreement: string }> => {
      const found = await rowOf(actor, id);
      return { ...shown(found), agreement: found.agreement };
    },

    /** Asks the channel at once what became of an order. Throws OrderMissing, PayChannelSilent, PayChannelRefused. */
    checkOrder: async (actor: Actor, id: string): Promise<OrderShown> => {
      const before = await rowOf(actor, id);
      await db.transaction(actor.scope, (tx) =>
        audit.add(tx, actor, { action: 'pay-order.check', subject: `pay-order:${id}`, place: before.place }),
      );
      if (before.state === 'open') await orders.check(before, await accounts.find(before.channel));
      return shown(await rowOf(actor, id));
    },
  };
}

export type Payments = ReturnType<typeof createPayments>;
