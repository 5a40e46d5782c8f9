import { AgreementMissing } from '@keystead/apps/work/agreements';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { SheetFormatSchema } from '@keystead/kernel/sheet';
import { Type } from 'typebox';
import type { BillingService } from './billing.ts';
import { sheetLimit } from './exporting.ts';
import {
  NothingLate,
  PaymentPlanInvalid,
  PaymentPlanMissing,
  PaymentPlanStanding,
  planStates,
} from './payment-plan.ts';
import * as shape from './schemas.ts';
import { planSheet } from './sheets.ts';

const Amount = Type.Integer({ minimum: 1, maximum: 100_000_000_000 });
const Reason = Type.String({ minLength: 1, maxLength: 500 });
const Plan = Type.Object({
  id: shape.IdText,
  agreement: shape.IdText,
  party: shape.IdText,
  code: Type.String(),
  tenant: Type.String({ description: 'Masked' }),
  amount: Type.Integer(),
  paid: Type.Integer(),
  reason: Type.String(),
  state: Type.Enum(planStates),
  at: Type.String(),
  actorName: Type.String(),
  endedAt: shape.Maybe(Type.String()),
  endReason: shape.Maybe(Type.String()),
  instalments: Type.Array(
    Type.Object({ number: Type.Integer(), dueOn: Type.String(), amount: Type.Integer(), paid: Type.Integer() }),
  ),
});

const filter = {
  agreement: Type.Optional(shape.IdText),
  state: Type.Optional(Type.Enum(planStates)),
  place: Type.Optional(shape.PlacePath),
};

/** Late money paid in parts, as agreed with the tenant. */
export const planRoutes = ({ paymentPlans, leaseOf, exportList }: BillingService): MountedRoute[] => [
  route({
    id: 'paymentPlans.list',
    at: 'GET /',
    summary: 'Payment plans with what is paid of each part, the newest first',
    permission: 'dunning:read',
    query: Type.Object({ ...filter, ...shape.paged }),
    reply: Type.Array(Plan),
    run: async ({ actor, query }) =>
      (await paymentPlans.list(actor, query)).map((plan) => ({
        ...plan,
        at: plan.at.toISOString(),
        endedAt: plan.endedAt?.toISOString() ?? null,
      })),
  }),
  route({
    id: 'paymentPlans.export',
    at: 'GET /export',
    summary: 'The same list as CSV or XLSX, at most 20,000 lines; who took it out is noted',
    permission: 'dunning:read',
    query: Type.Object({ ...filter, format: SheetFormatSchema }),
    rate: 20,
    run: ({ actor, query: { format, ...wish }, facts: { language } }) =>
      exportList(actor, { list: 'payment-plans', language, format }, async (t) =>
        planSheet(await paymentPlans.list(actor, { ...wish, limit: sheetLimit }), t),
      ),
  }),
  route({
    id: 'paymentPlans.make',
    at: 'POST /',
    summary: 'Agree on parts of all that is late on a lease; reminders rest while it is kept',
    permission: 'dunning:write',
    body: Type.Object({
      agreement: shape.IdText,
      instalments: Type.Array(Type.Object({ dueOn: shape.DateText, amount: Amount }), { minItems: 1, maxItems: 36 }),
      reason: Reason,
    }),
    reply: Type.Object({ id: shape.IdText }),
    status: 201,
    problems: [AgreementMissing, NothingLate, PaymentPlanInvalid, PaymentPlanStanding],
    run: async ({ actor, body: { agreement, ...wish } }) =>
      paymentPlans.make(actor, await leaseOf(actor, agreement), wish),
  }),
  route({
    id: 'paymentPlans.end',
    at: 'POST /:id/end',
    summary: 'Take a plan back; reminders go on',
    permission: 'dunning:write',
    params: Type.Object({ id: shape.IdText }),
    body: Type.Object({ reason: Reason }),
    status: 204,
    problems: [PaymentPlanMissing],
    run: ({ actor, params, body }) => paymentPlans.end(actor, params.id, body.reason),
  }),
];
