import type { LockGrant } from '@keystead/contracts/lock';
import type { Span } from './entitlement.ts';
import { type DoorKey, type Ending, isBiometric, isGuest, opensAlways } from './key.ts';
import { isKeptFrom, type Rung } from './ladder.ts';

/** What a lock ought to hold of a key. A key that rests stays in the lock, long over, so that its template is kept. */
export type Wanted =
  | ({ readonly state: 'valid' | 'rests' } & Pick<LockGrant, 'from' | 'until' | 'uses' | 'weekly'>)
  | { readonly state: 'gone' };

export type PlannedKey = Pick<
  DoorKey,
  | 'id'
  | 'household'
  | 'holder'
  | 'kind'
  | 'pattern'
  | 'uses'
  | 'used'
  | 'weekly'
  | 'frozenAt'
  | 'validFrom'
  | 'validUntil'
>;

/** Where a household stands in a house. */
export interface HouseholdFacts {
  readonly household: string;
  /** Party of the lease. */
  readonly tenant: string;
  readonly span: Span | undefined;
  readonly staying: boolean;
  readonly rung: Rung;
  /** When the ladder moves on by itself. */
  readonly nextRung?: number | undefined;
}

export interface HouseFacts {
  readonly now: number;
  readonly households: readonly HouseholdFacts[];
  readonly doors: readonly { readonly thing: string; readonly gate: boolean }[];
  readonly keys: readonly PlannedKey[];
  /** Parties that agree to biometric keys now. */
  readonly consents: ReadonlySet<string>;
}

/** Long over by any lock's clock. */
export const restingSpan: Span = { from: 946_684_800_000, until: 946_684_860_000 };

const find = (facts: HouseFacts, household: string): HouseholdFacts | undefined =>
  facts.households.find((each) => each.household === household);

/** Why a key is over for good; undefined = it is not. */
export function endingOf(facts: HouseFacts, key: PlannedKey): Ending | undefined {
  if (!find(facts, key.household)?.staying) return 'lease';
  if (isBiometric(key.kind) && !facts.consents.has(key.holder)) return 'consent';
  if (key.validUntil && key.validUntil.getTime() <= facts.now) return 'expired';
  return key.uses !== null && key.used >= key.uses ? 'used-up' : undefined;
}

/** What one door ought to hold of one key: lease ∩ consent ∩ its own span, less what the ladder or a hand keeps from it. */
export function wantedAt(facts: HouseFacts, key: PlannedKey, gate: boolean): Wanted {
  const home = find(facts, key.household);
  if (!home?.span || endingOf(facts, key)) return { state: 'gone' };
  const from = Math.max(home.span.from, key.validFrom?.getTime() ?? 0);
  const until = Math.min(home.span.until, key.validUntil?.getTime() ?? Number.POSITIVE_INFINITY);
  if (until <= from || until <= facts.now) return { state: 'gone' };
  if (key.frozenAt || isKeptFrom(home.rung, { guest: isGuest(key), gate })) return { state: 'rests', ...restingSpan };
  const { uses, used, weekly } = key;
  return {
    ...{ state: 'valid', from, until },
    ...(uses === null ? {} : { uses: uses - used }),
    ...(weekly === null ? {} : { weekly: { ...weekly, days: [...weekly.days] } }),
  };
}

/**
 * Who has to be given a key without asking: an entitled household without any (move-in), and whoever took back the consent
 * to a biometric one and carries no other (H-11.3-e-2).
 */
export function lacking(facts: HouseFacts): { household: string; holder: string }[] {
  const living = facts.keys.filter((key) => endingOf(facts, key) === undefined);
  const out: { household: string; holder: string }[] = [];
  for (const { household, tenant, span, rung } of facts.households) {
    if (!span || rung === 'door') continue;
    const own = living.filter((key) => key.household === household && opensAlways(key));
    if (own.length === 0) out.push({ household, holder: tenant });
    for (const key of facts.keys) {
      if (key.household !== household || endingOf(facts, key) !== 'consent') continue;
      const served = [...own, ...out].some(({ holder }) => holder === key.holder);
      if (!served) out.push({ household, holder: key.holder });
    }
  }
  return out;
}

export interface Plan {
  readonly ends: readonly { readonly key: string; readonly why: Ending }[];
  readonly wanted: readonly {
    readonly key: string;
    readonly thing: string;
    readonly gate: boolean;
    readonly wanted: Wanted;
  }[];
  /** When the clock alone changes something, ms. */
  readonly next: number | undefined;
}

/** All that follows for the keys of a house from what is known of it. */
export function planOf(facts: HouseFacts): Plan {
  const ends = facts.keys.flatMap((key) => {
    const why = endingOf(facts, key);
    return why ? [{ key: key.id, why }] : [];
  });
  const wanted = facts.keys
    .filter(({ kind }) => kind !== 'mechanical')
    .flatMap((key) =>
      facts.doors.map(({ thing, gate }) => ({ key: key.id, thing, gate, wanted: wantedAt(facts, key, gate) })),
    );
  const moments = [
    ...facts.households.flatMap(({ span, nextRung }) => [span?.until, nextRung]),
    ...facts.keys.map(({ validUntil }) => validUntil?.getTime()),
  ];
  const ahead = moments.filter((at): at is number => at !== undefined && at > facts.now);
  return { ends, wanted, next: ahead.length === 0 ? undefined : Math.min(...ahead) };
}

const alike = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Does what a lock read out agree with what it ought to hold? */
export function isReadBack(grants: readonly Partial<LockGrant>[], id: string, wanted: Wanted): boolean {
  const held = grants.find((each) => each.id === id);
  if (wanted.state === 'gone') return held === undefined;
  if (!held || held.from !== wanted.from || held.until !== wanted.until) return false;
  const [mine, its] = [wanted.weekly, held.weekly];
  return (
    alike(wanted.uses, held.uses) && alike(mine && [mine.days, mine.from, mine.to], its && [its.days, its.from, its.to])
  );
}
