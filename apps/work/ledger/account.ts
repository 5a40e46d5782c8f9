/**
 * The chart of accounts. `bank` and `receivable` are what the landlord has and is owed; `prepaid` is tenants' money not
 * yet put on a charge; `deposit-due` is a deposit asked for, `deposit` one that is held.
 */
export const accounts = ['bank', 'receivable', 'waiver', 'prepaid', 'deposit-due', 'deposit', 'income'] as const;
export type Account = (typeof accounts)[number];

export type Fund = 'income' | 'deposit';

/** Debits are positive, credits negative; minor units. */
export interface Entry {
  readonly account: Account;
  readonly agreement?: string;
  /** Fee subject, or the channel of a bank account. */
  readonly subject?: string;
  readonly amount: number;
}

export const sumOf = (entries: readonly Entry[]): number => entries.reduce((sum, { amount }) => sum + amount, 0);

/** Entries on the same account as one, without those that come to nothing; throws RangeError unless they sum to zero. */
export function balanced(entries: readonly Entry[]): Entry[] {
  const merged = new Map<string, Entry>();
  for (const entry of entries) {
    if (!Number.isSafeInteger(entry.amount)) throw new RangeError(`no amount of minor units: ${entry.amount}`);
    const key = `${entry.account} ${entry.agreement ?? ''} ${entry.subject ?? ''}`;
    merged.set(key, { ...entry, amount: (merged.get(key)?.amount ?? 0) + entry.amount });
  }
  const kept = [...merged.values()].filter(({ amount }) => amount !== 0);
  if (sumOf(kept) !== 0) throw new RangeError('entries do not balance');
  return kept;
}

export const debits = (entries: readonly Entry[]): number =>
  entries.reduce((sum, { amount }) => (amount > 0 ? sum + amount : sum), 0);
