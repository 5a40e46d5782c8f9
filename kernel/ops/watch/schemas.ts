import { Type } from 'typebox';

const Time = Type.String({ format: 'date-time' });
const Maybe = <T extends ReturnType<typeof Type.String> | ReturnType<typeof Type.Number>>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const State = Type.Union([Type.Literal('well'), Type.Literal('troubled')]);

export const ProbeView = Type.Object({
  source: Type.String(),
  state: State,
  severity: Type.Integer(),
  value: Maybe(Type.Number()),
  unit: Type.String(),
  troubledAt: Type.Number(),
  detail: Type.String(),
  checkedAt: Time,
  since: Time,
  /** Nobody looked for a minute: what is shown may no longer hold. */
  stale: Type.Boolean(),
});

export const ProcessView = Type.Object({
  process: Type.String(),
  role: Type.String(),
  pid: Type.Integer(),
  at: Time,
  uptimeSeconds: Type.Integer(),
  lagMs: Type.Number(),
  memoryBytes: Type.Number(),
});

export const StatusView = Type.Object({
  version: Type.String(),
  node: Type.String(),
  now: Time,
  database: Type.Object({ version: Type.String(), bytes: Type.Number() }),
  waitingEvents: Type.Integer(),
  deliveriesGivenUp: Type.Integer(),
  probes: Type.Array(ProbeView),
  processes: Type.Array(ProcessView),
});

export const JobView = Type.Object({
  name: Type.String(),
  every: Maybe(Type.Number()),
  cron: Maybe(Type.String()),
  state: Type.Union(['never', 'running', 'done', 'failed', 'overlong'].map((state) => Type.Literal(state as 'never'))),
  startedAt: Maybe(Time),
  seconds: Maybe(Type.Number()),
  error: Maybe(Type.String()),
  trouble: Type.Union([Type.Literal('missed'), Type.Literal('failed'), Type.Literal('overlong'), Type.Null()]),
});

const Port = Type.Integer({ minimum: 0, maximum: 65_535 });
/** The clear ports are open to this machine alone. */
export const ListenersView = Type.Object({ mqtt: Port, mqtts: Port, deviceHttp: Port, deviceHttps: Port });

export const BackupView = Type.Object({
  id: Type.String(),
  madeAt: Time,
  from: Maybe(Time),
  to: Maybe(Time),
  storedBytes: Type.Number(),
  objects: Type.Integer(),
});

const limitParts = {
  troubled: Type.Number(),
  well: Type.Number(),
  forSeconds: Type.Integer({ minimum: 0, maximum: 40 }),
  severity: Type.Integer({ minimum: 1, maximum: 4 }),
  on: Type.Boolean(),
};

export const LimitsView = Type.Object({
  version: Type.Integer(),
  limits: Type.Record(Type.String(), Type.Object(limitParts)),
});

export const LimitsInput = Type.Object(
  {
    /** By source; `null` brings back the usual ones. */
    limits: Type.Record(
      Type.String({ pattern: '^[a-z][a-z0-9-]*$' }),
      Type.Union([Type.Partial(Type.Object(limitParts), { additionalProperties: false }), Type.Null()]),
    ),
  },
  { additionalProperties: false },
);

export const DeliveryView = Type.Object({
  event: Type.String({ format: 'uuid' }),
  subscription: Type.String(),
  type: Type.String(),
  at: Time,
  attempts: Type.Integer(),
  /** Absent when it was given up. */
  nextAt: Maybe(Time),
  error: Type.String(),
});

export const DeliveryRef = Type.Object({
  event: Type.String({ format: 'uuid' }),
  subscription: Type.String({ minLength: 1, maxLength: 200 }),
});

export const DeliveryFilter = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 400 })),
  givenUp: Type.Optional(Type.Boolean()),
});

export const DeliveryPage = Type.Object({
  items: Type.Array(DeliveryView),
  next: Maybe(Type.String()),
});
