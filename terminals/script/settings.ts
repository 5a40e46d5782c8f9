import { type Static, Type } from 'typebox';

const port = (least: number) => Type.Integer({ minimum: least, maximum: 65_535 });
const host = Type.String({ minLength: 1, maxLength: 253 });
const closed = { additionalProperties: false };

const Over = Type.Union([
  Type.Object({ kind: Type.Literal('tcp-client'), host, port: port(1) }, closed),
  Type.Object(
    {
      kind: Type.Literal('tcp-server'),
      /** Absent = this machine only. */
      host: Type.Optional(host),
      /** 0 = any free one. */
      port: port(0),
      connections: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
      /** A connection that says nothing for so many seconds is closed. */
      idle: Type.Optional(Type.Integer({ minimum: 1, maximum: 86_400 })),
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('udp'),
      host: Type.Optional(host),
      port: port(0),
      /** Where commands go before the device has spoken. */
      to: Type.Optional(Type.Object({ host, port: port(1) }, closed)),
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('serial'),
      path: Type.String({ minLength: 1, maxLength: 256 }),
      baudRate: Type.Integer({ minimum: 50, maximum: 4_000_000 }),
      dataBits: Type.Optional(Type.Union([Type.Literal(7), Type.Literal(8)])),
      parity: Type.Optional(Type.Union([Type.Literal('none'), Type.Literal('even'), Type.Literal('odd')])),
      stopBits: Type.Optional(Type.Union([Type.Literal(1), Type.Literal(2)])),
    },
    closed,
  ),
]);

const Variables = Type.Record(
  Type.String({ maxLength: 64 }),
  Type.Union([Type.String({ maxLength: 1_024 }), Type.Number(), Type.Boolean()]),
  { maxProperties: 64 },
);

export const ScriptSettings = Type.Object(
  {
    over: Over,
    /** Name of the codec. */
    codec: Type.String({ minLength: 1, maxLength: 128 }),
    /** How a stream becomes frames: by the script's `frame`, or by silence on the line. */
    framing: Type.Optional(Type.Union([Type.Literal('script'), Type.Literal('gap')])),
    /** Silence that ends a frame, ms. */
    gap: Type.Optional(Type.Integer({ minimum: 2, maximum: 5_000 })),
    /** Bytes of the longest frame. */
    longest: Type.Optional(Type.Integer({ minimum: 1, maximum: 32_768 })),
    /** Devices that speak only when asked are asked in turn, by `encodeDownlink({ method: 'poll' })`. */
    poll: Type.Optional(
      Type.Object(
        {
          every: Type.Integer({ minimum: 100, maximum: 86_400_000 }),
          timeout: Type.Optional(Type.Integer({ minimum: 10, maximum: 60_000 })),
        },
        closed,
      ),
    ),
    variables: Type.Optional(Variables),
  },
  closed,
);
export type ScriptSettings = Static<typeof ScriptSettings>;

export const ScriptDevice = Type.Object(
  {
    /** As the script names it; absent where the line has one device. */
    address: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    variables: Type.Optional(Variables),
  },
  closed,
);
export type ScriptDevice = Static<typeof ScriptDevice>;
