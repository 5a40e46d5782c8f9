import { WorkingCalendarSchema } from '@keystead/contracts/calendar';
import { Type } from 'typebox';
import { PrioritySchema, StateSchema, StepSchema } from './schemas.ts';

const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
const Id = Type.String({ format: 'uuid' });
const Moment = Type.String({ format: 'date-time' });
const NameSchema = Type.Object({ zh: Type.String(), en: Type.String() });

export const CommentBody = Type.Object({ text: Text(4000), internal: Type.Boolean({ default: false }) });
export const ItemBody = Type.Object({ text: Text(400), required: Type.Boolean({ default: true }) });
export const TickBody = Type.Object({ done: Type.Boolean(), note: Type.Optional(Text(1000)) });
export const EvidenceBody = Type.Object({
  record: Id,
  kind: Type.Union([
    Type.Literal('photo'),
    Type.Literal('video'),
    Type.Literal('audio'),
    Type.Literal('document'),
    Type.Literal('reading'),
    Type.Literal('signature'),
  ]),
  note: Type.Optional(Text(400)),
  sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
  takenAt: Type.Optional(Moment),
  longitude: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
  latitude: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  device: Type.Optional(Text(80)),
});
export const CostBody = Type.Object({
  kind: Type.Union([Type.Literal('part'), Type.Literal('labour'), Type.Literal('other')]),
  text: Text(200),
  part: Type.Optional(Text(80)),
  stock: Type.Optional(Type.String({ format: 'uuid', description: 'id of a spare part that is taken from stock' })),
  quantity: Type.Number({ exclusiveMinimum: 0, maximum: 1_000_000 }),
  unitPrice: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }),
  minutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
});
export const LinkBody = Type.Object({
  relation: Type.Union([Type.Literal('parent'), Type.Literal('caused-by'), Type.Literal('duplicates')]),
  target: Id,
});
export const RatingBody = Type.Object({
  rating: Type.Integer({ minimum: 1, maximum: 5 }),
  note: Type.Optional(Text(1000)),
});

const words = (max: number) => Type.Optional(Type.Array(Text(80), { maxItems: max }));
const ruleFields = {
  position: Type.Integer({ minimum: 0, maximum: 100_000 }),
  name: Text(120),
  source: Type.Union([Type.Literal('alarm'), Type.Literal('offline')]),
  conditions: Type.Object({
    severityUpTo: Type.Optional(Type.Integer({ minimum: 1, maximum: 4 })),
    rules: words(100),
    notRules: words(100),
    subjectKinds: words(20),
    families: words(100),
  }),
  /** Kind of case that opens; '' = none, and later rules are not asked. */
  kind: Type.String({ maxLength: 40 }),
  delay: Type.Integer({ minimum: 0, maximum: 30 * 86_400 }),
  enabled: Type.Boolean(),
};
export const RuleBody = Type.Object(ruleFields);
export const RuleList = Type.Object({
  items: Type.Array(Type.Object({ id: Id, ...ruleFields, version: Type.Integer() })),
});

const levelFields = {
  response: Type.Integer({ minimum: 1, maximum: 366 * 86_400 }),
  resolution: Type.Integer({ minimum: 1, maximum: 366 * 86_400 }),
  calendar: Text(40),
};
export const LevelRef = Type.Object({ kind: Text(40), priority: PrioritySchema });
export const LevelBody = Type.Object(levelFields);
export const LevelList = Type.Object({
  items: Type.Array(
    Type.Object({ kind: Type.String(), priority: PrioritySchema, ...levelFields, version: Type.Integer() }),
  ),
});
export const CalendarRef = Type.Object({ name: Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' }) });
export const CalendarBody = WorkingCalendarSchema;
export const CalendarList = Type.Object({
  items: Type.Array(Type.Object({ name: Type.String(), definition: WorkingCalendarSchema, version: Type.Integer() })),
});

export const KindList = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      prefix: Type.String(),
      name: NameSchema,
      states: Type.Array(StateSchema),
      requires: Type.Record(Type.String(), Type.Array(Type.String())),
      waits: Type.Array(Type.Object({ id: Type.String(), name: NameSchema, pauses: Type.Boolean() })),
      rated: Type.Boolean(),
      steps: Type.Array(StepSchema),
    }),
  ),
});

export const BoardView = Type.Object({
  items: Type.Array(
    Type.Object({ kind: Type.String(), state: StateSchema, count: Type.Integer(), overdue: Type.Integer() }),
  ),
});

const Mean = Type.Optional(Type.Number());
export const FiguresQuery = Type.Object({
  from: Moment,
  to: Moment,
  kind: Type.Optional(Text(40)),
  place: Type.Optional(Type.String({ maxLength: 400, pattern: '^([0-9a-z]+/)*$' })),
});
export const FiguresView = Type.Object({
  items: Type.Array(
    Type.Object({
      kind: Type.String(),
      opened: Type.Integer(),
      done: Type.Integer(),
      cancelled: Type.Integer(),
      reopened: Type.Integer(),
      meanToAccept: Mean,
      meanToDone: Mean,
      medianToDone: Mean,
      answered: Type.Integer(),
      answeredInTime: Type.Integer(),
      resolved: Type.Integer(),
      resolvedInTime: Type.Integer(),
      ratings: Type.Integer(),
      meanRating: Mean,
    }),
  ),
});
