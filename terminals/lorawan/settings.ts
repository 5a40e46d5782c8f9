import { BrokerSettings } from '@keystead/terminals/port';
import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false };

export const LorawanSettings = Type.Object(
  {
    server: Type.Union([Type.Literal('chirpstack'), Type.Literal('the-things-stack')]),
    over: Type.Union([
      Type.Object(
        {
          kind: Type.Literal('mqtt'),
          broker: BrokerSettings,
          /** ChirpStack: the application's id. The Things Stack: `app@tenant`. `+`: all. */
          application: Type.String({ minLength: 1, maxLength: 128, pattern: '^[^/#]+$' }),
        },
        closed,
      ),
      Type.Object(
        {
          kind: Type.Literal('webhook'),
          /** Absent = this machine only; to the outside it belongs behind TLS. */
          host: Type.Optional(Type.String({ maxLength: 253 })),
          port: Type.Integer({ minimum: 0, maximum: 65_535 }),
          /** What the network server sends as `Authorization: Bearer …`. */
          token: Type.String({ minLength: 16, maxLength: 512, format: 'password' }),
          /** The Things Stack only: `https://host/api/v3/as/applications/{app}/webhooks/{hook}` and an API key. */
          commands: Type.Optional(
            Type.Object(
              {
                url: Type.String({ pattern: '^https?://', maxLength: 512 }),
                key: Type.String({ minLength: 1, maxLength: 512, format: 'password' }),
              },
              closed,
            ),
          ),
        },
        closed,
      ),
    ]),
    /** Codec of devices that name none; absent = what the network server decoded. */
    codec: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    /** False: rssi, snr, fCnt and battery are not told as readings. */
    link: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type LorawanSettings = Static<typeof LorawanSettings>;

export const LorawanDevice = Type.Object(
  {
    devEui: Type.String({ pattern: '^[0-9A-Fa-f]{16}$' }),
    /** The Things Stack: its device id, for commands before it was first heard. */
    deviceId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    codec: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    /** False: a command counts as done when it was sent, without the device's word. */
    confirmed: Type.Optional(Type.Boolean()),
    variables: Type.Optional(
      Type.Record(
        Type.String({ maxLength: 64 }),
        Type.Union([Type.String({ maxLength: 1_024 }), Type.Number(), Type.Boolean()]),
        { maxProperties: 64 },
      ),
    ),
  },
  closed,
);
export type LorawanDevice = Static<typeof LorawanDevice>;
