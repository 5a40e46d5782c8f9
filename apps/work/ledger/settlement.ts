import type { Entry, Fund } from './account.ts';

/** Part of a charge that is still owed. */
export interface OpenCharge {
  readonly id: string;
  readonly agreement: string;
  readonly subject: string;
  readonly fund: Fund;
  /** `YYYY-MM-DD`. */
  readonly dueOn: string;
  /** Place of the subject among those due on one day; the smaller is settled first. */
  readonly rank: number;
  readonly open: number;
}

export interface Share {
  readonly charge: OpenCharge;
  readonly amount: number;
}

const earlier = (a: OpenCharge, b: OpenCharge): number =>
  a.dueOn === b.dueOn ? a.rank - b.rank || (a.id < b.id ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1;

/** Oldest due first, within a day by rank; `first` (ids) goes before everything else. Minor units. */
export function allocate(
  charges: readonly OpenCharge[],
  money: number,
  first: ReadonlySet<string> = new Set(),
): { shares: Share[]; left: number } {
  const before = (charge: OpenCharge) => (first.has(charge.id) ? 0 : 1);
  let left = money;
  const shares: Share[] = [];
  for (const charge of [...charges].sort((a, b) => before(a) - before(b) || earlier(a, b))) {
    if (left <= 0) break;
    const amount = Math.min(charge.open, left);
    if (amount <= 0) continue;
    shares.push({ charge, amount });
    left -= amount;
  }
  return { shares, left };
}

/** What is owed and not yet paid, and where it will go. */
export const owed = (agreement: string, subject: string, fund: Fund, amount: number): Entry[] => [
  { account: 'receivable', agreement, amount },
  fund === 'deposit'
    ? { account: 'deposit-due', agreement, amount: -amount }
    : { account: 'income', subject, amount: -amount },
];

/** Prepaid money put on a charge; a negative amount takes it off again. */
export const settled = (agreement: string, fund: Fund, amount: number): Entry[] => [
  { account: 'prepaid', agreement, amount },
  { account: 'receivable', agreement, amount: -amount },
  ...(fund === 'deposit'
    ? ([
        { account: 'deposit-due', agreement, amount },
        { account: 'deposit', agreement, amount: -amount },
      ] as const)
    : []),
];

/** A charge let go; a negative amount takes the favour back. */
export const waived = (agreement: string, subject: string, fund: Fund, amount: number): Entry[] => [
  fund === 'deposit' ? { account: 'deposit-due', agreement, amount } : { account: 'waiver', subject, amount },
  { account: 'receivable', agreement, amount: -amount },
];
