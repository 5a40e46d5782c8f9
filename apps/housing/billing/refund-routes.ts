import { AgreementMissing } from '@keystead/apps/work/agreements';
import { AmountTooLarge, PaymentReferenceUsed, PeriodClosed } from '@keystead/apps/work/ledger';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { SheetFormatSchema } from '@keystead/kernel/sheet';
import { Type } from 'typebox';
import type { BillingService } from './billing.ts';
import { sheetLimit } from './exporting.ts';
import { ChannelMissing, OrderMissing, OrderUnpaid, RefundMissing } from './problems.ts';
import { RefundDecided, RefundOwn, refundStates, refundWays } from './refund.ts';
import type { RefundLine } from './refund-desk.ts';
import * as shape from './schemas.ts';
import { refundSheet } from './sheets.ts';

const Ref = Type.Object({ id: shape.IdText });
const Whole = Type.Union([Type.Integer(), Type.Null()]);
const RefundView = Type.Object({
  ...{ id: shape.IdText, agreement: shape.IdText, code: Type.String(), party: shape.IdText },
  tenant: Type.String({ description: 'Masked' }),
  ...{ way: Type.Enum(refundWays), via: Type.String(), order: shape.Maybe(shape.IdText), number: Type.String() },
  ...{ reference: Type.String(), amount: Type.Integer(), reason: Type.String(), state: Type.Enum(refundStates) },
  /** The limit it is above, so that a second person confirms it; null when nobody has to. */
  above: Whole,
  /** Whoever looks asked for it and cannot confirm it. */
  own: Type.Boolean(),
  ...{ askedAt: Type.String(), actorName: Type.String(), endedAt: shape.Maybe(Type.String()) },
  ...{ decidedName: shape.Maybe(Type.String()), decidedAt: shape.Maybe(Type.String()) },
  decision: shape.Maybe(Type.String()),
});
const filter = {
  agreement: Type.Optional(shape.IdText),
  state: Type.Optional(Type.Enum(refundStates)),
  way: Type.Optional(Type.Enum(refundWays)),
  place: Type.Optional(shape.PlacePath),
};

const refundView = ({ organisation: _o, place: _p, channel: _c, key: _k, askedBy: _b, ...row }: RefundLine) => ({
  ...row,
  askedAt: row.askedAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  decidedAt: row.decidedAt?.toISOString() ?? null,
});

/** Money that goes back, and the second person who confirms what is above the policy's limit. */
export const refundRoutes = ({ payments: { refunds }, exportList }: BillingService): MountedRoute[] => [
  route({
    id: 'payments.refunds',
    at: 'GET /refunds',
    summary: 'Money that went or is to go back, the newest first',
    permission: 'payment:read',
    query: Type.Object({ ...filter, ...shape.paged }),
    reply: Type.Array(RefundView),
    run: async ({ actor, query }) => (await refunds.list(actor, query)).map(refundView),
  }),
  route({
    id: 'payments.exportRefunds',
    at: 'GET /refunds/export',
    summary: 'The same list as CSV or XLSX, at most 20,000 lines; who took it out is noted',
    permission: 'payment:read',
    query: Type.Object({ ...filter, format: SheetFormatSchema }),
    rate: 20,
    run: ({ actor, query: { format, ...wish }, facts: { language } }) =>
      exportList(actor, { list: 'refunds', language, format }, async (t) =>
        refundSheet(await refunds.list(actor, { ...wish, limit: sheetLimit }), t),
      ),
  }),
  route({
    id: 'payments.refund',
    at: 'POST /refunds',
    summary:
      'Give prepaid money of a lease back over the desk or by transfer; above the limit it waits for a second person',
    permission: 'payment:refund',
    body: Type.Object({
      agreement: shape.IdText,
      channel: Type.Enum(['cash', 'bank']),
      amount: shape.Money,
      reference: Type.String({ minLength: 1, maxLength: 60 }),
      reason: shape.Reason,
    }),
    reply: Type.Object({ id: shape.Maybe(shape.IdText), state: Type.Enum(refundStates) }),
    status: 201,
    problems: [AgreementMissing, AmountTooLarge, PaymentReferenceUsed, PeriodClosed],
    run: ({ actor, body }) => refunds.payBack(actor, body),
  }),
  route({
    id: 'payments.refundOrder',
    at: 'POST /channel-refunds',
    summary:
      'Give prepaid money of a paid order back by the channel it came by; above the limit it waits for a second person',
    permission: 'payment:refund',
    body: Type.Object({ order: shape.IdText, amount: shape.Money, reason: shape.Reason }),
    reply: RefundView,
    status: 201,
    problems: [OrderMissing, OrderUnpaid, ChannelMissing, AmountTooLarge, PeriodClosed],
    run: async ({ actor, body }) => refundView(await refunds.ask(actor, body)),
  }),
  route({
    id: 'payments.confirmRefund',
    at: 'POST /refunds/:id/confirmation',
    summary: 'Confirm a refund that waits; whoever asked for it cannot',
    permission: 'payment:confirm',
    params: Ref,
    reply: RefundView,
    problems: [RefundMissing, RefundDecided, RefundOwn, AmountTooLarge, PeriodClosed, ChannelMissing],
    run: async ({ actor, params }) => refundView(await refunds.confirm(actor, params.id)),
  }),
  route({
    id: 'payments.refuseRefund',
    at: 'POST /refunds/:id/refusal',
    summary: 'Refuse a refund that waits: its money stays prepaid',
    permission: 'payment:confirm',
    params: Ref,
    body: Type.Object({ reason: shape.Reason }),
    reply: RefundView,
    problems: [RefundMissing, RefundDecided],
    run: async ({ actor, params, body }) => refundView(await refunds.refuse(actor, params.id, body.reason)),
  }),
];
