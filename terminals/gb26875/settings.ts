import { defaultZone } from '@keystead/contracts/calendar';
import { type Static, Type } from 'typebox';

export const Gb26875Settings = Type.Object(
  {
    host: Type.Optional(
      Type.String({ maxLength: 253, default: '127.0.0.1', description: '监听地址,默认仅本机 · address to listen on' }),
    ),
    port: Type.Integer({ minimum: 0, maximum: 65_535, description: '监听端口 · port to listen on' }),
    clock: Type.Optional(
      Type.Union([Type.Literal('auto'), Type.Literal('binary'), Type.Literal('bcd')], {
        default: 'auto',
        description: '时间标签编码,厂家不一 · how time bytes are written',
      }),
    ),
    zone: Type.Optional(
      Type.String({ maxLength: 40, default: defaultZone, description: '装置时钟所在时区 · zone of the clocks' }),
    ),
    silence: Type.Optional(
      Type.Integer({ minimum: 10, maximum: 3600, default: 180, description: '无报文断开,秒 · cut after silence' }),
    ),
  },
  { additionalProperties: false, title: 'GB/T 26875.3' },
);
export type Gb26875Settings = Static<typeof Gb26875Settings>;

export const Gb26875Device = Type.Object(
  {
    transmitter: Type.String({
      pattern: '^[0-9a-f]{12}$',
      description: '用户信息传输装置地址,12 位十六进制,高位在前 · address of the transmitter',
    }),
    system: Type.Optional(
      Type.String({
        pattern: '^[0-9]{1,3}\\.[0-9]{1,3}$',
        description: '系统类型.系统地址,如 1.1 · system kind.address',
      }),
    ),
    component: Type.Optional(
      Type.String({
        pattern: '^[0-9a-f]{8}$',
        description: '部件地址,8 位十六进制,高位在前 · address of the component',
      }),
    ),
  },
  { additionalProperties: false },
);
export type Gb26875Device = Static<typeof Gb26875Device>;
