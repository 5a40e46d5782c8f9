import { NotAllowed } from '@keystead/contracts/problem';
import { OwnPartyMissing, PartyMissing } from '@keystead/data/parties';
import { ThingMissing } from '@keystead/data/things';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import {
  AidLinked,
  AidMissing,
  CareMissing,
  ServiceInFuture,
  VisitMissing,
  VisitPlanMissing,
  VisitSettled,
  visitCode,
} from './care.ts';
import {
  AidBody,
  AidsView,
  IdText,
  LedgerView,
  Made,
  MedicalServiceBody,
  PeopleView,
  PlanBody,
  PlansView,
  ServiceBody,
  VisitBody,
  VisitFilter,
  VisitsView,
} from './schemas.ts';
import type { CareService } from './setup.ts';

const Ref = Type.Object({ id: IdText });
const moment = (text: string | undefined) => (text === undefined ? {} : { at: new Date(text) });
const noted = (text: string | undefined) => (text === undefined ? {} : { note: text });

const planning = ({ visits }: CareService): MountedRoute[] => [
  route({
    id: 'care.people',
    at: 'GET /people',
    summary: 'Everybody marked as in need of care, and when they were last served',
    permission: 'care:read',
    reply: PeopleView,
    run: async ({ actor }) =>
      (await visits.people(actor)).map((each) => ({ ...each, lastServed: each.lastServed?.toISOString() ?? null })),
  }),
  route({
    id: 'care.plans',
    at: 'GET /visit-plans',
    summary: 'Who is visited how often',
    permission: 'care:read',
    reply: PlansView,
    run: async ({ actor }) =>
      (await visits.plans(actor)).map(({ id, household, person, worker, recurrence: { every, interval, from } }) => ({
        ...{ id, household, person, worker, every, interval, from },
      })),
  }),
  route({
    id: 'care.plan',
    at: 'POST /visit-plans',
    summary: 'Plan visits of a marked person; on working days',
    permission: 'care:write',
    body: PlanBody,
    reply: Made,
    status: 201,
    problems: [CareMissing],
    run: async ({ actor, body: { person, worker, recurrence } }) => ({
      id: await visits.plan(actor, { person, worker, recurrence: { ...recurrence, at: '00:01', freeDays: 'next' } }),
    }),
  }),
  route({
    id: 'care.endPlan',
    at: 'DELETE /visit-plans/:id',
    summary: 'End a visit plan',
    permission: 'care:write',
    params: Ref,
    problems: [VisitPlanMissing],
    run: ({ actor, params }) => visits.endPlan(actor, params.id),
  }),
  route({
    id: 'care.visits',
    at: 'GET /visits',
    summary: 'Visits: due, overdue, done',
    permission: 'care:read',
    query: VisitFilter,
    reply: VisitsView,
    run: async ({ actor, query }) =>
      (await visits.visits(actor, query.state)).map((visit) => ({
        ...{ id: visit.id, code: visitCode(visit.number), plan: visit.plan, household: visit.household },
        ...{ person: visit.person, worker: visit.worker, dueOn: visit.dueOn, state: visit.state },
        ...{ overdueAt: visit.overdueAt?.toISOString() ?? null, doneAt: visit.doneAt?.toISOString() ?? null },
      })),
  }),
  route({
    id: 'care.visit',
    at: 'POST /visits/:id/service',
    summary: 'Log that a visit was made',
    permission: 'care:write',
    params: Ref,
    body: VisitBody,
    reply: Made,
    status: 201,
    problems: [VisitMissing, VisitSettled, ServiceInFuture],
    run: async ({ actor, params, body }) => ({
      id: await visits.visit(actor, params.id, { ...moment(body.at), ...noted(body.note) }),
    }),
  }),
  route({
    id: 'care.serve',
    at: 'POST /services',
    summary: 'Log a service that was given',
    permission: 'care:write',
    body: ServiceBody,
    reply: Made,
    status: 201,
    problems: [CareMissing, PartyMissing, ServiceInFuture],
    run: async ({ actor, body: { person, kind, at, note } }) => ({
      id: await visits.serve(actor, { person, kind, ...moment(at), ...noted(note) }),
    }),
  }),
  route({
    id: 'care.ledger',
    at: 'GET /people/:id/services',
    summary: 'The ledger of services of one person; looking is journaled',
    permission: 'care:read',
    params: Ref,
    reply: LedgerView,
    run: async ({ actor, params }) =>
      (await visits.ledger(actor, params.id)).map((line) => ({ ...line, at: line.at.toISOString() })),
  }),
];

const medical = ({ aids, forwarding }: CareService): MountedRoute[] => [
  route({
    id: 'care.aids',
    at: 'GET /aids',
    summary: 'Medical aids and whose they are',
    permission: 'care:read',
    reply: AidsView,
    run: async ({ actor }) => (await aids.list(actor)).map((aid) => ({ ...aid, linkedAt: aid.linkedAt.toISOString() })),
  }),
  route({
    id: 'care.linkAid',
    at: 'POST /aids',
    summary: 'Say whose a medical aid is',
    permission: 'care:write',
    body: AidBody,
    reply: Made,
    status: 201,
    problems: [ThingMissing, CareMissing, AidLinked],
    run: async ({ actor, body }) => ({ id: await aids.link(actor, body.thing, body.person) }),
  }),
  route({
    id: 'care.unlinkAid',
    at: 'DELETE /aids/:id',
    summary: 'A medical aid is nobody’s any more',
    permission: 'care:write',
    params: Ref,
    problems: [AidMissing],
    run: ({ actor, params }) => aids.unlink(actor, params.id),
  }),
  route({
    id: 'care.setMedicalService',
    at: 'PUT /medical-service',
    summary: 'Where vital signs are forwarded to, with consent',
    permission: 'care:write',
    body: MedicalServiceBody,
    problems: [NotAllowed],
    run: ({ actor, body }) => forwarding.setService(actor, body.url, body.secret),
  }),
];

export const careRoutes = (care: CareService): MountedRoute[] => [...planning(care), ...medical(care)];

export const ownCareRoutes = ({ help }: CareService): MountedRoute[] => [
  route({
    id: 'ownCare.help',
    at: 'POST /help',
    summary: 'Call for help',
    permission: 'own-data:use',
    problems: [OwnPartyMissing],
    run: ({ actor }) => help.own(actor),
  }),
];
