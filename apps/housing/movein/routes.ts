import {
  DateText,
  handlingQuery,
  IdText,
  PhotoQuery,
  photoLimit,
  photoRoute,
  Text,
} from '@keystead/apps/housing/handling';
import { HouseholdMissing } from '@keystead/apps/housing/households';
import { LeasePeriodRefused } from '@keystead/apps/housing/leases';
import { HouseMissing, HouseStepRefused, HouseStepUnfounded } from '@keystead/apps/housing/stock';
import {
  AgreementMissing,
  AgreementOverlaps,
  AgreementStepRefused,
  SignedTextChanged,
} from '@keystead/apps/work/agreements';
import { EditConflict, InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { OwnPartyMissing, PartyAtRest, PartyMissing } from '@keystead/data/parties';
import { MediaTypeMismatch, RecordMissing, RecordTooLarge } from '@keystead/data/records';
import { bytesOf, Download, type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { LessorMissing, ProcessMissing, ProcessOpen, ProcessStepRefused } from './process.ts';
import {
  fileView,
  HandoverBody,
  ProcessFile,
  ProcessLineView,
  ProcessView,
  processLineView,
  processView,
  StateSchema,
} from './schemas.ts';
import type { MoveInsService } from './service.ts';

const Ref = Type.Object({ id: IdText });
const holdMs = 7 * 86_400_000;
export const moveInRoutes = (moveIns: MoveInsService, now: () => Date): MountedRoute[] => [
  route({
    id: 'moveIns.list',
    at: 'GET /',
    summary:
      'Households on their way into a house, newest first; with `on` those who come for their keys that day, in that order',
    permission: 'allocation:read',
    query: Type.Object(handlingQuery(StateSchema)),
    reply: Type.Array(ProcessLineView),
    run: async ({ actor, query }) => (await moveIns.list(actor, query)).map(processLineView),
  }),
  route({
    id: 'moveIns.counts',
    at: 'GET /counts',
    summary: 'How many households stand at which step on their way in',
    permission: 'allocation:read',
    reply: Type.Array(Type.Object({ state: StateSchema, count: Type.Integer() })),
    run: ({ actor }) => moveIns.counts(actor),
  }),
  route({
    id: 'moveIns.lessor',
    at: 'GET /lessor',
    summary: 'Who lets the houses of the organisation; null while nobody said so',
    permission: 'allocation:read',
    reply: Type.Union([Type.Object({ party: IdText, name: Type.String() }), Type.Null()]),
    run: ({ actor }) => moveIns.lessor(actor),
  }),
  route({
    id: 'moveIns.get',
    at: 'GET /:id',
    summary: 'One way into a house: allocation, lease and handover',
    permission: 'allocation:read',
    params: Ref,
    reply: ProcessFile,
    problems: [ProcessMissing],
    run: async ({ actor, params }) => fileView(await moveIns.get(actor, params.id)),
  }),
  route({
    id: 'moveIns.begin',
    at: 'POST /',
    summary: 'Allocate a house to a household by hand',
    permission: 'allocation:write',
    body: Type.Object({ household: IdText, house: IdText }),
    reply: ProcessView,
    status: 201,
    problems: [HouseMissing, HouseStepRefused, PartyMissing, PartyAtRest, ProcessOpen],
    run: async ({ actor, body }) => processView(await moveIns.begin(actor, body, new Date(now().getTime() + holdMs))),
  }),
  route({
    id: 'moveIns.contract',
    at: 'POST /:id/contract',
    summary: 'Draft the lease out of what is known and send it out for signing',
    permission: 'lease:write',
    params: Ref,
    body: Type.Object({ startsOn: Type.Optional(DateText) }),
    reply: ProcessView,
    problems: [
      ProcessMissing,
      ProcessStepRefused,
      LessorMissing,
      LeasePeriodRefused,
      AgreementOverlaps,
      HouseStepRefused,
      EditConflict,
    ],
    run: async ({ actor, params, body, facts }) =>
      processView(await moveIns.contract(actor, params.id, body, facts.version)),
  }),
  route({
    id: 'moveIns.checkIn',
    at: 'POST /:id/check-in',
    summary: 'Hand the house over: meters, furniture, photos',
    permission: 'allocation:write',
    params: Ref,
    body: HandoverBody,
    reply: ProcessView,
    problems: [ProcessMissing, ProcessStepRefused, HouseStepRefused, HouseStepUnfounded, RecordMissing],
    run: async ({ actor, params, body }) => processView(await moveIns.checkIn(actor, params.id, body)),
  }),
  route({
    id: 'moveIns.form',
    at: 'GET /:id/form',
    summary: 'The handover as an A4 form',
    permission: 'allocation:read',
    params: Ref,
    problems: [ProcessMissing, HouseMissing],
    run: async ({ actor, params }) => {
      const { name, content } = await moveIns.form(actor, params.id);
      return new Download(content, 'application/pdf', name);
    },
  }),
  photoRoute(
    {
      id: 'moveIns.putPhoto',
      summary: 'A photo of the house as it is handed over: its bytes as application/octet-stream',
      permission: 'allocation:write',
      problems: [ProcessMissing],
    },
    moveIns.putPhoto,
  ),
  route({
    id: 'moveIns.cancel',
    at: 'POST /:id/cancellation',
    summary: 'End a way into a house before check-in',
    permission: 'allocation:write',
    params: Ref,
    body: Type.Object({ reason: Text(500) }),
    problems: [ProcessMissing, ProcessStepRefused, AgreementStepRefused, InputInvalid],
    run: ({ actor, params, body }) => moveIns.cancel(actor, params.id, body.reason),
  }),
  route({
    id: 'moveIns.setLessor',
    at: 'PUT /lessor',
    summary: 'Set who lets the houses of the organisation',
    permission: 'allocation:configure',
    body: Type.Object({ party: IdText }),
    problems: [PartyMissing, PartyAtRest, NotAllowed],
    run: ({ actor, body }) => moveIns.setLessor(actor, body.party),
  }),
];

const own404 = [OwnPartyMissing, HouseholdMissing, ProcessMissing];

/** The same for the household itself: look, sign, photograph, check in (H-9.1.2-a-1). */
export const ownMoveInRoutes = ({ own }: MoveInsService): MountedRoute[] => [
  route({
    id: 'ownMoveIn.get',
    at: 'GET /',
    summary: 'My way into my home: house, lease and what is to do',
    permission: 'own-data:use',
    reply: ProcessFile,
    problems: own404,
    run: async ({ actor }) => fileView(await own.get(actor)),
  }),
  route({
    id: 'ownMoveIn.sign',
    at: 'POST /signature',
    summary: 'Sign my lease under the wording I saw',
    permission: 'own-data:use',
    body: Type.Object({ digest: Type.String({ pattern: '^[0-9a-f]{64}$' }), consent: Text(500) }),
    problems: [...own404, AgreementMissing, AgreementStepRefused, HouseStepRefused, SignedTextChanged],
    run: ({ actor, body }) => own.sign(actor, body),
  }),
  route({
    id: 'ownMoveIn.putPhoto',
    at: 'POST /photos',
    summary: 'A photo of the house: its bytes as application/octet-stream',
    permission: 'own-data:use',
    query: PhotoQuery,
    body: 'bytes',
    bodyLimit: photoLimit,
    reply: Type.Object({ id: IdText }),
    status: 201,
    problems: [...own404, MediaTypeMismatch, RecordTooLarge, InputInvalid],
    run: async ({ actor, query, body }) => ({
      id: (await own.putPhoto(actor, { ...query, content: bytesOf(body) })).id,
    }),
  }),
  route({
    id: 'ownMoveIn.appoint',
    at: 'PUT /appointment',
    summary: 'When I will come for my keys',
    permission: 'own-data:use',
    body: Type.Object({ at: Type.String({ format: 'date-time' }) }),
    reply: ProcessView,
    problems: [...own404, ProcessStepRefused, InputInvalid],
    run: async ({ actor, body }) => processView(await own.appoint(actor, new Date(body.at))),
  }),
  route({
    id: 'ownMoveIn.checkIn',
    at: 'POST /check-in',
    summary: 'Check in: confirm meters, furniture and photos of my home',
    permission: 'own-data:use',
    body: HandoverBody,
    reply: ProcessView,
    problems: [...own404, ProcessStepRefused, HouseStepRefused, RecordMissing],
    run: async ({ actor, body }) => processView(await own.checkIn(actor, body)),
  }),
];
