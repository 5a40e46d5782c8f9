import { EditConflict, InputInvalid } from '@keystead/contracts/problem';
import {
  FieldValueSchema,
  OwnPartyMissing,
  PartyAtRest,
  PersonalFieldInvalid,
  ProposalDecided,
} from '@keystead/data/parties';
import { Download, type MountedRoute, route } from '@keystead/kernel/http';
import { type Static, Type } from 'typebox';
import {
  OwnRightsRequest,
  type RightsRequest,
  RightsRequestDecided,
  RightsRequestInvalid,
  RightsRequestMissing,
  RightsRequestOpen,
  requestKinds,
} from './request.ts';
import type { PrivacyService } from './service.ts';

const Id = Type.String({ format: 'uuid' });
const Ref = Type.Object({ id: Id });
const When = Type.String({ format: 'date-time' });
const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const State = Type.Enum(['open', 'granted', 'refused']);

const View = Type.Object({
  id: Id,
  party: Id,
  kind: Type.Enum([...requestKinds]),
  state: State,
  note: Type.String(),
  caseId: Id,
  caseCode: Type.String(),
  askedAt: When,
  dueAt: When,
  decidedAt: Nullable(When),
  answer: Nullable(Type.String()),
  outcome: Nullable(Type.String()),
  keptUntil: Nullable(When),
  version: Type.Integer(),
});
const Listed = Type.Object({ ...View.properties, partyName: Type.String({ description: 'Masked' }) });
const Asked = Type.Object({
  ...Listed.properties,
  asked: Type.Array(Type.Object({ field: Type.String(), slot: Type.String(), masked: Type.String() })),
});
const view = (request: RightsRequest): Static<typeof View> => ({
  id: request.id,
  party: request.party,
  kind: request.kind,
  state: request.state,
  note: request.note,
  caseId: request.caseId,
  caseCode: request.caseCode,
  askedAt: request.askedAt.toISOString(),
  dueAt: request.dueAt.toISOString(),
  decidedAt: request.decidedAt?.toISOString() ?? null,
  answer: request.answer,
  outcome: request.outcome,
  keptUntil: request.keptUntil?.toISOString() ?? null,
  version: request.version,
});

export const privacyRoutes = (privacy: PrivacyService): MountedRoute[] => [
  route({
    id: 'privacy.requests',
    at: 'GET /',
    summary: 'What people ask concerning their own data; with `overdue` those not answered in time',
    permission: 'privacy:read',
    query: Type.Object({
      state: Type.Optional(State),
      overdue: Type.Optional(Type.Boolean()),
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
      cursor: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    reply: Type.Object({ items: Type.Array(Listed), next: Type.Union([Type.String(), Type.Null()]) }),
    problems: [InputInvalid],
    run: async ({ actor, query }) => {
      const { items, next } = await privacy.list(actor, query);
      return { items: items.map((each) => ({ ...view(each), partyName: each.partyName })), next };
    },
  }),
  route({
    id: 'privacy.get',
    at: 'GET /:id',
    summary: 'One request, with what a correction asks for, masked',
    permission: 'privacy:read',
    params: Ref,
    reply: Asked,
    problems: [RightsRequestMissing],
    run: async ({ actor, params }) => {
      const { partyName, asked, ...request } = await privacy.get(actor, params.id);
      return {
        ...view(request),
        partyName,
        asked: asked.map(({ field, slot, masked }) => ({ field, slot, masked })),
      };
    },
  }),
  route({
    id: 'privacy.decide',
    at: 'POST /:id/decision',
    summary: 'Grant or refuse a request, with an answer',
    permission: 'privacy:handle',
    params: Ref,
    body: Type.Object({ granted: Type.Boolean(), answer: Text(1000) }),
    reply: View,
    problems: [
      RightsRequestMissing,
      RightsRequestDecided,
      OwnRightsRequest,
      EditConflict,
      ProposalDecided,
      PartyAtRest,
    ],
    run: async ({ actor, params, body, facts }) =>
      view(await privacy.decide(actor, params.id, body.granted, body.answer, facts.version)),
  }),
];

export const ownPrivacyRoutes = (privacy: PrivacyService): MountedRoute[] => [
  route({
    id: 'ownPrivacy.list',
    at: 'GET /',
    summary: 'My requests concerning my data, with their deadlines and answers',
    permission: 'own-data:use',
    reply: Type.Array(View),
    problems: [OwnPartyMissing],
    run: async ({ actor }) => (await privacy.own(actor)).map(view),
  }),
  route({
    id: 'ownPrivacy.ask',
    at: 'POST /',
    summary: 'Ask to see, correct or delete my data; answered within 30 days',
    permission: 'own-data:use',
    body: Type.Object({
      kind: Type.Enum([...requestKinds]),
      note: Text(1000),
      fields: Type.Optional(Type.Array(FieldValueSchema, { minItems: 1, maxItems: 20 })),
    }),
    reply: View,
    status: 201,
    problems: [OwnPartyMissing, RightsRequestInvalid, RightsRequestOpen, PersonalFieldInvalid, PartyAtRest],
    run: async ({ actor, body }) => view(await privacy.ask(actor, body)),
  }),
  route({
    id: 'ownPrivacy.copy',
    at: 'GET /:id/copy',
    summary: 'The copy of my data a granted request gives',
    permission: 'own-data:use',
    params: Ref,
    problems: [OwnPartyMissing, RightsRequestMissing],
    run: async ({ actor, params }) => {
      const { party, ...rest } = await privacy.copy(actor, params.id);
      return new Download(JSON.stringify({ name: party.name, ...rest }, null, 1), 'application/json', 'my-data.json');
    },
  }),
];
