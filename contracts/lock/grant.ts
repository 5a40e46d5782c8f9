import { type KeyKind, keyKinds } from '@keystead/contracts/agent';
import type { FieldError } from '@keystead/contracts/problem';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

const strict = { additionalProperties: false } as const;
const Moment = Type.Integer({ minimum: 0, maximum: 4_102_444_800_000 });
const MinuteOfDay = Type.Integer({ minimum: 0, maximum: 1_440 });

/** Means a grant may allow; each is a way of showing a key. */
export const grantedMeans = keyKinds;
/** All the ways a door is opened, as records tell them. */
export const lockMeans = [...keyKinds, 'remote', 'mechanical', 'emergency', 'handle'] as const;
export type LockMeans = (typeof lockMeans)[number];
/** Held in the lock by their template; the credential is the place of the template, never the template (H-6.5-b-1). */
export const biometricMeans: readonly KeyKind[] = ['face', 'fingerprint'];

/** Who may open, as it stands in the lock. */
export const LockGrantSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[A-Za-z0-9-]{1,36}$' }),
    means: Type.Array(Type.Enum([...keyKinds]), { minItems: 1, maxItems: keyKinds.length, uniqueItems: true }),
    /** Number of a card, a PIN, the place of a template in the lock. */
    credential: Type.String({ minLength: 1, maxLength: 64 }),
    /** Valid from the first to before the last, by the lock's clock. */
    from: Moment,
    until: Moment,
    /** Openings before it is used up; absent = no limit. */
    uses: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
    /** Only on these days (1 = Monday) and minutes, in the lock's local time. */
    weekly: Type.Optional(
      Type.Object(
        {
          days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7, uniqueItems: true }),
          from: MinuteOfDay,
          to: MinuteOfDay,
        },
        strict,
      ),
    ),
    /** Floors an entry allows, where the door has a lift behind it (H-6.6-b-3). */
    floors: Type.Optional(Type.Array(Type.Integer({ minimum: -20, maximum: 200 }), { maxItems: 64 })),
  },
  strict,
);
export type LockGrant = Static<typeof LockGrantSchema>;

/** What the schema cannot say; empty = a lock may take it. */
export function grantFaults(grant: unknown): FieldError[] {
  if (!Value.Check(LockGrantSchema, grant)) return [{ pointer: '/', code: 'bad-format' }];
  const faults: FieldError[] = [];
  if (grant.until <= grant.from) faults.push({ pointer: '/until', code: 'before-start' });
  if (grant.weekly && grant.weekly.to <= grant.weekly.from)
    faults.push({ pointer: '/weekly/to', code: 'before-start' });
  return faults;
}

/** What a lock holds. */
export interface HeldGrants {
  grants: Iterable<LockGrant>;
  frozen: boolean;
  /** Openings so far, by grant. */
  used: ReadonlyMap<string, number>;
  /** Minutes east of Greenwich of the lock's local time. */
  offset: number;
}

export interface KeyShownOutside {
  means: KeyKind;
  credential: string;
  /** By the lock's clock, ms. */
  time: number;
}

export type RefusedFor = 'key-unknown' | 'frozen' | 'not-yet' | 'expired' | 'used-up' | 'hours';
export type OpeningDecision = { opens: true; grant: LockGrant } | { opens: false; reason: RefusedFor };

const weekMinutes = (time: number, offset: number): { day: number; minute: number } => {
  const minutes = Math.floor(time / 60_000) + offset;
  // 1 January 1970 was a Thursday.
  return { day: ((Math.floor(minutes / 1_440) + 3) % 7) + 1, minute: minutes % 1_440 };
};

function obstacle(grant: LockGrant, { used, offset }: HeldGrants, time: number): RefusedFor | undefined {
  if (time < grant.from) return 'not-yet';
  if (time >= grant.until) return 'expired';
  if (grant.uses !== undefined && (used.get(grant.id) ?? 0) >= grant.uses) return 'used-up';
  if (grant.weekly === undefined) return undefined;
  const { day, minute } = weekMinutes(time, offset);
  const { days, from, to } = grant.weekly;
  return days.includes(day) && minute >= from && minute < to ? undefined : 'hours';
}

/**
 * May this key, shown from outside, open now? Asked of nobody but the lock itself, so it holds offline. There is no such
 * question from inside: leaving is never decided.
 */
export function decideOpening(held: HeldGrants, { means, credential, time }: KeyShownOutside): OpeningDecision {
  const fitting = [...held.grants].filter((each) => each.credential === credential && each.means.includes(means));
  if (fitting.length === 0) return { opens: false, reason: 'key-unknown' };
  if (held.frozen) return { opens: false, reason: 'frozen' };
  const judged = fitting.map((grant) => ({ grant, reason: obstacle(grant, held, time) }));
  const open = judged.find(({ reason }) => reason === undefined);
  return open ? { opens: true, grant: open.grant } : { opens: false, reason: judged[0]?.reason ?? 'key-unknown' };
}
