import { HouseholdMissing } from '@keystead/apps/housing/households';
import { OwnPartyMissing, PartyAtRest } from '@keystead/data/parties';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { AppealLate, ReviewOpen } from './review.ts';
import { HouseholdBarred, type Sanction, SanctionMissing, SanctionStepRefused } from './sanction.ts';
import {
  Area,
  CategorySchema,
  IdText,
  ReviewView,
  reviewView,
  SanctionView,
  StandingView,
  StateSchema,
  sanctionView,
  standingView,
  stepProblems,
  Text,
  When,
} from './schemas.ts';
import type { EligibilityService } from './setup.ts';

/** Whoever decided is named to colleagues only. */
const OwnSanctionView = Type.Omit(SanctionView, ['imposedByName']);
function ownSanctionView(sanction: Sanction) {
  const { imposedByName: _, ...shown } = sanctionView(sanction);
  return shown;
}

/** What a household asks and answers itself. */
export const ownEligibilityRoutes = ({ own }: EligibilityService): MountedRoute[] => [
  route({
    id: 'ownEligibility.get',
    at: 'GET /',
    summary: 'What my household is entitled to, and its applications and reviews',
    permission: 'own-data:use',
    reply: Type.Object({
      standing: Type.Union([StandingView, Type.Null()]),
      reviews: Type.Array(ReviewView),
      /** What was said at a step: which papers are missing, why it was refused. */
      /** What was decided about us, and until when that can be appealed. */
      sanctions: Type.Array(OwnSanctionView),
      notes: Type.Array(Type.Object({ review: IdText, at: When, to: StateSchema, reason: Type.String() })),
    }),
    problems: [OwnPartyMissing, HouseholdMissing],
    run: async ({ actor }) => {
      const { household, standing, bar, reviews, notes, sanctions } = await own.get(actor);
      return {
        standing: standingView(household, { standing, bar }),
        reviews: reviews.map(reviewView),
        sanctions: sanctions.map(ownSanctionView),
        notes: notes.map((note) => ({ ...note, at: note.at.toISOString() })),
      };
    },
  }),
  route({
    id: 'ownEligibility.apply',
    at: 'POST /',
    summary: 'Apply for public rental housing',
    permission: 'own-data:use',
    body: Type.Object({ area: Area, category: Type.Optional(CategorySchema) }),
    reply: ReviewView,
    status: 201,
    problems: [OwnPartyMissing, HouseholdMissing, ReviewOpen, HouseholdBarred, PartyAtRest],
    run: async ({ actor, body }) => reviewView(await own.apply(actor, body)),
  }),
  route({
    id: 'ownEligibility.step',
    at: 'POST /:id/steps',
    summary: 'Hand in again, appeal a refusal, or take an application back',
    permission: 'own-data:use',
    params: Type.Object({ id: IdText }),
    body: Type.Object({ step: Type.Enum(['submit', 'appeal', 'withdraw']), reason: Text(1000) }),
    reply: ReviewView,
    problems: [OwnPartyMissing, HouseholdMissing, ...stepProblems],
    run: async ({ actor, params, body }) => reviewView(await own.take(actor, params.id, body.step, body.reason)),
  }),
  route({
    id: 'ownEligibility.appealSanction',
    at: 'POST /sanctions/:id/appeal',
    summary: 'Appeal a decision that bars or fines my household',
    permission: 'own-data:use',
    params: Type.Object({ id: IdText }),
    body: Type.Object({ reason: Text(1000) }),
    reply: OwnSanctionView,
    problems: [OwnPartyMissing, HouseholdMissing, SanctionMissing, SanctionStepRefused, AppealLate],
    run: async ({ actor, params, body }) => ownSanctionView(await own.appealSanction(actor, params.id, body.reason)),
  }),
];
