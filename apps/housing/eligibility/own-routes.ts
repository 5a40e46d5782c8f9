import { HouseholdMissing } from '@keystead/apps/housing/households';
import { OwnPartyMissing, PartyAtRest } from '@keystead/data/parties';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { ReviewOpen } from './review.ts';
import {
  Area,
  CategorySchema,
  IdText,
  ReviewView,
  reviewView,
  StandingView,
  StateSchema,
  standingView,
  stepProblems,
  Text,
  When,
} from './schemas.ts';
import type { EligibilityService } from './setup.ts';

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
      notes: Type.Array(Type.Object({ review: IdText, at: When, to: StateSchema, reason: Type.String() })),
    }),
    problems: [OwnPartyMissing, HouseholdMissing],
    run: async ({ actor }) => {
      const { standing, reviews, notes } = await own.get(actor);
      return {
        standing: standing ? standingView(standing) : null,
        reviews: reviews.map(reviewView),
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
    problems: [OwnPartyMissing, HouseholdMissing, ReviewOpen, PartyAtRest],
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
];
