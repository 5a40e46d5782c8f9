import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false };
const Oid = Type.String({ pattern: '^[0-2](\\.(0|[1-9][0-9]{0,9})){1,126}$', maxLength: 512, description: 'OID' });
const Name = Type.String({ minLength: 1, maxLength: 128 });
const Key = Type.String({ minLength: 8, maxLength: 128, format: 'password' });
const Community = Type.String({ minLength: 1, maxLength: 255, format: 'password', description: '团体字 · community' });

const User = Type.Object(
  {
    version: Type.Literal('v3'),
    user: Type.String({ minLength: 1, maxLength: 32 }),
    /** Absent = nothing is signed. */
    auth: Type.Optional(
      Type.Object(
        {
          protocol: Type.Enum(['md5', 'sha', 'sha224', 'sha256', 'sha384', 'sha512']),
          key: Key,
        },
        closed,
      ),
    ),
    /** Absent = nothing is hidden; needs `auth`. */
    privacy: Type.Optional(
      Type.Object({ protocol: Type.Enum(['des', 'aes', 'aes256b', 'aes256r']), key: Key }, closed),
    ),
    context: Type.Optional(Type.String({ maxLength: 255 })),
  },
  { ...closed, title: 'SNMPv3' },
);
export type SnmpUser = Static<typeof User>;

const Access = Type.Union([
  Type.Object({ version: Type.Literal('v1'), community: Community }, { ...closed, title: 'SNMPv1' }),
  Type.Object({ version: Type.Literal('v2c'), community: Community }, { ...closed, title: 'SNMPv2c' }),
  User,
]);
export type SnmpAccess = Static<typeof Access>;

const Notification = Type.Object(
  {
    oid: Oid,
    event: Name,
    /** Names for the variables that come with it; an index behind the OID is kept behind the name. */
    values: Type.Optional(Type.Array(Type.Object({ oid: Oid, name: Name }, closed), { maxItems: 64 })),
  },
  closed,
);
export type NotificationName = Static<typeof Notification>;

export const SnmpSettings = Type.Object(
  {
    timeout: Type.Optional(
      Type.Integer({
        minimum: 50,
        maximum: 60_000,
        default: 2000,
        description: '应答超时,毫秒 · patience for one answer',
      }),
    ),
    retries: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 5, default: 1, description: '读重试次数;写入从不重试 · read again' }),
    ),
    traps: Type.Optional(
      Type.Object(
        {
          host: Type.Optional(Type.String({ minLength: 2, maxLength: 45, default: '127.0.0.1' })),
          port: Type.Integer({ minimum: 0, maximum: 65_535, description: 'UDP 端口,通常 162 · UDP port' }),
          communities: Type.Optional(Type.Array(Community, { maxItems: 64 })),
          users: Type.Optional(Type.Array(User, { maxItems: 64 })),
          /** Of ours, hexadecimal; senders of v3 informs may ask for it. */
          engineId: Type.Optional(Type.String({ pattern: '^([0-9a-fA-F]{2}){5,32}$' })),
          names: Type.Optional(
            Type.Array(Notification, { maxItems: 1_000, description: '陷阱 → 事件 · trap to event' }),
          ),
        },
        { ...closed, description: '接收 Trap 与 Inform · receives traps and informs' },
      ),
    ),
  },
  closed,
);
export type SnmpSettings = Static<typeof SnmpSettings>;

const Form = Type.Enum(['number', 'text', 'hex', 'oid'], {
  description: '取值形式;缺省按类型 · form, by its type when absent',
});
const labels = Type.Optional(
  Type.Record(Type.String({ pattern: '^-?[0-9]+$' }), Name, {
    maxProperties: 256,
    description: '枚举 · words of numbers',
  }),
);

const Point = Type.Object(
  {
    name: Name,
    oid: Oid,
    form: Type.Optional(Form),
    scale: Type.Optional(Type.Number({ description: '倍率 · factor' })),
    labels,
    /** A counter goes on over its wrap instead of falling. */
    continuous: Type.Optional(Type.Boolean({ description: '计数器回绕后继续累计 · goes on over a wrap' })),
    /** May be written, as this type. */
    writable: Type.Optional(Type.Enum(['Integer', 'Gauge', 'TimeTicks', 'OctetString', 'OID', 'IpAddress'])),
    min: Type.Optional(Type.Number()),
    max: Type.Optional(Type.Number()),
  },
  closed,
);
export type SnmpPoint = Static<typeof Point>;

const Table = Type.Object(
  {
    /** Column whose text names the rows; absent = the index does. */
    rowNames: Type.Optional(Oid),
    columns: Type.Array(Type.Omit(Point, ['writable', 'min', 'max']), { minItems: 1, maxItems: 64 }),
    mostRows: Type.Optional(Type.Integer({ minimum: 1, maximum: 4_096, default: 256 })),
  },
  closed,
);
export type SnmpTable = Static<typeof Table>;

export const SnmpDevice = Type.Object(
  {
    host: Type.String({ minLength: 1, maxLength: 253, description: '设备地址 · host' }),
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535, default: 161 })),
    access: Access,
    every: Type.Optional(
      Type.Integer({
        minimum: 200,
        maximum: 86_400_000,
        default: 60_000,
        description: '采集周期,毫秒 · ms between turns',
      }),
    ),
    points: Type.Optional(Type.Array(Point, { maxItems: 1_000 })),
    tables: Type.Optional(Type.Array(Table, { maxItems: 32 })),
  },
  closed,
);
export type SnmpDevice = Static<typeof SnmpDevice>;
