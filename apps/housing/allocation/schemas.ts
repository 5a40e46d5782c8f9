import { Type } from 'typebox';
import { rankings } from './draw.ts';
import { type Entry, entryCode, entryStates, type Intent, type Plan, planCode, planStates } from './plan.ts';

export const IdText = Type.String({ format: 'uuid' });
export const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
export const When = Type.String({ format: 'date-time' });
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
export const RankingSchema = Type.Enum([...rankings]);
export const PlanStateSchema = Type.Enum([...planStates]);
export const EntryStateSchema = Type.Enum([...entryStates]);

export const EntryView = Type.Object({
  id: IdText,
  code: Type.String(),
  household: IdText,
  priority: Type.Integer(),
  score: Type.Integer(),
  since: When,
  until: When,
  state: EntryStateSchema,
  declines: Type.Integer(),
  version: Type.Integer(),
});
export const entryView = ({ organisation: _o, place: _p, number, ...rest }: Entry) => ({
  ...rest,
  code: entryCode(number),
  since: rest.since.toISOString(),
  until: rest.until.toISOString(),
});

export const PlanBody = Type.Object({
  name: Text(120),
  placeId: IdText,
  ranking: RankingSchema,
  intentUntil: When,
  slotMinutes: Type.Integer({ minimum: 1, maximum: 1440, default: 10 }),
  houses: Type.Array(IdText, { minItems: 1, maxItems: 2000 }),
});
export const PlanView = Type.Object({
  id: IdText,
  code: Type.String(),
  name: Type.String(),
  ranking: RankingSchema,
  state: PlanStateSchema,
  intentUntil: When,
  choosingFrom: Nullable(When),
  slotMinutes: Type.Integer(),
  listHash: Nullable(Type.String()),
  seedHash: Nullable(Type.String()),
  drawnAt: Nullable(When),
  version: Type.Integer(),
});
export const planView = (plan: Plan) => ({
  ...{ id: plan.id, code: planCode(plan.number), name: plan.name, ranking: plan.ranking, state: plan.state },
  ...{ slotMinutes: plan.slotMinutes, version: plan.version, intentUntil: plan.intentUntil.toISOString() },
  choosingFrom: plan.choosingFrom?.toISOString() ?? null,
  listHash: plan.committed?.listHash ?? null,
  seedHash: plan.committed?.seedHash ?? null,
  drawnAt: plan.drawnAt?.toISOString() ?? null,
});

export const IntentView = Type.Object({
  plan: IdText,
  entry: IdText,
  code: Type.String(),
  household: IdText,
  rank: Nullable(Type.Integer()),
  slotFrom: Nullable(When),
  state: Type.Enum(['intended', 'chosen', 'declined']),
  house: Nullable(IdText),
  process: Nullable(IdText),
});
export const intentView = ({ number, ...rest }: Intent) => ({
  ...rest,
  code: entryCode(number),
  slotFrom: rest.slotFrom?.toISOString() ?? null,
});
export const PlanFile = Type.Object({
  plan: PlanView,
  houses: Type.Array(Type.Object({ house: IdText, takenBy: Nullable(IdText) })),
  intents: Type.Array(IntentView),
  /** What does not agree when the draw is run again; null before it. */
  faults: Nullable(Type.Array(Type.String())),
});
