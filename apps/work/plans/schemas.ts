import { type TSchema, Type } from 'typebox';
import { DefinitionSchema, planCycles, planKinds, systems } from './plan.ts';

export const Id = Type.String({ format: 'uuid' });
const Moment = Type.String({ format: 'date-time' });
const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
export const PlanRef = Type.Object({ id: Id });
export const KindSchema = Type.Enum(planKinds);
export const SystemSchema = Type.Enum(systems);
export const CycleSchema = Type.Enum(planCycles);
const LineState = Type.Enum(['planned', 'open', 'missed', 'done', 'cancelled']);

const plan = {
  id: Id,
  code: Type.String(),
  name: Type.String(),
  kind: KindSchema,
  system: SystemSchema,
  cycle: Type.String(),
  enabled: Type.Boolean(),
  edition: Type.Integer(),
  dueAt: Nullable(Moment),
  placeId: Nullable(Id),
  version: Type.Integer(),
};
export const PlanLine = Type.Object(plan);
export const PlanView = Type.Object({
  ...plan,
  definition: DefinitionSchema,
  subjects: Type.Array(Type.Object({ kind: Type.String(), id: Id, label: Type.String() })),
  editions: Type.Array(
    Type.Object({ number: Type.Integer(), at: Moment, actorName: Type.String(), definition: DefinitionSchema }),
  ),
});
export const ChangeBody = Type.Object({
  name: Type.Optional(Text(120)),
  enabled: Type.Optional(Type.Boolean()),
  definition: Type.Optional(DefinitionSchema),
});

/** `from` counts, `to` does not. */
export const PeriodQuery = {
  from: Moment,
  to: Moment,
  plan: Type.Optional(Id),
};

export const CalendarView = Type.Object({
  items: Type.Array(
    Type.Object({
      plan: Id,
      code: Type.String(),
      name: Type.String(),
      kind: Type.String(),
      system: Type.String(),
      procedure: Nullable(Type.String()),
      subject: Type.String(),
      at: Moment,
      state: LineState,
      occurrence: Nullable(Id),
      caseId: Nullable(Id),
    }),
  ),
});

export const TreeView = Type.Object({
  items: Type.Array(
    Type.Object({
      cycle: CycleSchema,
      systems: Type.Array(
        Type.Object({
          system: SystemSchema,
          plans: Type.Array(Type.Object({ id: Id, code: Type.String(), name: Type.String(), enabled: Type.Boolean() })),
        }),
      ),
    }),
  ),
});

export const FiguresView = Type.Object({
  items: Type.Array(
    Type.Object({
      plan: Id,
      code: Type.String(),
      name: Type.String(),
      made: Type.Integer(),
      done: Type.Integer(),
      inTime: Type.Integer(),
      missed: Type.Integer(),
      due: Type.Integer(),
      /** Done of those due, 0–1; absent while nothing was due. */
      rate: Type.Optional(Type.Number()),
    }),
  ),
});

const occurrence = {
  id: Id,
  plan: Id,
  code: Type.String(),
  name: Type.String(),
  subjectKind: Type.String(),
  subject: Id,
  subjectLabel: Type.String(),
  edition: Type.Integer(),
  at: Moment,
  deadline: Moment,
  state: LineState,
  caseId: Nullable(Id),
  caseCode: Nullable(Type.String()),
  supervision: Nullable(Id),
  missedAt: Nullable(Moment),
  doneAt: Nullable(Moment),
  doneBy: Nullable(Type.String()),
};
export const OccurrencesView = Type.Object({
  items: Type.Array(
    Type.Object({
      ...occurrence,
      read: Type.Integer(),
      points: Type.Integer(),
      failed: Type.Integer(),
      /** Of the platform's own work: how much is done; absent for work of people. */
      progress: Type.Optional(
        Type.Object({ done: Type.Integer(), total: Type.Integer(), failure: Type.Union([Type.String(), Type.Null()]) }),
      ),
    }),
  ),
});

export const ReadingView = Type.Object({
  point: Type.Integer(),
  at: Moment,
  actorName: Type.String(),
  value: Nullable(Type.Number()),
  passed: Type.Boolean(),
  note: Nullable(Type.String()),
  record: Nullable(Id),
  sha256: Nullable(Type.String()),
  takenAt: Nullable(Moment),
  longitude: Nullable(Type.Number()),
  latitude: Nullable(Type.Number()),
  device: Nullable(Type.String()),
  digest: Type.String(),
});
export const RoundView = Type.Object({
  ...occurrence,
  definition: DefinitionSchema,
  readings: Type.Array(ReadingView),
  /** Numbers of points whose line is no longer as it was written. */
  broken: Type.Array(Type.Integer()),
});
export const ReadingBody = Type.Object({
  point: Type.Integer({ minimum: 1, maximum: 100 }),
  value: Type.Optional(Type.Number({ minimum: -1e15, maximum: 1e15 })),
  passed: Type.Optional(Type.Boolean()),
  note: Type.Optional(Text(400)),
  record: Type.Optional(Id),
  takenAt: Type.Optional(Moment),
  longitude: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
  latitude: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  device: Type.Optional(Text(80)),
});

export const WorksView = Type.Object({
  items: Type.Array(Type.Object({ name: Type.String(), label: Type.Object({ zh: Type.String(), en: Type.String() }) })),
});
