import { HouseholdMissing } from '@keystead/apps/housing/households';
import { CaseMissing } from '@keystead/apps/work/cases';
import { EditConflict, InputInvalid } from '@keystead/contracts/problem';
import { PartyAtRest, PartyMissing } from '@keystead/data/parties';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { AppealLate, ReviewerRepeated } from './review.ts';
import { FineTooHigh, HearingFirst, SanctionMissing, SanctionStepRefused, sanctionGrounds } from './sanction.ts';
import { IdText, SanctionView, sanctionView, Text } from './schemas.ts';
import type { EligibilityService } from './setup.ts';

const Ref = Type.Object({ id: IdText });
/** Of a violation, as its hearing may choose; an exit for cause has its own. */
const grounds = sanctionGrounds.filter((each) => each !== 'violation');
const step = [SanctionMissing, SanctionStepRefused, EditConflict];

/** Decisions about households that cheated or misused a home. */
export const sanctionRoutes = ({ sanctions }: EligibilityService): MountedRoute[] => [
  route({
    id: 'eligibility.sanctions',
    at: 'GET /households/:id/sanctions',
    summary: 'What was decided about a household that cheated or misused its home, the last first',
    permission: 'eligibility:read',
    params: Ref,
    reply: Type.Array(SanctionView),
    run: async ({ actor, params }) => (await sanctions.of(actor, params.id)).map(sanctionView),
  }),
  route({
    id: 'eligibility.impose',
    at: 'POST /households/:id/sanctions',
    summary:
      'Decide after the hearing of a violation case: barred from applying for the years of the policy, and fined up to its limit',
    permission: 'eligibility:decide',
    params: Ref,
    body: Type.Object({
      hearing: IdText,
      ground: Type.Enum(grounds),
      reason: Text(1000),
      fine: Type.Integer({ minimum: 0, maximum: 1e9, default: 0, description: 'In fen; 0 for none' }),
    }),
    reply: SanctionView,
    status: 201,
    problems: [
      CaseMissing,
      HearingFirst,
      FineTooHigh,
      SanctionStepRefused,
      HouseholdMissing,
      PartyMissing,
      PartyAtRest,
      InputInvalid,
    ],
    run: async ({ actor, params, body }) =>
      sanctionView(await sanctions.impose(actor, { ...body, household: params.id })),
  }),
  route({
    id: 'eligibility.appealSanction',
    at: 'POST /sanctions/:id/appeal',
    summary: 'Take down the appeal of a household against a decision',
    permission: 'eligibility:write',
    params: Ref,
    body: Type.Object({ reason: Text(1000) }),
    reply: SanctionView,
    problems: [...step, AppealLate],
    run: async ({ actor, params, body, facts }) =>
      sanctionView(await sanctions.appeal(actor, params.id, body.reason, facts.version)),
  }),
  route({
    id: 'eligibility.answerSanction',
    at: 'POST /sanctions/:id/answer',
    summary: 'Answer the appeal against a decision: it stands, or all of it is lifted',
    permission: 'eligibility:decide',
    params: Ref,
    body: Type.Object({ upheld: Type.Boolean(), answer: Text(1000) }),
    reply: SanctionView,
    problems: [...step, ReviewerRepeated],
    run: async ({ actor, params, body, facts }) =>
      sanctionView(await sanctions.answer(actor, params.id, body, facts.version)),
  }),
];
