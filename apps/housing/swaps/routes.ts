import { HouseholdMissing } from '@keystead/apps/housing/households';
import { LeaseNotFollowable, LeasePeriodRefused } from '@keystead/apps/housing/leases';
import { HouseMissing } from '@keystead/apps/housing/stock';
import { AgreementMissing } from '@keystead/apps/work/agreements';
import { EditConflict } from '@keystead/contracts/problem';
import { OwnPartyMissing } from '@keystead/data/parties';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { askProblems } from './asking.ts';
import * as shape from './schemas.ts';
import type { SwapsService } from './setup.ts';
import {
  SwapArrears,
  SwapDateRefused,
  SwapHouseTaken,
  SwapMissing,
  SwapNotPossible,
  SwapReadingsRefused,
  SwapRenewalFirst,
  SwapStepRefused,
} from './swap.ts';

const Ref = Type.Object({ id: shape.IdText });
const step = [SwapMissing, SwapStepRefused, EditConflict];

/** It comes to nothing, with a reason. */
const ending = (
  word: { id: string; at: `POST /${string}`; summary: string },
  end: SwapsService['refuse'],
  texts: SwapsService['texts'],
): MountedRoute =>
  route({
    ...word,
    permission: 'allocation:write',
    params: Ref,
    body: shape.ReasonBody,
    reply: shape.SwapView,
    problems: step,
    run: async ({ actor, params, body, facts }) =>
      shape.swapView(await end(actor, params.id, body.reason, facts.version), texts(facts.language)),
  });

export const swapRoutes = (swaps: SwapsService): MountedRoute[] => [
  route({
    id: 'swaps.list',
    at: 'GET /',
    summary: 'Changes of houses, newest first',
    permission: 'allocation:read',
    query: Type.Object({
      state: Type.Optional(shape.StateSchema),
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    }),
    reply: Type.Array(shape.SwapView),
    run: async ({ actor, query, facts }) =>
      (await swaps.list(actor, query)).map((each) => shape.swapView(each, swaps.texts(facts.language))),
  }),
  route({
    id: 'swaps.counts',
    at: 'GET /counts',
    summary: 'How many changes of houses stand where',
    permission: 'allocation:read',
    reply: Type.Array(Type.Object({ state: shape.StateSchema, count: Type.Integer() })),
    run: ({ actor }) => swaps.counts(actor),
  }),
  route({
    id: 'swaps.get',
    at: 'GET /:id',
    summary: 'One change of houses: households, houses, contracts, meters, and what is open',
    permission: 'allocation:read',
    params: Ref,
    reply: shape.SwapFile,
    problems: [SwapMissing],
    run: async ({ actor, params, facts }) => {
      const { swap, steps } = await swaps.get(actor, params.id);
      return { swap: shape.swapView(swap, swaps.texts(facts.language)), steps };
    },
  }),
  route({
    id: 'swaps.meters',
    at: 'GET /:id/meters',
    summary: 'What the meters of the houses that are left told by themselves, up to the last day',
    permission: 'allocation:read',
    params: Ref,
    reply: Type.Array(shape.MeterView),
    problems: [SwapMissing],
    run: async ({ actor, params }) => (await swaps.told(actor, params.id)).map(shape.meterView),
  }),
  route({
    id: 'swaps.approve',
    at: 'POST /:id/approval',
    summary: 'Approve with house and day: the new contracts go out for signing, the old ones end the day before',
    permission: 'allocation:write',
    params: Ref,
    body: shape.ApprovalBody,
    reply: shape.SwapView,
    problems: [
      ...step,
      ...[SwapHouseTaken, SwapNotPossible, SwapRenewalFirst, SwapArrears, SwapDateRefused, HouseMissing],
      ...[AgreementMissing, LeaseNotFollowable, LeasePeriodRefused],
    ],
    run: async ({ actor, params, body, facts }) =>
      shape.swapView(await swaps.approve(actor, params.id, body, facts.version), swaps.texts(facts.language)),
  }),
  ending(
    {
      id: 'swaps.refuse',
      at: 'POST /:id/refusal',
      summary: 'Refuse a change of houses, with the reason the household reads',
    },
    swaps.refuse,
    swaps.texts,
  ),
  ending(
    {
      id: 'swaps.cancel',
      at: 'POST /:id/cancellation',
      summary: 'Call a change of houses off before its day: its contracts are void',
    },
    swaps.cancel,
    swaps.texts,
  ),
  route({
    id: 'swaps.read',
    at: 'POST /:id/readings',
    summary: 'Write down the meters of a house that is left, as they stood on the last day',
    permission: 'allocation:write',
    params: Ref,
    body: shape.ReadingsBody,
    reply: shape.SwapView,
    problems: [SwapMissing, SwapStepRefused, SwapReadingsRefused, AgreementMissing],
    run: async ({ actor, params, body, facts }) =>
      shape.swapView(await swaps.read(actor, params.id, body.house, body.readings), swaps.texts(facts.language)),
  }),
];

const permission = 'own-data:use';
const own404 = [OwnPartyMissing, HouseholdMissing];

/** What a household asks and answers itself. */
export const ownSwapRoutes = ({ own, texts }: SwapsService): MountedRoute[] => [
  route({
    id: 'ownSwaps.list',
    at: 'GET /',
    summary: 'Changes of houses my household takes part in',
    permission,
    reply: Type.Array(shape.OwnSwapView),
    problems: own404,
    run: async ({ actor, facts }) => {
      const { household, swaps } = await own.list(actor);
      return swaps.map((each) => shape.ownSwapView(each, household, texts(facts.language)));
    },
  }),
  route({
    id: 'ownSwaps.houses',
    at: 'GET /houses',
    summary: 'Houses that stand ready, of which I may wish for one',
    permission,
    reply: Type.Array(shape.HouseView),
    problems: own404,
    run: async ({ actor }) => (await own.houses(actor)).map(({ state: _state, ...house }) => house),
  }),
  route({
    id: 'ownSwaps.ask',
    at: 'POST /',
    summary: 'Ask for another house, or to change with a household that agrees',
    permission,
    body: shape.AskBody,
    reply: Type.Object({ id: shape.IdText }),
    status: 201,
    rate: 20,
    problems: [...own404, ...askProblems],
    run: async ({ actor, body }) => ({ id: (await own.ask(actor, body)).id }),
  }),
  route({
    id: 'ownSwaps.agree',
    at: 'POST /:id/agreement',
    summary: 'I agree to change houses with whoever asked',
    permission,
    params: Ref,
    problems: [...own404, ...step, SwapNotPossible, SwapRenewalFirst, SwapArrears],
    run: async ({ actor, params }) => void (await own.answer(actor, params.id, true)),
  }),
  route({
    id: 'ownSwaps.decline',
    at: 'POST /:id/decline',
    summary: 'I do not want to change houses',
    permission,
    params: Ref,
    problems: [...own404, ...step],
    run: async ({ actor, params }) => void (await own.answer(actor, params.id, false)),
  }),
  route({
    id: 'ownSwaps.withdraw',
    at: 'POST /:id/withdrawal',
    summary: 'I take back that I want to change houses',
    permission,
    params: Ref,
    body: shape.ReasonBody,
    problems: [...own404, ...step],
    run: async ({ actor, params, body }) => void (await own.withdraw(actor, params.id, body.reason)),
  }),
];
