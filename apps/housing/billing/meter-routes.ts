import { NotAllowed } from '@keystead/contracts/problem';
import { PlaceMissing } from '@keystead/data/places';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import type { BillingService } from './billing.ts';
import { ExchangeKnown } from './problems.ts';
import * as shape from './schemas.ts';

const Reading = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000, description: 'Thousandths of the unit' });
const Text = Type.String();
const Photo = Type.Union([shape.IdText, Type.Null()]);

/** Figures of meters: as they stand, months that wait for one, exchanges. */
export const meterRoutes = ({ meterDesk }: BillingService): MountedRoute[] => [
  route({
    id: 'meters.usages',
    at: 'GET /usages',
    summary: 'Meter figures of months as they stand, with how each was found',
    permission: 'bill:read',
    query: Type.Object({
      house: Type.Optional(shape.IdText),
      period: Type.Optional(shape.PeriodText),
      rule: Type.Optional(Type.Enum(['exact', 'between', 'carried', 'following', 'estimated'])),
      limit: shape.Limit,
    }),
    reply: Type.Array(
      Type.Object({
        ...{ id: shape.IdText, house: shape.IdText, subject: Text, period: Text, begin: Reading, end: Reading },
        ...{
          quantity: Reading,
          source: Text,
          rule: Type.Union([Text, Type.Null()]),
          photo: Photo,
          at: Text,
          actorName: Text,
        },
      }),
    ),
    run: async ({ actor, query }) =>
      (await meterDesk.usages(actor, query)).map((row) => ({ ...row, at: row.at.toISOString() })),
  }),
  route({
    id: 'meters.gaps',
    at: 'GET /gaps',
    summary: 'Months no figure could be found for: their bills wait',
    permission: 'bill:read',
    query: Type.Object({ limit: shape.Limit }),
    reply: Type.Array(
      Type.Object({
        ...{ id: shape.IdText, house: shape.IdText, subject: Text, period: Text, agreement: shape.IdText },
        ...{ why: Type.Enum(['no-meter', 'no-beginning', 'no-end', 'fell']), at: Text },
      }),
    ),
    run: async ({ actor, query }) =>
      (await meterDesk.gaps(actor, query.limit)).map((row) => ({ ...row, at: row.at.toISOString() })),
  }),
  route({
    id: 'meters.exchange',
    at: 'POST /exchanges',
    summary: 'Note that a meter was exchanged: where the old one ended and the new one began',
    permission: 'bill:write',
    body: Type.Object({
      ...{ house: shape.IdText, subject: shape.CodeText, exchangedAt: Type.String({ format: 'date-time' }) },
      ...{ oldEnd: Reading, newBegin: Reading, note: Type.String({ maxLength: 500, default: '' }) },
      photo: Type.Optional(shape.IdText),
    }),
    reply: Type.Object({ id: shape.IdText }),
    status: 201,
    problems: [PlaceMissing, NotAllowed, ExchangeKnown],
    run: ({ actor, body }) => meterDesk.exchange(actor, { ...body, exchangedAt: new Date(body.exchangedAt) }),
  }),
];
