import type { StatedLine } from './statement.ts';

export interface Booked {
  readonly reference: string;
  readonly amount: number;
}

export interface Difference {
  readonly kind: 'amount' | 'not-booked' | 'not-stated';
  readonly reference: string;
  readonly stated: number | null;
  readonly booked: number | null;
}

/** Every line of either side is matched to the cent, or is listed as a difference; none is left out (H-9.1.4-0). */
export function compare(
  stated: readonly StatedLine[],
  booked: readonly Booked[],
): { matched: number; differences: Difference[] } {
  const sums = new Map<string, { stated: number | null; booked: number | null }>();
  const add = (side: 'stated' | 'booked', reference: string, amount: number): void => {
    const sum = sums.get(reference) ?? { stated: null, booked: null };
    sums.set(reference, { ...sum, [side]: (sum[side] ?? 0) + amount });
  };
  for (const { reference, amount } of stated) add('stated', reference, amount);
  for (const { reference, amount } of booked) add('booked', reference, amount);
  const differences: Difference[] = [];
  let matched = 0;
  for (const [reference, sum] of sums) {
    if (sum.stated === sum.booked) matched += 1;
    else {
      const kind = sum.booked === null ? 'not-booked' : sum.stated === null ? 'not-stated' : 'amount';
      differences.push({ kind, reference, ...sum });
    }
  }
  return { matched, differences };
}
