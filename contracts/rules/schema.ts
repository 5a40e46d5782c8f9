import { WeeklyHoursSchema } from '@keystead/contracts/calendar';
import { type Static, Type } from 'typebox';

const strict = { additionalProperties: false } as const;

/** 1 = 一级, most severe … 4. */
export const SeveritySchema = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3), Type.Literal(4)]);

/** Seconds, at most a year. */
const Seconds = Type.Integer({ minimum: 0, maximum: 31_536_000 });
const Condition = Type.String({ minLength: 1, maxLength: 2000 });
const WireName = Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_.:-]{0,63}$' });

/** One step of severity. `for` and `count` exclude each other; without both, true once is enough. */
export const LevelSchema = Type.Object(
  {
    severity: SeveritySchema,
    when: Condition,
    /** Seconds the condition must be true without a break. */
    for: Type.Optional(Seconds),
    /** True in `n` of the last `m` evaluations. */
    count: Type.Optional(
      Type.Object(
        { n: Type.Integer({ minimum: 1, maximum: 32 }), m: Type.Integer({ minimum: 1, maximum: 32 }) },
        strict,
      ),
    ),
  },
  strict,
);

/** Expressions over the values of the thing; the most severe level that is reached counts. */
export const ConditionTriggerSchema = Type.Object(
  {
    kind: Type.Literal('condition'),
    levels: Type.Array(LevelSchema, { minItems: 1, maxItems: 4 }),
    /** What ends the alarm; absent = no level is true any more. A condition of its own makes hysteresis. */
    clear: Type.Optional(Condition),
  },
  strict,
);

/** A device event raises at once; another event, or a person, ends it. */
export const EventTriggerSchema = Type.Object(
  { kind: Type.Literal('event'), severity: SeveritySchema, event: WireName, clearEvent: Type.Optional(WireName) },
  strict,
);

/** The thing is offline (by its model's interval and grace) for `for` seconds; back online ends it. */
export const OfflineTriggerSchema = Type.Object(
  { kind: Type.Literal('offline'), severity: SeveritySchema, for: Seconds },
  strict,
);

/** No value of a property for `for` seconds; the next value ends it. */
export const MissingTriggerSchema = Type.Object(
  {
    kind: Type.Literal('missing'),
    severity: SeveritySchema,
    property: WireName,
    for: Type.Integer({ minimum: 1, maximum: 31_536_000 }),
  },
  strict,
);

export const triggerSchemas = {
  condition: ConditionTriggerSchema,
  event: EventTriggerSchema,
  offline: OfflineTriggerSchema,
  missing: MissingTriggerSchema,
} as const;

export const TriggerSchema = Type.Union([
  ConditionTriggerSchema,
  EventTriggerSchema,
  OfflineTriggerSchema,
  MissingTriggerSchema,
]);

/** Which things a rule is for; all that is given must fit. */
export const AppliesToSchema = Type.Object(
  {
    family: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9-]{1,62}$' })),
    things: Type.Optional(Type.Array(Type.String({ format: 'uuid' }), { minItems: 1, maxItems: 1000 })),
    labels: Type.Optional(
      Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: 128 }), { maxProperties: 16 }),
    ),
  },
  { ...strict, minProperties: 1 },
);

/** When a rule may raise; outside, nothing new is raised but open alarms still end. */
export const ScheduleSchema = Type.Object(
  {
    zone: Type.String({ minLength: 1, maxLength: 64 }),
    hours: Type.Array(WeeklyHoursSchema, { minItems: 1, maxItems: 32 }),
  },
  strict,
);

export const AlarmRuleSchema = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    name: Type.Object(
      { zh: Type.String({ minLength: 1, maxLength: 80 }), en: Type.String({ minLength: 1, maxLength: 80 }) },
      strict,
    ),
    enabled: Type.Boolean(),
    appliesTo: AppliesToSchema,
    trigger: TriggerSchema,
    /** Seconds the end must last before the alarm is cleared, or a lower severity before it is lowered. */
    hold: Type.Optional(Seconds),
    /** Seconds after the end during which the rule does not raise again for the same thing. */
    silence: Type.Optional(Seconds),
    schedule: Type.Optional(ScheduleSchema),
    /** Zone of `clock.*` in conditions; Asia/Shanghai when absent. */
    zone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  },
  strict,
);

export type Severity = Static<typeof SeveritySchema>;
export type AlarmRule = Static<typeof AlarmRuleSchema>;
export type Trigger = Static<typeof TriggerSchema>;
export type Level = Static<typeof LevelSchema>;
export type AppliesTo = Static<typeof AppliesToSchema>;
