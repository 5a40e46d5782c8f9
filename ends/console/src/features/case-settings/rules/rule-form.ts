import type { FieldPath } from '../../../parts/index.ts';
import type { OpeningRule, OpeningRuleBody } from '../queries.ts';
import { type Span, secondsOf, spanOf } from '../span.ts';

/** A rule as it stands in the form: lists are never absent, the delay has its unit. */
export interface RuleFields {
  name: string;
  position: number;
  source: OpeningRuleBody['source'];
  severityUpTo?: number | null;
  rules: string[];
  notRules: string[];
  families: string[];
  subjectKinds: string[];
  kind: string;
  delay: Span;
  enabled: boolean;
}

export function fieldsOf(rule: OpeningRule | undefined, last: number): RuleFields {
  const { severityUpTo, rules = [], notRules = [], families = [], subjectKinds = [] } = rule?.conditions ?? {};
  return {
    name: rule?.name ?? '',
    position: rule?.position ?? last + 10,
    source: rule?.source ?? 'alarm',
    ...(severityUpTo === undefined ? {} : { severityUpTo }),
    ...{ rules, notRules, families, subjectKinds },
    kind: rule?.kind ?? 'device-fault',
    delay: spanOf(rule?.delay ?? 0),
    enabled: rule?.enabled ?? true,
  };
}

/** What is sent: empty lists mean "any" and are left out; conditions on alarms are none of an offline rule's. */
export function bodyOf(fields: RuleFields): OpeningRuleBody {
  const { severityUpTo, rules, notRules, families, subjectKinds, delay, ...rest } = fields;
  const lists = rest.source === 'alarm' ? { rules, notRules, families, subjectKinds } : { families };
  const given = Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
  return {
    ...rest,
    conditions: { ...given, ...(rest.source === 'alarm' && severityUpTo ? { severityUpTo } : {}) },
    delay: secondsOf(delay),
  };
}

/** Where a refused part stands in the form. */
export const fieldAt = ([top, second]: FieldPath): FieldPath => [
  top === 'conditions' ? (second ?? 'rules') : (top ?? 'name'),
];
