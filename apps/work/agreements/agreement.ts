import { createHash } from 'node:crypto';

export interface PartyOf {
  readonly role: string;
  readonly party: string;
  readonly name: string;
}

/** A fee of an agreement; `basis` is read by whoever bills it. */
export interface Fee {
  readonly subject: string;
  readonly basis: Readonly<Record<string, unknown>>;
  /** `YYYY-MM-DD`; until the agreement ends when `endsOn` is null. */
  readonly startsOn: string;
  readonly endsOn: string | null;
}

export interface Agreement {
  readonly id: string;
  readonly organisation: string;
  readonly place: string;
  readonly kind: string;
  readonly code: string;
  readonly title: string;
  readonly subject: string;
  readonly state: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly replaces: string | null;
  readonly version: number;
  readonly parties: readonly PartyOf[];
}

export interface Version {
  number: number;
  step: string;
  state: string;
  startsOn: string;
  endsOn: string;
  terms: Record<string, unknown>;
  fees: Fee[];
  digest: string;
  reason: string;
  at: Date;
  actorName: string;
}

// Keys in one order, so that the same contents have one text.
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}

/** What a signature is put under: parties, subject, period, terms and fees, whatever the state. */
export function digestOf(
  agreement: Pick<Agreement, 'id' | 'code' | 'subject' | 'startsOn' | 'endsOn' | 'parties'>,
  terms: unknown,
  fees: readonly Fee[],
): string {
  const { id, code, subject, startsOn, endsOn, parties } = agreement;
  const sorted = [...parties].sort((a, b) => (`${a.role}${a.party}` < `${b.role}${b.party}` ? -1 : 1));
  const whole = { id, code, subject, startsOn, endsOn, parties: sorted, terms, fees };
  return createHash('sha256')
    .update(JSON.stringify(canonical(whole)))
    .digest('hex');
}
