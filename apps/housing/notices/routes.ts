import { EditConflict, NotAllowed } from '@keystead/contracts/problem';
import { PlaceMissing } from '@keystead/data/places';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { AudienceEmpty, feeStates, leaseStates, NoticeMissing, NoticePublished } from './audience.ts';
import type { Notices, TenantNotice } from './notices.ts';

const IdText = Type.String({ format: 'uuid' });
const Ref = Type.Object({ id: IdText });
const Maybe = <S extends ReturnType<typeof Type.String> | ReturnType<typeof Type.Integer>>(schema: S) =>
  Type.Union([schema, Type.Null()]);
const Audience = Type.Object({
  states: Type.Array(Type.Enum([...leaseStates]), { minItems: 1, maxItems: 4, uniqueItems: true }),
  fees: Type.Enum([...feeStates]),
});
const Kind = Type.Enum(['service', 'policy', 'bill']);
const Body = Type.Object({
  place: Maybe(IdText),
  kind: Kind,
  title: Type.String({ minLength: 1, maxLength: 100 }),
  text: Type.String({ minLength: 1, maxLength: 5000 }),
  audience: Audience,
});
const View = Type.Object({
  id: IdText,
  place: Maybe(IdText),
  kind: Type.String(),
  title: Type.String(),
  text: Type.String(),
  audience: Audience,
  state: Type.String(),
  told: Maybe(Type.Integer()),
  sent: Type.Integer(),
  failed: Type.Integer(),
  read: Type.Integer({ description: 'Tenants who opened it in the app' }),
  version: Type.Integer(),
  madeAt: Type.String(),
  actorName: Type.String(),
  publishedAt: Maybe(Type.String()),
});
const DeliveryView = Type.Object({
  id: IdText,
  party: IdText,
  agreement: IdText,
  code: Type.String(),
  name: Type.String(),
  state: Type.String(),
  proof: Type.Array(
    Type.Object({
      way: Type.String(),
      ok: Type.Boolean(),
      sentTo: Type.Optional(Type.String({ description: 'Masked' })),
      error: Type.Optional(Type.String()),
      permanent: Type.Optional(Type.Boolean()),
      at: Type.String(),
    }),
  ),
  at: Type.String(),
  endedAt: Maybe(Type.String()),
  readAt: Maybe(Type.String()),
});
const Limit = Type.Integer({ minimum: 1, maximum: 200, default: 50 });

const view = ({ place: _, placeId, madeAt, publishedAt, audience, ...notice }: TenantNotice) => ({
  ...notice,
  place: placeId,
  audience: { states: [...audience.states] as (typeof leaseStates)[number][], fees: audience.fees },
  madeAt: madeAt.toISOString(),
  publishedAt: publishedAt?.toISOString() ?? null,
});

/** Notices to tenants, targeted by place, lease and fees. */
export const noticeRoutes = (notices: Notices): MountedRoute[] => [
  route({
    id: 'notices.list',
    at: 'GET /',
    summary: 'Notices to tenants, the newest first',
    permission: 'notice:read',
    query: Type.Object({ limit: Limit, cursor: Type.Optional(IdText), kind: Type.Optional(Kind) }),
    reply: Type.Object({ items: Type.Array(View), next: Maybe(IdText) }),
    run: async ({ actor, query }) => {
      const { items, next } = await notices.list(actor, query);
      return { items: items.map(view), next };
    },
  }),
  route({
    id: 'notices.draft',
    at: 'POST /',
    summary: 'Write a notice; nobody is told yet',
    permission: 'notice:write',
    body: Body,
    reply: Ref,
    status: 201,
    problems: [NotAllowed, PlaceMissing],
    run: ({ actor, body }) => notices.draft(actor, body),
  }),
  route({
    id: 'notices.preview',
    at: 'GET /audience',
    summary: 'How many tenants an audience has now, and some of them',
    permission: 'notice:read',
    query: Type.Object({
      place: Type.Optional(IdText),
      states: Type.String({ maxLength: 100, description: 'States of leases, with commas' }),
      fees: Type.Enum([...feeStates]),
    }),
    reply: Type.Object({
      count: Type.Integer(),
      examples: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
    }),
    problems: [NotAllowed, PlaceMissing],
    run: ({ actor, query: { place, states, fees } }) =>
      notices.preview(actor, { place: place ?? null, audience: { states: states.split(','), fees } }),
  }),
  route({
    id: 'notices.get',
    at: 'GET /:id',
    summary: 'One notice',
    permission: 'notice:read',
    params: Ref,
    reply: View,
    problems: [NoticeMissing],
    run: async ({ actor, params }) => view(await notices.get(actor, params.id)),
  }),
  route({
    id: 'notices.change',
    at: 'PUT /:id',
    summary: 'Change a notice nobody was told yet',
    permission: 'notice:write',
    params: Ref,
    body: Body,
    status: 204,
    problems: [NoticeMissing, NoticePublished, EditConflict, NotAllowed, PlaceMissing],
    run: ({ actor, params, body, facts }) => notices.change(actor, params.id, body, facts.version),
  }),
  route({
    id: 'notices.publish',
    at: 'POST /:id/publication',
    summary: 'Tell the audience, each tenant once',
    permission: 'notice:write',
    params: Ref,
    reply: Type.Object({ told: Type.Integer() }),
    problems: [NoticeMissing, NoticePublished, AudienceEmpty],
    run: ({ actor, params }) => notices.publish(actor, params.id),
  }),
  route({
    id: 'notices.deliveries',
    at: 'GET /:id/deliveries',
    summary: 'What became of a notice for each tenant, with its proof',
    permission: 'notice:read',
    params: Ref,
    query: Type.Object({
      state: Type.Optional(Type.Enum(['queued', 'sent', 'failed'])),
      after: Type.Optional(IdText),
      limit: Limit,
    }),
    reply: Type.Array(DeliveryView),
    problems: [NoticeMissing],
    run: async ({ actor, params, query }) =>
      (await notices.deliveries(actor, params.id, query)).map((row) => ({
        ...row,
        at: row.at.toISOString(),
        endedAt: row.endedAt?.toISOString() ?? null,
        readAt: row.readAt?.toISOString() ?? null,
      })),
  }),
];
