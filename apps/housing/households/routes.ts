import { EditConflict, InputInvalid } from '@keystead/contracts/problem';
import {
  MemberMissing,
  PartyAtRest,
  PartyMissing,
  PersonalFieldInvalid,
  ProposalDecided,
} from '@keystead/data/parties';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import {
  ChangeDecided,
  ChangeInvalid,
  ChangeMissing,
  ChangeOpen,
  HouseholdMissing,
  MarkMissing,
  MarkStanding,
  OwnChange,
} from './household.ts';
import {
  ChangeBody,
  ChangeContent,
  ChangeStateSchema,
  ChangeView,
  changeView,
  DossierView,
  dossierView,
  FileView,
  fileView,
  IdText,
  MarkBody,
  MarkView,
  markView,
  OpeningSchema,
  Tags,
  Text,
} from './schemas.ts';
import type { HouseholdsService } from './setup.ts';

const Ref = Type.Object({ id: IdText });
const pageFields = {
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
};
const Next = Type.Union([Type.String(), Type.Null()]);

const files = (households: HouseholdsService): MountedRoute[] => [
  route({
    id: 'households.list',
    at: 'GET /',
    summary: 'Household files, newest first; personal values masked',
    permission: 'household:read',
    query: Type.Object({ text: Type.Optional(Text(100)), tag: Type.Optional(Text(30)), ...pageFields }),
    reply: Type.Object({ items: Type.Array(FileView), next: Next }),
    problems: [InputInvalid],
    run: async ({ actor, query }) => {
      const { items, next } = await households.list(actor, query);
      return { items: items.map(({ file, party }) => fileView(file, party)), next };
    },
  }),
  route({
    id: 'households.open',
    at: 'POST /',
    summary: 'Open the file of a household',
    permission: 'household:write',
    body: Type.Object({ household: IdText, by: OpeningSchema }),
    reply: DossierView,
    status: 201,
    problems: [PartyMissing, PartyAtRest, HouseholdMissing],
    run: async ({ actor, body }) => {
      await households.open(actor, body.household, body.by);
      return dossierView(await households.dossier(actor, body.household));
    },
  }),
  route({
    id: 'households.get',
    at: 'GET /:id',
    summary: 'The whole file: members, data, papers, leases, bills, requests',
    permission: 'household:read',
    params: Ref,
    reply: DossierView,
    problems: [HouseholdMissing],
    run: async ({ actor, params }) => dossierView(await households.dossier(actor, params.id)),
  }),
  route({
    id: 'households.tag',
    at: 'PUT /:id/tags',
    summary: 'Set the tags of a household',
    permission: 'household:write',
    params: Ref,
    body: Type.Object({ tags: Tags }),
    problems: [HouseholdMissing],
    run: async ({ actor, params, body }) => void (await households.tag(actor, params.id, body.tags)),
  }),
];

const marks = ({ marks }: HouseholdsService): MountedRoute[] => [
  route({
    id: 'households.marks',
    at: 'GET /marks',
    summary: 'Everybody marked as in need of care today',
    permission: 'care:read',
    reply: Type.Array(MarkView),
    run: async ({ actor }) => (await marks.list(actor)).map(markView),
  }),
  route({
    id: 'households.mark',
    at: 'POST /:id/marks',
    summary: 'Mark a member as very old, seriously ill or severely disabled',
    permission: 'care:write',
    params: Ref,
    body: MarkBody,
    reply: MarkView,
    status: 201,
    problems: [HouseholdMissing, MemberMissing, MarkStanding],
    run: async ({ actor, params, body }) => markView(await marks.mark(actor, params.id, body)),
  }),
  route({
    id: 'households.endMark',
    at: 'DELETE /marks/:id',
    summary: 'End a mark',
    permission: 'care:write',
    params: Ref,
    problems: [MarkMissing],
    run: ({ actor, params }) => marks.end(actor, params.id),
  }),
];

const changes = ({ changes }: HouseholdsService): MountedRoute[] => [
  route({
    id: 'households.changes',
    at: 'GET /changes',
    summary: 'Changes households told of, newest first',
    permission: 'household:read',
    query: Type.Object({ household: Type.Optional(IdText), state: Type.Optional(ChangeStateSchema), ...pageFields }),
    reply: Type.Object({ items: Type.Array(ChangeView), next: Next }),
    problems: [InputInvalid],
    run: async ({ actor, query }) => {
      const { items, next } = await changes.list(actor, query);
      return { items: items.map(changeView), next };
    },
  }),
  route({
    id: 'households.change',
    at: 'GET /changes/:id',
    summary: 'One change and what it asks for, masked',
    permission: 'household:read',
    params: Ref,
    reply: Type.Object({
      change: ChangeView,
      asked: Type.Object({
        fields: Type.Array(Type.Object({ field: Type.String(), slot: Type.String(), masked: Type.String() })),
        join: Type.Array(Type.Object({ name: Type.String(), relation: Type.String(), from: Type.String() })),
        leave: Type.Array(Type.Object({ person: IdText, until: Type.String() })),
      }),
    }),
    problems: [ChangeMissing],
    run: async ({ actor, params }) => {
      const { change, asked } = await changes.shown(actor, params.id);
      const join = asked.join.map(({ name, relation, from }) => ({ name, relation, from }));
      return { change: changeView(change), asked: { ...asked, join } };
    },
  }),
  route({
    id: 'households.submitChange',
    at: 'POST /:id/changes',
    summary: 'Take down a change a household tells of at the desk',
    permission: 'household:write',
    params: Ref,
    body: ChangeBody,
    reply: ChangeView,
    status: 201,
    problems: [HouseholdMissing, MemberMissing, ChangeInvalid, ChangeOpen, PersonalFieldInvalid, PartyAtRest],
    run: async ({ actor, params, body }) => changeView(await changes.submit(actor, params.id, body)),
  }),
  route({
    id: 'households.revealChange',
    at: 'POST /changes/:id/reveals',
    summary: 'Show what a change asks for in plain, for a reason',
    permission: 'party:reveal',
    params: Ref,
    body: Type.Object({ reason: Text(200) }),
    reply: ChangeContent,
    problems: [ChangeMissing, ChangeDecided, ProposalDecided],
    run: async ({ actor, params, body }) => {
      const { fields = [], join = [], leave = [] } = await changes.reveal(actor, params.id, body.reason);
      return {
        fields: fields.map(({ field, slot = '', value }) => ({ field, slot, value })),
        join: join.map(({ name, relation, from }) => ({ name, relation, from })),
        leave: [...leave],
      };
    },
  }),
  route({
    id: 'households.decideChange',
    at: 'POST /changes/:id/decision',
    summary: 'Approve or refuse a change; only then the data change',
    permission: 'household:decide',
    params: Ref,
    body: Type.Object({ approved: Type.Boolean(), reason: Text(500) }),
    reply: ChangeView,
    problems: [ChangeMissing, ChangeDecided, OwnChange, EditConflict, PersonalFieldInvalid],
    run: async ({ actor, params, body, facts }) =>
      changeView(await changes.decide(actor, params.id, body.approved, body.reason, facts.version)),
  }),
];

export const householdRoutes = (households: HouseholdsService): MountedRoute[] => [
  ...marks(households),
  ...changes(households),
  ...files(households),
];
