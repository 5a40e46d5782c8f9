import { AlarmRuleSchema, SeveritySchema } from '@keystead/contracts/rules';
import { ThingModelSchema } from '@keystead/contracts/thing-model';
import { type Static, Type } from 'typebox';
import { DoorGrantsSchema } from './grants.ts';

const strict = { additionalProperties: false } as const;
const DeviceName = Type.String({ minLength: 1, maxLength: 200 });
const ChannelName = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$' });
const WireName = Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_.:-]{0,63}$' });
const Family = Type.String({ pattern: '^[a-z][a-z0-9-]{1,62}$' });
const LevelSchema = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)]);

export const DeviceSetupSchema = Type.Object(
  {
    /** Name the platform knows it by behind this agent: its code. */
    name: DeviceName,
    /** Where it answers on the channel, in the words of the protocol. */
    at: Type.Unknown(),
    /** Family of its model in `models`; without one its values pass unjudged, at level 1. */
    family: Type.Optional(Family),
    /** Id of the thing, for rules that name things. */
    thing: Type.Optional(Type.String({ format: 'uuid' })),
    labels: Type.Optional(Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: 128 }))),
    /** Transfer level by property, over what the model says. */
    levels: Type.Optional(Type.Record(WireName, LevelSchema)),
  },
  strict,
);

export const ChannelConfigurationSchema = Type.Object(
  {
    name: ChannelName,
    /** Such as `modbus`. */
    protocol: Type.String({ minLength: 1, maxLength: 64 }),
    settings: Type.Unknown(),
    /** Settings to run with, in this order, while its own do not carry: another port, a slower rate, more patience. */
    alternatives: Type.Optional(Type.Array(Type.Unknown(), { maxItems: 3 })),
    devices: Type.Array(DeviceSetupSchema, { maxItems: 5_000 }),
    /** True: in a thread of its own, which is ended and started anew when it hangs. */
    thread: Type.Optional(Type.Boolean()),
  },
  strict,
);

/** A codec script by its published version; channels name it. */
export const CodecSetupSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 128 }),
    version: Type.Integer({ minimum: 1 }),
    /** JavaScript in the form of TS013. */
    source: Type.String({ minLength: 1, maxLength: 131_072 }),
  },
  strict,
);

/** When a value is worth a message (H-7.2-0). Level 3 and what a rule looks at are always told in time. */
export const ReportPolicySchema = Type.Object(
  {
    family: Type.Optional(Family),
    devices: Type.Optional(Type.Array(DeviceName, { minItems: 1, maxItems: 5_000 })),
    property: WireName,
    /** Told when it differs from the last told value by more than this; absent = by anything. */
    deadband: Type.Optional(Type.Number({ minimum: 0 })),
    /** Seconds that must have passed since it was last told. */
    minInterval: Type.Optional(Type.Number({ minimum: 0, maximum: 86_400 })),
    /** Seconds after which it is told without a change. */
    heartbeat: Type.Integer({ minimum: 1, maximum: 86_400 }),
  },
  strict,
);

export const LocalCallSchema = Type.Object(
  {
    device: DeviceName,
    method: Type.String({ minLength: 1, maxLength: 200 }),
    params: Type.Optional(Type.Unknown()),
    /** ms; 10 s when absent. */
    deadline: Type.Optional(Type.Integer({ minimum: 100, maximum: 600_000 })),
  },
  strict,
);

/** A local scene: what is done here, without asking anybody, when a rule finds something. */
export const ResponseSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80 }),
    when: Type.Object(
      {
        rules: Type.Optional(Type.Array(Type.String({ format: 'uuid' }), { minItems: 1, maxItems: 200 })),
        families: Type.Optional(Type.Array(Family, { minItems: 1, maxItems: 200 })),
        devices: Type.Optional(Type.Array(DeviceName, { minItems: 1, maxItems: 5_000 })),
        /** This severe or worse (1 = most severe). */
        severity: Type.Optional(SeveritySchema),
        kind: Type.Union([Type.Literal('raised'), Type.Literal('escalated'), Type.Literal('cleared')]),
      },
      strict,
    ),
    calls: Type.Array(LocalCallSchema, { minItems: 1, maxItems: 50 }),
    /** At most so many times a minute; 30 when absent. */
    perMinute: Type.Optional(Type.Integer({ minimum: 1, maximum: 600 })),
  },
  strict,
);

/** A door whose reader tells which key was shown, and which this agent opens. */
export const DoorSchema = Type.Object(
  {
    device: DeviceName,
    /** Event of the reader, with `{key, kind, direction?}`. */
    event: WireName,
    open: Type.Omit(LocalCallSchema, ['device'], strict),
  },
  strict,
);

/**
 * Devices shown to clients of the neighbourhood by an OPC UA server of the agent (I-5.3.1-c): their values, read-only.
 * Clients need a trusted certificate, and a user unless reading without one is allowed.
 */
export const OpcuaExposureSchema = Type.Object(
  {
    host: Type.Optional(Type.String({ minLength: 1, maxLength: 253 })),
    port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
    /** SHA-256 fingerprints of client certificates. */
    trusted: Type.Optional(Type.Array(Type.String({ pattern: '^([0-9a-fA-F]{2}[:\\s]?){32}$' }), { maxItems: 256 })),
    users: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: Type.String({ minLength: 1, maxLength: 64 }),
            password: Type.String({ minLength: 12, maxLength: 128 }),
          },
          strict,
        ),
        { maxItems: 50 },
      ),
    ),
    /** Also an endpoint without security: networks of their own only. */
    clearText: Type.Optional(Type.Boolean()),
    anonymous: Type.Optional(Type.Boolean()),
    /** Absent = all that have a model. */
    devices: Type.Optional(Type.Array(DeviceName, { minItems: 1, maxItems: 5_000 })),
  },
  strict,
);

export const AgentConfigurationSchema = Type.Object(
  {
    version: Type.Integer({ minimum: 0 }),
    channels: Type.Optional(Type.Array(ChannelConfigurationSchema, { maxItems: 200 })),
    codecs: Type.Optional(Type.Array(CodecSetupSchema, { maxItems: 100 })),
    models: Type.Optional(Type.Array(ThingModelSchema, { maxItems: 200 })),
    /** All the centre's rules for these devices, so that nothing a rule looks at is held back. */
    rules: Type.Optional(Type.Array(AlarmRuleSchema, { maxItems: 1_000 })),
    reporting: Type.Optional(Type.Array(ReportPolicySchema, { maxItems: 2_000 })),
    responses: Type.Optional(Type.Array(ResponseSchema, { maxItems: 200 })),
    grants: Type.Optional(DoorGrantsSchema),
    doors: Type.Optional(Type.Array(DoorSchema, { maxItems: 500 })),
    opcua: Type.Optional(OpcuaExposureSchema),
    store: Type.Optional(
      Type.Object(
        {
          /** Bytes on disk; the oldest of the lowest level goes first. */
          bytes: Type.Optional(Type.Integer({ minimum: 1_048_576 })),
          /** Hours that levels 1 and 2 are kept for; never less than a day (H-7.2-b-1). */
          hours: Type.Optional(Type.Integer({ minimum: 24, maximum: 8_760 })),
        },
        strict,
      ),
    ),
  },
  strict,
);

export type AgentConfiguration = Static<typeof AgentConfigurationSchema>;
export type ChannelConfiguration = Static<typeof ChannelConfigurationSchema>;
export type CodecSetup = Static<typeof CodecSetupSchema>;
export type DeviceSetup = Static<typeof DeviceSetupSchema>;
export type OpcuaExposure = Static<typeof OpcuaExposureSchema>;
export type ReportPolicy = Static<typeof ReportPolicySchema>;
export type LocalResponse = Static<typeof ResponseSchema>;
export type LocalCall = Static<typeof LocalCallSchema>;
export type Door = Static<typeof DoorSchema>;
