import { type TSchema, Type } from 'typebox';

const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Moment = Type.String({ format: 'date-time' });
const Day = Type.Integer({ minimum: 1, maximum: 28 });
const Hour = Type.Integer({ minimum: 0, maximum: 23 });
const Formats = Type.Array(Type.String({ maxLength: 20 }), { maxItems: 10, uniqueItems: true });
const Receivers = Type.Array(Type.String({ format: 'uuid' }), { maxItems: 50, uniqueItems: true });
const schedule = { enabled: Type.Boolean(), day: Day, hour: Hour, formats: Formats, receivers: Receivers };

export const ReportRef = Type.Object({ report: Type.String({ maxLength: 60 }) });
export const ScheduleWish = Type.Object(schedule);
export const ScheduleView = Type.Object({
  report: Type.String(),
  name: Type.Object({ zh: Type.String(), en: Type.String() }),
  ...schedule,
  /** Files there are of it. */
  offered: Type.Array(Type.String()),
  /** When the next one is made; null when it is switched off. */
  next: Nullable(Moment),
  /** What was made last by schedule, and to how many it went. */
  last: Nullable(
    Type.Object({
      month: Type.String(),
      at: Moment,
      receivers: Type.Integer(),
      sent: Type.Integer(),
      failed: Type.Integer(),
    }),
  ),
});
