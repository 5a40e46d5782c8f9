import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false };
const secret = (least: number) => Type.String({ minLength: least, maxLength: 512, format: 'password' });
const url = Type.String({ pattern: '^https?://[^?#]*[^/?#]$', maxLength: 512 });
const name = Type.String({ minLength: 1, maxLength: 128 });

export const NbiotSettings = Type.Object(
  {
    /** Where the cloud pushes to. Absent host = this machine only; to the outside it belongs behind TLS. */
    listen: Type.Object(
      {
        host: Type.Optional(Type.String({ minLength: 1, maxLength: 253 })),
        port: Type.Integer({ minimum: 0, maximum: 65_535 }),
      },
      closed,
    ),
    cloud: Type.Union([
      Type.Object(
        {
          kind: Type.Literal('ctwing'),
          /** Last part of the address the cloud is given: its pushes are not signed. */
          token: secret(16),
          commands: Type.Optional(
            Type.Object(
              {
                /** `https://ag-api.ctwing.cn` */
                url,
                appKey: name,
                appSecret: secret(1),
                /** Of the product, unless a device names its own. */
                masterKey: secret(1),
                product: name,
                operator: Type.Optional(name),
              },
              closed,
            ),
          ),
        },
        closed,
      ),
      Type.Object(
        {
          kind: Type.Literal('onenet'),
          /** What pushes are signed with. */
          token: secret(3),
          aesKey: Type.Optional(Type.String({ minLength: 16, maxLength: 16, format: 'password' })),
          commands: Type.Optional(
            Type.Object(
              {
                /** `https://iot-api.heclouds.com` */
                url,
                /** `products/{id}`, or `userid/{id}` with a key of the user. */
                resource: Type.String({ pattern: '^(products|userid)/', maxLength: 256 }),
                accessKey: secret(1),
                product: name,
                version: Type.Optional(Type.Union([Type.Literal('2018-10-31'), Type.Literal('2022-05-01')])),
              },
              closed,
            ),
          ),
        },
        closed,
      ),
    ]),
    /** Codec of devices that name none, for bytes handed through. */
    codec: Type.Optional(name),
  },
  closed,
);
export type NbiotSettings = Static<typeof NbiotSettings>;

export const NbiotDevice = Type.Object(
  {
    /** CTWing: the device id. OneNET: the device's name. */
    id: name,
    product: Type.Optional(name),
    masterKey: Type.Optional(secret(1)),
    codec: Type.Optional(name),
    /** A property whose value is the device's own bytes, as text. */
    raw: Type.Optional(
      Type.Object({ property: name, coding: Type.Union([Type.Literal('hex'), Type.Literal('base64')]) }, closed),
    ),
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
export type NbiotDevice = Static<typeof NbiotDevice>;
