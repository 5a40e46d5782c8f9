import { type Actor, inScope, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';
import { newId } from '@keystead/contracts/ids';
import { maskName } from '@keystead/data/parties';
import { inSubtrees, type Query, sql, type Tx, underPath } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import {
  checkInstalments,
  type Instalment,
  type InstalmentView,
  NothingLate,
  PaymentPlanMissing,
  PaymentPlanStanding,
  type PlanState,
  spread,
  standingOf,
} from './payment-plan.ts';
import { constraintOf } from './problems.ts';

interface Row {
  id: string;
  organisation: string;
  place: string;
  agreement: string;
  party: string;
  code: string;
  tenant: string;
  amount: number;
  open: number;
  reason: string;
  state: PlanState;
  pause: string;
  at: Date;
  actorName: string;
  endedAt: Date | null;
  endReason: string | null;
  instalments: Instalment[];
}

/** A plan with how far it has got; a running one is told as it stands today. */
export interface PaymentPlan extends Omit<Row, 'organisation' | 'place' | 'pause' | 'open' | 'instalments'> {
  paid: number;
  instalments: InstalmentView[];
}

export interface PlanFilter {
  agreement?: string;
  state?: PlanState;
  place?: string;
  /** Id of the last one of the page before. */
  after?: string;
  limit: number;
}

interface PlanWish {
  agreement: string;
  instalments: readonly Instalment[];
  reason: string;
}

const rows = (where: ReturnType<typeof sql>, limit: number): Query<Row> => sql<Row>`
  select p.id, p.organisation, p.place, p.agreement, p.party, a.code, coalesce(t.name, '') as tenant, p.amount, p.reason, p.state, p.pause,
    p.at, p.actor_name as "actorName", p.ended_at as "endedAt", p.end_reason as "endReason",
    (select coalesce(sum(c.amount - c.settled - c.waived), 0)::bigint from ledger_pub.charge c
      where c.id = any(p.charges) and c.reversed_at is null) as open,
    (select json_agg(json_build_object('dueOn', i.due_on, 'amount', i.amount) order by i.number)
      from billing.instalment i where i.plan = p.id) as instalments
  from billing.payment_plan p join agreements_pub.agreement a on a.id = p.agreement
  left join agreements_pub.party t on t.agreement = p.agreement and t.party = p.party and t.role = 'tenant'
  where ${where} order by p.id desc limit ${limit}`;

/**
 * Late money paid in parts by agreement 分期还款. While a plan runs no reminder goes; a part that stays away past its day
 * breaks the plan, and the ladder goes on by itself.
 */
export function createPaymentPlans({ db, clock, audit }: Pick<Kernel, 'db' | 'clock' | 'audit'>) {
  const today = (): string => localDate(clock.now());

  function view({ organisation: _o, place: _p, pause: _s, open, instalments, ...row }: Row): PaymentPlan {
    const paid = row.amount - Math.min(row.amount, open);
    const parts = spread(instalments, paid);
    const state = row.state === 'running' ? standingOf(parts, today()) : row.state;
    return { ...row, tenant: maskName(row.tenant), state, paid, instalments: parts };
  }

  async function end(tx: Tx, actor: Actor, row: Row, state: PlanState, reason: string | null): Promise<void> {
    const now = clock.now();
    await tx.run(
      sql`update billing.payment_plan set state = ${state}, ended_at = ${now}, end_reason = ${reason} where id = ${row.id}`,
    );
    await tx.run(sql`update billing.pause set ended_at = ${now} where id = ${row.pause} and ended_at is null`);
    await audit.add(tx, actor, {
      action: `payment-plan.${state}`,
      subject: `agreement:${row.agreement}`,
      place: row.place,
      detail: { plan: row.id, open: row.open, ...(reason ? { reason } : {}) },
    });
  }

  return {
    /** The newest first. */
    list: async (actor: Actor, { agreement, state, place, after, limit }: PlanFilter): Promise<PaymentPlan[]> => {
      const where = [
        sql`p.organisation = ${actor.scope.organisation}`,
        inSubtrees(actor.scope, 'p.place'),
        ...(agreement ? [sql`p.agreement = ${agreement}`] : []),
        ...(state ? [sql`p.state = ${state}`] : []),
        ...(place ? [underPath(place, 'p.place')] : []),
        ...(after ? [sql`p.id < ${after}`] : []),
      ];
      return (await db.read(actor.scope, rows(sql`${sql.join(where, sql` and `)}`, limit))).map(view);
    },

    /**
     * Agrees with the tenant on parts of all that is late now. Throws NothingLate, PaymentPlanInvalid, PaymentPlanStanding.
     */
    make: (
      actor: Actor,
      lease: { id: string; place: string },
      wish: Omit<PlanWish, 'agreement'>,
    ): Promise<{ id: string }> =>
      db
        .transaction(actor.scope, async (tx) => {
          const late = await tx.all(sql<{ id: string; party: string; open: number }>`
            select c.id, c.party, (c.amount - c.settled - c.waived)::bigint as open from ledger_pub.charge c
            where c.agreement = ${lease.id} and c.reversed_at is null and c.settled + c.waived < c.amount and c.due_on < ${today()}::date
            order by c.due_on, c.id limit 1000`);
          const [first] = late;
          if (!first) throw new NothingLate({ agreement: lease.id });
          const owed = late.reduce((sum, { open }) => sum + open, 0);
          checkInstalments(wish.instalments, owed, today());
          const [id, pause] = [newId(), newId()];
          const { organisation } = actor.scope;
          const now = clock.now();
          const lastDay = wish.instalments.at(-1)?.dueOn ?? today();
          await tx.run(sql`
            insert into billing.pause (id, organisation, agreement, reason, note, from_day, until_day, at, actor_name)
            values (${pause}, ${organisation}, ${lease.id}, 'plan', ${wish.reason}, ${today()}, ${lastDay}, ${now}, ${actor.name})`);
          await tx.run(sql`
            insert into billing.payment_plan (id, organisation, place, agreement, party, amount, charges, reason, state, pause, at, actor_name)
            values (${id}, ${organisation}, ${lease.place}, ${lease.id}, ${first.party}, ${owed}, ${late.map((each) => each.id)}, ${wish.reason},
              'running', ${pause}, ${now}, ${actor.name})`);
          await tx.run(sql`
            insert into billing.instalment (plan, organisation, number, due_on, amount)
            select ${id}, ${organisation}, number, due_on, amount
            from json_to_recordset(${JSON.stringify(wish.instalments.map(({ dueOn, amount }, at) => ({ number: at + 1, due_on: dueOn, amount })))}::json)
              as r(number int, due_on date, amount bigint)`);
          await audit.add(tx, actor, {
            action: 'payment-plan.make',
            subject: `agreement:${lease.id}`,
            place: lease.place,
            detail: { plan: id, amount: owed, parts: wish.instalments.length, reason: wish.reason },
          });
          return { id };
        })
        .catch((cause: unknown) => {
          if (constraintOf(cause) === 'payment_plan_running') throw new PaymentPlanStanding({ agreement: lease.id });
          throw cause;
        }),

    /** Takes an agreed plan back; reminders go on. Throws PaymentPlanMissing. */
    end: (actor: Actor, id: string, reason: string): Promise<void> =>
      db.transaction(actor.scope, async (tx) => {
        await tx.all(sql`select from billing.payment_plan where id = ${id} for update`);
        const [row] = await tx.all(
          rows(sql`p.id = ${id} and p.organisation = ${actor.scope.organisation} and p.state = 'running'`, 1),
        );
        if (!row || !inScope(actor.scope, row.place)) throw new PaymentPlanMissing({ id });
        await end(tx, actor, row, 'ended', reason);
      }),

    /** Plans whose parts are all paid, or one of them late, are over; answers how many. */
    pass: async (): Promise<number> => {
      let ended = 0;
      let after: string | undefined;
      for (;;) {
        const some = await db.systemRead(
          rows(sql`p.state = 'running' and ${after ? sql`p.id < ${after}` : sql`true`}`, 500),
        );
        for (const row of some) {
          const state = standingOf(spread(row.instalments, row.amount - Math.min(row.amount, row.open)), today());
          if (state === 'running') continue;
          const actor = systemActor('billing', row.organisation as OrganisationId);
          await db.systemTransaction((tx) => end(tx, actor, row, state, null));
          ended += 1;
        }
        after = some.at(-1)?.id;
        if (some.length < 500) return ended;
      }
    },
  };
}

export type PaymentPlans = ReturnType<typeof createPaymentPlans>;
