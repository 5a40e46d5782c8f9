import { EditConflict } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { AlarmMissing, type AlarmStep, AlarmStepRefused, AlarmStillActive } from './alarm.ts';
import type { Groupings } from './grouping.ts';
import {
  AlarmCounts,
  AlarmDetail,
  AlarmFilter,
  AlarmPage,
  AlarmRef,
  AlarmView,
  GroupingInput,
  GroupingView,
  ManyInput,
  ManyResult,
  MembersPage,
  SilenceInput,
  SilenceView,
  StepInput,
} from './schemas.ts';
import type { AlarmDesk } from './service.ts';
import type { createSilences, SilenceRow } from './silence.ts';
import { SilenceMissing } from './silence.ts';

const silenceView = (row: SilenceRow) => ({ ...row, since: row.since.toISOString(), until: row.until.toISOString() });

export const deskRoutes = (desk: AlarmDesk): MountedRoute[] => [
  route({
    id: 'alarms.list',
    at: 'GET /',
    summary: 'Alarms, newest first',
    permission: 'alarm:read',
    query: AlarmFilter,
    reply: AlarmPage,
    run: ({ actor, query }) => desk.list(actor, query),
  }),
  route({
    id: 'alarms.counts',
    at: 'GET /counts',
    summary: 'Open alarms by severity',
    permission: 'alarm:read',
    reply: AlarmCounts,
    run: ({ actor }) => desk.counts(actor),
  }),
  route({
    id: 'alarms.get',
    at: 'GET /:id',
    summary: 'One alarm with its occurrences and steps',
    permission: 'alarm:read',
    params: AlarmRef,
    reply: AlarmDetail,
    problems: [AlarmMissing],
    run: ({ actor, params }) => desk.get(actor, params.id),
  }),
  route({
    id: 'alarms.members',
    at: 'GET /:id/members',
    summary: 'The other alarms of the incident an alarm is part of, newest first',
    permission: 'alarm:read',
    params: AlarmRef,
    query: MembersPage,
    reply: AlarmPage,
    problems: [AlarmMissing],
    run: ({ actor, params, query }) => desk.members(actor, params.id, query),
  }),
  route({
    id: 'alarms.step',
    at: 'POST /:id/steps',
    summary: 'Take an alarm a step further in its closed loop',
    permission: 'alarm:handle',
    params: AlarmRef,
    body: StepInput,
    reply: AlarmView,
    problems: [AlarmMissing, AlarmStepRefused, AlarmStillActive, EditConflict],
    run: ({ actor, params, body, facts }) =>
      desk.step(actor, params.id, body.step as AlarmStep, {
        note: body.note,
        falsePositive: body.falsePositive,
        version: facts.version,
      }),
  }),
  route({
    id: 'alarms.acknowledge',
    at: 'POST /:id/acknowledgement',
    summary: 'Acknowledge an alarm',
    permission: 'alarm:acknowledge',
    params: AlarmRef,
    body: Type.Object({ note: Type.Optional(Type.String({ maxLength: 1000 })) }),
    reply: AlarmView,
    problems: [AlarmMissing, AlarmStepRefused],
    run: ({ actor, params, body }) => desk.step(actor, params.id, 'acknowledge', { note: body.note }),
  }),
  route({
    id: 'alarms.stepMany',
    at: 'POST /steps',
    summary: 'The same step for many alarms; tells which were refused',
    permission: 'alarm:handle',
    body: ManyInput,
    reply: ManyResult,
    run: ({ actor, body }) => desk.stepMany(actor, body.ids, body.step as AlarmStep, body.note),
  }),
];

export const groupingRoutes = (groupings: Groupings): MountedRoute[] => [
  route({
    id: 'alarms.grouping',
    at: 'GET /grouping',
    summary: 'How alarms of one cause are gathered',
    permission: 'alarm:read',
    reply: GroupingView,
    run: ({ actor }) => groupings.get(actor),
  }),
  route({
    id: 'alarms.setGrouping',
    at: 'PUT /grouping',
    summary: 'Change how alarms of one cause are gathered; holds from the next alarm on',
    permission: 'alarm:rule',
    body: GroupingInput,
    reply: GroupingView,
    problems: [EditConflict],
    run: ({ actor, body, facts }) => groupings.set(actor, body, facts.version),
  }),
];

export const silenceRoutes = (silences: ReturnType<typeof createSilences>): MountedRoute[] => [
  route({
    id: 'alarms.silences',
    at: 'GET /silences',
    summary: 'Silences in force',
    permission: 'alarm:read',
    reply: Type.Object({ items: Type.Array(SilenceView) }),
    run: async ({ actor }) => ({ items: (await silences.list(actor)).map(silenceView) }),
  }),
  route({
    id: 'alarms.silence',
    at: 'POST /silences',
    summary: 'Hold back notices of a place, rule or thing for a while',
    permission: 'alarm:handle',
    body: SilenceInput,
    reply: SilenceView,
    status: 201,
    run: async ({ actor, body }) => silenceView(await silences.add(actor, body)),
  }),
  route({
    id: 'alarms.endSilence',
    at: 'DELETE /silences/:id',
    summary: 'End a silence now',
    permission: 'alarm:handle',
    params: AlarmRef,
    problems: [SilenceMissing],
    run: ({ actor, params }) => silences.end(actor, params.id),
  }),
];
