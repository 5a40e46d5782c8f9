import { type Static, Type } from 'typebox';

const IdText = Type.String({ format: 'uuid' });
const Time = Type.String({ format: 'date-time' });
const Kind = Type.Enum(['operation', 'access', 'device', 'system']);
const Outcome = Type.Enum(['done', 'refused', 'failed']);

const filter = {
  from: Type.Optional(Time),
  to: Type.Optional(Time),
  /** Id of who acted. */
  actor: Type.Optional(Type.String({ maxLength: 300 })),
  /** A whole action, or its beginning up to a dot: `alarm` finds `alarm.acknowledge`. */
  action: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9.-]*$', maxLength: 100 })),
  subject: Type.Optional(Type.String({ maxLength: 300 })),
  kind: Type.Optional(Kind),
  outcome: Type.Optional(Outcome),
  /** In the name of who acted, the subject or the address. */
  text: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
};

export const LineFilter = Type.Object(filter);
export type LineFilter = Static<typeof LineFilter>;

export const LineQuery = Type.Object({
  ...filter,
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
});
export type LineQuery = Static<typeof LineQuery>;

export const LineView = Type.Object({
  id: IdText,
  /** To the microsecond. */
  at: Time,
  kind: Kind,
  actor: Type.Object({ kind: Type.String(), id: Type.String(), name: Type.String() }),
  from: Type.String(),
  action: Type.String(),
  subject: Type.String(),
  outcome: Outcome,
  purpose: Type.String(),
  place: Type.String(),
  /** The change; null when there is none. */
  detail: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
  /** Number in the chain; null for the second or so until it is sealed. */
  seq: Type.Union([Type.Integer(), Type.Null()]),
  hash: Type.Union([Type.String(), Type.Null()]),
});
export type LineView = Static<typeof LineView>;

export const LinePage = Type.Object({ items: Type.Array(LineView), next: Type.Union([Type.String(), Type.Null()]) });

const FaultView = Type.Object({
  kind: Type.String(),
  seq: Type.Optional(Type.Integer()),
  at: Type.Optional(Type.String()),
});
const Count = Type.Union([Type.Integer(), Type.Null()]);

const ReportView = Type.Object({
  ok: Type.Boolean(),
  lines: Type.Integer(),
  first: Count,
  last: Count,
  unsealed: Type.Integer(),
  unsealedSince: Type.Union([Time, Type.Null()]),
  anchorsAgreed: Type.Integer(),
  rootsAgreed: Type.Integer(),
  restores: Type.Array(Type.Object({ at: Time, through: Type.Integer() })),
  pruned: Type.Union([Type.Object({ through: Type.Integer(), on: Type.String() }), Type.Null()]),
  faults: Type.Array(FaultView),
  faultCount: Type.Integer(),
  seconds: Type.Number(),
});

export const VerificationView = Type.Object({
  id: IdText,
  startedAt: Time,
  state: Type.Enum(['running', 'done', 'failed']),
  /** Lines read so far, of how many. */
  done: Type.Integer(),
  total: Type.Integer(),
  report: Type.Union([ReportView, Type.Null()]),
});
export type VerificationView = Static<typeof VerificationView>;

export const RetentionView = Type.Object({ days: Type.Integer(), least: Type.Integer() });
