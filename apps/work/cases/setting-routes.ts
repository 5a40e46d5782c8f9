import { EditConflict, NotFound } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import type { CasesService } from './cases.ts';
import {
  CalendarBody,
  CalendarList,
  CalendarRef,
  LevelBody,
  LevelList,
  LevelRef,
  RuleBody,
  RuleList,
} from './entry-schemas.ts';
import { CalendarInvalid, CalendarMissing, RuleMissing } from './problems.ts';
import { CaseRef } from './schemas.ts';

/** Opening rules, service levels and calendars of the organisation. */
export const settingRoutes = (cases: CasesService): MountedRoute[] => [
  route({
    id: 'caseRules.list',
    at: 'GET /',
    summary: 'Rules that open cases by themselves, in the order they are asked',
    permission: 'case:read',
    reply: RuleList,
    run: async ({ actor }) => ({ items: await cases.rules(actor) }),
  }),
  route({
    id: 'caseRules.add',
    at: 'POST /',
    summary: 'Add an opening rule',
    permission: 'system:write',
    body: RuleBody,
    reply: Type.Object({ id: Type.String() }),
    status: 201,
    problems: [NotFound],
    run: ({ actor, body }) => cases.addRule(actor, body),
  }),
  route({
    id: 'caseRules.edit',
    at: 'PUT /:id',
    summary: 'Replace an opening rule; it decides from the next event on',
    permission: 'system:write',
    params: CaseRef,
    body: RuleBody,
    problems: [RuleMissing, EditConflict, NotFound],
    run: ({ actor, params, body, facts }) => cases.editRule(actor, params.id, facts.version, body),
  }),
  route({
    id: 'caseRules.remove',
    at: 'DELETE /:id',
    summary: 'Remove an opening rule',
    permission: 'system:write',
    params: CaseRef,
    problems: [RuleMissing],
    run: ({ actor, params }) => cases.removeRule(actor, params.id),
  }),
];

export const serviceLevelRoutes = (cases: CasesService): MountedRoute[] => [
  route({
    id: 'caseLevels.list',
    at: 'GET /',
    summary: 'Service levels by kind and priority',
    permission: 'case:read',
    reply: LevelList,
    run: async ({ actor }) => ({ items: await cases.levels(actor) }),
  }),
  route({
    id: 'caseLevels.set',
    at: 'PUT /:kind/:priority',
    summary: 'Set the service level of a kind and priority for cases opened from now on',
    permission: 'system:write',
    params: LevelRef,
    body: LevelBody,
    problems: [NotFound, CalendarMissing],
    run: ({ actor, params, body }) => cases.setLevel(actor, params.kind, params.priority, body),
  }),
];

export const calendarRoutes = (cases: CasesService): MountedRoute[] => [
  route({
    id: 'caseCalendars.list',
    at: 'GET /',
    summary: 'Working calendars that service levels count in',
    permission: 'case:read',
    reply: CalendarList,
    run: async ({ actor }) => ({ items: await cases.calendars(actor) }),
  }),
  route({
    id: 'caseCalendars.set',
    at: 'PUT /:name',
    summary: 'Write a working calendar; running clocks count by it from now on',
    permission: 'system:write',
    params: CalendarRef,
    body: CalendarBody,
    problems: [CalendarInvalid],
    run: ({ actor, params, body }) => cases.setCalendar(actor, params.name, body),
  }),
];
