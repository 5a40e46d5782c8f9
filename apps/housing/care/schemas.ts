import { Type } from 'typebox';
import { serviceKinds, visitCycles } from './care.ts';

export const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
export const IdText = Type.String({ format: 'uuid' });
const When = Type.String({ format: 'date-time' });
const DateText = Type.String({ format: 'date' });
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

export const PeopleView = Type.Array(
  Type.Object({
    person: IdText,
    name: Type.String(),
    household: IdText,
    kinds: Type.Array(Type.String()),
    lastServed: Nullable(When),
  }),
);

export const RecurrenceSchema = Type.Object({
  every: Type.Enum([...visitCycles]),
  interval: Type.Integer({ minimum: 1, maximum: 60, default: 1 }),
  from: DateText,
  until: Type.Optional(DateText),
});
export const PlanBody = Type.Object({ person: IdText, worker: Text(80), recurrence: RecurrenceSchema });
export const PlansView = Type.Array(
  Type.Object({
    id: IdText,
    household: IdText,
    person: IdText,
    worker: Type.String(),
    every: Type.String(),
    interval: Type.Integer(),
    from: DateText,
  }),
);

export const VisitFilter = Type.Object({ state: Type.Optional(Type.Enum(['due', 'overdue', 'done'])) });
export const VisitsView = Type.Array(
  Type.Object({
    id: IdText,
    code: Type.String(),
    plan: IdText,
    household: IdText,
    person: IdText,
    worker: Type.String(),
    dueOn: DateText,
    state: Type.String(),
    overdueAt: Nullable(When),
    doneAt: Nullable(When),
  }),
);
export const VisitBody = Type.Object({ at: Type.Optional(When), note: Type.Optional(Text(2000)) });
const ServiceKindSchema = Type.Enum([...serviceKinds]);
export const ServiceBody = Type.Object({
  person: IdText,
  kind: ServiceKindSchema,
  at: Type.Optional(When),
  note: Type.Optional(Text(2000)),
});
export const LedgerView = Type.Array(
  Type.Object({ id: IdText, kind: ServiceKindSchema, at: When, note: Nullable(Type.String()), byName: Type.String() }),
);
export const AidBody = Type.Object({ thing: IdText, person: IdText });
export const AidsView = Type.Array(
  Type.Object({ id: IdText, thing: IdText, household: IdText, person: IdText, linkedAt: When }),
);
export const MedicalServiceBody = Type.Object({
  url: Type.String({ format: 'uri', pattern: '^https?://', maxLength: 500 }),
  secret: Type.String({ minLength: 16, maxLength: 200 }),
});
export const Made = Type.Object({ id: IdText });
