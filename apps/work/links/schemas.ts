import { bearers } from '@keystead/contracts/bearer';
import { type Static, type TSchema, Type } from 'typebox';

const Maybe = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Figure = Maybe(Type.Number());
const Text = Type.String();
const Time = Type.String({ format: 'date-time' });

export const GroupingText = Type.Enum(['bearer', 'site', 'site-bearer', 'route']);
/** '' = none is known. */
const BearerText = Type.Enum(['', ...bearers]);

export const LineFilter = Type.Object({
  /** Path of a place. */
  place: Type.Optional(Type.String({ maxLength: 200 })),
  bearer: Type.Optional(BearerText),
  only: Type.Optional(Type.Enum(['weak', 'stale', 'lossy', 'damaged', 'offline'])),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
});
export type LineFilter = Static<typeof LineFilter>;

/** Lines of one group. `loss` and `rate`: 0…1; `latency`: ms; `rssi`: dBm; `site`, `bearer`, `route` as far as they were asked for. */
export const Summary = Type.Object({
  site: Maybe(Text),
  siteName: Maybe(Text),
  bearer: Maybe(Text),
  route: Maybe(Text),
  total: Type.Integer(),
  online: Type.Integer(),
  offline: Type.Integer(),
  unknown: Type.Integer(),
  stale: Type.Integer(),
  weak: Type.Integer(),
  rate: Figure,
  loss: Figure,
  latency: Figure,
  rssi: Figure,
  damaged: Type.Number(),
  breaks: Type.Number(),
});
export type Summary = Static<typeof Summary>;

/** Things whose signal lies within 10 dB from `from` up. */
export const SignalBand = Type.Object({ from: Type.Integer(), count: Type.Integer(), weak: Type.Integer() });
export type SignalBand = Static<typeof SignalBand>;

export const LineView = Type.Object({
  id: Type.String({ format: 'uuid' }),
  code: Text,
  name: Text,
  family: Text,
  bearer: Maybe(Text),
  protocol: Maybe(Text),
  route: Text,
  online: Text,
  since: Maybe(Time),
  lastHeard: Maybe(Time),
  stale: Type.Boolean(),
  rssi: Figure,
  weak: Type.Boolean(),
  loss: Type.Number(),
  latency: Figure,
  damaged: Type.Number(),
  breaks: Type.Number(),
});
export type LineView = Static<typeof LineView>;

export const HistoryPoint = Type.Object({
  at: Time,
  rate: Figure,
  loss: Figure,
  latency: Figure,
  rssi: Figure,
  breaks: Type.Number(),
});

export const ChangeView = Type.Object({
  time: Text,
  event: Text,
  name: Type.Object({ zh: Text, en: Text }),
  data: Type.Unknown(),
});
