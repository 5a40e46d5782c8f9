import type { Faults } from './faults.ts';
import type { Kind } from './trades.ts';

/** What a test or a person wants of the channels. */
export type Wish =
  /** What o'clock it is from now on. */
  | { readonly clock: string }
  | { readonly faults: Faults }
  /** A payer pays an order; the merchant is told so many times, or not at all. */
  | { readonly pay: string; readonly kind: Kind; readonly tell?: number }
  /** A message about an order: `good` once more, `forged`, a `probe`, or told as not paid (`closed`). */
  | { readonly tell: string; readonly kind: Kind; readonly how: 'good' | 'forged' | 'probe' | 'closed' }
  /** The file of the day states this order by so many fen more or less. */
  | { readonly off: string; readonly kind: Kind; readonly by: number }
  /** What the channels know: orders with what was paid and given back. */
  | { readonly books: true };

export function readWish(line: string): Wish {
  const wish: unknown = JSON.parse(line);
  if (typeof wish !== 'object' || wish === null) throw new TypeError('a wish is an object');
  return wish as Wish;
}
