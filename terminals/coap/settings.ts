import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false };
const hex = (most: number, least = 0) => Type.String({ pattern: `^([0-9a-fA-F]{2}){${least},${most}}$` });

export const CoapSettings = Type.Object(
  {
    listen: Type.Optional(
      Type.Object(
        {
          host: Type.Optional(
            Type.String({
              minLength: 2,
              maxLength: 45,
              default: '127.0.0.1',
              description: '监听地址(IP)· address to listen at',
            }),
          ),
          port: Type.Integer({ minimum: 0, maximum: 65_535, description: 'UDP 端口,通常 5683 · UDP port' }),
        },
        { ...closed, description: '设备主动上报时填写 · where devices send to; absent = only we ask' },
      ),
    ),
    networks: Type.Optional(
      Type.Array(Type.String({ pattern: '^[0-9a-fA-F.:]+/[0-9]{1,3}$', maxLength: 64 }), {
        maxItems: 64,
        description: '允许明文 CoAP 的网段;其余地址必须用 OSCORE · networks where clear CoAP may be spoken',
      }),
    ),
    ackTimeout: Type.Optional(
      Type.Integer({
        minimum: 40,
        maximum: 30_000,
        default: 2000,
        description: '首次重传前的等待,毫秒 · wait before the first repetition',
      }),
    ),
    codec: Type.Optional(Type.String({ minLength: 1, maxLength: 128, description: '默认编解码 · default codec' })),
  },
  closed,
);
export type CoapSettings = Static<typeof CoapSettings>;

const Resource = Type.Object(
  {
    path: Type.String({ pattern: '^/', maxLength: 255, description: '资源路径,如 /sensors/temp · path on the device' }),
    name: Type.Optional(
      Type.String({ minLength: 1, maxLength: 128, description: '单值资源的点名 · name of a value without one' }),
    ),
    every: Type.Optional(
      Type.Integer({ minimum: 100, maximum: 86_400_000, description: '轮询周期,毫秒 · asked every so many ms' }),
    ),
    observe: Type.Optional(Type.Boolean({ description: '订阅变化(RFC 7641)· observed' })),
    writable: Type.Optional(Type.Boolean({ description: '允许写入(PUT)· may be written' })),
    form: Type.Optional(
      Type.Union([Type.Literal('json'), Type.Literal('text')], {
        default: 'json',
        description: '写入格式 · form written',
      }),
    ),
  },
  closed,
);

export const CoapDevice = Type.Object(
  {
    secret: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9._~-]+$',
        minLength: 16,
        maxLength: 128,
        format: 'password',
        description: '明文路径中的密钥 · secret in the path of clear requests',
      }),
    ),
    oscore: Type.Optional(
      Type.Object(
        {
          masterSecret: Type.String({ pattern: '^([0-9a-fA-F]{2}){16,64}$', format: 'password' }),
          masterSalt: Type.Optional(hex(64)),
          idContext: Type.Optional(hex(8)),
          /** The device's Sender ID. */
          deviceId: hex(7),
          /** The device's Recipient ID. */
          platformId: hex(7),
        },
        { ...closed, description: 'OSCORE(RFC 8613)密钥 · keys of the protected relation' },
      ),
    ),
    host: Type.Optional(Type.String({ minLength: 1, maxLength: 253, description: '设备地址 · where it is asked' })),
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535, default: 5683 })),
    resources: Type.Optional(Type.Array(Resource, { maxItems: 256 })),
    codec: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
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
export type CoapDevice = Static<typeof CoapDevice>;
export type CoapResource = Static<typeof Resource>;
