import { type LedgerService, PaymentReferenceUsed } from '@keystead/apps/work/ledger';
import type { Actor } from '@keystead/contracts/access';
import { maskName } from '@keystead/data/parties';
import { inSubtrees, sql, type Tx, underPath } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { personOf } from './holding.ts';
import { RefundMissing } from './problems.ts';
import {
  RefundDecided,
  RefundOwn,
  type RefundRow,
  type RefundStanding,
  type RefundWay,
  refundColumns,
} from './refund.ts';
import type { Refunds } from './refunds.ts';

/** One refund as a list shows it. */
export interface RefundLine extends RefundRow {
  code: string;
  tenant: string;
  /** Whoever looks asked for it himself, so that somebody else confirms it. */
  own: boolean;
}

export interface RefundFilter {
  agreement?: string;
  state?: RefundStanding;
  way?: RefundWay;
  place?: string;
  /** Id of the last one of the page before. */
  after?: string;
  limit: number;
}

interface DeskWish {
  agreement: string;
  channel: string;
  amount: number;
  reference: string;
  reason: string;
}

type Parts = Pick<Kernel, 'db' | 'clock' | 'audit'> & {
  ledger: LedgerService;
  refunds: Refunds;
  tenantOf: (actor: Actor, agreement: string) => Promise<{ agreement: string; party: string; place: string }>;
};

/** Money that goes back: asked for by one, above the policy's limit confirmed by another, and what became of it. */
export function createRefundDesk({ db, clock, audit, ledger, refunds, tenantOf }: Parts) {
  const mine = (actor: Actor) =>
    sql`r.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'r.place')}`;

  const lines = async (actor: Actor, where: ReturnType<typeof sql>, limit: number): Promise<RefundLine[]> => {
    const rows = await db.read(
      actor.scope,
      sql<Omit<RefundLine, 'own'>>`
        select ${refundColumns}, a.code, coalesce(t.name, '') as tenant from billing.refund r
        join agreements_pub.agreement a on a.id = r.agreement
        left join agreements_pub.party t on t.agreement = r.agreement and t.party = r.party and t.role = 'tenant'
        where ${mine(actor)} and ${where} order by r.asked_at desc, r.id desc limit ${limit}`,
    );
    return rows.map((row) => ({ ...row, tenant: maskName(row.tenant), own: row.askedBy === personOf(actor) }));
  };

  const get = async (actor: Actor, id: string): Promise<RefundLine> => {
    const [found] = await lines(actor, sql`r.id = ${id}`, 1);
    if (!found) throw new RefundMissing({ id });
    return found;
  };

  async function decide(
    actor: Actor,
    id: string,
    run: (tx: Tx, row: RefundRow) => Promise<{ state: RefundStanding; decision: string | null }>,
  ): Promise<void> {
    await db.transaction(actor.scope, async (tx) => {
      const row = await tx.one(
        sql<RefundRow>`select ${refundColumns} from billing.refund r where r.id = ${id} and ${mine(actor)} for update`,
        () => new RefundMissing({ id }),
      );
      if (row.state !== 'waiting') throw new RefundDecided({ state: row.state });
      const { state, decision } = await run(tx, row);
      const now = clock.now();
      await tx.run(sql`
        update billing.refund set state = ${state}, decided_by = ${personOf(actor)}, decided_name = ${actor.name}, decided_at = ${now},
          decision = ${decision}, ended_at = ${state === 'asked' ? null : now} where id = ${id}`);
      await audit.add(tx, actor, {
        action: state === 'refused' ? 'payment.refund-refuse' : 'payment.refund-confirm',
        subject: `agreement:${row.agreement}`,
        place: row.place,
        detail: { refund: id, amount: row.amount, askedBy: row.actorName, ...(decision && { reason: decision }) },
      });
    });
  }

  return {
    get,
    /** The newest first. */
    list: (actor: Actor, { agreement, state, way, place, after, limit }: RefundFilter): Promise<RefundLine[]> => {
      const where = [
        sql`true`,
        ...(agreement ? [sql`r.agreement = ${agreement}`] : []),
        ...(state ? [sql`r.state = ${state}`] : []),
        ...(way ? [sql`r.way = ${way}`] : []),
        ...(place ? [underPath(place, 'r.place')] : []),
        ...(after
          ? [sql`(r.asked_at, r.id) < (select l.asked_at, l.id from billing.refund l where l.id = ${after})`]
          : []),
      ];
      return lines(actor, sql`${sql.join(where, sql` and `)}`, limit);
    },
    /** By the channel it came by. Throws OrderMissing, OrderUnpaid, AmountTooLarge, PeriodClosed. */
    ask: async (actor: Actor, wish: { order: string; amount: number; reason: string }): Promise<RefundLine> =>
      get(actor, await refunds.ask(actor, wish)),
    /**
     * Over the desk or by transfer; the same number a second time changes nothing. Throws AgreementMissing, AmountTooLarge, PeriodClosed,
     * PaymentReferenceUsed.
     */
    payBack: async (actor: Actor, wish: DeskWish): Promise<{ id: string | null; state: RefundStanding }> => {
      const { agreement, party, place } = await tenantOf(actor, wish.agreement);
      const { channel, amount, reference, reason } = wish;
      const key = `refund:${channel}:${reference}`;
      return db.transaction(actor.scope, async (tx) => {
        await ledger.refund(tx, actor, { agreement, party, place, channel, amount, key, reason });
        const known = await tx.maybe(sql<Pick<RefundRow, 'id' | 'state' | 'agreement' | 'amount'>>`
          select id, state, agreement, amount from billing.refund r where ${mine(actor)} and key = ${key} and state not in ('refused', 'failed')`);
        if (known && (known.agreement !== agreement || known.amount !== amount))
          throw new PaymentReferenceUsed({ reference });
        return { id: known?.id ?? null, state: known?.state ?? 'done' };
      });
    },
    /**
     * Somebody else than who asked lets it go. Throws RefundMissing, RefundDecided, RefundOwn, AmountTooLarge when the money was spent
     * meanwhile, PeriodClosed.
     */
    confirm: async (actor: Actor, id: string): Promise<RefundLine> => {
      await decide(actor, id, async (tx, row) => {
        if (row.askedBy === personOf(actor)) throw new RefundOwn({ id });
        const { agreement, party, place, via, amount, key, reason } = row;
        const wish = { agreement, party, place, channel: via, amount, key, reason, cleared: true } as const;
        await ledger.refund(tx, actor, wish);
        return { state: row.way === 'channel' ? 'asked' : 'done', decision: null };
      });
      await refunds.give(id);
      return get(actor, id);
    },
    /** It does not go back; its money stays prepaid. Throws RefundMissing, RefundDecided. */
    refuse: async (actor: Actor, id: string, reason: string): Promise<RefundLine> => {
      await decide(actor, id, async () => ({ state: 'refused', decision: reason }));
      return get(actor, id);
    },
  };
}

export type RefundDesk = ReturnType<typeof createRefundDesk>;
