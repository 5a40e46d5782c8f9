import type { FieldPath } from '../../parts/index.ts';
import type { Rule, RuleBody } from './queries.ts';

type Definition = RuleBody['definition'];

/** A rule as it stands in the form: what may be left out has a switch of its own. */
export interface RuleFields {
  name: string;
  enabled: boolean;
  definition: Omit<Definition, 'place' | 'quiet' | 'throttle'> & { place?: string };
  quietOn: boolean;
  quiet: { from: string; to: string };
  throttleOn: boolean;
  throttle: NonNullable<Definition['throttle']>;
}

const empty: Definition = {
  triggers: ['alarm.raised'],
  severity: { from: 1, to: 4 },
  place: '',
  audience: { users: [], roles: [], permission: 'alarm:acknowledge', assignee: false },
  channels: ['in-app'],
  webhooks: [],
};

export function fieldsOf(rule: Rule | undefined): RuleFields {
  const { place, quiet, throttle, ...definition } = rule?.definition ?? empty;
  return {
    name: rule?.name ?? '',
    enabled: rule?.enabled ?? true,
    definition: { ...definition, ...(place ? { place } : {}) },
    quietOn: quiet !== undefined,
    quiet: { from: quiet?.from ?? '22:00', to: quiet?.to ?? '07:00' },
    throttleOn: throttle !== undefined,
    throttle: throttle ?? { seconds: 300, per: 'subject' },
  };
}

export function bodyOf(fields: RuleFields, before: Rule | undefined): RuleBody {
  const { name, enabled, definition, quietOn, quiet, throttleOn, throttle } = fields;
  const { permission, ...audience } = definition.audience;
  const zone = before?.definition.quiet?.zone;
  return {
    name,
    enabled,
    definition: {
      ...definition,
      audience: { ...audience, ...(permission ? { permission } : {}) },
      place: definition.place ?? '',
      ...(quietOn ? { quiet: { ...quiet, ...(zone ? { zone } : {}) } } : {}),
      ...(throttleOn ? { throttle } : {}),
    },
  };
}

/** Where a refused part of the rule stands in the form. */
export function fieldAt([top, second, ...rest]: FieldPath): FieldPath {
  if (top !== 'definition') return [top ?? 'name'];
  if (second === 'quiet' || second === 'throttle') return [second, ...rest];
  if (second === 'audience') return ['definition', 'audience', 'users'];
  if (second === 'severity') return ['definition', 'severity', rest[0] ?? 'from'];
  return ['definition', second ?? 'triggers'];
}
