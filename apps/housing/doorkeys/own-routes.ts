import { InputInvalid } from '@keystead/contracts/problem';
import { OwnPartyMissing } from '@keystead/data/parties';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { KeyEnded, KeyMissing, KeysHeld, KeyWithoutLease } from './key.ts';
import { IdText, KeyView, keyView, Text, UseView, useView, When } from './schemas.ts';
import type { DoorKeysService } from './setup.ts';

const permission = 'own-data:use';
const Ref = Type.Object({ id: IdText });

/** What a household sees of its keys, and does with them. */
export const ownKeyRoutes = (keys: DoorKeysService): MountedRoute[] => [
  route({
    id: 'ownDoorKeys.list',
    at: 'GET /',
    summary: 'Keys of my household',
    permission,
    reply: Type.Array(KeyView),
    problems: [OwnPartyMissing],
    run: async ({ actor }) => (await keys.own(actor)).map(keyView),
  }),
  route({
    id: 'ownDoorKeys.uses',
    at: 'GET /uses',
    summary: 'What the doors of my home told since I have keys to it, newest first',
    permission,
    reply: Type.Array(UseView),
    problems: [OwnPartyMissing],
    run: async ({ actor }) => (await keys.ofHome.uses(actor)).map(useView),
  }),
  route({
    id: 'ownDoorKeys.guest',
    at: 'POST /guests',
    summary: 'A PIN that lets a guest in once; it comes back this once',
    permission,
    body: Type.Object({ house: Type.Optional(IdText), label: Text(60), until: When }),
    reply: Type.Object({ key: IdText, credential: Type.Union([Type.String(), Type.Null()]) }),
    status: 201,
    rate: 20,
    problems: [OwnPartyMissing, KeyWithoutLease, KeysHeld, InputInvalid],
    run: async ({ actor, body: { until, ...wish } }) => keys.ofHome.guest(actor, { ...wish, until: new Date(until) }),
  }),
  route({
    id: 'ownDoorKeys.endGuest',
    at: 'POST /:id/revocation',
    summary: 'Take the key of a guest back',
    permission,
    params: Ref,
    problems: [OwnPartyMissing, KeyMissing, KeyEnded],
    run: ({ actor, params }) => keys.ofHome.endGuest(actor, params.id),
  }),
  route({
    id: 'ownDoorKeys.show',
    at: 'POST /:id/credential',
    summary: 'What one of my keys opens with; leaves a line',
    permission,
    params: Ref,
    reply: Type.Object({ credential: Type.Union([Type.String(), Type.Null()]) }),
    problems: [OwnPartyMissing, KeyMissing, KeyEnded],
    run: async ({ actor, params }) => ({ credential: await keys.showOwn(actor, params.id) }),
  }),
];
