import type { Translate } from '@keystead/kernel/i18n';
import type { Cell, Sheet } from '@keystead/kernel/sheet';
import type { Notice } from './dunning-desk.ts';
import { daysOf } from './ladder.ts';
import type { PaymentPlan } from './payment-plans.ts';
import type { RefundLine } from './refund-desk.ts';
import type { PaymentLine } from './taken.ts';

/** A list as a file, all of its lines at hand. */
export interface ListSheet extends Sheet {
  readonly rows: readonly (readonly Cell[])[];
}

/** Heads of the columns by their key, in the reader's language, and how a row fills each. */
type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>;

const yuan = (minor: number): number => minor / 100;

function sheetOf<Row>(name: string, columns: Columns<Row>, rows: readonly Row[], t: Translate): ListSheet {
  const entries = Object.entries(columns);
  return {
    name: t(`billing.sheet.${name}`),
    heads: entries.map(([key]) => t(`billing.column.${key}`)),
    rows: rows.map((row) => entries.map(([, read]) => read(row))),
  };
}

export const planSheet = (rows: readonly PaymentPlan[], t: Translate): ListSheet =>
  sheetOf<PaymentPlan>(
    'plans',
    {
      code: (row) => row.code,
      tenant: (row) => row.tenant,
      late: (row) => yuan(row.amount),
      paid: (row) => yuan(row.paid),
      parts: (row) => row.instalments.length,
      partsPaid: (row) => row.instalments.filter(({ paid, amount }) => paid === amount).length,
      nextDue: (row) => row.instalments.find(({ paid, amount }) => paid < amount)?.dueOn ?? '',
      state: (row) => t(`billing.planState.${row.state}`),
      reason: (row) => row.endReason ?? row.reason,
      by: (row) => row.actorName,
      at: (row) => row.at,
    },
    rows,
    t,
  );

export const refundSheet = (rows: readonly RefundLine[], t: Translate): ListSheet =>
  sheetOf<RefundLine>(
    'refunds',
    {
      at: (row) => row.askedAt,
      code: (row) => row.code,
      tenant: (row) => row.tenant,
      amount: (row) => yuan(row.amount),
      via: (row) => t(`billing.via.${row.via}`),
      reference: (row) => row.reference || row.number,
      reason: (row) => row.reason,
      state: (row) => t(`billing.refundState.${row.state}`),
      by: (row) => row.actorName,
      decidedBy: (row) => row.decidedName ?? '',
      decidedAt: (row) => row.decidedAt,
      endedAt: (row) => row.endedAt,
    },
    rows,
    t,
  );

export const noticeSheet = (rows: readonly Notice[], nameOf: (subject: string) => string, t: Translate): ListSheet =>
  sheetOf<Notice>(
    'notices',
    {
      at: (row) => row.at,
      code: (row) => row.code,
      subject: (row) => nameOf(row.subject),
      since: (row) => row.since,
      amount: (row) => yuan(row.amount),
      step: (row) => stepWord(row.step, t),
      via: (row) => t(`billing.via.${row.channel}`),
      state: (row) => t(`billing.noticeState.${row.state}`),
      text: (row) => row.text,
      proof: (row) => proofOf(row, t),
      endedAt: (row) => row.endedAt,
    },
    rows,
    t,
  );

export const paymentSheet = (rows: readonly PaymentLine[], t: Translate): ListSheet =>
  sheetOf<PaymentLine>(
    'payments',
    {
      at: (row) => row.paidAt,
      code: (row) => row.code,
      tenant: (row) => row.tenant,
      amount: (row) => yuan(row.amount),
      via: (row) => t(`billing.via.${row.channel}`),
      reference: (row) => row.reference,
    },
    rows,
    t,
  );

/** `d7`: seven days late; `d-5`: five days before the day; `d0`: the day itself. */
function stepWord(step: string, t: Translate): string {
  const days = daysOf(step);
  const when = days > 0 ? 'late' : days < 0 ? 'ahead' : 'day';
  return t(`billing.step.${when}`, { days: Math.abs(days) });
}

/** What can be shown of a reminder, in a line. */
function proofOf({ proof }: Notice, t: Translate): string {
  const ways = (proof.ways ?? []).map(
    ({ way, ok, sentTo = '', error = '' }) => `${t(`billing.way.${way}`)} ${ok ? sentTo : error}`,
  );
  const receipts = (proof.receipts ?? []).map(({ way, fate, code }) =>
    `${t(`billing.way.${way}`)} ${t(`billing.fate.${fate}`)} ${code}`.trim(),
  );
  const own = [proof.by, proof.how, proof.error].filter((each) => each !== undefined);
  return [...ways, ...receipts, ...own].join('; ');
}
