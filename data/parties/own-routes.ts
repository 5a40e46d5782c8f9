import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { ConsentGiven, ConsentGone, ConsentNotSeparate } from './consents.ts';
import { OwnPartyMissing, PartyAtRest } from './party.ts';
import { ConsentBody, ConsentView, consentView, IdText, LookView, MemberView, OpenValueView } from './schemas.ts';
import type { PartiesService } from './setup.ts';

/** What a person sees and decides of his own data. */
export const ownRoutes = ({ own }: PartiesService): MountedRoute[] => [
  route({
    id: 'ownData.get',
    at: 'GET /',
    summary: 'Everything held of me, in plain; also as the copy a person may ask for',
    permission: 'own-data:use',
    reply: Type.Object({
      id: IdText,
      name: Type.String(),
      values: Type.Array(OpenValueView),
      household: Type.Union([IdText, Type.Null()]),
      members: Type.Array(MemberView),
      consents: Type.Array(ConsentView),
    }),
    problems: [OwnPartyMissing, PartyAtRest],
    run: async ({ actor }) => {
      const { party, values, household, members, consents } = await own.data(actor);
      return {
        id: party.id,
        name: party.name,
        values: [...values],
        household,
        members: members.map(({ household: _, ...member }) => member),
        consents: consents.map(consentView),
      };
    },
  }),
  route({
    id: 'ownData.looks',
    at: 'GET /looks',
    summary: 'Who looked at my data, when and why',
    permission: 'own-data:use',
    query: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }) }),
    reply: Type.Array(LookView),
    problems: [OwnPartyMissing],
    run: async ({ actor, query }) =>
      (await own.looks(actor, query.limit)).map((look) => ({
        ...look,
        at: look.at.toISOString(),
        fields: [...look.fields],
      })),
  }),
  route({
    id: 'ownData.consent',
    at: 'POST /consents',
    summary: 'Agree to a purpose; sensitive ones one by one',
    permission: 'own-data:use',
    body: ConsentBody,
    reply: Type.Array(ConsentView),
    status: 201,
    problems: [OwnPartyMissing, ConsentNotSeparate, ConsentGiven],
    run: async ({ actor, body }) => (await own.give(actor, body.purposes, body.wording)).map(consentView),
  }),
  route({
    id: 'ownData.withdraw',
    at: 'POST /consents/:id/withdrawal',
    summary: 'Take a consent back; what rests on it ends',
    permission: 'own-data:use',
    params: Type.Object({ id: IdText }),
    problems: [OwnPartyMissing, ConsentGone],
    run: ({ actor, params }) => own.withdraw(actor, params.id),
  }),
];
