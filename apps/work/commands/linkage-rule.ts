import { instantOf, localTime, spansByWeekday, WeeklyHoursSchema, weekdayOf } from '@keystead/contracts/calendar';
import type { FieldError } from '@keystead/contracts/problem';
import { type Static, Type } from 'typebox';

const IdText = Type.String({ format: 'uuid' });
const Word = Type.String({ minLength: 1, maxLength: 64 });

export const TriggerSchema = Type.Union([
  Type.Object({
    kind: Type.Literal('alarm'),
    /** Id of the alarm rule, or the platform's own source; absent = any. */
    rule: Type.Optional(Type.String({ maxLength: 100 })),
    change: Type.Enum(['raised', 'escalated', 'cleared']),
    /** At least as severe (1 = most severe). */
    severity: Type.Optional(Type.Integer({ minimum: 1, maximum: 4 })),
    /** Only alarms of this thing. */
    thing: Type.Optional(IdText),
  }),
  Type.Object({
    kind: Type.Literal('event'),
    family: Word,
    event: Word,
    thing: Type.Optional(IdText),
  }),
]);

export const ActionSchema = Type.Union([
  Type.Object({ kind: Type.Literal('scene'), scene: IdText }),
  Type.Object({
    kind: Type.Literal('command'),
    /** Absent = the thing the alarm or event is about. */
    thing: Type.Optional(IdText),
    service: Word,
    input: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    /** Fields of the input taken from the event's data: `{ floors: 'floors' }` (H-6.6-b-3). */
    carry: Type.Optional(
      Type.Record(Type.String({ maxLength: 64 }), Type.String({ minLength: 1, maxLength: 64 }), { maxProperties: 8 }),
    ),
  }),
]);

export const HoursSchema = Type.Object({
  zone: Type.String({ minLength: 1, maxLength: 64 }),
  weekly: Type.Array(WeeklyHoursSchema, { minItems: 1, maxItems: 21 }),
});

/** When this happens (there, in these hours), do that: 联动规则. */
export const LinkageInput = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 80 }),
  place: Type.String({ maxLength: 200, default: '' }),
  enabled: Type.Boolean({ default: true }),
  trigger: TriggerSchema,
  hours: Type.Optional(HoursSchema),
  action: ActionSchema,
  /** Commands to one target within a minute. */
  perMinute: Type.Integer({ minimum: 1, maximum: 600, default: 30 }),
});
export type LinkageDraft = Static<typeof LinkageInput>;

export interface Linkage extends LinkageDraft {
  id: string;
  organisation: string;
  /** Level of its author: what he may not send, his rule does not send either. */
  level: 1 | 2 | 3;
}

/** Something that happened, as rules look at it. */
export interface Happening {
  organisation: string;
  place: string;
  /** Id of the thing it is about. */
  thing: string;
  /** ms since 1970. */
  at: number;
  /** Unique; a happening told twice has one effect. */
  key: string;
  what:
    | { kind: 'alarm'; rule: string; change: string; severity: number }
    | { kind: 'event'; family: string; event: string; data?: unknown };
}

/** What a rule sends: its own input, and over it what it takes from the event. A field the event lacks is lacking. */
export function inputOf(
  { input, carry }: Extract<LinkageDraft['action'], { kind: 'command' }>,
  { what }: Happening,
): Record<string, unknown> | undefined {
  if (carry === undefined) return input;
  const data = what.kind === 'event' ? what.data : undefined;
  const told = new Map(data !== null && typeof data === 'object' ? Object.entries(data) : []);
  const carried = Object.entries(carry).flatMap(([field, from]) => (told.has(from) ? [[field, told.get(from)]] : []));
  return { ...input, ...Object.fromEntries(carried) };
}

/** Faults of hours that the schema cannot say. */
export function hoursErrors({ hours }: LinkageDraft): FieldError[] {
  if (hours === undefined) return [];
  const errors = spansByWeekday(hours.weekly).errors.map((error) => ({
    ...error,
    pointer: `/hours/weekly${error.pointer}`,
  }));
  try {
    instantOf(hours.zone, 0, 0);
  } catch {
    errors.push({ pointer: '/hours/zone', code: 'unknown-zone' });
  }
  return errors;
}

/** Is it time? Night is nothing but hours: 19:00 to 06:00 (H-6.2-c). */
export function inHours(hours: LinkageDraft['hours'], at: number): boolean {
  if (hours === undefined) return true;
  const { day, inDay } = localTime(hours.zone, at);
  const spans = spansByWeekday(hours.weekly).spans[weekdayOf(day)] ?? [];
  return spans.some(([start, end]) => inDay >= start && inDay < end);
}

export function matches(rule: Linkage, { organisation, place, thing, at, what }: Happening): boolean {
  const { trigger } = rule;
  if (!rule.enabled || rule.organisation !== organisation || !place.startsWith(rule.place)) return false;
  if (trigger.thing !== undefined && trigger.thing !== thing) return false;
  if (trigger.kind === 'alarm') {
    if (what.kind !== 'alarm' || what.change !== trigger.change) return false;
    if (trigger.rule !== undefined && trigger.rule !== what.rule) return false;
    if (trigger.severity !== undefined && what.severity > trigger.severity) return false;
  } else if (what.kind !== 'event' || what.family !== trigger.family || what.event !== trigger.event) return false;
  return inHours(rule.hours, at);
}

/** Rules that may lead to one another before somebody has to look. */
export const deepest = 3;
/** What a thing tells this soon after a command may be its echo. */
export const echoMs = 10_000;

export type Suppression = 'echo' | 'depth' | 'rate' | 'level';

/**
 * Whether a rule may act once more: `chain` are the rules whose command the thing has just carried out, `lately` the
 * commands of this rule to this target within the last minute.
 */
export function guard(rule: Linkage, chain: readonly string[], lately: number): Suppression | undefined {
  if (chain.includes(rule.id)) return 'echo';
  if (chain.length >= deepest) return 'depth';
  return lately >= rule.perMinute ? 'rate' : undefined;
}
