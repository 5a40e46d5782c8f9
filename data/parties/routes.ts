import { EditConflict, InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { PlaceMissing } from '@keystead/data/places';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { ConsentGiven, ConsentNotSeparate } from './consents.ts';
import { ConsentMissing, FieldNeverShown, PersonalFieldInvalid, PurposeMissing } from './fields.ts';
import {
  AccountLinked,
  MemberElsewhere,
  MemberMissing,
  PartyAtRest,
  PartyCodeTaken,
  PartyKindWrong,
  PartyMissing,
  ResidentIdTaken,
} from './party.ts';
import {
  ConsentBody,
  ConsentView,
  consentView,
  DateText,
  FieldSchema,
  FieldValues,
  IdText,
  LookView,
  MemberBody,
  MemberView,
  OpenValueView,
  PartyDraftSchema,
  PartyEditSchema,
  PartyKindSchema,
  PartyView,
  partyView,
  Text,
  When,
} from './schemas.ts';
import type { PartiesService } from './setup.ts';

const Ref = Type.Object({ id: IdText });
const MemberRef = Type.Object({ id: IdText, person: IdText });
const FieldRef = Type.Object({ field: FieldSchema });
const valueProblems = [PurposeMissing, ConsentMissing, PersonalFieldInvalid, ResidentIdTaken];
const standing = [PartyMissing, PartyAtRest];
const placing = [PlaceMissing, NotAllowed, PartyCodeTaken, AccountLinked];

const looking = (parties: PartiesService): MountedRoute[] => [
  route({
    id: 'parties.list',
    at: 'GET /',
    summary: 'People, households, organisations, teams and suppliers, newest first; values masked',
    permission: 'party:read',
    query: Type.Object({
      kind: Type.Optional(PartyKindSchema),
      text: Type.Optional(Text(100)),
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
      cursor: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    reply: Type.Object({ items: Type.Array(PartyView), next: Type.Union([Type.String(), Type.Null()]) }),
    problems: [InputInvalid],
    run: async ({ actor, query }) => {
      const { items, next } = await parties.list(actor, query);
      return { items: items.map(partyView), next };
    },
  }),
  route({
    id: 'parties.find',
    at: 'POST /lookups',
    summary: 'Parties of exactly this resident number, phone or address; the question is journaled',
    permission: 'party:read',
    body: Type.Object({ field: FieldSchema, value: Text(200) }),
    reply: Type.Array(PartyView),
    problems: [PersonalFieldInvalid],
    rate: 60,
    run: async ({ actor, body }) => (await parties.find(actor, body.field, body.value)).map(partyView),
  }),
  route({
    id: 'parties.get',
    at: 'GET /:id',
    summary: 'One party; values masked',
    permission: 'party:read',
    params: Ref,
    reply: PartyView,
    problems: [PartyMissing],
    run: async ({ actor, params }) => partyView(await parties.get(actor, params.id)),
  }),
  route({
    id: 'parties.members',
    at: 'GET /:id/members',
    summary: 'Members of a household, present ones first',
    permission: 'party:read',
    params: Ref,
    query: Type.Object({ past: Type.Boolean({ default: false }) }),
    reply: Type.Array(MemberView),
    problems: [PartyMissing],
    run: async ({ actor, params, query }) =>
      (await parties.members(actor, params.id, query.past)).map(({ household: _, ...member }) => member),
  }),
  route({
    id: 'parties.reveal',
    at: 'POST /:id/reveals',
    summary: 'Show values for a reason; the journal keeps it, and the person can read it',
    permission: 'party:reveal',
    params: Ref,
    body: Type.Object({ fields: Type.Array(FieldSchema, { minItems: 1, maxItems: 20 }), reason: Text(200) }),
    reply: Type.Array(OpenValueView),
    problems: [...standing, NotAllowed, FieldNeverShown, InputInvalid],
    rate: 120,
    run: ({ actor, params, body }) => parties.reveal(actor, params.id, body.fields, body.reason),
  }),
  route({
    id: 'parties.names',
    at: 'POST /names',
    summary: 'Names in full of parties shown masked, for a reason; the journal keeps it, and the person can read it',
    permission: 'party:reveal',
    body: Type.Object({ parties: Type.Array(IdText, { minItems: 1, maxItems: 20 }), reason: Text(200) }),
    reply: Type.Array(Type.Object({ id: IdText, name: Type.String() })),
    problems: [InputInvalid],
    rate: 120,
    run: ({ actor, body }) => parties.names(actor, body.parties, body.reason),
  }),
  route({
    id: 'parties.looks',
    at: 'GET /:id/looks',
    summary: 'Who looked at the data of a party, and why',
    permission: 'party:privacy',
    params: Ref,
    query: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }) }),
    reply: Type.Array(LookView),
    problems: [PartyMissing],
    run: async ({ actor, params, query }) =>
      (await parties.looks(actor, params.id, query.limit)).map((look) => ({
        ...look,
        at: look.at.toISOString(),
        fields: [...look.fields],
      })),
  }),
];

const changing = (parties: PartiesService): MountedRoute[] => [
  route({
    id: 'parties.add',
    at: 'POST /',
    summary: 'Write down a person, household, organisation, team or supplier',
    permission: 'party:write',
    body: PartyDraftSchema,
    reply: PartyView,
    status: 201,
    problems: [...placing, ...valueProblems],
    run: async ({ actor, body }) => partyView(await parties.get(actor, (await parties.add(actor, body)).id)),
  }),
  route({
    id: 'parties.edit',
    at: 'PATCH /:id',
    summary: 'Change name, code, place or sign-in',
    permission: 'party:write',
    params: Ref,
    body: PartyEditSchema,
    reply: PartyView,
    problems: [...standing, ...placing, EditConflict],
    run: async ({ actor, params, body, facts }) => {
      await parties.edit(actor, params.id, facts.version, body);
      return partyView(await parties.get(actor, params.id));
    },
  }),
  route({
    id: 'parties.setFields',
    at: 'PUT /:id/fields',
    summary: 'Set personal values; each needs a registered purpose',
    permission: 'party:write',
    params: Ref,
    body: Type.Object({ fields: FieldValues, source: Text(60) }),
    reply: PartyView,
    problems: [...standing, ...valueProblems],
    run: async ({ actor, params, body }) => {
      await parties.setFields(actor, params.id, body.fields, body.source);
      return partyView(await parties.get(actor, params.id));
    },
  }),
  route({
    id: 'parties.addMember',
    at: 'POST /:id/members',
    summary: 'Add a member to a household: a known person, or a new one',
    permission: 'party:write',
    params: Ref,
    body: MemberBody,
    reply: MemberView,
    status: 201,
    problems: [...standing, PartyKindWrong, MemberElsewhere, ...valueProblems],
    run: async ({ actor, params, body }) => {
      const { relation, from } = body;
      const person =
        'person' in body ? body.person : { name: body.name, ...(body.fields ? { fields: body.fields } : {}) };
      const { household: _, ...member } = await parties.addMember(actor, params.id, { person, relation, from });
      return member;
    },
  }),
  route({
    id: 'parties.endMember',
    at: 'POST /:id/members/:person/end',
    summary: 'A member left the household',
    permission: 'party:write',
    params: MemberRef,
    body: Type.Object({ until: DateText }),
    problems: [...standing, MemberMissing],
    run: ({ actor, params, body }) => parties.endMember(actor, params.id, params.person, body.until),
  }),
  route({
    id: 'parties.consents',
    at: 'GET /:id/consents',
    summary: 'What a party agreed to, and what was taken back',
    permission: 'party:read',
    params: Ref,
    reply: Type.Array(ConsentView),
    problems: [PartyMissing],
    run: async ({ actor, params }) => (await parties.consents.of(actor, params.id)).map(consentView),
  }),
  route({
    id: 'parties.recordConsent',
    at: 'POST /:id/consents',
    summary: 'Write down a consent given at the desk; sensitive ones one by one',
    permission: 'party:write',
    params: Ref,
    body: ConsentBody,
    reply: Type.Array(ConsentView),
    status: 201,
    problems: [PartyMissing, ConsentNotSeparate, ConsentGiven],
    run: async ({ actor, params, body }) =>
      (await parties.giveConsent(actor, params.id, body.purposes, body.wording)).map(consentView),
  }),
];

const purposes = (parties: PartiesService): MountedRoute[] => [
  route({
    id: 'parties.purposes',
    at: 'GET /purposes',
    summary: 'Why each personal field is held, on which ground, and how long',
    permission: 'party:read',
    reply: Type.Array(
      Type.Object({
        field: FieldSchema,
        purpose: Type.String(),
        basis: Type.String(),
        retentionYears: Type.Integer(),
        registeredAt: When,
        endedAt: Type.Union([When, Type.Null()]),
      }),
    ),
    run: async ({ actor }) =>
      (await parties.purposes.list(actor)).map((row) => ({
        ...row,
        registeredAt: row.registeredAt.toISOString(),
        endedAt: row.endedAt?.toISOString() ?? null,
      })),
  }),
  route({
    id: 'parties.registerPurpose',
    at: 'PUT /purposes/:field',
    summary: 'Register why a field is held: before that it cannot be collected',
    permission: 'party:privacy',
    params: FieldRef,
    body: Type.Object({
      purpose: Text(100),
      basis: Type.Enum(['contract', 'law', 'consent', 'duty', 'emergency']),
      retentionYears: Type.Integer({ minimum: 1, maximum: 100 }),
    }),
    problems: [NotAllowed],
    run: ({ actor, params, body }) => parties.purposes.register(actor, params.field, body),
  }),
  route({
    id: 'parties.endPurpose',
    at: 'DELETE /purposes/:field',
    summary: 'The purpose has ended: values held for it are deleted',
    permission: 'party:privacy',
    params: FieldRef,
    reply: Type.Object({ deleted: Type.Integer() }),
    problems: [NotAllowed],
    run: async ({ actor, params }) => ({ deleted: await parties.purposes.end(actor, params.field) }),
  }),
];

export const partyRoutes = (parties: PartiesService): MountedRoute[] => [
  ...purposes(parties),
  ...looking(parties),
  ...changing(parties),
];
