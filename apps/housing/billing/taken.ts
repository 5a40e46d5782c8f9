import type { Actor } from '@keystead/contracts/access';
import { maskName } from '@keystead/data/parties';
import { type Db, inSubtrees, sql, underPath } from '@keystead/kernel/db';

/** Money that came in, with the lease it was for. */
export interface PaymentLine {
  id: string;
  agreement: string;
  code: string;
  party: string;
  /** Masked. */
  tenant: string;
  channel: string;
  reference: string;
  amount: number;
  paidAt: Date;
}

export interface PaymentFilter {
  agreement?: string;
  channel?: string;
  place?: string;
  /** Id of the last one of the page before. */
  after?: string;
  limit: number;
}

/** Payments, the newest first. */
export const createTaken =
  (db: Db) =>
  async (actor: Actor, { agreement, channel, place, after, limit }: PaymentFilter): Promise<PaymentLine[]> => {
    const where = [
      sql`p.organisation = ${actor.scope.organisation}`,
      inSubtrees(actor.scope, 'p.place'),
      ...(agreement ? [sql`p.agreement = ${agreement}`] : []),
      ...(channel ? [sql`p.channel = ${channel}`] : []),
      ...(place ? [underPath(place, 'p.place')] : []),
      ...(after
        ? [sql`(p.paid_at, p.id) < (select l.paid_at, l.id from ledger_pub.payment l where l.id = ${after})`]
        : []),
    ];
    const rows = await db.read(
      actor.scope,
      sql<PaymentLine>`
        select p.id, p.agreement, coalesce(a.code, '') as code, p.party, coalesce(t.name, '') as tenant, p.channel, p.reference, p.amount,
          p.paid_at as "paidAt"
        from ledger_pub.payment p left join agreements_pub.agreement a on a.id = p.agreement
        left join agreements_pub.party t on t.agreement = p.agreement and t.party = p.party and t.role = 'tenant'
        where ${sql.join(where, sql` and `)} order by p.paid_at desc, p.id desc limit ${limit}`,
    );
    return rows.map((row) => ({ ...row, tenant: maskName(row.tenant) }));
  };
