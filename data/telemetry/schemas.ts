import { type Static, Type } from 'typebox';

export const When = Type.String({ format: 'date-time' });
const Nullable = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) => Type.Union([schema, Type.Null()]);
/** null where a double is none of JSON's: NaN and the infinities. */
const Figure = Nullable(Type.Number());
export const ShownValueSchema = Type.Union([Type.Number(), Type.Boolean(), Type.String(), Type.Null()]);

export const QualityWord = Type.Union(
  ['good', 'test', 'corrected', 'missing', 'suspect'].map((word) => Type.Literal(word)),
);

const quality = {
  quality: Type.String(),
  /** Why it is suspect: range, rate, stuck, clock, fell. */
  reason: Type.Optional(Type.String()),
};

export const ReadingView = Type.Object({
  time: When,
  received: When,
  value: ShownValueSchema,
  ...quality,
  /** Who delivered it, when not the thing itself. */
  source: Type.Optional(Type.String()),
});
export type ReadingView = Static<typeof ReadingView>;

export const LatestView = Type.Object({
  thing: Type.String(),
  values: Type.Record(Type.String(), Type.Object({ time: When, received: When, value: ShownValueSchema, ...quality })),
});
export type LatestView = Static<typeof LatestView>;

export const BucketView = Type.Object({
  time: When,
  count: Type.Integer(),
  min: Figure,
  max: Figure,
  avg: Figure,
  first: Figure,
  last: Figure,
  sum: Figure,
  /** The worst quality in the bucket. */
  ...quality,
});
export type BucketView = Static<typeof BucketView>;

export const HistoryView = Type.Object({
  property: Type.String(),
  unit: Type.String(),
  from: When,
  to: When,
  /** Seconds of a bucket; buckets without a point are left out. */
  width: Type.Number(),
  buckets: Type.Array(BucketView),
});
export type HistoryView = Static<typeof HistoryView>;

export const AggregateView = Type.Object({
  property: Type.String(),
  unit: Type.String(),
  step: Type.String(),
  zone: Type.String(),
  buckets: Type.Array(BucketView),
});
export type AggregateView = Static<typeof AggregateView>;

export const TimelineView = Type.Object({
  property: Type.String(),
  from: When,
  to: When,
  stretches: Type.Array(Type.Object({ from: When, to: When, state: ShownValueSchema })),
  /** Shares sum to one; state null = nothing known. */
  shares: Type.Array(Type.Object({ state: ShownValueSchema, seconds: Type.Number(), share: Type.Number() })),
});
export type TimelineView = Static<typeof TimelineView>;

export const ConsumptionView = Type.Object({
  property: Type.String(),
  unit: Type.String(),
  from: When,
  to: When,
  /** Of a counter: how far it rose, and how often it fell (exchanged or reset). */
  rise: Type.Optional(Type.Number()),
  falls: Type.Optional(Type.Integer()),
  /** Of a rate such as power: value × hours, and the seconds for which it is known. */
  area: Type.Optional(Type.Number()),
  covered: Type.Optional(Type.Number()),
});
export type ConsumptionView = Static<typeof ConsumptionView>;

export const EventView = Type.Object({
  thing: Type.String(),
  time: When,
  received: When,
  event: Type.String(),
  name: Type.Optional(Type.Object({ zh: Type.String(), en: Type.String() })),
  severity: Type.Optional(Type.Integer()),
  data: Type.Unknown(),
  /** Words for the coded fields of `data`, by field. */
  texts: Type.Record(Type.String(), Type.Object({ zh: Type.String(), en: Type.String() })),
  source: Type.Optional(Type.String()),
});
export type EventView = Static<typeof EventView>;

export const page = <S extends Parameters<typeof Type.Array>[0]>(item: S) =>
  Type.Object({ items: Type.Array(item), next: Type.Union([Type.String(), Type.Null()]) });

export const PushBody = Type.Object({
  /** Name of the delivering system; the key's name when absent. */
  source: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  rows: Type.Array(
    Type.Object({
      thing: Type.String({ minLength: 1, maxLength: 120, description: 'code of the thing' }),
      ts: Type.Optional(Type.Union([Type.Integer(), When], { description: 'event time: ms since 1970, or ISO 8601' })),
      values: Type.Record(Type.String({ maxLength: 64 }), Type.Unknown()),
    }),
    { minItems: 1, maxItems: 5000 },
  ),
});
export type PushBody = Static<typeof PushBody>;

export const PushView = Type.Object({
  accepted: Type.Integer(),
  points: Type.Integer(),
  refused: Type.Array(Type.Object({ pointer: Type.String(), code: Type.String() })),
  refusedCount: Type.Integer(),
});
export type PushView = Static<typeof PushView>;

export const IntakeView = Type.Object({
  messagesPerSecond: Type.Number(),
  pointsPerSecond: Type.Number(),
  gateways: Type.Array(
    Type.Object({ gateway: Type.Integer(), batch: Type.Integer(), received: Type.Union([When, Type.Null()]) }),
  ),
  followers: Type.Array(
    Type.Object({
      name: Type.String(),
      gateway: Type.Integer(),
      /** Batches committed and not yet marked. */
      behind: Type.Integer(),
      /** Seconds since the oldest of them was received. */
      lag: Type.Number(),
    }),
  ),
  hotHours: Type.Integer(),
  strays: Type.Integer(),
});
export type IntakeView = Static<typeof IntakeView>;

export const KeepingView = Type.Object({
  years: Type.Integer({ minimum: 5, maximum: 100 }),
  version: Type.Integer(),
});
export type KeepingView = Static<typeof KeepingView>;
