import type { Finding, Reason, RiskRules } from '../facts.ts';

/** How a lease pays. Days late of the last bills that are paid, oldest first; 0 = in time. */
export interface PaymentFacts {
  /** Days since the oldest bill that is still open was due; 0 or less when none is overdue. */
  readonly overdueDays: number;
  /** Fen. */
  readonly owed: number;
  readonly delays: readonly number[];
}

const looked = 4;

/**
 * Arrears (H-8.5-c-3): every overdue lease from the first day on; and, before anything is overdue, a lease that pays later
 * each time, which is a hint to ask what is wrong.
 */
export function arrears({ overdueDays, owed, delays }: PaymentFacts, rules: RiskRules): Finding | undefined {
  const [third, second, first] = rules.arrearsDays;
  if (overdueDays >= third && owed > 0) {
    const reasons: Reason[] = [
      { fact: 'days-overdue', value: overdueDays, limit: third },
      { fact: 'owed', value: owed, limit: 0 },
    ];
    return {
      kind: 'arrears',
      grade: overdueDays >= first ? 1 : overdueDays >= second ? 2 : 3,
      score: Math.min(1, 0.6 + (0.4 * overdueDays) / first),
      reasons,
    };
  }
  const last = delays.slice(-looked);
  const late = last.filter((days) => days > 0).length;
  const growing = last.length === looked && last.every((days, at) => at === 0 || days >= (last[at - 1] ?? 0));
  const worst = last.at(-1) ?? 0;
  if (!growing || late < looked - 1 || worst < 7) return undefined;
  return {
    kind: 'arrears',
    grade: 4,
    score: Math.min(0.5, worst / 60),
    reasons: [
      { fact: 'late-in-a-row', value: late, limit: looked - 1 },
      { fact: 'last-delay', value: worst, limit: 7 },
    ],
  };
}
