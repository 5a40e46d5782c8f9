import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { PartyMissing } from '@keystead/data/parties';
import { PlaceMissing } from '@keystead/data/places';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import {
  DoorNotClosable,
  KeyConsentMissing,
  KeyEnded,
  KeyMissing,
  KeyNotFrozen,
  KeysHeld,
  KeyWithoutLease,
  LastKey,
} from './key.ts';
import { closingGrounds } from './ladder.ts';
import { IdText, KeyBody, KeyView, keyView, LadderView, ladderView, Text, UseView, useView, When } from './schemas.ts';
import type { DoorKeysService } from './setup.ts';

const Ref = Type.Object({ id: IdText });
const Reason = Type.Object({ reason: Text(500) });
const date = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));
const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** Keys of houses and households, the log of their use, and the ladder. */
export const doorKeyRoutes = (keys: DoorKeysService): MountedRoute[] => [
  route({
    id: 'doorKeys.list',
    at: 'GET /',
    summary: 'Keys of a house or a household, newest first, with what each lock holds of them',
    permission: 'door-key:read',
    query: Type.Object({
      house: Type.Optional(IdText),
      household: Type.Optional(IdText),
      living: Type.Optional(Type.Boolean()),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
      cursor: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    reply: Type.Object({ items: Type.Array(KeyView), next: Type.Union([Type.String(), Type.Null()]) }),
    problems: [InputInvalid],
    run: async ({ actor, query: { limit = 50, ...query } }) => {
      const { items, next } = await keys.list(actor, { ...query, limit });
      return { items: items.map(keyView), next };
    },
  }),
  route({
    id: 'doorKeys.uses',
    at: 'GET /uses',
    summary: 'What doors told: openings from outside and inside, refusals, newest first',
    permission: 'door-key:read',
    query: Type.Object({
      house: Type.Optional(IdText),
      thing: Type.Optional(IdText),
      key: Type.Optional(IdText),
      direction: Type.Optional(Type.Enum(['in', 'out'])),
      event: Type.Optional(Type.String({ maxLength: 40 })),
      from: Type.Optional(When),
      to: Type.Optional(When),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
    }),
    reply: Type.Array(UseView),
    problems: [PlaceMissing],
    run: async ({ actor, query: { limit = 100, from, to, ...query } }) => {
      const path = query.house === undefined ? undefined : await keys.pathOf(actor, query.house);
      const filter = { ...query, ...given({ from: date(from), to: date(to) }), limit };
      return (await keys.uses.list(actor, filter, path)).map(useView);
    },
  }),
  route({
    id: 'doorKeys.ladder',
    at: 'GET /ladder/:household',
    summary: 'How far the freeze ladder has got for a household, and what comes when',
    permission: 'door-key:read',
    params: Type.Object({ household: IdText }),
    reply: LadderView,
    run: async ({ actor, params }) => ladderView(await keys.ladderOf(actor, params.household)),
  }),
  route({
    id: 'doorKeys.close',
    at: 'PUT /ladder/:household/door',
    summary: 'Close a front door to a household on a paper: it handed the house over, or a court ordered it',
    permission: 'door-key:decide',
    params: Type.Object({ household: IdText }),
    body: Type.Object({ house: IdText, ground: Type.Enum([...closingGrounds]), document: Text(200) }),
    problems: [PlaceMissing, NotAllowed, DoorNotClosable],
    run: ({ actor, params, body }) => keys.close(actor, { ...body, household: params.household }),
  }),
  route({
    id: 'doorKeys.reopen',
    at: 'DELETE /ladder/:household/door',
    summary: 'Take the closing of a front door back',
    permission: 'door-key:decide',
    params: Type.Object({ household: IdText }),
    body: Reason,
    problems: [PartyMissing, DoorNotClosable],
    run: ({ actor, params, body }) => keys.reopen(actor, params.household, body.reason),
  }),
  route({
    id: 'doorKeys.get',
    at: 'GET /:id',
    summary: 'One key with what each lock holds of it',
    permission: 'door-key:read',
    params: Ref,
    reply: KeyView,
    problems: [KeyMissing],
    run: async ({ actor, params }) => keyView(await keys.get(actor, params.id)),
  }),
  route({
    id: 'doorKeys.issue',
    at: 'POST /',
    summary: 'Issue a key to somebody of an entitled household; a secret that is made comes back this once',
    permission: 'door-key:write',
    body: KeyBody,
    reply: Type.Object({ key: IdText, credential: Type.Union([Type.String(), Type.Null()]) }),
    status: 201,
    problems: [PlaceMissing, NotAllowed, InputInvalid, KeyWithoutLease, KeyConsentMissing, KeysHeld],
    run: ({ actor, body: { validFrom, validUntil, ...wish } }) =>
      keys.issue(actor, { ...wish, ...given({ validFrom: date(validFrom), validUntil: date(validUntil) }) }),
  }),
  route({
    id: 'doorKeys.freeze',
    at: 'POST /:id/freeze',
    summary: 'Let one key rest, lost or lent',
    permission: 'door-key:write',
    params: Ref,
    body: Reason,
    problems: [KeyMissing, KeyEnded, LastKey],
    run: ({ actor, params, body }) => keys.freeze(actor, params.id, body.reason),
  }),
  route({
    id: 'doorKeys.unfreeze',
    at: 'POST /:id/unfreeze',
    summary: 'Let a frozen key open again',
    permission: 'door-key:write',
    params: Ref,
    body: Reason,
    problems: [KeyMissing, KeyEnded, KeyNotFrozen],
    run: ({ actor, params, body }) => keys.unfreeze(actor, params.id, body.reason),
  }),
  route({
    id: 'doorKeys.revoke',
    at: 'POST /:id/revocation',
    summary: 'End a key for good, in every lock',
    permission: 'door-key:write',
    params: Ref,
    body: Reason,
    problems: [KeyMissing, KeyEnded, LastKey],
    run: ({ actor, params, body }) => keys.revoke(actor, params.id, body.reason),
  }),
];
