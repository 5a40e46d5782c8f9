import { EditConflict, InputInvalid } from '@keystead/contracts/problem';
import { type Static, Type } from 'typebox';
import { ReviewStepRefused, reviewKinds, reviewStates, reviewSteps } from './course.ts';
import {
  AppealLate,
  applicantCategories,
  ChecksOpen,
  EligibilityNotMet,
  type InquiryRow,
  type Review,
  ReviewerRepeated,
  ReviewMissing,
  reviewCode,
  sourceKinds,
} from './review.ts';
import { HouseholdBarred, type Sanction, sanctionCode, sanctionGrounds, sanctionStates } from './sanction.ts';
import type { Entitlement } from './setup.ts';
import type { HistoryLine } from './store.ts';

export const IdText = Type.String({ format: 'uuid' });
export const When = Type.String({ format: 'date-time' });
export const DateText = Type.String({ format: 'date' });
export const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

export const KindSchema = Type.Enum([...reviewKinds]);
export const StateSchema = Type.Enum([...reviewStates]);
export const StepSchema = Type.Enum([...reviewSteps]);
export const SourceSchema = Type.Enum([...sourceKinds]);
export const CategorySchema = Type.Enum([...applicantCategories]);
export const Area = Type.Number({ minimum: 0, maximum: 10_000 });

export const ReviewView = Type.Object({
  id: IdText,
  code: Type.String(),
  household: IdText,
  kind: KindSchema,
  /** What an application is for; `general` of any other review. */
  category: CategorySchema,
  state: StateSchema,
  area: Type.Number(),
  /** Version of the policy pack the decision went by. */
  policy: Nullable(IdText),
  because: Type.Array(Type.String()),
  reason: Nullable(Type.String()),
  publicityUntil: Nullable(When),
  appealUntil: Nullable(When),
  dueAt: Nullable(
    Type.String({
      format: 'date-time',
      description: 'By when the household hands in what is missing (state `supplement`), or staff act',
    }),
  ),
  /** Version of the policy pack the day was set by. */
  duePolicy: Nullable(IdText),
  lease: Nullable(IdText),
  openedAt: When,
  endedAt: Nullable(When),
  version: Type.Integer(),
});
/** As the list shows it. */
export const ReviewLine = Type.Object({
  ...ReviewView.properties,
  householdName: Type.String({ description: 'Masked' }),
});
export const StandingView = Type.Object({
  household: IdText,
  status: Type.Enum(['valid', 'suspended', 'invalid', 'barred']),
  validUntil: Nullable(When),
  lostAt: Nullable(When),
  moveOutBy: Nullable(When),
  appealBy: Nullable(When),
  barredUntil: Nullable(
    Type.String({ format: 'date-time', description: 'May not apply for a home before; the decisions say why' }),
  ),
});
export const SanctionView = Type.Object({
  id: IdText,
  code: Type.String(),
  household: IdText,
  hearing: Nullable(IdText),
  hearingCode: Nullable(Type.String()),
  ground: Type.Enum([...sanctionGrounds]),
  reason: Type.String(),
  lease: Nullable(IdText),
  state: Type.Enum([...sanctionStates]),
  /** Version of the policy pack the decision went by. */
  policy: IdText,
  barredUntil: When,
  fine: Type.Integer({ description: 'In fen; charged once nobody can appeal any more' }),
  appealUntil: When,
  answerBy: Nullable(When),
  appealReason: Nullable(Type.String()),
  answer: Nullable(Type.String()),
  finalAt: Nullable(When),
  imposedAt: When,
  imposedByName: Type.String(),
  version: Type.Integer(),
});
export const ReviewFile = Type.Object({
  review: ReviewView,
  householdName: Type.String({ description: 'Masked' }),
  /** How it would be judged now by the policy in force; null before papers were gathered and after a decision. */
  verdict: Nullable(
    Type.Object({ eligible: Type.Boolean(), because: Type.Array(Type.String()), policy: Type.String() }),
  ),
  steps: Type.Array(StepSchema),
  history: Type.Array(
    Type.Object({
      at: When,
      step: Type.String(),
      from: Type.String(),
      to: Type.String(),
      actorName: Type.String(),
      reason: Nullable(Type.String()),
    }),
  ),
  inquiries: Type.Array(
    Type.Object({
      id: IdText,
      person: IdText,
      personName: Type.String({ description: 'Masked' }),
      source: SourceSchema,
      state: Type.Enum(['pending', 'agrees', 'conflict', 'unanswered', 'waived']),
      differs: Type.Array(Type.String()),
      answeredAt: Nullable(When),
      waivedReason: Nullable(Type.String()),
    }),
  ),
});

/** What a step of a review may be refused for. */
export const stepProblems = [
  ReviewMissing,
  ReviewStepRefused,
  EditConflict,
  ChecksOpen,
  EligibilityNotMet,
  ReviewerRepeated,
  AppealLate,
  HouseholdBarred,
  InputInvalid,
];

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export const reviewView = (review: Review): Static<typeof ReviewView> => ({
  id: review.id,
  code: reviewCode(review.number),
  household: review.household,
  kind: review.kind,
  category: review.category,
  state: review.state,
  area: review.area,
  policy: review.policy,
  because: [...review.because],
  reason: review.reason,
  publicityUntil: iso(review.publicityUntil),
  appealUntil: iso(review.appealUntil),
  dueAt: iso(review.dueAt),
  duePolicy: review.duePolicy,
  lease: review.lease,
  openedAt: review.openedAt.toISOString(),
  endedAt: iso(review.endedAt),
  version: review.version,
});
/** Nothing when nothing was ever decided. Who is entitled to nothing and barred is shown as barred; who lives there is what he is. */
export function standingView(household: string, { standing, bar }: Entitlement): Static<typeof StandingView> | null {
  if (!standing && !bar) return null;
  const { validUntil = null, lostAt = null, moveOutBy = null, appealBy = null } = standing ?? {};
  const status = bar && (standing?.status ?? 'invalid') === 'invalid' ? 'barred' : (standing?.status ?? 'invalid');
  return {
    ...{ household, status, validUntil: iso(validUntil), lostAt: iso(lostAt), moveOutBy: iso(moveOutBy) },
    ...{ appealBy: iso(appealBy), barredUntil: iso(bar?.barredUntil ?? null) },
  };
}
export const sanctionView = (of: Sanction): Static<typeof SanctionView> => {
  const { id, household, hearing, hearingCode, ground, reason, lease, state, policy, fine, version } = of;
  const { appealReason, answer, imposedByName } = of;
  return {
    ...{
      id,
      code: sanctionCode(of.number),
      household,
      hearing,
      hearingCode,
      ground,
      reason,
      lease,
      state,
      policy,
      fine,
    },
    ...{
      barredUntil: of.barredUntil.toISOString(),
      appealUntil: of.appealUntil.toISOString(),
      answerBy: iso(of.answerBy),
    },
    ...{
      appealReason,
      answer,
      finalAt: iso(of.finalAt),
      imposedAt: of.imposedAt.toISOString(),
      imposedByName,
      version,
    },
  };
};
export const historyView = ({ at, step, from, to, actorName, reason }: HistoryLine) => ({
  at: at.toISOString(),
  ...{ step, from, to, actorName, reason },
});
export const inquiryView = ({
  id,
  person,
  personName,
  source,
  state,
  differs,
  answeredAt,
  waivedReason,
}: InquiryRow & { personName: string }) => ({
  ...{ id, person, personName, source, state, waivedReason },
  differs: [...differs],
  answeredAt: iso(answeredAt),
});
