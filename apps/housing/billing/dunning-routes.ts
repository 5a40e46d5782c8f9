import { AgreementMissing } from '@keystead/apps/work/agreements';
import type { Actor } from '@keystead/contracts/access';
import { NotAllowed } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import type { BillingService } from './billing.ts';
import { NoticeMissing, PauseMissing } from './problems.ts';
import * as shape from './schemas.ts';

const Ref = Type.Object({ id: shape.IdText });

/** Reminders of what is late: what was said, how it was delivered, and what holds them back. */
export const dunningRoutes = (
  { dunning, leaseOf }: BillingService,
  remindNow: (actor: Actor) => Promise<void>,
): MountedRoute[] => [
  route({
    id: 'dunning.run',
    at: 'POST /runs',
    summary: 'Look at once for what is late, without waiting for the hour',
    permission: 'dunning:write',
    status: 202,
    problems: [NotAllowed],
    run: ({ actor }) => remindNow(actor),
  }),
  route({
    id: 'dunning.list',
    at: 'GET /',
    summary: 'Reminders, the newest first',
    permission: 'dunning:read',
    query: Type.Object({
      agreement: Type.Optional(shape.IdText),
      state: Type.Optional(Type.Enum(['queued', 'sent', 'delivered', 'failed', 'skipped'])),
      limit: shape.Limit,
    }),
    reply: Type.Array(shape.NoticeView),
    run: async ({ actor, query }) =>
      (await dunning.notices(actor, query)).map((row) => ({
        ...row,
        at: row.at.toISOString(),
        endedAt: row.endedAt?.toISOString() ?? null,
      })),
  }),
  route({
    id: 'dunning.deliver',
    at: 'POST /:id/delivery',
    summary: 'Say how a call, a letter or a talk ended',
    permission: 'dunning:write',
    params: Ref,
    body: shape.DeliveryWish,
    status: 204,
    problems: [NoticeMissing],
    run: ({ actor, params, body }) => dunning.deliverByHand(actor, params.id, body),
  }),
  route({
    id: 'dunning.pauses',
    at: 'GET /pauses',
    summary: 'What holds reminders of a lease back',
    permission: 'dunning:read',
    query: Type.Object({ agreement: shape.IdText }),
    reply: Type.Array(shape.PauseView),
    run: async ({ actor, query }) =>
      (await dunning.pauses(actor, query.agreement)).map((row) => ({ ...row, at: row.at.toISOString() })),
  }),
  route({
    id: 'dunning.pause',
    at: 'POST /pauses',
    summary: 'Hold reminders of a lease back until a day, for a reason',
    permission: 'dunning:write',
    body: shape.PauseWish,
    reply: Type.Object({ id: shape.IdText }),
    status: 201,
    problems: [AgreementMissing],
    run: async ({ actor, body: { agreement, ...wish } }) => dunning.pause(actor, await leaseOf(actor, agreement), wish),
  }),
  route({
    id: 'dunning.resume',
    at: 'DELETE /pauses/:id',
    summary: 'Let reminders go on',
    permission: 'dunning:write',
    params: Ref,
    status: 204,
    problems: [PauseMissing],
    run: ({ actor, params }) => dunning.resume(actor, params.id),
  }),
];
