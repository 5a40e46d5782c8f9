import type { BillingService } from '@keystead/apps/housing/billing';
import type { PolicyService } from '@keystead/apps/housing/policy';
import { HouseMissing, marketRent, type StockService } from '@keystead/apps/housing/stock';
import type { Agreement, AgreementsService } from '@keystead/apps/work/agreements';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { dayBegins, localDate } from '@keystead/contracts/calendar';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Exit, exitCode } from './exit.ts';
import type { Opening } from './opening.ts';
import * as store from './store.ts';
import {
  MarketRentMissing,
  type Transition,
  type TransitionAhead,
  type TransitionSettled,
  transitionFrom,
  transitionRent,
} from './transition.ts';

export interface TransitionParts extends Pick<Kernel, 'db' | 'clock' | 'audit' | 'log'> {
  readonly agreements: AgreementsService;
  readonly billing: Pick<BillingService, 'rework'>;
  readonly policy: PolicyService;
  readonly stock: StockService;
  readonly opening: Pick<Opening, 'find'>;
}

const open: readonly string[] = ['initiated', 'accepted', 'inspected'];
const rent = 'rent';

/** Rent of households that stay beyond their day: the fee of the lease changes with that day, and with it every bill from then on. */
export function createTransitions({
  db,
  clock,
  audit,
  log,
  agreements,
  billing,
  policy,
  stock,
  opening,
}: TransitionParts) {
  /** A house nobody opened a file for says as little as a file without it. */
  const marketOf = async (actor: Actor, house: string): Promise<number | null> => {
    try {
      return marketRent((await stock.get(actor, house)).row) ?? null;
    } catch (cause) {
      if (cause instanceof HouseMissing) return null;
      throw cause;
    }
  };

  async function percentOn(tx: Tx, exit: Exit, from: string): Promise<{ percent: number; policy: string }> {
    const rules = await policy.at(tx, exit.organisation, dayBegins(from), exit.place);
    return { percent: rules.value('transition-rent-percent'), policy: rules.id };
  }

  /** The fee and the bills of the lease from a month on. */
  async function charge(tx: Tx, actor: Actor, exit: Exit, from: string, basis: Transition['before']): Promise<void> {
    const reason = `退出 ${exitCode(exit.number)}`;
    await agreements.setFee(tx, actor, exit.lease, { subject: rent, basis, effectiveOn: from, reason });
    await billing.rework(tx, actor, { agreement: exit.lease, from: from.slice(0, 7), reason });
  }

  /**
   * Once `until` is beyond the day the household had to be out, its rent is a share of the market rent from that day on; kept
   * with the exit and answered. Nothing happens twice. Throws MarketRentMissing, PeriodClosed.
   */
  async function applyIn(
    tx: Tx,
    actor: Actor,
    exit: Exit,
    lease: Agreement,
    until: string,
  ): Promise<Transition | null> {
    if (exit.transition) return exit.transition;
    const from = transitionFrom(exit, lease);
    if (from > until) return null;
    const market = await marketOf(actor, exit.house);
    if (market === null) throw new MarketRentMissing({ house: exit.house, from });
    const { percent, policy } = await percentOn(tx, exit, from);
    const fees = await agreements.fees(actor, exit.lease);
    const now = fees.find(
      ({ subject, startsOn, endsOn }) => subject === rent && startsOn <= from && (endsOn === null || endsOn >= from),
    );
    const amount = transitionRent(market, percent);
    const transition = { from, market, percent, rent: amount, policy, before: now?.basis ?? null };
    await charge(tx, actor, exit, from, { kind: 'fixed', amount });
    await store.saveTransition(tx, exit.id, transition);
    const { before: _, ...detail } = transition;
    await audit.add(tx, actor, { action: 'exit.transition', subject: `exit:${exit.id}`, place: exit.place, detail });
    return transition;
  }

  /** One whose day has passed. False = its file says no market rent; the page says so, and settling asks for it. */
  async function begin(id: string, organisation: string): Promise<boolean> {
    const actor = systemActor('exits.transition', organisation as OrganisationId);
    return db.systemTransaction(async (tx) => {
      const exit = await opening.find(tx, actor, id);
      if (!open.includes(exit.state)) return false;
      const lease = await agreements.lock(tx, actor, exit.lease);
      const [today, last] = [localDate(clock.now()), exit.inspection?.lastDay];
      return (await applyIn(tx, actor, exit, lease, last && last < today ? last : today)) !== null;
    });
  }

  return {
    applyIn,

    /** Every household that should be out by today and is not; answers for how many the rent changed. */
    pass: async (): Promise<number> => {
      let changed = 0;
      for (const { id, organisation } of await db.systemRead(store.staying(localDate(clock.now()))))
        try {
          if (await begin(id, organisation)) changed += 1;
        } catch (cause) {
          // One that cannot be charged holds up no other.
          log.warn({ err: cause, exit: id }, 'the rent of a household that stays on could not be set');
        }
      return changed;
    },

    /** The household stays after all: its rent is what it was, from the same day on. Throws PeriodClosed. */
    giveBackIn: async (tx: Tx, actor: Actor, exit: Exit): Promise<void> => {
      if (!exit.transition) return;
      await charge(tx, actor, exit, exit.transition.from, exit.transition.before);
      await store.saveTransition(tx, exit.id, null);
    },

    /** What it came to within the last account; undefined when the household was out in time. */
    settledIn: async (
      tx: Tx,
      exit: Exit,
      of: Transition | null,
      to: string,
    ): Promise<TransitionSettled | undefined> => {
      if (!of || of.from > to) return undefined;
      const { before: _, ...transition } = of;
      const [sum] = await tx.all(sql<{ charged: number }>`
        select coalesce(sum(amount), 0)::bigint as charged from ledger_pub.charge where agreement = ${exit.lease}
          and subject = ${rent} and reversed_at is null and detail->>'from' >= ${of.from}`);
      return { ...transition, to, charged: sum?.charged ?? 0 };
    },

    /** What is paid, or would be from which day on, while the household is on its way out; null once that is over. */
    aheadOf: async (actor: Actor, exit: Exit): Promise<TransitionAhead | null> => {
      // Settled: the last account says it.
      if (!open.includes(exit.state)) return null;
      if (exit.transition) {
        const { before: _, ...transition } = exit.transition;
        return { ...transition, running: true };
      }
      const from = transitionFrom(exit, await agreements.get(actor, exit.lease));
      const market = await marketOf(systemActor('exits.transition', actor.scope.organisation), exit.house);
      const { percent, policy } = await db.systemTransaction((tx) => percentOn(tx, exit, from));
      const amount = market === null ? null : transitionRent(market, percent);
      return { from, market, percent, rent: amount, policy, running: false };
    },
  };
}

export type Transitions = ReturnType<typeof createTransitions>;
