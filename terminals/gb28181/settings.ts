import { type Static, Type } from 'typebox';

const Id = (description: string) => Type.String({ pattern: '^[0-9]{20}$', description });

export const Gb28181Settings = Type.Object(
  {
    id: Id('本级平台编码 · our own 20-digit id'),
    realm: Type.Optional(
      Type.String({ pattern: '^[0-9A-Za-z.-]{1,64}$', description: 'SIP 域,默认编码前十位 · realm' }),
    ),
    host: Type.Optional(
      Type.String({ maxLength: 253, default: '127.0.0.1', description: '监听地址 · address to listen on' }),
    ),
    port: Type.Integer({ minimum: 0, maximum: 65_535, description: '监听端口(UDP 与 TCP)· port, UDP and TCP' }),
    announce: Type.Optional(
      Type.String({ maxLength: 253, description: '告知设备的本机地址 · address written in our messages' }),
    ),
    keepalive: Type.Optional(
      Type.Integer({ minimum: 5, maximum: 3600, default: 60, description: '心跳周期,秒;三次未到即离线 · s' }),
    ),
  },
  { additionalProperties: false, title: 'GB/T 28181' },
);
export type Gb28181Settings = Static<typeof Gb28181Settings>;

export const Gb28181Device = Type.Object(
  {
    id: Id('设备编码 · id of the device'),
    password: Type.String({ format: 'password', minLength: 8, maxLength: 64, description: '注册密码 · password' }),
  },
  { additionalProperties: false },
);
export type Gb28181Device = Static<typeof Gb28181Device>;
