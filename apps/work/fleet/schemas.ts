import { type Static, Type } from 'typebox';

export const IdText = Type.String({ format: 'uuid' });
const TimeText = Type.String({ format: 'date-time' });
const Nullable = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) => Type.Union([schema, Type.Null()]);
const Level = Type.Integer({ minimum: 1, maximum: 3 });
/** Of levels 3, 2, 1. */
const Three = Type.Array(Type.Number(), { minItems: 3, maxItems: 3 });

/** What an agent says of itself (`AgentStatus`); looked at before it is believed. */
export const StatusView = Type.Object({
  version: Type.String(),
  configuration: Type.Object({
    version: Type.Integer(),
    state: Type.Enum(['none', 'applied', 'refused']),
    refused: Type.Optional(Type.Integer()),
    errors: Type.Array(
      Type.Object({ pointer: Type.String(), code: Type.String(), detail: Type.Optional(Type.String()) }),
    ),
  }),
  kinds: Type.Array(Type.String()),
  load: Type.Object({
    cpu: Type.Number(),
    memory: Type.Number(),
    disk: Type.Number(),
    backlog: Three,
    hoursLeft: Type.Optional(Type.Number()),
  }),
  log: Type.String(),
  heads: Three,
  started: Type.String(),
});
export type Status = Static<typeof StatusView>;

export const AgentView = Type.Object({
  id: IdText,
  code: Type.String(),
  name: Type.String(),
  placeId: Nullable(IdText),
  placeName: Nullable(Type.String()),
  online: Type.Enum(['unknown', 'online', 'offline']),
  connected: Type.Boolean(),
  lastHeard: Nullable(TimeText),
  /** Newest configuration given to it; 0 = none yet. */
  wanted: Type.Integer(),
  /** How the wanted configuration stands: `waiting` = the agent has not said so yet. */
  configuration: Type.Enum(['none', 'waiting', 'applied', 'refused']),
  status: Type.Optional(StatusView),
  statusAt: Type.Optional(TimeText),
});

export const AgentPage = Type.Object({ items: Type.Array(AgentView), next: Nullable(Type.String()) });

export const VersionView = Type.Object({
  version: Type.Integer(),
  note: Type.String(),
  copyOf: Nullable(Type.Integer()),
  createdAt: TimeText,
  createdBy: Type.String(),
});

export const ConfigurationView = Type.Object({
  ...VersionView.properties,
  /** An `AgentConfiguration`. */
  document: Type.Unknown(),
});

export const ConfigurationWish = Type.Object({
  /** An `AgentConfiguration`; its version is given by the platform. */
  document: Type.Unknown(),
  note: Type.String({ maxLength: 500, default: '' }),
  /** Also register the devices it lists behind the agent. */
  registerDevices: Type.Boolean({ default: false }),
});

export const GapQuery = Type.Object({ from: TimeText, to: TimeText });
export const GapStatement = Type.Object({
  from: TimeText,
  to: TimeText,
  /** True: nothing between these times is missing, and that is proven. */
  complete: Type.Boolean(),
  /** Up to here the agent itself has said what there is. */
  provenUntil: Nullable(TimeText),
  gaps: Type.Array(
    Type.Object({
      log: Type.String(),
      level: Level,
      kind: Type.Enum(['missing', 'dropped', 'pending']),
      from: Type.Integer(),
      to: Type.Integer(),
      after: Nullable(TimeText),
      before: Nullable(TimeText),
    }),
  ),
});

export const InvitationBody = Type.Object({
  placeId: Type.Optional(IdText),
  name: Type.String({ minLength: 1, maxLength: 120 }),
  code: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._:/#-]{0,62}$' })),
  /** How long it may be used; an hour unless told. */
  minutes: Type.Integer({ minimum: 5, maximum: 1440, default: 60 }),
});

export const TokenView = Type.Object({
  id: IdText,
  name: Type.String(),
  code: Nullable(Type.String()),
  placeId: Nullable(IdText),
  state: Type.Enum(['open', 'used', 'revoked', 'expired']),
  createdAt: TimeText,
  createdBy: Type.String(),
  expiresAt: TimeText,
  usedAt: Nullable(TimeText),
  thingId: Nullable(IdText),
});

export const JoinBody = Type.Object({
  token: Type.String({ minLength: 16, maxLength: 100 }),
  /** Name of the machine, for the journal. */
  host: Type.String({ maxLength: 100, default: '' }),
});
