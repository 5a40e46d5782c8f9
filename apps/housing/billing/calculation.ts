import type { Billable, Fee } from '@keystead/apps/work/agreements';
import { dateOf, dayOf } from '@keystead/contracts/calendar';

export interface Subject {
  readonly code: string;
  readonly fund: 'income' | 'deposit';
  readonly rank: number;
}

export interface TariffStep {
  /** Thousandths of the unit up to which the price holds; null = without end. */
  readonly upTo: number | null;
  /** Ten-thousandths of the currency's main unit per unit. */
  readonly price: number;
}

export interface Tariff {
  readonly subject: string;
  readonly effectiveOn: string;
  readonly steps: readonly TariffStep[];
}

export interface Usage {
  readonly subject: string;
  /** Thousandths of the unit. */
  readonly quantity: number;
  readonly begin: number;
  readonly end: number;
}

/** What is open of the fees that were due on a day, deposits and late fees aside, and the day they were first billed. */
export interface Overdue {
  readonly dueOn: string;
  readonly billedOn: string;
  readonly open: number;
}

/** From a day on, until the next one begins: what a day of delay costs, and the pack that says so. */
export interface LateRate {
  readonly from: string;
  /** Per day, in ten-thousandths of what is owed. */
  readonly permyriad: number;
  readonly policy: string;
}

export interface BillRules {
  readonly dueDay: number;
  readonly lateGrace: number;
}

export interface Line {
  readonly subject: string;
  readonly fund: 'income' | 'deposit';
  readonly rank: number;
  /** Minor units, positive. */
  readonly amount: number;
  readonly detail: Record<string, unknown>;
}

export const lateFee = 'late-fee';
export const rent = 'rent';

/** `a × b ÷ c` to the nearest whole, halves up, exactly. */
export function share(a: number, b: number, c: number): number {
  const [product, whole] = [BigInt(a) * BigInt(b), BigInt(c)];
  return Number((2n * product + whole) / (2n * whole));
}

export function monthOf(period: string): { first: string; last: string; days: number } {
  const [year = 0, month = 1] = period.split('-').map(Number);
  const from = dayOf(`${period}-01`) ?? 0;
  const to = Date.UTC(year, month, 1) / 86_400_000;
  return { first: `${period}-01`, last: dateOf(to - 1), days: to - from };
}

const monthNumber = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
const daysBetween = (from: string, to: string): number => (dayOf(to) ?? 0) - (dayOf(from) ?? 0) + 1;
const later = (a: string, b: string): string => (a > b ? a : b);
const sooner = (a: string, b: string): string => (a < b ? a : b);

/** Price of a quantity by steps, minor units; `price` is per whole unit, steps count from the first thousandth. */
export function priceOf(steps: readonly TariffStep[], quantity: number): number {
  let [sum, from] = [0n, 0];
  for (const { upTo, price } of steps) {
    const to = upTo === null ? quantity : Math.min(upTo, quantity);
    if (to > from) sum += BigInt(to - from) * BigInt(price);
    from = Math.max(from, to);
  }
  // thousandths × ten-thousandths of yuan: a hundred thousand of them are one fen.
  return Number((2n * sum + 100_000n) / 200_000n);
}

export const tariffAt = (tariffs: readonly Tariff[], subject: string, on: string): Tariff | undefined =>
  tariffs
    .filter((each) => each.subject === subject && each.effectiveOn <= on)
    .reduce<Tariff | undefined>(
      (best, each) => (!best || each.effectiveOn > best.effectiveOn ? each : best),
      undefined,
    );

interface Asked {
  readonly lease: Pick<Billable, 'startsOn' | 'endsOn' | 'staying' | 'fees'>;
  readonly period: string;
  readonly subjects: ReadonlyMap<string, Subject>;
  readonly tariffs: readonly Tariff[];
  readonly usages: readonly Usage[];
  readonly overdue: readonly Overdue[];
  readonly rules: BillRules;
  /** Of the days of the month before, the earliest first. */
  readonly lateRates: readonly LateRate[];
}

const numberOf = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

/** Lines of one month's bill of a lease. A fixed fee of one month is by days; longer cycles are whole, in their first month. */
export function linesOf(asked: Asked): Line[] {
  const { lease, period, subjects } = asked;
  const month = monthOf(period);
  const leaseEnd = lease.staying ? month.last : sooner(lease.endsOn, month.last);
  const lines: Line[] = [];
  const put = (code: string, gross: number, discount: number, detail: Record<string, unknown>): void => {
    const subject = subjects.get(code);
    const amount = gross - share(gross, discount, 1000);
    if (subject && amount > 0)
      lines.push({
        subject: code,
        fund: subject.fund,
        rank: subject.rank,
        amount,
        detail: { ...detail, ...(discount ? { gross, discount } : {}) },
      });
  };

  for (const fee of lease.fees) {
    const from = later(later(fee.startsOn, lease.startsOn), month.first);
    const to = sooner(fee.endsOn ?? leaseEnd, leaseEnd);
    if (from > to) continue;
    const discount = numberOf(fee.basis.discount, 0);
    if (fee.basis.kind === 'metered') {
      const usage = asked.usages.find(({ subject }) => subject === fee.subject);
      const tariff = tariffAt(asked.tariffs, fee.subject, month.first);
      // Metered once a month: of two stretches in it, the last is billed.
      if (usage && tariff && isLast(lease.fees, fee, to, leaseEnd))
        put(fee.subject, priceOf(tariff.steps, usage.quantity), discount, {
          ...{ begin: usage.begin, end: usage.end, quantity: usage.quantity },
          tariff: tariff.effectiveOn,
        });
    } else put(fee.subject, fixedAmount(fee, lease.startsOn, period, from, to), discount, { from, to });
  }
  const late = lateFeeOf(asked.overdue, period, asked.rules.lateGrace, asked.lateRates);
  put(lateFee, late, 0, { rates: asked.lateRates });
  return lines;
}

const isLast = (fees: readonly Fee[], fee: Fee, to: string, end: string): boolean =>
  to >= end ||
  !fees.some((other) => other.subject === fee.subject && other.startsOn > fee.startsOn && other.startsOn <= end);

function fixedAmount(fee: Fee, leaseStart: string, period: string, from: string, to: string): number {
  const amount = numberOf(fee.basis.amount, 0);
  if (fee.basis.kind === 'once') return later(fee.startsOn, leaseStart).startsWith(period) ? amount : 0;
  const months = numberOf(fee.basis.months, 1);
  if (months > 1)
    return (monthNumber(period) - monthNumber(later(fee.startsOn, leaseStart))) % months === 0 ? amount : 0;
  const { first, days } = monthOf(period);
  // By what is due up to the day minus what was due up to the day before the stretch: stretches of one price add up.
  return share(amount, daysBetween(first, to), days) - share(amount, daysBetween(first, from) - 1, days);
}

export const dayBefore = (date: string): string => dateOf((dayOf(date) ?? 0) - 1);

/** The days a bill charges delay of: those of the month before. */
export function lateDaysOf(period: string): { first: string; last: string } {
  const last = dayBefore(`${period}-01`);
  return { first: `${last.slice(0, 8)}01`, last };
}

/** Days there are to pay when the due day of the month is too soon. */
const daysToPay = 7;
const daysAfter = (date: string, days: number): string => dateOf((dayOf(date) ?? 0) + days);

/** The last day on which nothing was late: nobody pays for days before he was told, as of figures of meters that came in afterwards. */
const lastInTime = ({ dueOn, billedOn }: Overdue): string =>
  billedOn > dueOn ? daysAfter(billedOn, daysToPay) : dueOn;

/** On what was owed through the month before, by days after the grace, each day at its own rate. Fees only: neither deposits nor late fees. */
export function lateFeeOf(
  overdue: readonly Overdue[],
  period: string,
  grace: number,
  rates: readonly LateRate[],
): number {
  const { first, last } = lateDaysOf(period);
  return overdue.reduce((sum, each) => {
    const late = later(daysAfter(lastInTime(each), grace + 1), first);
    // Hundredths of a permyriad: a rate may have two places, and shares are of whole numbers.
    const weight = rates.reduce((all, { from, permyriad }, at) => {
      const [begin, end] = [later(late, from), dayBefore(rates[at + 1]?.from ?? `${period}-01`)];
      return begin > end ? all : all + Math.round(permyriad * 100) * daysBetween(begin, end);
    }, 0);
    return late > last ? sum : sum + share(each.open, weight, 1_000_000);
  }, 0);
}

/**
 * Months of rent that are owed, in all and not in a row: of each month that was billed and is not paid in full, and past its day; a bill of
 * a longer cycle counts for those of its months that have begun by `today`.
 */
export function rentMonthsOwed(periods: readonly string[], fees: readonly Fee[], today: string): number {
  return periods.reduce((sum, period) => {
    const { first, last } = monthOf(period);
    const fee = fees.find(
      ({ subject, startsOn, endsOn }) => subject === rent && startsOn <= last && (endsOn === null || endsOn >= first),
    );
    const begun = Math.max(1, monthNumber(today) - monthNumber(first) + 1);
    return sum + Math.min(numberOf(fee?.basis.months, 1), begun);
  }, 0);
}

/** The due day of the month, or a week after the lease began when that is later. */
export const dueOnOf = (period: string, leaseStart: string, rules: BillRules): string =>
  later(`${period}-${String(rules.dueDay).padStart(2, '0')}`, daysAfter(leaseStart, daysToPay));
