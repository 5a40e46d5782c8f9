import { type Static, Type } from 'typebox';

const Time = Type.String({ format: 'date-time' });
const MaybeTime = Type.Union([Time, Type.Null()]);
const Uuid = Type.String({ format: 'uuid' });
const Severity = Type.Integer({ minimum: 1, maximum: 4 });

export const AlarmView = Type.Object({
  id: Uuid,
  place: Type.String(),
  rule: Type.String(),
  subject: Type.Object({ kind: Type.String(), id: Type.String(), code: Type.String(), name: Type.String() }),
  title: Type.Object({ zh: Type.String(), en: Type.String() }),
  severity: Severity,
  worstSeverity: Severity,
  transferLevel: Type.Integer(),
  condition: Type.String(),
  handling: Type.String(),
  suppressed: Type.Boolean(),
  escalated: Type.Boolean(),
  falsePositive: Type.Boolean(),
  occurrences: Type.Integer(),
  readings: Type.Record(Type.String(), Type.Unknown()),
  firstEventTime: Time,
  lastEventTime: Time,
  raisedAt: Time,
  acknowledgedAt: MaybeTime,
  handlingAt: MaybeTime,
  clearedAt: MaybeTime,
  resolvedAt: MaybeTime,
  reviewedAt: MaybeTime,
  closedAt: MaybeTime,
  handler: Type.Union([Type.Object({ id: Uuid, name: Type.String() }), Type.Null()]),
  /** The incident it is part of, if any; counts are of what the reader may see. */
  group: Type.Optional(
    Type.Object({
      id: Uuid,
      /** The alarm people handle for all. */
      lead: Uuid,
      /** `dependency`: the lead explains the others; `symptom`: the same was found in many places. */
      kind: Type.Union([Type.Literal('dependency'), Type.Literal('symptom')]),
      /** `member`: kept under the lead, nobody is told; `beside`: part of it, and told of by itself. */
      role: Type.Union([Type.Literal('lead'), Type.Literal('member'), Type.Literal('beside')]),
      active: Type.Integer(),
      worst: Severity,
    }),
  ),
  /** Of a lead: how many other alarms its incident holds. */
  members: Type.Optional(Type.Integer()),
  /** Steps that may be taken now. */
  steps: Type.Array(Type.String()),
  version: Type.Integer(),
});
export type AlarmView = Static<typeof AlarmView>;

export const AlarmFilter = Type.Object({
  /** `open` (active, or not closed), `active`, `all`. */
  state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('active'), Type.Literal('all')])),
  severity: Type.Optional(Severity),
  handling: Type.Optional(Type.String()),
  subject: Type.Optional(Type.String({ maxLength: 64 })),
  subjectKind: Type.Optional(Type.String({ maxLength: 32 })),
  rule: Type.Optional(Type.String({ maxLength: 64 })),
  /** true: only alarms that stand by themselves or lead an incident; false: only those under a lead. */
  lead: Type.Optional(Type.Boolean()),
  place: Type.Optional(Type.String({ maxLength: 200 })),
  text: Type.Optional(Type.String({ maxLength: 80 })),
  from: Type.Optional(Time),
  to: Type.Optional(Time),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Type.String({ maxLength: 100 })),
});
export type AlarmFilter = Static<typeof AlarmFilter>;

export const AlarmPage = Type.Object({ items: Type.Array(AlarmView), next: Type.Union([Type.String(), Type.Null()]) });

export const OccurrenceView = Type.Object({
  id: Uuid,
  kind: Type.String(),
  severity: Severity,
  eventTime: Time,
  at: Time,
  readings: Type.Record(Type.String(), Type.Unknown()),
});

export const StepView = Type.Object({
  id: Uuid,
  step: Type.String(),
  from: Type.String(),
  to: Type.String(),
  actor: Type.String(),
  actorName: Type.String(),
  note: Type.String(),
  at: Time,
});

export const AlarmDetail = Type.Object({
  alarm: AlarmView,
  occurrences: Type.Array(OccurrenceView),
  steps: Type.Array(StepView),
});

export const AlarmCounts = Type.Object({
  /** Open alarms by severity 1–4. */
  open: Type.Record(Type.String(), Type.Integer()),
  /** Of these the ones that stand by themselves or lead an incident. */
  standing: Type.Record(Type.String(), Type.Integer()),
  active: Type.Integer(),
  new: Type.Integer(),
  /** Seconds the oldest open alarm has waited. */
  oldest: Type.Integer(),
});

export const MembersPage = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Type.String({ maxLength: 100 })),
});

export const GroupingInput = Type.Object({
  enabled: Type.Boolean(),
  /** Seconds within which alarms that follow each other may have one cause. */
  window: Type.Integer({ minimum: 10, maximum: 3600 }),
  /** Seconds after the end of a lead until those left under it are told of. */
  settle: Type.Integer({ minimum: 0, maximum: 3600 }),
});
export const GroupingView = Type.Object({ ...GroupingInput.properties, version: Type.Integer() });

export const AlarmRef = Type.Object({ id: Uuid });
export const StepInput = Type.Object({
  step: Type.Union(['acknowledge', 'handle', 'resolve', 'review', 'close', 'reopen'].map((step) => Type.Literal(step))),
  note: Type.Optional(Type.String({ maxLength: 1000 })),
  /** With `resolve`: the alarm was false, which the rule's owner should know. */
  falsePositive: Type.Optional(Type.Boolean()),
});
export const ManyInput = Type.Object({
  ids: Type.Array(Uuid, { minItems: 1, maxItems: 200 }),
  step: StepInput.properties.step,
  note: Type.Optional(Type.String({ maxLength: 1000 })),
});
export const ManyResult = Type.Object({
  done: Type.Array(Uuid),
  refused: Type.Array(Type.Object({ id: Uuid, type: Type.String() })),
});

export const SilenceInput = Type.Object({
  place: Type.String({ maxLength: 200 }),
  rule: Type.Optional(Type.String({ maxLength: 64 })),
  subject: Type.Optional(Type.String({ maxLength: 64 })),
  until: Time,
  reason: Type.String({ minLength: 1, maxLength: 300 }),
});
export const SilenceView = Type.Object({
  id: Uuid,
  place: Type.String(),
  rule: Type.Union([Type.String(), Type.Null()]),
  subject: Type.Union([Type.String(), Type.Null()]),
  since: Time,
  until: Time,
  reason: Type.String(),
  by: Type.String(),
});
