import { EditConflict } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { type Static, Type } from 'typebox';
import { type RuleDraft, RuleInvalid, RuleMissing, type RuleRow, type Rules } from './rules.ts';
import { AlarmRef } from './schemas.ts';

/** The body of a rule; its fields are checked by the rule compiler, which knows the model and says where. */
const RuleBody = Type.Object({
  name: Type.Object({ zh: Type.String(), en: Type.String() }),
  enabled: Type.Boolean(),
  appliesTo: Type.Unknown(),
  trigger: Type.Unknown(),
  hold: Type.Optional(Type.Integer()),
  silence: Type.Optional(Type.Integer()),
  schedule: Type.Optional(Type.Unknown()),
  zone: Type.Optional(Type.String()),
});
const RuleView = Type.Object({
  id: Type.String(),
  family: Type.String(),
  definition: RuleBody,
  enabled: Type.Boolean(),
  builtin: Type.Boolean(),
  version: Type.Integer(),
  changedAt: Type.String(),
  changedBy: Type.String(),
});

function view(row: RuleRow): Static<typeof RuleView> {
  const { id: _, ...definition } = row.definition;
  return {
    id: row.id,
    family: row.family,
    definition,
    enabled: row.enabled,
    builtin: row.builtin !== null,
    version: row.version,
    changedAt: row.changed_at.toISOString(),
    changedBy: row.changed_by,
  };
}

export const ruleRoutes = (rules: Rules): MountedRoute[] => [
  route({
    id: 'alarmRules.list',
    at: 'GET /',
    summary: 'Alarm rules by thing model',
    permission: 'alarm:read',
    query: Type.Object({ family: Type.Optional(Type.String({ maxLength: 63 })) }),
    reply: Type.Object({ items: Type.Array(RuleView) }),
    run: async ({ actor, query }) => ({ items: (await rules.list(actor, query.family)).map(view) }),
  }),
  route({
    id: 'alarmRules.create',
    at: 'POST /',
    summary: 'Add an alarm rule',
    permission: 'alarm:rule',
    body: RuleBody,
    reply: RuleView,
    status: 201,
    problems: [RuleInvalid],
    run: async ({ actor, body }) => view(await rules.create(actor, body as RuleDraft)),
  }),
  route({
    id: 'alarmRules.check',
    at: 'POST /check',
    summary: 'What is wrong with a rule, without storing it',
    permission: 'alarm:read',
    body: RuleBody,
    reply: Type.Object({ errors: Type.Array(Type.Unknown()) }),
    run: async ({ actor, body }) => ({ errors: await rules.check(actor, body as RuleDraft) }),
  }),
  route({
    id: 'alarmRules.update',
    at: 'PUT /:id',
    summary: 'Change an alarm rule; it takes effect within seconds',
    permission: 'alarm:rule',
    params: AlarmRef,
    body: RuleBody,
    reply: RuleView,
    problems: [RuleInvalid, RuleMissing, EditConflict],
    run: async ({ actor, params, body, facts }) =>
      view(await rules.update(actor, params.id, body as RuleDraft, facts.version)),
  }),
  route({
    id: 'alarmRules.remove',
    at: 'DELETE /:id',
    summary: 'Remove an alarm rule',
    permission: 'alarm:rule',
    params: AlarmRef,
    problems: [RuleMissing],
    run: ({ actor, params }) => rules.remove(actor, params.id),
  }),
];
