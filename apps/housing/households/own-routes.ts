import { InputInvalid } from '@keystead/contracts/problem';
import { OwnPartyMissing, PartyAtRest, PersonalFieldInvalid } from '@keystead/data/parties';
import { MediaTypeMismatch, RecordMissing, RecordTooLarge } from '@keystead/data/records';
import { bytesOf, type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { ChangeDecided, ChangeInvalid, ChangeMissing, ChangeOpen, HouseholdMissing } from './household.ts';
import { ownFileLimit } from './own.ts';
import { ChangeBody, ChangeView, changeView, DossierView, dossierView, IdText, Text } from './schemas.ts';
import type { HouseholdsService } from './setup.ts';

const own404 = [OwnPartyMissing, HouseholdMissing];

/** What a household sees and tells of itself. */
export const ownHouseholdRoutes = ({ own }: HouseholdsService): MountedRoute[] => [
  route({
    id: 'ownHousehold.get',
    at: 'GET /',
    summary: 'The file of my household',
    permission: 'own-data:use',
    reply: DossierView,
    problems: own404,
    run: async ({ actor }) => dossierView(await own.dossier(actor), 'own'),
  }),
  route({
    id: 'ownHousehold.changes',
    at: 'GET /changes',
    summary: 'Changes my household told of, and what became of them',
    permission: 'own-data:use',
    reply: Type.Array(ChangeView),
    problems: own404,
    run: async ({ actor }) => (await own.changes(actor, 100)).items.map(changeView),
  }),
  route({
    id: 'ownHousehold.submitChange',
    at: 'POST /changes',
    summary: 'Tell of a change of income, members or housing, with proof',
    permission: 'own-data:use',
    body: ChangeBody,
    reply: ChangeView,
    status: 201,
    problems: [...own404, ChangeInvalid, ChangeOpen, PersonalFieldInvalid, PartyAtRest, RecordMissing],
    run: async ({ actor, body }) => changeView(await own.submit(actor, body)),
  }),
  route({
    id: 'ownHousehold.withdrawChange',
    at: 'POST /changes/:id/withdrawal',
    summary: 'Take back a change that is not decided yet',
    permission: 'own-data:use',
    params: Type.Object({ id: IdText }),
    problems: [...own404, ChangeMissing, ChangeDecided],
    run: ({ actor, params }) => own.withdraw(actor, params.id),
  }),
  route({
    id: 'ownHousehold.putFile',
    at: 'POST /documents',
    summary: 'Hand in a paper: its bytes as application/octet-stream',
    permission: 'own-data:use',
    query: Type.Object({
      name: Text(255),
      mediaType: Type.String({ pattern: '^[\\w.+-]+/[\\w.+-]+$', maxLength: 120 }),
    }),
    body: 'bytes',
    bodyLimit: ownFileLimit,
    reply: Type.Object({ id: IdText, name: Type.String(), size: Type.Integer() }),
    status: 201,
    problems: [...own404, MediaTypeMismatch, RecordTooLarge, InputInvalid],
    run: async ({ actor, query, body }) => {
      const { id, name, size } = await own.putFile(actor, { ...query, content: bytesOf(body) });
      return { id, name, size };
    },
  }),
];
