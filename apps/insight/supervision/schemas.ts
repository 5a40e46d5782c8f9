import { FigureView } from '@keystead/apps/insight/measures';
import { type TSchema, Type } from 'typebox';
import { reportFormats } from './rendering.ts';

const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Id = Type.String({ format: 'uuid' });
const Moment = Type.String({ format: 'date-time' });
const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Severity = Type.Integer({ minimum: 1, maximum: 4 });

export const Ref = Type.Object({ id: Id });
export const MonthText = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' });

export const BoardQuery = Type.Object({
  place: Type.Optional(Id),
  day: Type.Optional(Type.String({ format: 'date' })),
});
export const BoardView = Type.Object({
  at: Moment,
  path: Nullable(Type.String()),
  figures: Type.Array(FigureView),
  devices: Type.Array(Type.Object({ state: Type.String(), count: Type.Integer() })),
  warnings: Type.Array(Type.Object({ severity: Severity, count: Type.Integer() })),
  violations: Type.Array(Type.Object({ place: Nullable(Id), name: Type.String(), count: Type.Integer() })),
});

export const TerminalWish = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 80 }),
  place: Type.Optional(Id),
  severity: Severity,
  account: Type.Optional(Id),
});
export const TerminalView = Type.Object({
  id: Id,
  name: Type.String(),
  place: Type.String(),
  severity: Severity,
  account: Nullable(Type.String()),
  madeAt: Moment,
});
export const WarningView = Type.Object({
  alarm: Id,
  severity: Severity,
  title: Words,
  subject: Type.String(),
  raisedAt: Moment,
  pushedAt: Moment,
  receivedAt: Nullable(Moment),
  receivedBy: Nullable(Type.String()),
  test: Type.Boolean(),
});
export const SentView = Type.Object({ alarm: Id });
export const ReceiptWish = Type.Object({ alarm: Id });

export const TemplateView = Type.Object({
  id: Type.String(),
  region: Words,
  name: Words,
  columns: Type.Array(Type.Object({ code: Type.String(), label: Words, measure: Type.String() })),
  schema: Type.Record(Type.String(), Type.Unknown()),
});
export const ReportWish = Type.Object({ template: Type.String({ maxLength: 60 }), month: MonthText });
export const ReportView = Type.Object({
  id: Id,
  template: Type.String(),
  month: Type.String(),
  number: Type.Integer(),
  at: Moment,
  madeBy: Type.String(),
});
export const FormatQuery = Type.Object({ format: Type.Enum(reportFormats) });
