import { AgreementMissing } from '@keystead/apps/work/agreements';
import type { Actor } from '@keystead/contracts/access';
import { messageFates } from '@keystead/contracts/events/notify';
import { NotAllowed } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { SheetFormatSchema } from '@keystead/kernel/sheet';
import { Type } from 'typebox';
import type { BillingService } from './billing.ts';
import type { Notice } from './dunning-desk.ts';
import { sheetLimit } from './exporting.ts';
import { NoticeMissing, PauseMissing } from './problems.ts';
import { noticeStates } from './proof.ts';
import * as shape from './schemas.ts';
import { noticeSheet } from './sheets.ts';

const Ref = Type.Object({ id: shape.IdText });
const text = Type.Optional(Type.String());
/** What can be shown of a reminder: the ways it went, what was told of it afterwards, or who said how it went. */
const ProofView = Type.Object({
  ways: Type.Array(Type.Object({ way: Type.String(), ok: Type.Boolean(), sentTo: text, error: text, at: text })),
  receipts: Type.Array(
    Type.Object({ way: Type.String(), fate: Type.Enum(messageFates), code: Type.String(), at: Type.String() }),
  ),
  by: text,
  how: text,
  /** Why it did not go: `paid`, `paused`, or `passed`, when it speaks of a day that is over. */
  why: text,
  error: text,
});
const NoticeView = Type.Object({
  id: shape.IdText,
  agreement: shape.IdText,
  code: Type.String(),
  subject: Type.String(),
  since: Type.String(),
  step: Type.String(),
  channel: Type.String(),
  amount: Type.Integer(),
  state: Type.Enum(noticeStates),
  text: Type.String(),
  proof: ProofView,
  at: Type.String(),
  endedAt: shape.Maybe(Type.String()),
});
const PauseWish = Type.Object({
  agreement: shape.IdText,
  reason: Type.Enum(['hardship', 'objection', 'hospital', 'other']),
  note: Type.String({ maxLength: 500 }),
  untilDay: shape.DateText,
});
const PauseView = Type.Object({
  id: shape.IdText,
  agreement: shape.IdText,
  reason: Type.String(),
  note: Type.String(),
  fromDay: Type.String(),
  untilDay: Type.String(),
  at: Type.String(),
  actorName: Type.String(),
  /** When it was ended early, or its plan was over; null while it stands. */
  endedAt: shape.Maybe(Type.String()),
});
const filter = {
  agreement: Type.Optional(shape.IdText),
  state: Type.Optional(Type.Enum(noticeStates)),
  channel: Type.Optional(Type.Enum(['text', 'call', 'letter', 'talk'])),
  place: Type.Optional(shape.PlacePath),
};

function noticeView({ proof: { ways = [], receipts = [], to: _to, ...proof }, at, endedAt, ...row }: Notice) {
  return {
    ...row,
    proof: { ...proof, ways: [...ways], receipts: [...receipts] },
    at: at.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}

/** Reminders of what is late: what was said, how it was delivered, and what holds them back. */
export const dunningRoutes = (
  { dunning, leaseOf, exportList, catalogue }: BillingService,
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
    summary: 'Reminders with their proof, the newest first',
    permission: 'dunning:read',
    query: Type.Object({ ...filter, ...shape.paged }),
    reply: Type.Array(NoticeView),
    run: async ({ actor, query }) => (await dunning.notices(actor, query)).map(noticeView),
  }),
  route({
    id: 'dunning.export',
    at: 'GET /export',
    summary: 'The same list as CSV or XLSX, at most 20,000 lines; who took it out is noted',
    permission: 'dunning:read',
    query: Type.Object({ ...filter, format: SheetFormatSchema }),
    rate: 20,
    run: ({ actor, query: { format, ...wish }, facts: { language } }) =>
      exportList(actor, { list: 'reminders', language, format }, async (t) => {
        const nameOf = await catalogue.namesIn(actor, language);
        return noticeSheet(await dunning.notices(actor, { ...wish, limit: sheetLimit }), nameOf, t);
      }),
  }),
  route({
    id: 'dunning.deliver',
    at: 'POST /:id/delivery',
    summary: 'Say how a call, a letter or a talk ended',
    permission: 'dunning:write',
    params: Ref,
    body: Type.Object({ delivered: Type.Boolean(), how: shape.Reason }),
    status: 204,
    problems: [NoticeMissing],
    run: ({ actor, params, body }) => dunning.deliverByHand(actor, params.id, body),
  }),
  route({
    id: 'dunning.pauses',
    at: 'GET /pauses',
    summary: 'What holds reminders of a lease back; with `all` also what did before',
    permission: 'dunning:read',
    query: Type.Object({ agreement: shape.IdText, all: Type.Optional(Type.Boolean()) }),
    reply: Type.Array(PauseView),
    run: async ({ actor, query }) =>
      (await dunning.pauses(actor, query.agreement, query.all)).map((row) => ({
        ...row,
        at: row.at.toISOString(),
        endedAt: row.endedAt?.toISOString() ?? null,
      })),
  }),
  route({
    id: 'dunning.pause',
    at: 'POST /pauses',
    summary: 'Hold reminders of a lease back until a day, for a reason',
    permission: 'dunning:write',
    body: PauseWish,
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
