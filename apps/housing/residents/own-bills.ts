import {
  BillFixed,
  type BillingService,
  BillMissing,
  ChannelMissing,
  OrderMissing,
  OrderPaid,
  PayChannelRefused,
  PayChannelSilent,
} from '@keystead/apps/housing/billing';
import type { Actor } from '@keystead/contracts/access';
import { problem } from '@keystead/contracts/problem';
import type { StandingOf } from './standing.ts';

/** Nothing is owed on the bill. */
export class BillSettled extends problem('bill-settled', 409) {}

type Parts = { standing: StandingOf; billing: BillingService };
type Bill = Awaited<ReturnType<BillingService['reading']['bill']>>;

const owed = ({ amount, settled, waived, reversedAt }: Bill): number =>
  reversedAt ? 0 : Math.max(0, amount - settled - waived);
const perLease = 60;

/** Bills of one's own leases, and orders to pay them by a channel. */
export function createOwnBills({ standing, billing }: Parts) {
  async function bill(actor: Actor, id: string) {
    const who = await standing(actor);
    const found = await billing.reading.bill(who.own, id);
    if (!who.leases.some((lease) => lease.id === found.agreement)) throw new BillMissing({ id });
    return { who, found };
  }

  const list = async (actor: Actor, state?: 'open' | 'paid'): Promise<(Bill & { owed: number })[]> => {
    const { own, leases } = await standing(actor);
    const pages = await Promise.all(
      leases.map(({ id }) =>
        billing.reading.bills(own, { agreement: id, limit: perLease, ...(state ? { state } : {}) }),
      ),
    );
    return pages
      .flat()
      .filter(({ reversedAt }) => reversedAt === null)
      .sort((a, b) => (a.dueOn < b.dueOn ? 1 : -1))
      .map((each) => ({ ...each, owed: owed(each) }));
  };

  return {
    list,

    /** Throws BillMissing, also for bills of others. */
    get: async (actor: Actor, id: string) => {
      const { who, found } = await bill(actor, id);
      const lines = await billing.reading.lines(who.own, { document: id, agreement: found.agreement, limit: 200 });
      return { ...found, owed: owed(found), lines };
    },

    /** Ways to pay that are open, without what only the operator needs to know of them. */
    channels: async (actor: Actor) =>
      (await billing.payments.channels(actor))
        .filter(({ enabled }) => enabled)
        .map(({ id, name, kind }) => ({ id, name, kind })),

    /** Opens an order over all that is owed on a bill. Throws BillMissing, BillSettled, ChannelMissing. */
    order: async (actor: Actor, id: string, channel: string) => {
      const { who, found } = await bill(actor, id);
      const amount = owed(found);
      if (amount === 0) throw new BillSettled({ id });
      return billing.payments.order(who.own, { agreement: found.agreement, bill: id, channel, amount, how: 'link' });
    },

    /** Throws OrderMissing, also for orders of others. */
    orderOf: async (actor: Actor, id: string) => {
      const { own, leases } = await standing(actor);
      const found = await billing.payments.orderOf(own, id);
      if (!leases.some((lease) => lease.id === found.agreement)) throw new OrderMissing({ id });
      const { agreement: _, ...shown } = found;
      return shown;
    },
  };
}

export const payProblems = [
  BillMissing,
  BillFixed,
  BillSettled,
  ChannelMissing,
  OrderPaid,
  PayChannelSilent,
  PayChannelRefused,
];
export type OwnBills = ReturnType<typeof createOwnBills>;
