import type { Choice } from './choice.ts';
import type { Conduct } from './conduct.ts';
import { dayIn, firstDay, monthOf, monthText, noon } from './months.ts';
import type { LeaseTerm, Span, Tenancy } from './tenancy.ts';

export interface BillLine {
  readonly subject: 'deposit' | 'rent' | 'property';
  /** Fen. */
  readonly amount: number;
}

export interface Bill {
  /** Place of its lease among those of the tenancy. */
  readonly lease: number;
  readonly period: string;
  readonly issuedAt: number;
  readonly dueOn: string;
  readonly lines: readonly BillLine[];
  /** The one payment that settled it; null = still open. */
  readonly paid: { readonly at: number; readonly channel: 'wechat' | 'alipay' | 'bank' | 'cash' } | null;
}

const channels = ['wechat', 'wechat', 'wechat', 'alipay', 'alipay', 'bank', 'cash'] as const;
/** Fen a month for a square metre. */
const propertyFee = 120;

/** Months for which nothing was paid yet at the end of a tenancy. */
const owing = (conduct: Conduct, tenancy: Tenancy): number =>
  tenancy.exit === 'arrears' ? 3 : tenancy.leftOn === null ? conduct.owes : 0;

/** Bills of a tenancy month by month: rent, property fee, at first the deposit; paid as the household pays. */
export function* billsOf(
  pick: Choice,
  tenancy: Tenancy,
  conduct: Conduct,
  span: Span,
  floorArea: number,
): Generator<Bill> {
  let index = 0;
  for (let month = tenancy.from; month <= tenancy.until; month++) {
    while (index + 1 < tenancy.leases.length && monthOf(tenancy.leases[index]?.endsOn ?? '') < month) index++;
    const lease = tenancy.leases[index] as LeaseTerm;
    const issuedAt = noon(firstDay(month), -600 + pick.below(60));
    const open = month > tenancy.until - owing(conduct, tenancy);
    const late = conduct.late ? 8 + pick.below(45) : 0;
    const paidAt = noon(dayIn(month, 2 + pick.below(8)), pick.below(500)) + late * 86_400_000;
    const channel = channels[pick.below(channels.length)] ?? 'wechat';
    yield {
      lease: index,
      period: monthText(month),
      issuedAt,
      dueOn: dayIn(month, 10),
      lines: [
        ...(month === tenancy.from ? [{ subject: 'deposit', amount: lease.rent * 2 } as const] : []),
        { subject: 'rent', amount: lease.rent },
        { subject: 'property', amount: floorArea * propertyFee },
      ],
      paid: open || paidAt >= noon(span.today) ? null : { at: paidAt, channel },
    };
  }
}
