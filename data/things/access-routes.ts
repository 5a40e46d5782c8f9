import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import {
  CredentialKindRefused,
  CredentialMissing,
  CredentialReused,
  credentialKinds,
  UsernameTaken,
} from './credential.ts';
import { IdText, Nullable } from './schemas.ts';
import type { ThingsService } from './setup.ts';
import { AutonomyProtected, ThingMissing } from './thing.ts';
import { whitelists } from './whitelist.ts';

const Ref = Type.Object({ id: IdText });
const TimeText = Type.String({ format: 'date-time' });
const Kind = Type.Enum(credentialKinds);

const Wish = Type.Object({
  kind: Kind,
  value: Type.Optional(Type.String({ minLength: 16, maxLength: 200 })),
  username: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  fingerprint: Type.Optional(Type.String({ pattern: '^[0-9A-Fa-f:]{64,95}$' })),
  /** Ends all other credentials of the thing. */
  rotate: Type.Optional(Type.Boolean()),
});

const RefusalView = Type.Object({
  thingId: Nullable(IdText),
  thingCode: Nullable(Type.String()),
  thingName: Nullable(Type.String()),
  peer: Type.String(),
  type: Type.String(),
  count: Type.Integer(),
  first: TimeText,
  last: TimeText,
  sample: Type.String(),
});

const Limit = Type.Integer({ minimum: 1, maximum: 500, default: 100 });

/** What things are known by, whether they may speak, and what of their words was refused. */
export const accessRoutes = ({ credentials, refusals, attributes }: ThingsService): MountedRoute[] => [
  route({
    id: 'things.refusals',
    at: 'GET /refusals',
    summary: 'What was refused or flagged, by sender and problem, the newest first',
    permission: 'thing:read',
    query: Type.Object({ limit: Limit }),
    reply: Type.Array(RefusalView),
    run: ({ actor, query }) => refusals.list(actor, query),
  }),
  route({
    id: 'things.refusalsOf',
    at: 'GET /:id/refusals',
    summary: 'What one thing sent and was refused',
    permission: 'thing:read',
    params: Ref,
    query: Type.Object({ limit: Limit }),
    reply: Type.Array(RefusalView),
    run: ({ actor, params, query }) => refusals.list(actor, { thing: params.id, limit: query.limit }),
  }),
  route({
    id: 'things.credentials',
    at: 'GET /:id/credentials',
    summary: 'What a thing is known by; never the secrets themselves',
    permission: 'thing:credential',
    params: Ref,
    reply: Type.Array(
      Type.Object({
        id: IdText,
        kind: Kind,
        username: Nullable(Type.String()),
        hint: Type.String(),
        issuedAt: TimeText,
        issuedBy: Type.String(),
        revokedAt: Nullable(TimeText),
        firstUsedAt: Nullable(TimeText),
        expiresAt: Nullable(TimeText),
      }),
    ),
    problems: [ThingMissing],
    run: ({ actor, params }) => credentials.list(actor, params.id),
  }),
  route({
    id: 'things.issueCredential',
    at: 'POST /:id/credentials',
    summary: 'Issue a credential; its value is in this answer and nowhere else',
    permission: 'thing:credential',
    params: Ref,
    body: Wish,
    reply: Type.Object({
      id: IdText,
      kind: Kind,
      username: Nullable(Type.String()),
      value: Nullable(Type.String()),
    }),
    status: 201,
    problems: [ThingMissing, InputInvalid, CredentialReused, CredentialKindRefused, UsernameTaken],
    run: ({ actor, params, body: { rotate, ...wish }, answer }) => {
      answer.header('cache-control', 'no-store');
      return credentials.issue(actor, params.id, wish, rotate);
    },
  }),
  route({
    id: 'things.revokeCredential',
    at: 'DELETE /:id/credentials/:credential',
    summary: 'End a credential; the session opened with it is cut',
    permission: 'thing:credential',
    params: Type.Object({ id: IdText, credential: IdText }),
    status: 204,
    problems: [ThingMissing, CredentialMissing],
    run: ({ actor, params }) => credentials.revoke(actor, params.id, params.credential),
  }),
  route({
    id: 'things.whitelist',
    at: 'PUT /:id/whitelist',
    summary: 'Say whether a thing may speak',
    permission: 'thing:credential',
    params: Ref,
    body: Type.Object({
      whitelist: Type.Enum(whitelists),
      reason: Type.String({ minLength: 1, maxLength: 500 }),
    }),
    reply: Type.Object({ whitelist: Type.Enum(whitelists), version: Type.Integer() }),
    problems: [ThingMissing, NotAllowed],
    run: async ({ actor, params, body }) => {
      const { whitelist, version } = await credentials.setWhitelist(actor, params.id, body.whitelist, body.reason);
      return { whitelist, version };
    },
  }),
  route({
    id: 'things.attributes',
    at: 'GET /:id/attributes',
    summary: 'What a thing says of itself and what it is told',
    permission: 'thing:read',
    params: Ref,
    reply: Type.Array(
      Type.Object({
        side: Type.Enum(['client', 'shared']),
        key: Type.String(),
        value: Type.Unknown(),
        at: TimeText,
      }),
    ),
    problems: [ThingMissing],
    run: ({ actor, params }) => attributes.list(actor, params.id),
  }),
  route({
    id: 'things.share',
    at: 'PUT /:id/attributes',
    summary: 'Set what a thing is told; null takes a key away',
    permission: 'thing:write',
    params: Ref,
    body: Type.Record(Type.String(), Type.Unknown()),
    status: 204,
    problems: [ThingMissing, InputInvalid, AutonomyProtected],
    run: ({ actor, params, body }) => attributes.share(actor, params.id, body),
  }),
];
