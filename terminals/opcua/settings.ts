import { type Static, Type } from 'typebox';

export const securityModes = ['None', 'Sign', 'SignAndEncrypt'] as const;
export const securityPolicies = ['None', 'Basic256Sha256', 'Aes128_Sha256_RsaOaep', 'Aes256_Sha256_RsaPss'] as const;

const choice = <T extends string>(values: readonly T[], description: string, standard: T) =>
  Type.Unsafe<T>(Type.Enum([...values], { description, default: standard }));

/** A channel: one OPC UA server. The schema becomes a form. */
export const OpcuaSettings = Type.Object(
  {
    endpoint: Type.String({
      pattern: '^opc\\.tcp://[^\\s/]+(/\\S*)?$',
      maxLength: 512,
      description: '服务器地址,如 opc.tcp://192.168.1.5:4840 · endpoint of the server',
    }),
    securityMode: Type.Optional(
      choice(securityModes, '安全模式:不加密、签名、签名并加密 · security mode', 'SignAndEncrypt'),
    ),
    securityPolicy: Type.Optional(choice(securityPolicies, '安全策略 · security policy', 'Basic256Sha256')),
    folder: Type.String({
      minLength: 1,
      maxLength: 1024,
      description: '证书目录:自身证书首次使用时生成 · folder of certificates; our own is made at first use',
    }),
    trusted: Type.Optional(
      Type.Array(Type.String({ pattern: '^([0-9a-fA-F]{2}[:\\s]?){32}$' }), {
        maxItems: 32,
        description: '信任的服务器证书指纹(SHA-256)· fingerprints of trusted server certificates',
      }),
    ),
    user: Type.Optional(
      Type.String({ minLength: 1, maxLength: 128, description: '用户名;缺省匿名 · user; absent: anonymous' }),
    ),
    password: Type.Optional(
      Type.String({ maxLength: 256, format: 'password', description: '口令 · password of the user' }),
    ),
    publishing: Type.Optional(
      Type.Integer({
        minimum: 50,
        maximum: 3_600_000,
        default: 500,
        description: '发布周期,毫秒 · how often the server tells what changed, ms',
      }),
    ),
    timeout: Type.Optional(
      Type.Integer({ minimum: 500, maximum: 60_000, default: 4000, description: '应答超时,毫秒 · patience, ms' }),
    ),
  },
  { additionalProperties: false },
);
export type OpcuaSettings = Static<typeof OpcuaSettings>;
