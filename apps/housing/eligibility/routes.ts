import { HouseholdMissing } from '@keystead/apps/housing/households';
import { type Actor, may } from '@keystead/contracts/access';
import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import {
  ConsentMissing,
  FieldValueSchema,
  maskName,
  PartyAtRest,
  PartyMissing,
  PersonalFieldInvalid,
  PurposeMissing,
  RelationSchema,
  ResidentIdTaken,
} from '@keystead/data/parties';
import { PlaceMissing } from '@keystead/data/places';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { clerical, type ReviewStep, reasoned, reviewKinds, reviewStates, reviewSteps } from './course.ts';
import { ReviewMissing, ReviewOpen } from './review.ts';
import { HouseholdBarred } from './sanction.ts';
import {
  Area,
  CategorySchema,
  DateText,
  historyView,
  IdText,
  inquiryView,
  KindSchema,
  ReviewFile,
  ReviewLine,
  ReviewView,
  reviewView,
  StandingView,
  StateSchema,
  StepSchema,
  standingView,
  stepProblems,
  Text,
} from './schemas.ts';
import type { EligibilityService } from './setup.ts';

const Ref = Type.Object({ id: IdText });
/** Steps that decide on somebody's home ask for more than those that take papers in. */
function requireRight(actor: Actor, step: ReviewStep): void {
  const permission = 'eligibility:decide';
  if (!clerical.includes(step) && !may(actor, permission)) throw new NotAllowed({ permission });
}

const looking = (eligibility: EligibilityService): MountedRoute[] => [
  route({
    id: 'eligibility.list',
    at: 'GET /reviews',
    summary: 'Applications and reviews, newest first; with `overdue` those that are late',
    permission: 'eligibility:read',
    query: Type.Object({
      kind: Type.Optional(KindSchema),
      state: Type.Optional(StateSchema),
      household: Type.Optional(IdText),
      overdue: Type.Optional(Type.Boolean()),
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
      cursor: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    reply: Type.Object({ items: Type.Array(ReviewLine), next: Type.Union([Type.String(), Type.Null()]) }),
    problems: [InputInvalid],
    run: async ({ actor, query }) => {
      const { items, next } = await eligibility.list(actor, query);
      return { items: items.map(({ householdName, ...each }) => ({ ...reviewView(each), householdName })), next };
    },
  }),
  route({
    id: 'eligibility.board',
    at: 'GET /board',
    summary: 'How many reviews stand where, and how many are late',
    permission: 'eligibility:read',
    reply: Type.Array(
      Type.Object({ kind: KindSchema, state: StateSchema, count: Type.Integer(), overdue: Type.Integer() }),
    ),
    run: ({ actor }) => eligibility.board(actor),
  }),
  route({
    id: 'eligibility.course',
    at: 'GET /course',
    summary: 'The course of reviews: kinds, states in their order, and which steps decide or need words',
    permission: 'eligibility:read',
    reply: Type.Object({
      kinds: Type.Array(KindSchema),
      states: Type.Array(StateSchema),
      steps: Type.Array(
        Type.Object({
          step: StepSchema,
          decides: Type.Boolean({ description: 'Asks for the right to decide' }),
          reasoned: Type.Boolean({ description: 'Needs a reason in words' }),
        }),
      ),
    }),
    run: async () => ({
      kinds: [...reviewKinds],
      states: [...reviewStates],
      steps: reviewSteps.map((step) => ({
        ...{ step, decides: !clerical.includes(step), reasoned: reasoned.includes(step) },
      })),
    }),
  }),
  route({
    id: 'eligibility.get',
    at: 'GET /reviews/:id',
    summary: 'One review: history, checks and what can be done next',
    permission: 'eligibility:read',
    params: Ref,
    reply: ReviewFile,
    problems: [ReviewMissing],
    run: async ({ actor, params }) => {
      const {
        review,
        householdName,
        verdict,
        steps: next,
        history,
        inquiries,
      } = await eligibility.get(actor, params.id);
      return {
        review: reviewView(review),
        householdName,
        verdict: verdict ? { ...verdict, because: [...verdict.because] } : null,
        steps: next,
        history: history.map(historyView),
        inquiries: inquiries.map(inquiryView),
      };
    },
  }),
  route({
    id: 'eligibility.standing',
    at: 'GET /households/:id/standing',
    summary: 'What a household is entitled to now',
    permission: 'eligibility:read',
    params: Ref,
    reply: Type.Union([StandingView, Type.Null()]),
    run: async ({ actor, params }) => standingView(params.id, await eligibility.standingOf(actor, params.id)),
  }),
];

const working = ({ reviews, takeMany, applyFor }: EligibilityService): MountedRoute[] => [
  route({
    id: 'eligibility.open',
    at: 'POST /reviews',
    summary: 'Open an application or a review of a household',
    permission: 'eligibility:write',
    body: Type.Object({
      household: IdText,
      kind: Type.Enum(['initial', 'pre-allocation', 'renewal', 'change', 'spot']),
      area: Area,
      category: Type.Optional(CategorySchema),
    }),
    reply: ReviewView,
    status: 201,
    problems: [PartyMissing, PartyAtRest, HouseholdMissing, ReviewOpen, HouseholdBarred],
    run: async ({ actor, body }) => reviewView(await reviews.open(actor, body)),
  }),
  route({
    id: 'eligibility.applyFor',
    at: 'POST /applications',
    summary:
      'Take down an application at the desk: household, members with their data, file and a draft review at once',
    permission: 'eligibility:write',
    body: Type.Object({
      name: Text(100),
      placeId: IdText,
      area: Area,
      category: Type.Optional(CategorySchema),
      members: Type.Array(
        Type.Object({
          name: Text(100),
          relation: RelationSchema,
          fields: Type.Array(FieldValueSchema, { maxItems: 10 }),
        }),
        { minItems: 1, maxItems: 20 },
      ),
    }),
    reply: ReviewView,
    status: 201,
    problems: [
      InputInvalid,
      PlaceMissing,
      NotAllowed,
      PurposeMissing,
      ConsentMissing,
      PersonalFieldInvalid,
      ResidentIdTaken,
    ],
    run: async ({ actor, body }) => reviewView(await applyFor(actor, body)),
  }),
  route({
    id: 'eligibility.step',
    at: 'POST /reviews/:id/steps',
    summary: 'Take a step; deciding ones ask for the right to decide',
    permission: 'eligibility:write',
    params: Ref,
    body: Type.Object({ step: StepSchema, reason: Type.Optional(Text(1000)) }),
    reply: ReviewView,
    problems: [...stepProblems, NotAllowed],
    run: async ({ actor, params, body, facts }) => {
      requireRight(actor, body.step);
      return reviewView(await reviews.take(actor, params.id, body.step, body.reason ?? null, facts.version));
    },
  }),
  route({
    id: 'eligibility.stepMany',
    at: 'POST /reviews/steps',
    summary: 'The same step for many reviews; with `dry` what would become of each, and nothing is kept',
    permission: 'eligibility:write',
    body: Type.Object({
      reviews: Type.Array(IdText, { minItems: 1, maxItems: 200 }),
      step: StepSchema,
      reason: Type.Optional(Text(1000)),
      dry: Type.Boolean({ default: false }),
    }),
    reply: Type.Array(
      Type.Object({
        id: IdText,
        code: Type.String(),
        from: Type.Union([StateSchema, Type.Null()]),
        to: Type.Union([StateSchema, Type.Null()]),
        problem: Type.Union([Type.String(), Type.Null()], { description: 'Type of what refused it' }),
      }),
    ),
    problems: [NotAllowed],
    rate: 60,
    run: async ({ actor, body }) => {
      requireRight(actor, body.step);
      return takeMany(actor, body.reviews, body.step, body.reason ?? null, body.dry);
    },
  }),
  route({
    id: 'eligibility.yearlyAhead',
    at: 'GET /yearly-reviews',
    summary: 'What opening the yearly reviews before a day would open: how many, and the first of them',
    permission: 'eligibility:read',
    query: Type.Object({ before: DateText }),
    reply: Type.Object({
      count: Type.Integer(),
      first: Type.Array(
        Type.Object({
          lease: IdText,
          code: Type.String(),
          day: Type.String(),
          household: IdText,
          name: Type.String({ description: 'Masked' }),
        }),
      ),
    }),
    run: async ({ actor, query }) => {
      const { count, first } = await reviews.yearlyAhead(actor, query.before);
      return { count, first: first.map((each) => ({ ...each, name: maskName(each.name) })) };
    },
  }),
  route({
    id: 'eligibility.openYearly',
    at: 'POST /yearly-reviews',
    summary: 'Open the yearly review of every lease whose next one is due before a day, by the interval of its place',
    permission: 'eligibility:write',
    body: Type.Object({ before: DateText }),
    reply: Type.Object({ opened: Type.Integer(), missing: Type.Integer() }),
    rate: 6,
    run: ({ actor, body }) => reviews.openYearly(actor, body.before),
  }),
];

export const eligibilityRoutes = (eligibility: EligibilityService): MountedRoute[] => [
  ...looking(eligibility),
  ...working(eligibility),
];
