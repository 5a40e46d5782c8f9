import { EditConflict, InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import type { BillingService } from './billing.ts';
import type { TariffRow } from './catalogue.ts';
import { SubjectMissing, SubjectTaken, TariffTaken } from './problems.ts';
import * as shape from './schemas.ts';

const tariffView = ({ at, steps, ...rest }: TariffRow) => ({ ...rest, steps: [...steps], at: at.toISOString() });

/** What is charged for, at which prices, due when. */
export const priceRoutes = ({ catalogue }: BillingService): MountedRoute[] => [
  route({
    id: 'fees.subjects',
    at: 'GET /subjects',
    summary: 'Kinds of fees',
    permission: 'bill:read',
    reply: Type.Array(shape.SubjectView),
    run: ({ actor }) => catalogue.subjects(actor),
  }),
  route({
    id: 'fees.addSubject',
    at: 'POST /subjects',
    summary: 'Add a kind of fee of one’s own',
    permission: 'fee:write',
    body: shape.SubjectWish,
    reply: shape.SubjectView,
    status: 201,
    problems: [SubjectTaken, NotAllowed],
    run: ({ actor, body }) => catalogue.addSubject(actor, body),
  }),
  route({
    id: 'fees.changeSubject',
    at: 'PATCH /subjects/:code',
    summary: 'Change names or order of a kind of fee, or retire it',
    permission: 'fee:write',
    params: Type.Object({ code: shape.CodeText }),
    body: shape.SubjectChange,
    reply: shape.SubjectView,
    problems: [SubjectMissing, EditConflict, NotAllowed],
    run: ({ actor, params, body, facts }) => catalogue.changeSubject(actor, params.code, body, facts.version),
  }),
  route({
    id: 'fees.tariffs',
    at: 'GET /tariffs',
    summary: 'Prices of metered fees, the newest first',
    permission: 'bill:read',
    reply: Type.Array(shape.TariffView),
    run: async ({ actor }) => (await catalogue.tariffs(actor)).map(tariffView),
  }),
  route({
    id: 'fees.addTariff',
    at: 'POST /tariffs',
    summary: 'Set prices of a metered fee from a day on',
    permission: 'fee:write',
    body: shape.TariffWish,
    reply: shape.TariffView,
    status: 201,
    problems: [SubjectMissing, TariffTaken, InputInvalid, NotAllowed],
    run: async ({ actor, body }) => tariffView(await catalogue.addTariff(actor, body)),
  }),
  route({
    id: 'fees.rules',
    at: 'GET /rules',
    summary: 'Due day, days of grace, and what the policy says of late fees',
    permission: 'bill:read',
    reply: shape.RulesView,
    run: ({ actor }) => catalogue.rules(actor),
  }),
  route({
    id: 'fees.setRules',
    at: 'PUT /rules',
    summary: 'Set due day and days of grace',
    permission: 'fee:write',
    body: shape.RulesWish,
    reply: shape.RulesView,
    problems: [EditConflict, NotAllowed],
    run: ({ actor, body, facts }) => catalogue.setRules(actor, body, facts.version),
  }),
];
