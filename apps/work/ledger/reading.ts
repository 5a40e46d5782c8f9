import type { Actor } from '@keystead/contracts/access';
import { type Db, inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { Account } from './account.ts';

export interface Voucher {
  id: string;
  number: number;
  kind: string;
  period: string;
  at: Date;
  agreement: string | null;
  party: string | null;
  document: string | null;
  reverses: string | null;
  memo: string;
  amount: number;
  actorName: string;
  entries: { account: Account; subject: string | null; amount: number }[];
}

export interface VoucherFilter {
  period?: string;
  party?: string;
  agreement?: string;
  document?: string;
  kind?: string;
  /** Numbers below it: where the last page ended. */
  before?: number;
  limit: number;
}

export interface AccountBalance {
  account: Account;
  subject: string | null;
  debit: number;
  credit: number;
  /** Debits minus credits, minor units. */
  balance: number;
}

export interface AgreementStanding {
  owed: number;
  prepaid: number;
  deposit: number;
}

const nothing: AgreementStanding = { owed: 0, prepaid: 0, deposit: 0 };

const standingOf = (actor: Actor, agreement: string) => sql<AgreementStanding>`
  select coalesce(sum(e.amount) filter (where e.account = 'receivable'), 0)::bigint as owed,
    coalesce(-sum(e.amount) filter (where e.account = 'prepaid'), 0)::bigint as prepaid,
    coalesce(-sum(e.amount) filter (where e.account = 'deposit'), 0)::bigint as deposit
  from ledger.posting p join ledger.entry e on e.posting = p.id
  where p.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'p.place')}
    and p.agreement = ${agreement} and e.agreement = ${agreement}`;

/** The question behind the search for vouchers; each way to ask is answered by an index, however many there are. */
export function vouchersOf(actor: Actor, filter: VoucherFilter) {
  const { period, party, agreement, document, kind, before, limit } = filter;
  const where = [
    sql`p.organisation = ${actor.scope.organisation}`,
    inSubtrees(actor.scope, 'p.place'),
    ...(period ? [sql`p.period = ${period}`] : []),
    ...(party ? [sql`p.party = ${party}`] : []),
    ...(agreement ? [sql`p.agreement = ${agreement}`] : []),
    ...(document ? [sql`p.document = ${document}`] : []),
    ...(kind ? [sql`p.kind = ${kind}`] : []),
    ...(before ? [sql`p.number < ${before}`] : []),
  ];
  return sql<Voucher>`
    select p.id, p.number, p.kind, p.period, p.at, p.agreement, p.party, p.document, p.reverses, p.memo, p.amount,
      p.actor_name as "actorName", (select json_agg(json_build_object('account', e.account, 'subject', e.subject, 'amount', e.amount) order by e.line)
        from ledger.entry e where e.posting = p.id) as entries
    from ledger.posting p where ${sql.join(where, sql` and `)} order by p.number desc limit ${limit}`;
}

export function createReading(db: Db) {
  return {
    /** Vouchers by month, tenant, contract or document, the newest first (H-9.3-d). */
    vouchers: (actor: Actor, filter: VoucherFilter): Promise<Voucher[]> =>
      db.read(actor.scope, vouchersOf(actor, filter)),
    /** Every account with its sums up to a month's end; they come to zero together (H-9.1.4-0). */
    trialBalance: (actor: Actor, until?: string): Promise<AccountBalance[]> =>
      db.read(
        actor.scope,
        sql<AccountBalance>`
        select e.account, e.subject, coalesce(sum(e.amount) filter (where e.amount > 0), 0)::bigint as debit,
          coalesce(-sum(e.amount) filter (where e.amount < 0), 0)::bigint as credit, sum(e.amount)::bigint as balance
        from ledger.entry e join ledger.posting p on p.id = e.posting
        where p.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'p.place')}
          and ${until ? sql`p.period <= ${until}` : sql`true`}
        group by 1, 2 order by 1, 2`,
      ),
    /** What an agreement owes, has prepaid and has left as a deposit, minor units. */
    standing: async (actor: Actor, agreement: string): Promise<AgreementStanding> =>
      (await db.read(actor.scope, standingOf(actor, agreement)))[0] ?? nothing,
    /** The same in the caller's transaction, with what was posted in it. */
    standingIn: async (tx: Tx, actor: Actor, agreement: string): Promise<AgreementStanding> =>
      (await tx.maybe(standingOf(actor, agreement))) ?? nothing,
  };
}
