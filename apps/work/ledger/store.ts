import type { Scope } from '@keystead/contracts/access';
import { inSubtrees, movePaths, sql, type Tx } from '@keystead/kernel/db';
import { balanced, debits, type Entry, type Fund } from './account.ts';
import { whileOpen } from './problems.ts';
import type { OpenCharge, Share } from './settlement.ts';

export interface NewPosting {
  readonly id: string;
  readonly organisation: string;
  readonly place: string;
  readonly kind: string;
  readonly key: string;
  readonly period: string;
  readonly at: Date;
  readonly agreement: string | null;
  readonly party: string | null;
  readonly document: string | null;
  readonly reverses?: string | undefined;
  readonly memo: string;
  readonly actor: string;
  readonly actorName: string;
  readonly entries: readonly Entry[];
}

/** Writes vouchers with their entries; answers the ids of those whose key was new. */
export async function addPostings(tx: Tx, postings: readonly NewPosting[]): Promise<Set<string>> {
  const whole = postings.map((posting) => ({ ...posting, entries: balanced(posting.entries) }));
  const heads = whole.map(({ entries, ...head }) => ({ ...head, amount: debits(entries) }));
  const written = await whileOpen(
    tx.all(sql<{ id: string }>`
    insert into ledger.posting (id, organisation, place, kind, key, period, at, agreement, party, document, reverses, memo, amount, actor, actor_name)
    select id, organisation, place, kind, key, period, at, agreement, party, document, reverses, memo, amount, actor, "actorName"
    from json_to_recordset(${JSON.stringify(heads)}::json) as r(id uuid, organisation uuid, place text, kind text, key text,
      period text, at timestamptz, agreement uuid, party uuid, document uuid, reverses uuid, memo text, amount bigint, actor text, "actorName" text)
    on conflict (organisation, key) do nothing returning id`),
  );
  const fresh = new Set(written.map(({ id }) => id));
  const entries = whole
    .filter(({ id }) => fresh.has(id))
    .flatMap(({ id, organisation, entries }) =>
      entries.map((entry, line) => ({ posting: id, organisation, line, ...entry })),
    );
  if (entries.length > 0)
    await tx.run(sql`
      insert into ledger.entry (posting, line, organisation, account, agreement, subject, amount)
      select posting, line, organisation, account, agreement, subject, amount
      from json_to_recordset(${JSON.stringify(entries)}::json) as r(posting uuid, line smallint, organisation uuid,
        account text, agreement uuid, subject text, amount bigint)`);
  return fresh;
}

export interface NewCharge {
  readonly id: string;
  readonly organisation: string;
  readonly place: string;
  readonly posting: string;
  /** When it was posted. */
  readonly at: Date;
  readonly document: string;
  readonly agreement: string;
  readonly party: string;
  readonly subject: string;
  readonly fund: Fund;
  readonly rank: number;
  readonly period: string;
  readonly dueOn: string;
  readonly amount: number;
  readonly detail: Record<string, unknown>;
}

export async function addCharges(tx: Tx, charges: readonly NewCharge[]): Promise<void> {
  await tx.run(sql`
    insert into ledger.charge (id, organisation, place, posting, document, agreement, party, subject, fund, rank, period, due_on, amount, detail, at)
    select id, organisation, place, posting, document, agreement, party, subject, fund, rank, period, "dueOn", amount, detail, at
    from json_to_recordset(${JSON.stringify(charges)}::json) as r(id uuid, organisation uuid, place text, posting uuid,
      document uuid, agreement uuid, party uuid, subject text, fund text, rank smallint, period text, "dueOn" date, amount bigint, detail jsonb, at timestamptz)`);
}

/** One after another for an agreement: what is owed and held is read and changed under this lock. */
export async function lockAgreement(tx: Tx, agreement: string): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`ledger:${agreement}`}, 0))`);
}

/** Keeps everyone from posting until the end of the transaction. */
export async function lockBooks(tx: Tx, organisation: string): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`ledger.books:${organisation}`}, 0))`);
}

export async function openCharges(tx: Tx, agreement: string): Promise<OpenCharge[]> {
  return tx.all(sql<OpenCharge>`
    select id, agreement, subject, fund, due_on::text as "dueOn", rank, amount - settled - waived as open
    from ledger.charge where agreement = ${agreement} and reversed_at is null and settled + waived < amount`);
}

/** Money of agreements held on an account (`prepaid`, `deposit`), credits as positive amounts. */
export async function held(
  tx: Tx,
  account: 'prepaid' | 'deposit',
  agreements: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.all(sql<{ agreement: string; amount: number }>`
    select agreement, (-sum(amount))::bigint as amount from ledger.entry
    where account in ('prepaid', 'deposit') and account = ${account} and agreement = any(${agreements}) group by agreement`);
  return new Map(rows.map((row) => [row.agreement, row.amount]));
}

export async function addSettlements(
  tx: Tx,
  at: Date,
  organisation: string,
  shares: readonly (Share & { posting: string })[],
): Promise<void> {
  const rows = shares.map(({ posting, charge, amount }) => ({ posting, charge: charge.id, amount }));
  const text = JSON.stringify(rows);
  await tx.run(sql`
    insert into ledger.settlement (posting, charge, organisation, amount, at)
    select posting, charge, ${organisation}, amount, ${at} from json_to_recordset(${text}::json) as r(posting uuid, charge uuid, amount bigint)`);
  await tx.run(sql`
    update ledger.charge c set settled = c.settled + r.amount
    from json_to_recordset(${text}::json) as r(charge uuid, amount bigint) where c.id = r.charge`);
}

export interface ChargeRow extends OpenCharge {
  readonly organisation: string;
  readonly place: string;
  readonly party: string;
  readonly posting: string;
  readonly document: string;
  readonly settled: number;
  readonly waived: number;
  readonly amount: number;
}

const chargeColumns = sql.raw(`id, organisation, place, posting, document, agreement, party, subject, fund,
  due_on::text as "dueOn", rank, amount, settled, waived, amount - settled - waived as open`);

export async function standingCharges(tx: Tx, scope: Scope, by: { document?: string; id?: string }) {
  return tx.all(sql<ChargeRow>`
    select ${chargeColumns} from ledger.charge where reversed_at is null and organisation = ${scope.organisation}
      and ${inSubtrees(scope, 'place')} and ${by.id ? sql`id = ${by.id}` : sql`document = ${by.document}`}
    order by id for update`);
}

export async function markWaived(tx: Tx, id: string, amount: number): Promise<void> {
  await tx.run(sql`update ledger.charge set waived = waived + ${amount} where id = ${id}`);
}

export async function markReversed(tx: Tx, document: string, at: Date): Promise<void> {
  await tx.run(sql`
    update ledger.charge set settled = 0, waived = 0, reversed_at = ${at} where document = ${document} and reversed_at is null`);
}

export async function movePlaces(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  for (const table of ['ledger.posting', 'ledger.charge', 'ledger.payment'])
    await movePaths(tx, table, 'place', organisation, from, to);
}
