import { clockOf, defaultZone, instantOf, localTime } from '@keystead/contracts/calendar';
import type { Notice, Trigger } from './notice.ts';

/** Ways to a person. */
export type PersonalChannel = 'in-app' | 'mail' | 'sms';
export type ChannelKind = PersonalChannel | 'webhook';
export type Severity = 1 | 2 | 3 | 4;

/** Who is told. `permission`: whoever may do that at the place, that is, whoever is on duty there. */
export interface Audience {
  users: string[];
  roles: string[];
  permission?: string;
  assignee: boolean;
}

/** Hours in which mail and text messages wait for the morning. Severity 1 never waits. */
export interface QuietHours {
  from: string;
  to: string;
  zone?: string;
}

/** At most one message each so many seconds about one subject, or by the whole rule; what comes between is gathered. */
export interface Throttle {
  seconds: number;
  per: 'subject' | 'rule';
}

export interface RuleDefinition {
  triggers: Trigger[];
  /** From gravest to least: `{ from: 1, to: 2 }`. */
  severity: { from: Severity; to: Severity };
  /** Place path; '' = everywhere. */
  place: string;
  audience: Audience;
  channels: PersonalChannel[];
  /** Channels of kind webhook, by id. */
  webhooks: string[];
  quiet?: QuietHours;
  throttle?: Throttle;
}

export interface NotifyRule {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly definition: RuleDefinition;
  readonly version: number;
}

export function ruleFits(rule: Pick<NotifyRule, 'enabled' | 'definition'>, notice: Notice): boolean {
  const { triggers, severity, place } = rule.definition;
  return (
    rule.enabled &&
    notice.trigger !== undefined &&
    triggers.includes(notice.trigger) &&
    notice.severity >= severity.from &&
    notice.severity <= severity.to &&
    notice.place.startsWith(place)
  );
}

/** The end of the quiet hours that hold at `at`; undefined outside them. Quiet may last over midnight. */
export function quietUntil(quiet: QuietHours, at: Date): Date | undefined {
  const zone = quiet.zone ?? defaultZone;
  const from = clockOf(quiet.from);
  const to = clockOf(quiet.to);
  if (from === undefined || to === undefined || from === to) return undefined;
  const { day, inDay } = localTime(zone, at.getTime());
  if (from < to) return inDay >= from && inDay < to ? new Date(instantOf(zone, day, to)) : undefined;
  if (inDay >= from) return new Date(instantOf(zone, day + 1, to));
  return inDay < to ? new Date(instantOf(zone, day, to)) : undefined;
}

/** Machines and the inbox do not sleep. */
const sleeping: readonly ChannelKind[] = ['mail', 'sms'];

/**
 * The earliest moment a message may go out: `lastAt` is when the last one of the same digest went or will go. The
 * gravest severity goes at once.
 */
export function sendAfter(
  definition: Pick<RuleDefinition, 'quiet' | 'throttle'>,
  channel: ChannelKind,
  severity: number,
  lastAt: Date | undefined,
  now: Date,
): Date {
  if (severity <= 1) return now;
  let at = now;
  const { throttle, quiet } = definition;
  if (throttle && lastAt) {
    // One that waits already is joined; one that went is given its distance.
    const next = lastAt > now ? lastAt : new Date(lastAt.getTime() + throttle.seconds * 1000);
    if (next > at) at = next;
  }
  if (quiet && sleeping.includes(channel)) at = quietUntil(quiet, at) ?? at;
  return at;
}

/** What is gathered into one message; undefined when nothing is. */
export function digestKey(
  rule: string,
  definition: Pick<RuleDefinition, 'throttle' | 'quiet'>,
  notice: Notice,
  target: string,
): string | undefined {
  if (!definition.throttle && !definition.quiet) return undefined;
  const of = definition.throttle?.per === 'rule' ? '' : `${notice.about.kind}:${notice.about.id}`;
  return `${rule}|${of}|${target}`;
}

const everyone: RuleDefinition['severity'] = { from: 1, to: 4 };
const whoMay = (permission: string): Audience => ({ users: [], roles: [], permission, assignee: false });

/** What an organisation starts with; people change it. */
export const standardRules: readonly { name: string; definition: RuleDefinition }[] = [
  {
    name: '告警站内通知',
    definition: {
      triggers: ['alarm.raised', 'alarm.escalated'],
      severity: everyone,
      place: '',
      audience: whoMay('alarm:acknowledge'),
      channels: ['in-app'],
      webhooks: [],
    },
  },
  {
    name: '一、二级告警邮件和短信',
    definition: {
      triggers: ['alarm.raised', 'alarm.escalated'],
      severity: { from: 1, to: 2 },
      place: '',
      audience: whoMay('alarm:handle'),
      channels: ['mail', 'sms'],
      webhooks: [],
      quiet: { from: '22:00', to: '07:00' },
      throttle: { seconds: 300, per: 'subject' },
    },
  },
  {
    name: '派单通知处理人',
    definition: {
      triggers: ['case.assigned'],
      severity: everyone,
      place: '',
      audience: { users: [], roles: [], assignee: true },
      channels: ['in-app'],
      webhooks: [],
    },
  },
  {
    name: '工单临期和超时',
    definition: {
      triggers: ['case.warning', 'case.overdue'],
      severity: everyone,
      place: '',
      audience: { ...whoMay('case:assign'), assignee: true },
      channels: ['in-app'],
      webhooks: [],
    },
  },
  {
    name: '设备故障和维护提醒',
    definition: {
      triggers: ['device.fault', 'maintenance.due'],
      severity: everyone,
      place: '',
      audience: whoMay('case:assign'),
      channels: ['in-app'],
      webhooks: [],
      throttle: { seconds: 60, per: 'rule' },
    },
  },
  {
    name: '设备离线',
    definition: {
      triggers: ['thing.offline'],
      severity: everyone,
      place: '',
      audience: whoMay('alarm:handle'),
      channels: ['in-app'],
      webhooks: [],
      throttle: { seconds: 300, per: 'rule' },
    },
  },
  {
    name: '退款待第二人确认',
    definition: {
      triggers: ['refund.held'],
      severity: everyone,
      place: '',
      audience: whoMay('payment:confirm'),
      channels: ['in-app'],
      webhooks: [],
    },
  },
  {
    name: '平台自身异常',
    definition: {
      triggers: ['job.troubled', 'system.troubled'],
      severity: everyone,
      place: '',
      audience: whoMay('system:write'),
      channels: ['in-app', 'mail'],
      webhooks: [],
    },
  },
];
