import { DateText, handlingQuery, IdText, photoRoute, Text } from '@keystead/apps/housing/handling';
import { HouseholdMissing } from '@keystead/apps/housing/households';
import { HouseStepRefused } from '@keystead/apps/housing/stock';
import { AgreementFixed, AgreementMissing, AgreementStepRefused } from '@keystead/apps/work/agreements';
import { PeriodClosed } from '@keystead/apps/work/ledger';
import { EditConflict, InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { OwnPartyMissing } from '@keystead/data/parties';
import { Download, type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { ExitArrearsShort, ExitMissing, ExitNotOpen, ExitStepRefused } from './exit.ts';
import { ExitIdleShort } from './grounds.ts';
import {
  ExitCountView,
  ExitFile,
  ExitLineView,
  ExitView,
  exitFileView,
  exitLineView,
  exitView,
  GroundSchema,
  InspectionBody,
  KindSchema,
  MeterView,
  meterView,
  StateSchema,
} from './schemas.ts';
import type { ExitsService } from './setup.ts';
import { MarketRentMissing } from './transition.ts';

const Ref = Type.Object({ id: IdText });
const Reason = Type.Object({ reason: Text(500) });
const step = [ExitMissing, ExitStepRefused, EditConflict, HouseStepRefused];

export const exitRoutes = (exits: ExitsService): MountedRoute[] => [
  route({
    id: 'exits.list',
    at: 'GET /',
    summary: 'Exits, newest first; with `on` those who are to be out that day',
    permission: 'exit:read',
    query: Type.Object({
      ...handlingQuery(StateSchema),
      kind: Type.Optional(KindSchema),
      late: Type.Optional(Type.Boolean()),
    }),
    reply: Type.Array(ExitLineView),
    run: async ({ actor, query }) => (await exits.list(actor, query)).map(exitLineView),
  }),
  route({
    id: 'exits.counts',
    at: 'GET /counts',
    summary: 'How many exits stand at which step, by kind, and how many of them are late',
    permission: 'exit:read',
    reply: Type.Array(ExitCountView),
    run: ({ actor }) => exits.counts(actor),
  }),
  route({
    id: 'exits.supervision',
    at: 'GET /supervision',
    summary: 'Where results of exits are reported to',
    permission: 'exit:configure',
    reply: Type.Object({ url: Type.Union([Type.String(), Type.Null()]) }),
    run: ({ actor }) => exits.supervision(actor),
  }),
  route({
    id: 'exits.get',
    at: 'GET /:id',
    summary: 'One exit with its days, inspection and settlement',
    permission: 'exit:read',
    params: Ref,
    reply: ExitFile,
    problems: [ExitMissing],
    run: async ({ actor, params }) =>
      exitFileView(
        await exits.get(actor, params.id),
        await exits.transition(actor, params.id),
        await exits.history(actor, params.id),
      ),
  }),
  route({
    id: 'exits.meters',
    at: 'GET /:id/meters',
    summary: 'What the meters of the home told by themselves, up to the last day',
    permission: 'exit:read',
    params: Ref,
    query: Type.Object({ lastDay: DateText }),
    reply: Type.Array(MeterView),
    problems: [ExitMissing],
    run: async ({ actor, params, query }) => (await exits.meters(actor, params.id, query.lastDay)).map(meterView),
  }),
  route({
    id: 'exits.form',
    at: 'GET /:id/form',
    summary: 'The last account as an A4 paper',
    permission: 'exit:read',
    params: Ref,
    problems: [ExitMissing, ExitStepRefused],
    run: async ({ actor, params }) => {
      const { name, content } = await exits.form(actor, params.id);
      return new Download(content, 'application/pdf', name);
    },
  }),
  photoRoute(
    {
      id: 'exits.putPhoto',
      summary: 'A photo of what the inspection found: its bytes as application/octet-stream',
      permission: 'exit:write',
      problems: [ExitMissing],
    },
    exits.putPhoto,
  ),
  route({
    id: 'exits.open',
    at: 'POST /',
    summary: 'Begin the exit of a household from its home',
    permission: 'exit:write',
    body: Type.Object({
      ...{ lease: IdText, kind: KindSchema, reason: Text(500), leaveOn: Type.Optional(DateText) },
      /** Which violation, for that kind; idleness is borne out by doors and meters, or by the finding. */
      ...{ ground: Type.Optional(GroundSchema), finding: Type.Optional(Text(500)) },
    }),
    reply: ExitView,
    status: 201,
    problems: [AgreementMissing, ExitNotOpen, ExitArrearsShort, ExitIdleShort, InputInvalid],
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
    problems: [...step, InputInvalid],
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
    problems: [...step, AgreementFixed, AgreementStepRefused, PeriodClosed, MarketRentMissing],
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
    problems: [...step, PeriodClosed],
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
    id: 'ownExit.confirm',
    at: 'POST /:id/confirmation',
    summary: 'The last account of my home is right',
    permission: 'own-data:use',
    params: Ref,
    reply: ExitView,
    problems: [...own404, ExitMissing, ExitStepRefused],
    run: async ({ actor, params }) => exitView(await own.confirm(actor, params.id)),
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
