import { type Actor, inScope } from '@keystead/contracts/access';
import { dateOf, dayBegins, dayOf } from '@keystead/contracts/calendar';
import { NotAllowed } from '@keystead/contracts/problem';
import { sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { monthOf } from './calculation.ts';
import { ReportMissing } from './problems.ts';

/** One kind of fee in a month; minor units. */
export interface CollectionLine {
  subject: string;
  /** Owed from months before, when the month began. */
  opening: number;
  /** Billed for the month, less what was let go. */
  due: number;
  collectedCurrent: number;
  collectedEarlier: number;
}

export interface CollectionReport {
  period: string;
  at: Date;
  figures: { lines: CollectionLine[]; received: number };
}

/**
 * Collection of a month (H-9.1.4-d), frozen when it is made. Current rate = collectedCurrent / due; combined rate =
 * (collectedCurrent + collectedEarlier) / (due + opening).
 */
export function createReport({ db, clock, audit }: Pick<Kernel, 'db' | 'clock' | 'audit'>) {
  async function work(organisation: string, period: string): Promise<CollectionReport['figures']> {
    const { first, last } = monthOf(period);
    const from = dayBegins(first);
    const to = dayBegins(dateOf((dayOf(last) ?? 0) + 1));
    const lines = await db.systemRead(sql<CollectionLine>`
      with paid as (
        select s.charge, sum(s.amount) filter (where s.at >= ${from} and s.at < ${to}) as within, sum(s.amount) filter (where s.at < ${from}) as before
        from ledger_pub.settlement s where s.organisation = ${organisation} and s.at < ${to} group by 1)
      select c.subject,
        coalesce(sum(c.amount - c.waived - coalesce(p.before, 0)) filter (where c.period < ${period} and c.reversed_at is null), 0)::bigint as opening,
        coalesce(sum(c.amount - c.waived) filter (where c.period = ${period} and c.reversed_at is null), 0)::bigint as due,
        coalesce(sum(p.within) filter (where c.period >= ${period}), 0)::bigint as "collectedCurrent",
        coalesce(sum(p.within) filter (where c.period < ${period}), 0)::bigint as "collectedEarlier"
      from ledger_pub.charge c left join paid p on p.charge = c.id
      where c.organisation = ${organisation} and c.period <= ${period} group by 1 order by 1`);
    const [sum] = await db.systemRead(sql<{ received: number }>`
      select coalesce(sum(amount), 0)::bigint as received from ledger_pub.payment
      where organisation = ${organisation} and paid_at >= ${from} and paid_at < ${to}`);
    return { lines, received: sum?.received ?? 0 };
  }

  const whole = (actor: Actor): void => {
    if (!inScope(actor.scope, '')) throw new NotAllowed();
  };

  return {
    /** Organisations that billed for a month or before it. */
    organisations: async (period: string): Promise<string[]> =>
      (
        await db.systemRead(
          sql<{ organisation: string }>`select distinct organisation from billing.bill where period <= ${period}`,
        )
      ).map(({ organisation }) => organisation),
    /** Makes the report of a month, once; the one there is stays as it is. */
    make: async (actor: Actor, period: string): Promise<void> => {
      const { organisation } = actor.scope;
      const figures = await work(organisation, period);
      await db.systemTransaction(async (tx) => {
        const made = await tx.run(sql`
          insert into billing.report (organisation, period, at, figures) values (${organisation}, ${period}, ${clock.now()}, ${JSON.stringify(figures)})
          on conflict do nothing`);
        if (made > 0) await audit.add(tx, actor, { action: 'collection-report.make', subject: `period:${period}` });
      });
    },
    /** Throws ReportMissing, NotAllowed. */
    get: async (actor: Actor, period: string): Promise<CollectionReport> => {
      whole(actor);
      const [found] = await db.read(
        actor.scope,
        sql<CollectionReport>`select period, at, figures from billing.report where organisation = ${actor.scope.organisation} and period = ${period}`,
      );
      if (!found) throw new ReportMissing({ period });
      return found;
    },
    reports: (actor: Actor): Promise<CollectionReport[]> => {
      whole(actor);
      return db.read(
        actor.scope,
        sql<CollectionReport>`select period, at, figures from billing.report where organisation = ${actor.scope.organisation} order by period desc limit 120`,
      );
    },
  };
}

export type Report = ReturnType<typeof createReport>;
