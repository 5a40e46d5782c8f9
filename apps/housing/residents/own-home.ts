import type { NotifyService } from '@keystead/apps/work/notify';
import type { Actor } from '@keystead/contracts/access';
import type { OwnBills } from './own-bills.ts';
import type { OwnCases } from './own-cases.ts';
import type { StandingOf } from './standing.ts';

type Parts = { standing: StandingOf; bills: OwnBills; repairs: OwnCases; notify: NotifyService };

/** What awaits a resident, in one answer: his house, what is owed, what is to be signed, what is being mended. */
export function createOwnHome({ standing, bills, repairs, notify }: Parts) {
  return async (actor: Actor) => {
    const [who, open, cases, unread] = await Promise.all([
      standing(actor),
      bills.list(actor, 'open'),
      repairs.list(actor, true),
      notify.unreadCount(actor),
    ]);
    const next = open.at(-1);
    return {
      name: who.name,
      home: who.home ?? null,
      owed: open.reduce((sum, { owed }) => sum + owed, 0),
      nextBill: next ? { id: next.id, period: next.period, dueOn: next.dueOn, owed: next.owed } : null,
      toSign: who.leases.filter(({ state }) => state === 'pending-tenant'),
      repairs: cases,
      unread,
    };
  };
}

export type OwnHome = ReturnType<typeof createOwnHome>;
