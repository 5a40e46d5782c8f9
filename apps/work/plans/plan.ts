import { dayOf, isZone } from '@keystead/contracts/calendar';
import type { FieldError } from '@keystead/contracts/problem';
import { InputInvalid, problem } from '@keystead/contracts/problem';
import { type Static, Type } from 'typebox';
import { cycles, freeDayRules } from './recurrence.ts';

export class PlanMissing extends problem('plan-missing', 404) {}
export class PlanCodeTaken extends problem('plan-code-taken', 409) {}
export class OccurrenceMissing extends problem('occurrence-missing', 404) {}
/** The round is over: nothing is added to its ledger. */
export class RoundClosed extends problem('round-closed', 409) {}
/** Taken before the round was given out, or after now: the ledger is not dated back or forward. */
export class RoundBackDated extends problem('round-back-dated', 422) {}
/** The point was read already; a reading stays as it is. */
export class PointRead extends problem('point-read', 409) {}
export class PointUnfounded extends problem('point-unfounded', 422) {}

const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
const Id = Type.String({ format: 'uuid' });
const Day = Type.String({ format: 'date' });

/** Systems a plan looks after (M-5.4-7). */
export const systems = ['hvac', 'power', 'weak-current', 'fire', 'dwelling', 'other'] as const;
export const planKinds = ['inspection', 'maintenance', 'review', 'drill', 'rotation', 'report'] as const;
/** What brings an occurrence about, as a column of the plan tree. */
export const planCycles = [...cycles, 'usage', 'condition'] as const;

const TimeTrigger = Type.Object({
  kind: Type.Literal('time'),
  every: Type.Enum(cycles),
  interval: Type.Integer({ minimum: 1, maximum: 400, default: 1 }),
  weekdays: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { maxItems: 7, uniqueItems: true })),
  monthDay: Type.Optional(Type.Integer({ minimum: 1, maximum: 31 })),
  at: Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' }),
  zone: Type.Optional(Text(64)),
  from: Day,
  until: Type.Optional(Day),
  freeDays: Type.Enum(freeDayRules),
});
/** Each time a counter of the thing has grown by so much: `runHours`, `energyKwh` or a property of its model. */
const UsageTrigger = Type.Object({
  kind: Type.Literal('usage'),
  property: Text(64),
  each: Type.Number({ exclusiveMinimum: 0, maximum: 1e12 }),
});
/** Each time a property comes to lie beyond a limit, after it had not. */
const ConditionTrigger = Type.Object({
  kind: Type.Literal('condition'),
  property: Text(64),
  above: Type.Optional(Type.Number()),
  below: Type.Optional(Type.Number()),
});

/** One thing to look at on a round, with the limits a value must keep (M-5.4-10). */
const PointSchema = Type.Object({
  text: Text(200),
  unit: Type.Optional(Text(20)),
  low: Type.Optional(Type.Number()),
  high: Type.Optional(Type.Number()),
  photo: Type.Boolean({ default: false }),
});

const CaseTarget = Type.Object({
  kind: Type.Literal('case'),
  assignee: Type.Optional(Id),
  team: Type.Optional(Text(80)),
  /** Who is given the supervision case when it is overdue. */
  manager: Type.Optional(Id),
});
const CommandTarget = Type.Object({
  kind: Type.Literal('command'),
  service: Text(64),
  input: Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), { maxProperties: 40 }),
});

/** Work the platform does by itself, as a module offers it (works.ts). */
const WorkTarget = Type.Object({ kind: Type.Literal('work'), name: Text(64) });

/** The procedure a task follows (MOP, SOP or EOP). */
const ProcedureSchema = Type.Object({
  code: Text(40),
  title: Text(120),
  steps: Type.Array(Text(400), { minItems: 1, maxItems: 100 }),
});

export const DefinitionSchema = Type.Object({
  trigger: Type.Union([TimeTrigger, UsageTrigger, ConditionTrigger]),
  target: Type.Union([CaseTarget, CommandTarget, WorkTarget]),
  /** Seconds before its moment that a task is given out, and after it until it is overdue. */
  lead: Type.Integer({ minimum: 0, maximum: 90 * 86_400, default: 0 }),
  allow: Type.Integer({ minimum: 60, maximum: 366 * 86_400 }),
  content: Type.Optional(Text(2000)),
  procedure: Type.Optional(ProcedureSchema),
  points: Type.Array(PointSchema, { maxItems: 100 }),
});
export type Definition = Static<typeof DefinitionSchema>;
export type Point = Definition['points'][number];

export const SubjectSchema = Type.Object({ kind: Type.Enum(['thing', 'place']), id: Id });

export const PlanDraftSchema = Type.Object({
  code: Text(40),
  name: Text(120),
  kind: Type.Enum(planKinds),
  system: Type.Enum(systems),
  placeId: Type.Optional(Id),
  definition: DefinitionSchema,
  subjects: Type.Array(SubjectSchema, { minItems: 1, maxItems: 1000 }),
});
export type PlanDraft = Static<typeof PlanDraftSchema>;

/** Kind of case a kind of plan opens. */
export const caseKindOf = (kind: PlanDraft['kind']): string => {
  if (kind === 'inspection' || kind === 'maintenance') return kind;
  return kind === 'rotation' ? 'maintenance' : 'request';
};

/** What no schema sees. Throws InputInvalid. */
export function checkDefinition({ trigger, points, target }: Definition, subjects: readonly { kind: string }[]): void {
  const errors: FieldError[] = [];
  if (trigger.kind === 'time') {
    const { from, until, zone } = trigger;
    if (until !== undefined && (dayOf(until) ?? 0) < (dayOf(from) ?? 0))
      errors.push({ pointer: '/definition/trigger/until', code: 'before-from' });
    if (zone !== undefined && !isZone(zone)) errors.push({ pointer: '/definition/trigger/zone', code: 'zone-unknown' });
  } else if (subjects.some(({ kind }) => kind !== 'thing'))
    errors.push({ pointer: '/subjects', code: 'thing-required' });
  if (trigger.kind === 'condition' && trigger.above === undefined && trigger.below === undefined)
    errors.push({ pointer: '/definition/trigger/above', code: 'required' });
  if (target.kind === 'command' && subjects.some(({ kind }) => kind !== 'thing'))
    errors.push({ pointer: '/subjects', code: 'thing-required' });
  if (target.kind === 'work' && (trigger.kind !== 'time' || subjects.some(({ kind }) => kind !== 'place')))
    errors.push({ pointer: '/subjects', code: 'place-required' });
  points.forEach(({ low, high }, at) => {
    if (low !== undefined && high !== undefined && low > high)
      errors.push({ pointer: `/definition/points/${at}/low`, code: 'above-high' });
  });
  if (errors.length > 0) throw new InputInvalid({ in: 'body' }, errors);
}

export const cycleOf = ({ trigger }: Definition): (typeof planCycles)[number] =>
  trigger.kind === 'time' ? trigger.every : trigger.kind;

/** Whether a point was kept: its value within limits, or, where nothing is measured, what the person says. */
export function keeps(point: Point, value: number | undefined, passed: boolean | undefined): boolean {
  const { low, high } = point;
  if (low === undefined && high === undefined) return passed ?? true;
  if (value === undefined) return false;
  return (low === undefined || value >= low) && (high === undefined || value <= high);
}
