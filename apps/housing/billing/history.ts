import type { LedgerService } from '@keystead/apps/work/ledger';
import type { Tx } from '@keystead/kernel/db';
import { copyInto } from '@keystead/kernel/db/copy';
import type { BillCatalogue } from './catalogue.ts';
import { SubjectMissing } from './problems.ts';

export interface BillHistory {
  readonly id: string;
  readonly place: string;
  readonly agreement: string;
  readonly party: string;
  readonly house: string;
  readonly period: string;
  readonly issuedAt: Date;
  readonly dueOn: string;
  readonly lines: readonly { subject: string; amount: number; detail: Record<string, unknown> }[];
  readonly paid: { channel: string; reference: string; at: Date } | null;
}

const columns = ['id', 'organisation', 'place', 'agreement', 'party', 'house', 'period', 'revision', 'due_on'];

/**
 * Bills from before the platform with what was paid of them, many at once. Only in a transaction on a connection of its
 * own. Throws SubjectMissing.
 */
export const createHistory = ({ ledger, catalogue }: { ledger: LedgerService; catalogue: BillCatalogue }) =>
  async function importHistory(
    tx: Tx,
    organisation: string,
    bills: readonly BillHistory[],
    by: { id: string; name: string },
  ): Promise<void> {
    const subjects = new Map((await catalogue.subjectsOf(tx, organisation)).map((each) => [each.code, each]));
    const posted = bills.map((bill) => ({
      ...bill,
      key: `bill:${bill.agreement}:${bill.period}:1`,
      document: bill.id,
      at: bill.issuedAt,
      lines: bill.lines.map((line) => {
        const subject = subjects.get(line.subject);
        if (!subject) throw new SubjectMissing({ code: line.subject });
        const { fund, rank } = subject;
        return { ...line, fund, rank, period: bill.period, dueOn: bill.dueOn };
      }),
    }));
    const rows = bills.map((bill) => [
      ...[bill.id, organisation, bill.place, bill.agreement, bill.party, bill.house, bill.period, 1, bill.dueOn],
      ...[bill.issuedAt, bill.lines.reduce((sum, { amount }) => sum + amount, 0)],
    ]);
    await copyInto(tx, 'billing.bill', [...columns, 'issued_at', 'amount'], rows);
    await ledger.importHistory(tx, organisation, posted, by);
  };
