import { type Static, Type } from 'typebox';
import { doorKeyKinds, endings, keyStates, patterns } from './key.ts';
import { closingGrounds, rungs } from './ladder.ts';
import type { KeyRow } from './store.ts';
import type { UseRow } from './uses.ts';

export const IdText = Type.String({ format: 'uuid' });
export const When = Type.String({ format: 'date-time' });
export const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Minute = Type.Integer({ minimum: 0, maximum: 1440 });

export const Weekly = Type.Object({
  days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7, uniqueItems: true }),
  from: Minute,
  to: Minute,
});

export const LockView = Type.Object({
  thing: IdText,
  thingCode: Type.String(),
  gate: Type.Boolean(),
  wanted: Type.Enum(['valid', 'rests', 'gone']),
  from: Nullable(When),
  until: Nullable(When),
  confirmed: Type.Boolean(),
  confirmedAt: Nullable(When),
  failure: Nullable(Type.String()),
});

export const KeyView = Type.Object({
  id: IdText,
  house: IdText,
  household: IdText,
  holder: IdText,
  holderName: Type.String(),
  kind: Type.Enum([...doorKeyKinds]),
  pattern: Type.Enum([...patterns]),
  label: Type.String(),
  state: Type.Enum([...keyStates]),
  validFrom: Nullable(When),
  validUntil: Nullable(When),
  uses: Nullable(Type.Integer()),
  used: Type.Integer(),
  weekly: Nullable(Weekly),
  issuedAt: When,
  issuedBy: Type.String(),
  frozenAt: Nullable(When),
  frozenFor: Nullable(Type.String()),
  endedAt: Nullable(When),
  endedFor: Nullable(Type.Enum([...endings])),
  locks: Type.Array(LockView),
});

export const KeyBody = Type.Object({
  house: IdText,
  holder: IdText,
  kind: Type.Enum([...doorKeyKinds]),
  pattern: Type.Enum([...patterns]),
  label: Text(60),
  validFrom: Type.Optional(When),
  validUntil: Type.Optional(When),
  uses: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
  weekly: Type.Optional(Weekly),
  /** Number of the card, place of the template in the lock; never the template. */
  credential: Type.Optional(Text(64)),
});
export type KeyBody = Static<typeof KeyBody>;

export const UseView = Type.Object({
  thing: IdText,
  thingCode: Type.String(),
  seq: Type.Integer(),
  at: When,
  received: When,
  event: Type.String(),
  direction: Nullable(Type.Enum(['in', 'out'])),
  means: Nullable(Type.String()),
  reason: Nullable(Type.String()),
  key: Nullable(IdText),
  kind: Nullable(Type.String()),
  label: Nullable(Type.String()),
  holderName: Nullable(Type.String()),
});

export const LadderView = Type.Object({
  household: IdText,
  rung: Type.Enum([...rungs]),
  lostAt: Nullable(When),
  moveOutBy: Nullable(When),
  /** When each rung is reached; the door only by a person, from then on. */
  at: Nullable(Type.Object({ guests: When, gates: When, door: When })),
  closing: Nullable(
    Type.Object({
      house: IdText,
      ground: Type.Enum([...closingGrounds]),
      document: Type.String(),
      at: When,
      byName: Type.String(),
    }),
  ),
  days: Type.Array(Type.Integer()),
});

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const moment = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());

export const keyView = ({
  organisation: _o,
  place: _p,
  version: _v,
  weekly,
  locks,
  ...key
}: KeyRow): Static<typeof KeyView> => ({
  ...key,
  weekly: weekly && { ...weekly, days: [...weekly.days] },
  validFrom: iso(key.validFrom),
  validUntil: iso(key.validUntil),
  issuedAt: key.issuedAt.toISOString(),
  frozenAt: iso(key.frozenAt),
  endedAt: iso(key.endedAt),
  locks: locks.map(({ thing, thingCode, gate, wanted, confirmed, confirmedAt, failure }) => ({
    ...{ thing, thingCode, gate, wanted: wanted.state, confirmed, failure },
    ...{ from: moment(wanted.from), until: moment(wanted.until), confirmedAt: iso(confirmedAt) },
  })),
});

export const useView = (row: UseRow): Static<typeof UseView> => ({
  ...row,
  seq: Number(row.seq),
  at: row.at.toISOString(),
  received: row.received.toISOString(),
});

interface LadderFacts {
  household: string;
  rung: Static<typeof LadderView>['rung'];
  loss: { lostAt: number; moveOutBy: number } | undefined;
  at: { guests: number; gates: number; door: number } | undefined;
  closing: { house: string; ground: string; document: string; at: Date; byName: string } | undefined;
  days: readonly number[];
}

export const ladderView = ({ household, rung, loss, at, closing, days }: LadderFacts): Static<typeof LadderView> => ({
  household,
  rung,
  days: [...days],
  lostAt: moment(loss?.lostAt),
  moveOutBy: moment(loss?.moveOutBy),
  at: at
    ? {
        guests: new Date(at.guests).toISOString(),
        gates: new Date(at.gates).toISOString(),
        door: new Date(at.door).toISOString(),
      }
    : null,
  closing: closing
    ? {
        ...closing,
        ground: closing.ground === 'court-order' ? 'court-order' : 'handed-over',
        at: closing.at.toISOString(),
      }
    : null,
});
