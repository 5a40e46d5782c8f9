import type { Actor } from '@keystead/contracts/access';
import { type Db, inSubtrees, sql, underPath } from '@keystead/kernel/db';
import { BillMissing } from './problems.ts';

export interface BillFilter {
  period?: string;
  agreement?: string;
  house?: string;
  state?: 'open' | 'late' | 'paid' | 'reversed';
  place?: string;
  /** Id of the last one of the page before. */
  after?: string;
  limit: number;
}

export interface BillView {
  id: string;
  number: number;
  agreement: string;
  code: string;
  tenant: string | null;
  party: string | null;
  house: string;
  houseName: string | null;
  period: string;
  revision: number;
  dueOn: string;
  issuedAt: Date;
  amount: number;
  settled: number;
  waived: number;
  replaces: string | null;
  reversedAt: Date | null;
  reverseReason: string | null;
}

export interface LineFilter {
  period?: string;
  subject?: string;
  state?: 'open' | 'late' | 'paid';
  place?: string;
  agreement?: string;
  document?: string;
  after?: string;
  limit: number;
}

export interface LineView {
  id: string;
  bill: string;
  agreement: string;
  subject: string;
  period: string;
  dueOn: string;
  amount: number;
  settled: number;
  waived: number;
  reversed: boolean;
  detail: Record<string, unknown>;
}

export interface SubjectFigures {
  subject: string;
  due: number;
  settled: number;
  waived: number;
  lines: number;
}

const billColumns =
  sql.raw(`b.id, b.number, b.agreement, a.code, t.name as tenant, b.party, b.house, h.name as "houseName", b.period, b.revision,
  b.due_on::text as "dueOn", b.issued_at as "issuedAt", b.amount, s.settled, s.waived, b.replaces, b.reversed_at as "reversedAt", b.reverse_reason as "reverseReason"`);

const openCharge = sql.raw(`c.reversed_at is null and c.settled + c.waived < c.amount`);

/** Lists and sums of bills; what is paid is read from the ledger. */
export function createReading(db: Db, today: () => string) {
  const has = (condition: ReturnType<typeof sql>) =>
    sql`exists (select from ledger_pub.charge c where c.document = b.id and ${condition})`;
  const stateOf = (state: BillFilter['state']) => {
    if (state === 'reversed') return sql`b.reversed_at is not null`;
    if (state === 'open') return sql`b.reversed_at is null and ${has(sql`${openCharge}`)}`;
    if (state === 'late')
      return sql`b.reversed_at is null and b.due_on < ${today()}::date and ${has(sql`${openCharge}`)}`;
    if (state === 'paid') return sql`b.reversed_at is null and not ${has(sql`${openCharge}`)}`;
    return sql`true`;
  };

  const bills = (actor: Actor, where: ReturnType<typeof sql>, limit: number): Promise<BillView[]> =>
    db.read(
      actor.scope,
      sql<BillView>`
      with b as materialized (select b.* from billing.bill b where b.organisation = ${actor.scope.organisation}
        and ${inSubtrees(actor.scope, 'b.place')} and ${where} order by b.id desc limit ${limit})
      select ${billColumns} from b
      join agreements_pub.agreement a on a.id = b.agreement
      left join agreements_pub.party t on t.agreement = b.agreement and t.party = b.party and t.role = 'tenant'
      left join places_pub.place h on h.id = b.house
      cross join lateral (select coalesce(sum(c.settled), 0)::bigint as settled, coalesce(sum(c.waived), 0)::bigint as waived
        from ledger_pub.charge c where c.document = b.id) s
      order by b.id desc`,
    );

  const lineState = (state: LineFilter['state']) => {
    if (state === 'open') return sql`${openCharge}`;
    if (state === 'late') return sql`${openCharge} and c.due_on < ${today()}::date`;
    if (state === 'paid') return sql`c.reversed_at is null and c.settled + c.waived = c.amount`;
    return sql`true`;
  };
  const lineWhere = (actor: Actor, filter: Omit<LineFilter, 'limit'>) =>
    sql.join(
      [
        sql`c.organisation = ${actor.scope.organisation}`,
        inSubtrees(actor.scope, 'c.place'),
        ...(filter.period ? [sql`c.period = ${filter.period}`] : []),
        ...(filter.subject ? [sql`c.subject = ${filter.subject}`] : []),
        ...(filter.agreement ? [sql`c.agreement = ${filter.agreement}`] : []),
        ...(filter.document ? [sql`c.document = ${filter.document}`] : []),
        ...(filter.place ? [underPath(filter.place, 'c.place')] : []),
        ...(filter.after ? [sql`c.id < ${filter.after}`] : []),
        lineState(filter.state),
      ],
      sql` and `,
    );

  return {
    bills: (actor: Actor, filter: BillFilter): Promise<BillView[]> => {
      const { period, agreement, house, state, place, after } = filter;
      const where = [
        stateOf(state),
        ...(period ? [sql`b.period = ${period}`] : []),
        ...(agreement ? [sql`b.agreement = ${agreement}`] : []),
        ...(house ? [sql`b.house = ${house}`] : []),
        ...(place ? [underPath(place, 'b.place')] : []),
        ...(after ? [sql`b.id < ${after}`] : []),
      ];
      return bills(actor, sql`${sql.join(where, sql` and `)}`, filter.limit);
    },
    bill: async (actor: Actor, id: string): Promise<BillView> => {
      const [found] = await bills(actor, sql`b.id = ${id}`, 1);
      if (!found) throw new BillMissing({ id });
      return found;
    },
    lines: (actor: Actor, filter: LineFilter): Promise<LineView[]> =>
      db.read(
        actor.scope,
        sql<LineView>`
        select c.id, c.document as bill, c.agreement, c.subject, c.period, c.due_on::text as "dueOn", c.amount, c.settled, c.waived,
          c.reversed_at is not null as reversed, c.detail
        from ledger_pub.charge c where ${lineWhere(actor, filter)} order by c.id desc limit ${filter.limit}`,
      ),
    /** By kind of fee: due, paid, let go, of bills that stand (deposits apart: they are held, not earned). */
    figures: (actor: Actor, filter: { period: string; place?: string }): Promise<SubjectFigures[]> =>
      db.read(
        actor.scope,
        sql<SubjectFigures>`
        select c.subject, sum(c.amount)::bigint as due, sum(c.settled)::bigint as settled, sum(c.waived)::bigint as waived, count(*)::int as lines
        from ledger_pub.charge c where ${lineWhere(actor, filter)} and c.reversed_at is null group by 1 order by 1`,
      ),
  };
}

export type BillReading = ReturnType<typeof createReading>;
