import { type Static, Type } from 'typebox';

/** How things are shown to OPC UA clients. The schema becomes a form. */
export const OpcuaServerSettings = Type.Object(
  {
    host: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 253,
        default: '127.0.0.1',
        description: '监听地址 · address to listen on',
      }),
    ),
    port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535, default: 4840, description: '端口 · port' })),
    folder: Type.String({
      minLength: 1,
      maxLength: 1024,
      description: '证书目录:自身证书首次使用时生成 · folder of certificates; our own is made at first use',
    }),
    trusted: Type.Optional(
      Type.Array(Type.String({ pattern: '^([0-9a-fA-F]{2}[:\\s]?){32}$' }), {
        maxItems: 256,
        description: '信任的客户端证书指纹(SHA-256)· fingerprints of trusted client certificates',
      }),
    ),
    clearText: Type.Optional(
      Type.Boolean({
        default: false,
        description: '同时提供不加密端点(仅限测试网络)· also offer an endpoint without security',
      }),
    ),
    anonymous: Type.Optional(
      Type.Boolean({ default: false, description: '允许匿名读取 · may be read without a user' }),
    ),
    mostSessions: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 200, default: 20, description: '最大会话数 · most sessions at a time' }),
    ),
  },
  { additionalProperties: false },
);
export type OpcuaServerSettings = Static<typeof OpcuaServerSettings>;
