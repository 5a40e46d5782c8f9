import { AgreementMissing } from '@keystead/apps/work/agreements';
import { PaymentReferenceUsed, PeriodClosed } from '@keystead/apps/work/ledger';
import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { Download, type MountedRoute, route } from '@keystead/kernel/http';
import { SheetFormatSchema } from '@keystead/kernel/sheet';
import { Type } from 'typebox';
import type { BillingService } from './billing.ts';
import { sheetLimit } from './exporting.ts';
import {
  BillFixed,
  BillMissing,
  ChannelMissing,
  DayReconciled,
  DifferenceMissing,
  OrderMissing,
  OrderPaid,
  PayChannelRefused,
  PayChannelSilent,
  StatementUnreadable,
} from './problems.ts';
import * as shape from './schemas.ts';
import { paymentSheet } from './sheets.ts';

const Ref = Type.Object({ id: shape.IdText });
const callbackLimit = 64 * 1024;
const statementLimit = 32 * 1024 * 1024;

const paymentFilter = {
  agreement: Type.Optional(shape.IdText),
  channel: Type.Optional(Type.String({ maxLength: 20 })),
  place: Type.Optional(shape.PlacePath),
};

/** Money that comes in, the channels that tell of it, and each day against the channel's file. */
export const moneyRoutes = ({ payments, reconciling, taken, exportList }: BillingService): MountedRoute[] => [
  route({
    id: 'payments.list',
    at: 'GET /',
    summary: 'Payments, the newest first',
    permission: 'payment:read',
    query: Type.Object({ ...paymentFilter, ...shape.paged }),
    reply: Type.Array(shape.PaymentView),
    run: async ({ actor, query }) =>
      (await taken(actor, query)).map((row) => ({ ...row, paidAt: row.paidAt.toISOString() })),
  }),
  route({
    id: 'payments.export',
    at: 'GET /export',
    summary: 'The same list as CSV or XLSX, at most 20,000 lines; who took it out is noted',
    permission: 'payment:read',
    query: Type.Object({ ...paymentFilter, format: SheetFormatSchema }),
    rate: 20,
    run: ({ actor, query: { format, ...filter }, facts: { language } }) =>
      exportList(actor, { list: 'payments', language, format }, async (t) =>
        paymentSheet(await taken(actor, { ...filter, limit: sheetLimit }), t),
      ),
  }),
  route({
    id: 'payments.take',
    at: 'POST /',
    summary: 'Take a payment at the desk; the same number a second time changes nothing',
    permission: 'payment:take',
    body: shape.PaymentWish,
    reply: Type.Object({ id: shape.IdText, fresh: Type.Boolean() }),
    status: 201,
    problems: [AgreementMissing, PaymentReferenceUsed, PeriodClosed, InputInvalid],
    run: ({ actor, body }) => payments.take(actor, { ...body, paidAt: new Date(body.paidAt) }),
  }),
  route({
    id: 'payments.order',
    at: 'POST /orders',
    summary: 'Open an order a channel can be paid by',
    permission: 'payment:take',
    body: shape.OrderWish,
    reply: shape.OrderView,
    status: 201,
    problems: [
      AgreementMissing,
      ChannelMissing,
      BillMissing,
      BillFixed,
      OrderPaid,
      PayChannelSilent,
      PayChannelRefused,
    ],
    run: ({ actor, body }) => payments.order(actor, body),
  }),
  route({
    id: 'payments.checkOrder',
    at: 'POST /orders/:id/check',
    summary: 'Ask the channel what became of an order, and take in what it says',
    permission: 'payment:take',
    params: Ref,
    reply: shape.OrderView,
    problems: [OrderMissing, ChannelMissing, PayChannelSilent, PayChannelRefused],
    run: ({ actor, params }) => payments.checkOrder(actor, params.id),
  }),
  route({
    id: 'payments.channels',
    at: 'GET /channels',
    summary: 'Channels money comes in by; their secrets are never told',
    permission: 'payment:read',
    reply: Type.Array(shape.ChannelView),
    run: ({ actor }) => payments.channels(actor),
  }),
  route({
    id: 'payments.addChannel',
    at: 'POST /channels',
    summary: 'Add a channel',
    permission: 'payment:manage',
    body: shape.ChannelBody,
    reply: Type.Object({ id: shape.IdText }),
    status: 201,
    problems: [NotAllowed, InputInvalid],
    run: ({ actor, body }) => payments.putChannel(actor, undefined, body),
  }),
  route({
    id: 'payments.changeChannel',
    at: 'PUT /channels/:id',
    summary: 'Change a channel; without a secret the one it has stays',
    permission: 'payment:manage',
    params: Ref,
    body: shape.ChannelBody,
    reply: Type.Object({ id: shape.IdText }),
    problems: [NotAllowed, ChannelMissing, InputInvalid],
    run: ({ actor, params, body }) => payments.putChannel(actor, params.id, body),
  }),
  route({
    id: 'payments.callback',
    at: 'POST /channels/:id/callback',
    summary: 'Where a channel tells of a payment, in its own form and under its own signature',
    open: true,
    params: Ref,
    body: 'bytes',
    bodyLimit: callbackLimit,
    rate: 6000,
    problems: [ChannelMissing],
    run: async ({ params, body, facts, answer }) => {
      const told = await payments.told(params.id, { header: (name) => facts.header?.(name), body });
      answer.status(told.status);
      return new Download(told.body, told.mediaType);
    },
  }),
  route({
    id: 'payments.days',
    at: 'GET /reconciliations',
    summary: 'Days of channels that were compared with their statements',
    permission: 'payment:read',
    reply: Type.Array(shape.DayView),
    run: async ({ actor }) => (await reconciling.days(actor)).map((row) => ({ ...row, at: row.at.toISOString() })),
  }),
  route({
    id: 'payments.reconcile',
    at: 'POST /reconciliations',
    summary: 'Compare a day of a channel with its statement; transfers that name their lease are booked',
    permission: 'payment:reconcile',
    body: shape.StatementWish,
    bodyLimit: statementLimit,
    reply: shape.DayView,
    status: 201,
    problems: [StatementUnreadable, DayReconciled, InputInvalid, NotAllowed, PaymentReferenceUsed],
    run: async ({ actor, body }) => {
      const day = await reconciling.reconcile(actor, body);
      return { ...day, at: day.at.toISOString() };
    },
  }),
  route({
    id: 'payments.differences',
    at: 'GET /reconciliations/:id/differences',
    summary: 'What did not match on a day',
    permission: 'payment:read',
    params: Ref,
    reply: Type.Array(shape.DifferenceView),
    problems: [NotAllowed],
    run: async ({ actor, params }) =>
      (await reconciling.differences(actor, params.id)).map((row) => ({
        ...row,
        resolvedAt: row.resolvedAt?.toISOString() ?? null,
      })),
  }),
  route({
    id: 'payments.resolve',
    at: 'POST /differences/:id/resolution',
    summary: 'Say what became of a difference',
    permission: 'payment:reconcile',
    params: Ref,
    body: Type.Object({ resolution: Type.String({ minLength: 1, maxLength: 500 }) }),
    status: 204,
    problems: [DifferenceMissing, NotAllowed],
    run: ({ actor, params, body }) => reconciling.resolve(actor, params.id, body.resolution),
  }),
];
