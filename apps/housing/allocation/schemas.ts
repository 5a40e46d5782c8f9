import { applicantCategories } from '@keystead/apps/housing/eligibility';
import { Type } from 'typebox';
import { rankings } from './draw.ts';
import {
  type Entry,
  type EntryLine,
  entryCode,
  entryStates,
  type Intent,
  type IntentLine,
  intentStates,
  type Plan,
  type PlanHouse,
  planCode,
  planStates,
  slotOf,
} from './plan.ts';

export const IdText = Type.String({ format: 'uuid' });
export const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
export const When = Type.String({ format: 'date-time' });
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
export const RankingSchema = Type.Enum([...rankings]);
export const PlanStateSchema = Type.Enum([...planStates]);
export const EntryStateSchema = Type.Enum([...entryStates]);
export const CategorySchema = Type.Enum([...applicantCategories]);

export const EntryView = Type.Object({
  id: IdText,
  code: Type.String(),
  household: IdText,
  category: CategorySchema,
  priority: Type.Integer(),
  score: Type.Integer(),
  since: When,
  until: When,
  state: EntryStateSchema,
  declines: Type.Integer(),
  /** Code of the decision about the household that ended it; null for any other end. */
  endedBy: Nullable(Type.String()),
  version: Type.Integer(),
});
export const entryView = ({ organisation: _o, place: _p, number, ...rest }: Entry) => ({
  ...rest,
  code: entryCode(number),
  since: rest.since.toISOString(),
  until: rest.until.toISOString(),
});

export const EntryLineView = Type.Object({
  ...EntryView.properties,
  householdName: Type.String(),
  /** Among those who wait within the reader's reach, from 1; null once it waits no more. */
  position: Nullable(Type.Integer()),
});
export const entryLineView = ({ position, householdName, ...entry }: EntryLine) => ({
  ...entryView(entry),
  position,
  householdName,
});
export const EntryCountView = Type.Object({ state: EntryStateSchema, category: CategorySchema, count: Type.Integer() });

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
  placeName: Nullable(Type.String()),
  ranking: RankingSchema,
  state: PlanStateSchema,
  houses: Type.Integer(),
  taken: Type.Integer(),
  intents: Type.Integer(),
  madeAt: When,
  intentUntil: When,
  choosingFrom: Nullable(When),
  slotMinutes: Type.Integer(),
  committedAt: Nullable(When),
  listHash: Nullable(Type.String()),
  seedHash: Nullable(Type.String()),
  drawnAt: Nullable(When),
  version: Type.Integer(),
});
export const planView = (plan: Plan) => ({
  ...{ id: plan.id, code: planCode(plan.number), name: plan.name, ranking: plan.ranking, state: plan.state },
  ...{ slotMinutes: plan.slotMinutes, version: plan.version, intentUntil: plan.intentUntil.toISOString() },
  ...{ placeName: plan.placeName, houses: plan.houses, taken: plan.taken, intents: plan.intents },
  madeAt: plan.madeAt.toISOString(),
  committedAt: plan.committedAt?.toISOString() ?? null,
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
  passedAt: Nullable(When),
  state: Type.Enum([...intentStates]),
  house: Nullable(IdText),
  process: Nullable(IdText),
});
export const intentView = (intent: Intent) => ({
  ...{ plan: intent.plan, entry: intent.entry, code: entryCode(intent.number), household: intent.household },
  ...{ rank: intent.rank, state: intent.state, house: intent.house, process: intent.process },
  slotFrom: intent.slotFrom?.toISOString() ?? null,
  passedAt: intent.passedAt?.toISOString() ?? null,
});
export const IntentLineView = Type.Object({
  ...IntentView.properties,
  householdName: Type.String(),
  category: CategorySchema,
  priority: Type.Integer(),
  score: Type.Integer(),
  since: When,
  /** When its time to choose alone is over. */
  slotTo: Nullable(When),
});
const intentLineView = ({ since, ...line }: IntentLine, { slotMinutes }: Plan) => ({
  ...intentView(line),
  ...{ householdName: line.householdName, category: line.category, priority: line.priority, score: line.score },
  since: since.toISOString(),
  slotTo: line.slotFrom ? slotOf(line.slotFrom, slotMinutes, 2).toISOString() : null,
});
export const PlanHouseView = Type.Object({
  house: IdText,
  name: Nullable(Type.String()),
  floorArea: Nullable(Type.Number()),
  layout: Nullable(Type.String()),
  takenBy: Nullable(IdText),
});
const planHouseView = ({ attributes, ...house }: PlanHouse) => ({
  ...house,
  floorArea: typeof attributes?.floorArea === 'number' ? attributes.floorArea : null,
  layout: typeof attributes?.layout === 'string' ? attributes.layout : null,
});
export const PlanFile = Type.Object({
  plan: PlanView,
  houses: Type.Array(PlanHouseView),
  intents: Type.Array(IntentLineView),
  /** What the draw added to what was published before; null before it. */
  drawn: Nullable(Type.Object({ seed: Type.String(), witness: Type.String() })),
  /** What does not agree when the draw is run again; null before it. */
  faults: Nullable(Type.Array(Type.String())),
});

export const planFile = (of: {
  plan: Plan;
  houses: readonly PlanHouse[];
  intents: readonly IntentLine[];
  faults: readonly string[] | null;
}) => ({
  plan: planView(of.plan),
  houses: of.houses.map(planHouseView),
  intents: of.intents.map((each) => intentLineView(each, of.plan)),
  drawn: of.plan.drawn && { seed: of.plan.drawn.seed, witness: of.plan.drawn.witness },
  faults: of.faults && [...of.faults],
});
