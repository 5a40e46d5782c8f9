import type { EventEnvelope } from '@keystead/contracts/events/define';

/** What an opening rule looks at; everything given must hold. */
export interface OpeningConditions {
  /** Severity of the alarm at least this grave: 2 = one or two. */
  readonly severityUpTo?: number;
  /** Ids of alarm rules, `platform:security:*` for all that begin so; and those left to other rules. */
  readonly rules?: string[];
  readonly notRules?: string[];
  readonly subjectKinds?: string[];
  /** Thing model families. */
  readonly families?: string[];
}

export interface OpeningRule {
  readonly id: string;
  readonly position: number;
  readonly name: string;
  readonly source: 'alarm' | 'offline';
  readonly conditions: OpeningConditions;
  /** Kind of case that opens; '' = none, and no later rule is asked. */
  readonly kind: string;
  /** Seconds the trouble must last. */
  readonly delay: number;
  readonly enabled: boolean;
}

/** A trouble, as rules see it. */
export interface Trouble {
  readonly source: OpeningRule['source'];
  readonly severity: number;
  readonly rule?: string;
  readonly subjectKind: string;
  readonly family?: string;
}

const named = (patterns: readonly string[], rule = ''): boolean =>
  patterns.some((each) => (each.endsWith('*') ? rule.startsWith(each.slice(0, -1)) : rule === each));

function fits({ severityUpTo, rules, notRules, subjectKinds, families }: OpeningConditions, trouble: Trouble): boolean {
  if (severityUpTo !== undefined && trouble.severity > severityUpTo) return false;
  if (rules && !named(rules, trouble.rule)) return false;
  if (notRules && named(notRules, trouble.rule)) return false;
  if (subjectKinds && !subjectKinds.includes(trouble.subjectKind)) return false;
  return !families || families.includes(trouble.family ?? '');
}

/** The first enabled rule that fits; undefined when none does or the one that does opens nothing. */
export function ruleFor(rules: readonly OpeningRule[], trouble: Trouble): OpeningRule | undefined {
  const found = rules
    .filter((rule) => rule.enabled && rule.source === trouble.source)
    .sort((a, b) => a.position - b.position)
    .find((rule) => fits(rule.conditions, trouble));
  return found?.kind === '' ? undefined : found;
}

/** Model families on which a life may depend: their silence waits for nothing. */
export const lifeSafetyFamilies: readonly string[] = [
  'smoke-detector',
  'heat-detector',
  'gas-detector',
  'co-detector',
  'emergency-button',
  'fall-detector',
  'vital-sign-monitor',
  'electrical-fire-monitor',
  'fire-pump',
  'smoke-exhaust',
  'fire-panel',
  'fire-transmitter',
  'sprinkler-pressure',
  'elevator-monitor',
];

/** Alarms about devices that behave as none should (H-11.2-g-3). */
export const misbehaviourRules: readonly string[] = ['platform:security:*'];

export type NewOpeningRule = Omit<OpeningRule, 'id'>;

/** What an organisation starts with (H-7.1-c-3, H-9.5.2-b-2); people change it. */
export const standardRules: readonly NewOpeningRule[] = [
  {
    position: 10,
    name: '生命安全类设备离线立即派单',
    source: 'offline',
    conditions: { families: [...lifeSafetyFamilies] },
    kind: 'device-fault',
    delay: 0,
    enabled: true,
  },
  {
    position: 20,
    name: '设备离线超过 1 小时派单',
    source: 'offline',
    conditions: {},
    kind: 'device-fault',
    delay: 3600,
    enabled: true,
  },
  {
    position: 40,
    name: '设备行为异常',
    source: 'alarm',
    conditions: { rules: [...misbehaviourRules] },
    kind: 'security',
    delay: 0,
    enabled: true,
  },
  {
    position: 50,
    name: '设备告警（三级及以上）派设备工单',
    source: 'alarm',
    conditions: { severityUpTo: 3, subjectKinds: ['thing', 'device'] },
    kind: 'device-fault',
    delay: 0,
    enabled: true,
  },
  {
    position: 60,
    name: '其他告警（二级及以上）建事件单',
    source: 'alarm',
    conditions: { severityUpTo: 2 },
    kind: 'incident',
    delay: 0,
    enabled: true,
  },
];

/** True when what is known was told after `event`: the event comes late and is passed over. */
export const isStale = (toldAt: Date | undefined, event: EventEnvelope): boolean =>
  toldAt !== undefined && toldAt.getTime() > Date.parse(event.at);
