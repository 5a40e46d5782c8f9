import { newId } from '@keystead/contracts/ids';
import type { Tx } from '@keystead/kernel/db';
import { type Cell, copyInto } from '@keystead/kernel/db/copy';
import { balanced, debits, type Entry, type Fund } from './account.ts';
import { periodOf } from './period.ts';
import { owed, settled } from './settlement.ts';

export interface BillHistory {
  /** What it is posted under, once. */
  readonly key: string;
  readonly document: string;
  readonly agreement: string;
  readonly party: string;
  readonly place: string;
  readonly at: Date;
  readonly lines: readonly {
    subject: string;
    fund: Fund;
    rank: number;
    period: string;
    dueOn: string;
    amount: number;
    detail: Record<string, unknown>;
  }[];
  /** The payment that settled the whole of it; null = open. */
  readonly paid: { channel: string; reference: string; at: Date } | null;
}

const postingColumns = ['id', 'organisation', 'place', 'kind', 'key', 'period', 'at', 'agreement', 'party', 'document'];
const chargeColumns = ['id', 'organisation', 'place', 'posting', 'document', 'agreement', 'party', 'subject', 'fund'];
const chargeMore = ['rank', 'period', 'due_on', 'amount', 'settled', 'detail', 'at'];
const paymentColumns = ['id', 'organisation', 'place', 'agreement', 'party', 'channel', 'reference', 'amount'];

/**
 * Bills and payments from before the platform, many at once: the same vouchers as if they were posted one by one, in the
 * months they belong to. Only in a transaction on a connection of its own; the database holds every voucher to its balance
 * and refuses months that are closed and keys that are known.
 */
export async function importHistory(
  tx: Tx,
  organisation: string,
  bills: readonly BillHistory[],
  by: { id: string; name: string },
): Promise<void> {
  const postings: Cell[][] = [];
  const entries: Cell[][] = [];
  const charges: Cell[][] = [];
  const payments: Cell[][] = [];
  const settlements: Cell[][] = [];

  function post(
    of: BillHistory,
    kind: string,
    key: string,
    at: Date,
    document: string | null,
    lines: readonly Entry[],
  ) {
    const id = newId();
    const whole = balanced(lines);
    postings.push([
      ...[id, organisation, of.place, kind, key, periodOf(at), at, of.agreement, of.party, document],
      ...['', debits(whole), by.id, by.name],
    ]);
    for (const [line, { account, agreement, subject, amount }] of whole.entries())
      entries.push([id, line, organisation, account, agreement ?? null, subject ?? null, amount]);
    return id;
  }

  for (const bill of bills) {
    const { key, document, agreement, party, place, at, lines, paid } = bill;
    const asked = lines.flatMap(({ subject, fund, amount }) => owed(agreement, subject, fund, amount));
    const posting = post(bill, 'charge', key, at, document, asked);
    const ids = lines.map((line) => {
      const id = newId();
      charges.push([
        ...[id, organisation, place, posting, document, agreement, party, line.subject, line.fund],
        ...[line.rank, line.period, line.dueOn, line.amount, paid ? line.amount : 0, JSON.stringify(line.detail), at],
      ]);
      return id;
    });
    if (!paid) continue;
    const amount = lines.reduce((sum, line) => sum + line.amount, 0);
    const payment = newId();
    const taken = post(bill, 'payment', `payment:${paid.channel}:${paid.reference}`, paid.at, payment, [
      { account: 'bank', subject: paid.channel, amount },
      { account: 'prepaid', agreement, amount: -amount },
    ]);
    const head = [payment, organisation, place, agreement, party, paid.channel, paid.reference, amount];
    payments.push([...head, paid.at, paid.at, taken]);
    const put = lines.flatMap((line) => settled(agreement, line.fund, line.amount));
    const settling = post(bill, 'settlement', `settle:${payment}`, paid.at, null, put);
    for (const [index, line] of lines.entries())
      settlements.push([settling, ids[index] ?? '', organisation, line.amount, paid.at]);
  }
  await copyInto(tx, 'ledger.posting', [...postingColumns, 'memo', 'amount', 'actor', 'actor_name'], postings);
  const entryColumns = ['posting', 'line', 'organisation', 'account', 'agreement', 'subject', 'amount'];
  await copyInto(tx, 'ledger.entry', entryColumns, entries);
  await copyInto(tx, 'ledger.charge', [...chargeColumns, ...chargeMore], charges);
  await copyInto(tx, 'ledger.payment', [...paymentColumns, 'paid_at', 'at', 'posting'], payments);
  const settlementColumns = ['posting', 'charge', 'organisation', 'amount', 'at'];
  await copyInto(tx, 'ledger.settlement', settlementColumns, settlements);
}
