import { Type } from 'typebox';
import { caseStates, caseSteps } from './case.ts';

const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
const Moment = Type.String({ format: 'date-time' });
const Id = Type.String({ format: 'uuid' });
const OptionalMoment = Type.Optional(Moment);
const OptionalText = Type.Optional(Type.String());

export const CaseRef = Type.Object({ id: Id });
export const ItemRef = Type.Object({ id: Id, item: Id });

export const StateSchema = Type.Enum([...caseStates]);
export const StepSchema = Type.Enum([...caseSteps]);
export const GradeSchema = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)]);
export const PrioritySchema = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3), Type.Literal(4)]);

export const SubjectSchema = Type.Object({ kind: Text(40), id: Text(80), label: Type.String({ maxLength: 200 }) });
const Form = Type.Record(Type.String({ maxLength: 80 }), Type.Unknown(), { maxProperties: 100 });

export const CaseDraftSchema = Type.Object({
  kind: Text(40),
  title: Text(200),
  description: Type.Optional(Type.String({ maxLength: 10_000 })),
  category: Type.Optional(Text(80)),
  placeId: Type.Optional(Id),
  subjects: Type.Optional(Type.Array(SubjectSchema, { maxItems: 50 })),
  impact: Type.Optional(GradeSchema),
  urgency: Type.Optional(GradeSchema),
  requester: Type.Optional(Type.Object({ id: Type.Optional(Id), name: Text(80) })),
  form: Type.Optional(Form),
});

export const CaseEditSchema = Type.Object({
  title: Type.Optional(Text(200)),
  description: Type.Optional(Type.String({ maxLength: 10_000 })),
  category: Type.Optional(Text(80)),
  impact: Type.Optional(GradeSchema),
  urgency: Type.Optional(GradeSchema),
  form: Type.Optional(Form),
});

export const StepBody = Type.Object({
  reason: Type.Optional(Text(1000)),
  note: Type.Optional(Text(4000)),
  assignee: Type.Optional(Id),
  team: Type.Optional(Text(80)),
  waitingFor: Type.Optional(Text(40)),
  impact: Type.Optional(GradeSchema),
  urgency: Type.Optional(GradeSchema),
});

/** A list in a query string: one value, or the same name several times. */
const several = <S extends Parameters<typeof Type.Array>[0]>(of: S) => Type.Optional(Type.Array(of, { maxItems: 20 }));

export const filterFields = {
  state: several(StateSchema),
  kind: several(Text(40)),
  priority: several(Type.Integer({ minimum: 1, maximum: 4 })),
  assignee: Type.Optional(Id),
  team: Type.Optional(Text(80)),
  /** Those assigned to whoever asks. */
  mine: Type.Optional(Type.Boolean()),
  open: Type.Optional(Type.Boolean()),
  overdue: Type.Optional(Type.Boolean()),
  place: Type.Optional(Type.String({ maxLength: 400, pattern: '^([0-9a-z]+/)*$' })),
  subject: Type.Optional(Type.String({ maxLength: 121, pattern: '^[^:]+:.+$' })),
  text: Type.Optional(Text(100)),
  openedFrom: OptionalMoment,
  openedTo: OptionalMoment,
};

export const ListQuery = Type.Object({
  ...filterFields,
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
});

const caseFields = {
  id: Id,
  code: Type.String(),
  kind: Type.String(),
  state: StateSchema,
  title: Type.String(),
  description: Type.String(),
  category: OptionalText,
  place: Type.String(),
  placeId: Type.Optional(Id),
  impact: GradeSchema,
  urgency: GradeSchema,
  priority: PrioritySchema,
  source: Type.String(),
  requester: OptionalText,
  requesterName: OptionalText,
  assignee: OptionalText,
  assigneeName: OptionalText,
  team: OptionalText,
  waitingFor: OptionalText,
  outcome: OptionalText,
  rating: Type.Optional(Type.Integer()),
  ratingNote: OptionalText,
  openedAt: Moment,
  acceptedAt: OptionalMoment,
  doneAt: OptionalMoment,
  endedAt: OptionalMoment,
  reopened: Type.Integer(),
  changedAt: Moment,
  version: Type.Integer(),
};

const lineFields = {
  ...caseFields,
  subjectKind: OptionalText,
  subjectId: OptionalText,
  subjectLabel: OptionalText,
  responseDueAt: OptionalMoment,
  resolutionDueAt: OptionalMoment,
  placeName: OptionalText,
  overdue: Type.Boolean(),
};

export const CaseLineSchema = Type.Object(lineFields);
export const CasePage = Type.Object({
  items: Type.Array(CaseLineSchema),
  next: Type.Union([Type.String(), Type.Null()]),
  total: Type.Integer(),
});
export const TodoList = Type.Object({
  items: Type.Array(Type.Object({ ...lineFields, because: Type.String() })),
});
export const AgeList = Type.Object({ items: Type.Array(Type.Object({ ...lineFields, age: Type.Integer() })) });

export const ClockView = Type.Object({
  name: Type.String(),
  target: Type.Integer(),
  calendar: Type.String(),
  /** Working seconds used up now. */
  spent: Type.Number(),
  running: Type.Boolean(),
  stoppedAt: OptionalMoment,
  warnAt: OptionalMoment,
  dueAt: OptionalMoment,
  warnedAt: OptionalMoment,
  breachedAt: OptionalMoment,
});

export const CaseView = Type.Object({
  ...caseFields,
  form: Type.Record(Type.String(), Type.Unknown()),
  steps: Type.Array(StepSchema),
  clocks: Type.Array(ClockView),
  subjects: Type.Array(SubjectSchema),
  history: Type.Array(
    Type.Object({
      number: Type.Integer(),
      at: Moment,
      actor: Type.String(),
      actorName: Type.String(),
      actorKind: Type.String(),
      step: Type.String(),
      from: Type.String(),
      to: Type.String(),
      reason: OptionalText,
    }),
  ),
  items: Type.Array(
    Type.Object({
      id: Id,
      text: Type.String(),
      required: Type.Boolean(),
      doneAt: OptionalMoment,
      doneBy: OptionalText,
      note: OptionalText,
    }),
  ),
  comments: Type.Array(
    Type.Object({
      id: Id,
      at: Moment,
      actor: Type.String(),
      actorName: Type.String(),
      internal: Type.Boolean(),
      text: Type.String(),
    }),
  ),
  evidence: Type.Array(
    Type.Object({
      id: Id,
      record: Id,
      kind: Type.String(),
      note: OptionalText,
      sha256: OptionalText,
      takenAt: OptionalMoment,
      longitude: Type.Optional(Type.Number()),
      latitude: Type.Optional(Type.Number()),
      device: OptionalText,
      at: Moment,
      actorName: Type.String(),
    }),
  ),
  costs: Type.Array(
    Type.Object({
      id: Id,
      kind: Type.String(),
      text: Type.String(),
      part: OptionalText,
      quantity: Type.Number(),
      unitPrice: Type.Integer(),
      amount: Type.Integer(),
      minutes: Type.Optional(Type.Integer()),
      at: Moment,
      actorName: Type.String(),
    }),
  ),
  /** Σ of the cost lines, minor units. */
  cost: Type.Integer(),
  links: Type.Array(
    Type.Object({
      relation: Type.String(),
      targetKind: Type.String(),
      target: Id,
      code: OptionalText,
      title: OptionalText,
      at: Moment,
    }),
  ),
});
