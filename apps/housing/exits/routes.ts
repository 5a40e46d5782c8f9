import { HouseholdMissing } from '@keystead/apps/housing/households';
import { HouseStepRefused } from '@keystead/apps/housing/stock';
import { AgreementFixed, AgreementMissing, AgreementStepRefused } from '@keystead/apps/work/agreements';
import { PeriodClosed } from '@keystead/apps/work/ledger';
import { EditConflict, InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { OwnPartyMissing } from '@keystead/data/parties';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { ExitMissing, ExitNotOpen, ExitStepRefused } from './exit.ts';
import { DateText, ExitView, exitView, IdText, InspectionBody, KindSchema, StateSchema, Text } from './schemas.ts';
import type { ExitsService } from './setup.ts';

const Ref = Type.Object({ id: IdText });
const Reason = Type.Object({ reason: Text(500) });
const step = [ExitMissing, ExitStepRefused, EditConflict, HouseStepRefused];

export const exitRoutes = (exits: ExitsService): MountedRoute[] => [
  route({
    id: 'exits.list',
    at: 'GET /',
    summary: 'Exits, newest first',
    permission: 'exit:read',
    query: Type.Object({
      state: Type.Optional(StateSchema),
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    }),
    reply: Type.Array(ExitView),
    run: async ({ actor, query }) => (await exits.list(actor, query)).map(exitView),
  }),
  route({
    id: 'exits.get',
    at: 'GET /:id',
    summary: 'One exit with its days, inspection and settlement',
    permission: 'exit:read',
    params: Ref,
    reply: ExitView,
    problems: [ExitMissing],
    run: async ({ actor, params }) => exitView(await exits.get(actor, params.id)),
  }),
  route({
    id: 'exits.open',
    at: 'POST /',
    summary: 'Begin the exit of a household from its home',
    permission: 'exit:write',
    body: Type.Object({ lease: IdText, kind: KindSchema, reason: Text(500), leaveOn: Type.Optional(DateText) }),
    reply: ExitView,
    status: 201,
    problems: [AgreementMissing, ExitNotOpen],
    run: async ({ actor, body }) => exitView(await exits.open(actor, body, 'staff')),
  }),
  route({
    id: 'exits.accept',
    at: 'POST /:id/acceptance',
    summary: 'Accept an exit: the home is being left',
    permission: 'exit:write',
    params: Ref,
    reply: ExitView,
    problems: step,
    run: async ({ actor, params, facts }) => exitView(await exits.accept(actor, params.id, facts.version)),
  }),
  route({
    id: 'exits.inspect',
    at: 'POST /:id/inspection',
    summary: 'Write down what was found: meters, damages, photos',
    permission: 'exit:write',
    params: Ref,
    body: InspectionBody,
    reply: ExitView,
    problems: step,
    run: async ({ actor, params, body, facts }) => exitView(await exits.inspect(actor, params.id, body, facts.version)),
  }),
  route({
    id: 'exits.settle',
    at: 'POST /:id/settlement',
    summary: 'Settle rent, meters, damages and deposit; the lease ends',
    permission: 'exit:write',
    params: Ref,
    body: Type.Object({ channel: Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$', default: 'bank' }) }),
    reply: ExitView,
    problems: [...step, AgreementFixed, AgreementStepRefused, PeriodClosed],
    run: async ({ actor, params, body, facts }) =>
      exitView(await exits.settle(actor, params.id, body.channel, facts.version)),
  }),
  route({
    id: 'exits.handOver',
    at: 'POST /:id/handover',
    summary: 'Take the home back; the result is reported upward',
    permission: 'exit:write',
    params: Ref,
    reply: ExitView,
    problems: step,
    run: async ({ actor, params, facts }) => exitView(await exits.handOver(actor, params.id, facts.version)),
  }),
  route({
    id: 'exits.cancel',
    at: 'POST /:id/cancellation',
    summary: 'End an exit that is not to come: the household stays',
    permission: 'exit:write',
    params: Ref,
    body: Reason,
    reply: ExitView,
    problems: step,
    run: async ({ actor, params, body, facts }) =>
      exitView(await exits.cancel(actor, params.id, body.reason, facts.version)),
  }),
  route({
    id: 'exits.setSupervision',
    at: 'PUT /supervision',
    summary: 'Set where results of exits are reported to',
    permission: 'exit:configure',
    body: Type.Object({ url: Type.String({ pattern: '^https?://', maxLength: 500 }) }),
    problems: [NotAllowed, InputInvalid],
    run: ({ actor, body }) => exits.setSupervision(actor, body.url),
  }),
];

const own404 = [OwnPartyMissing, HouseholdMissing];
export const ownExitRoutes = ({ own }: ExitsService): MountedRoute[] => [
  route({
    id: 'ownExit.list',
    at: 'GET /',
    summary: 'Exits of my household and where they stand',
    permission: 'own-data:use',
    reply: Type.Array(ExitView),
    problems: own404,
    run: async ({ actor }) => (await own.list(actor)).map(exitView),
  }),
  route({
    id: 'ownExit.ask',
    at: 'POST /',
    summary: 'I want to give up my home',
    permission: 'own-data:use',
    body: Type.Object({ reason: Text(500), leaveOn: Type.Optional(DateText) }),
    reply: ExitView,
    status: 201,
    problems: [...own404, ExitNotOpen],
    run: async ({ actor, body }) => exitView(await own.ask(actor, body)),
  }),
  route({
    id: 'ownExit.cancel',
    at: 'POST /:id/cancellation',
    summary: 'I stay after all',
    permission: 'own-data:use',
    params: Ref,
    body: Reason,
    reply: ExitView,
    problems: [...own404, ...step],
    run: async ({ actor, params, body }) => exitView(await own.cancel(actor, params.id, body.reason)),
  }),
];
