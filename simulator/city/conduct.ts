import { chance, seedOf } from '@keystead/simulator/behaviour';

/** What is the matter with a home, if anything: known to the generator, and to whoever scores a warning, to nobody else. */
export const conducts = ['plain', 'idle', 'sublet', 'group-renting', 'arrears-to-be', 'vacant-use'] as const;
export type ConductKind = (typeof conducts)[number];

export interface Conduct {
  readonly kind: ConductKind;
  /** Pays some weeks after the day. */
  readonly late: boolean;
  /** Months that are open now. */
  readonly owes: number;
}

const shares: readonly (readonly [kind: ConductKind, share: number])[] = [
  ['idle', 0.03],
  ['sublet', 0.025],
  ['group-renting', 0.015],
  ['arrears-to-be', 0.05],
];

/** How the household of a home behaves; of an empty home whether somebody uses it after all. */
export function conductOf(seed: number, home: number, inhabited: boolean): Conduct {
  const at = chance(seedOf(seed, 'conduct'), home);
  if (!inhabited) return { kind: at < 0.06 ? 'vacant-use' : 'plain', late: false, owes: 0 };
  let from = 0;
  let kind: ConductKind = 'plain';
  for (const [each, share] of shares) {
    if (at >= from && at < from + share) kind = each;
    from += share;
  }
  const months = chance(seedOf(seed, 'owes'), home);
  const late = kind === 'arrears-to-be' || chance(seedOf(seed, 'late'), home) < 0.12;
  // Some who are late for years never owe a month in the end: what is paid tells, not the kind alone.
  const owes = kind === 'arrears-to-be' ? 1 + Math.floor(months * 7) : months < 0.03 ? 1 : 0;
  return { kind, late, owes };
}
