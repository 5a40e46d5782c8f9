import { type TSchema, Type } from 'typebox';
import type { DeviceRow } from './devices.ts';
import type { EntryRow, ToldProblem } from './ledger.ts';
import type { FieldTasks } from './tasks.ts';

export const Id = Type.String({ format: 'uuid' });
const Moment = Type.String({ format: 'date-time' });
const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });

export const DeviceRef = Type.Object({ id: Id });
export const DeviceBody = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 120 }),
  key: Type.String({ minLength: 40, maxLength: 400, description: 'public key, ECDSA P-256, SPKI in base64' }),
});
export const DeviceView = Type.Object({
  id: Id,
  name: Type.String(),
  lastNumber: Type.Integer(),
  lastDigest: Type.String(),
});
export const deviceView = ({ id, name, lastNumber, lastDigest }: DeviceRow) => ({ id, name, lastNumber, lastDigest });

export const PhotoRef = Type.Object({ sha256: Hash });
export const PhotoQuery = Type.Object({
  case: Id,
  name: Type.String({ minLength: 1, maxLength: 120 }),
  mediaType: Type.Enum(['image/jpeg', 'image/png', 'image/webp']),
});

export const EntriesBody = Type.Object({
  entries: Type.Array(
    Type.Object({
      text: Type.String({ minLength: 2, maxLength: 8000, description: 'the entry, word for word as it was signed' }),
      signature: Type.String({ minLength: 40, maxLength: 200 }),
    }),
    { minItems: 1, maxItems: 100 },
  ),
});

const entry = {
  number: Type.Integer(),
  kind: Type.String(),
  caseId: Nullable(Id),
  saidAt: Moment,
  receivedAt: Moment,
  marks: Type.Array(Type.String()),
  outcome: Type.Enum(['done', 'refused']),
  /** Why it was refused, in the reader's language. */
  refusal: Type.Optional(Type.Object({ type: Type.String(), title: Type.String() })),
};
export const TakenView = Type.Object({ items: Type.Array(Type.Object(entry)) });

export type Say = (told: ToldProblem) => string;
export const takenView = (row: EntryRow, say: Say) => ({
  number: row.number,
  kind: row.kind,
  caseId: row.caseId,
  saidAt: row.saidAt.toISOString(),
  receivedAt: row.receivedAt.toISOString(),
  marks: row.marks,
  outcome: row.outcome,
  ...(row.problem ? { refusal: { type: row.problem.type, title: say(row.problem) } } : {}),
});

export const CaseEntriesView = Type.Object({
  items: Type.Array(
    Type.Object({
      ...entry,
      device: Id,
      actorName: Type.String(),
      place: Type.Optional(Type.Object({ longitude: Type.Number(), latitude: Type.Number() })),
    }),
  ),
  chains: Type.Array(
    Type.Object({
      device: Id,
      name: Type.String(),
      owner: Type.String(),
      entries: Type.Integer(),
      /** Numbers of entries that are no longer as they were signed. */
      broken: Type.Array(Type.Integer()),
    }),
  ),
});

/** An entry as clerks see it: with the phone, who held it, and where it was. */
export function caseEntryView(row: EntryRow, say: Say) {
  const { longitude, latitude } = JSON.parse(row.text) as { longitude?: number; latitude?: number };
  return {
    ...takenView(row, say),
    device: row.device,
    actorName: row.actorName,
    ...(longitude === undefined || latitude === undefined ? {} : { place: { longitude, latitude } }),
  };
}

const Point = Type.Object({
  text: Type.String(),
  unit: Type.Optional(Type.String()),
  low: Type.Optional(Type.Number()),
  high: Type.Optional(Type.Number()),
  photo: Type.Boolean(),
});
const Task = Type.Object({
  id: Id,
  code: Type.String(),
  kind: Type.String(),
  title: Type.String(),
  description: Type.String(),
  state: Type.String(),
  priority: Type.Integer(),
  /** Nobody has taken it yet; it is the team's. */
  open: Type.Boolean(),
  version: Type.Integer(),
  deadline: Nullable(Moment),
  trail: Type.Array(Type.String()),
  subjects: Type.Array(
    Type.Object({ kind: Type.String(), id: Type.String(), label: Type.String(), code: Nullable(Type.String()) }),
  ),
  /** Checklist, without the lines of the points of a round. */
  items: Type.Array(Type.Object({ id: Id, text: Type.String(), required: Type.Boolean(), done: Type.Boolean() })),
  evidence: Type.Integer(),
  round: Nullable(
    Type.Object({
      id: Id,
      name: Type.String(),
      at: Moment,
      deadline: Moment,
      procedure: Type.Array(Type.String()),
      points: Type.Array(Point),
      /** Numbers of points read already. */
      read: Type.Array(Type.Integer()),
    }),
  ),
});
export const TasksView = Type.Object({
  at: Moment,
  tasks: Type.Array(Task),
  parts: Type.Array(
    Type.Object({ id: Id, code: Type.String(), name: Type.String(), unit: Type.String(), stock: Type.Integer() }),
  ),
});

type One = FieldTasks['tasks'][number];

const isPointLine = (text: string, round: One['round']): boolean =>
  round?.definition.points.some((point, at) => text === `${at + 1}. ${point.text}`) ?? false;

export const taskView = ({ line, file, round, trail }: One, codes: FieldTasks['codes']) => ({
  id: file.row.id,
  code: file.row.code,
  kind: file.row.kind,
  title: file.row.title,
  description: file.row.description,
  state: file.row.state,
  priority: file.row.priority,
  open: file.row.assignee === null,
  version: file.row.version,
  deadline: line.deadline?.toISOString() ?? null,
  trail: trail.map(({ name }) => name),
  subjects: file.subjects.map(({ kind, id, label }) => ({ kind, id, label, code: codes.get(id) ?? null })),
  items: file.items
    .filter(({ text }) => !isPointLine(text, round))
    .map(({ id, text, required, doneAt }) => ({ id, text, required, done: doneAt !== null })),
  evidence: file.evidence.length,
  round: round
    ? {
        id: round.occurrence.id,
        name: round.name,
        at: round.occurrence.at.toISOString(),
        deadline: round.occurrence.deadline.toISOString(),
        procedure: round.definition.procedure?.steps ?? [],
        points: round.definition.points,
        read: round.readings.map(({ point }) => point),
      }
    : null,
});
