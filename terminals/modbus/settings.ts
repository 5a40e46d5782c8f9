import { type Static, Type } from 'typebox';

const shared = {
  timeout: Type.Optional(
    Type.Integer({
      minimum: 20,
      maximum: 60_000,
      default: 1000,
      description: '应答超时,毫秒 · patience for one answer',
    }),
  ),
  retries: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 5, default: 1, description: '读失败后的重试次数;写入从不重试 · read again' }),
  ),
  pause: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 5000,
      description: '两次询问之间的静默,毫秒(RS-485 转向延时)· turnaround delay',
    }),
  ),
};

const Address = {
  host: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 253,
      description: '主机或网关地址;设备可各自填写 · host; a device may have its own',
    }),
  ),
  port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535, default: 502, description: 'TCP 端口 · port' })),
};

const Tcp = Type.Object(
  { transport: Type.Literal('tcp', { description: 'Modbus TCP' }), ...Address, ...shared },
  { additionalProperties: false, title: 'Modbus TCP' },
);

const RtuOverTcp = Type.Object(
  {
    transport: Type.Literal('rtu-over-tcp', { description: '串口服务器透传 RTU 帧 · RTU frames through a socket' }),
    ...Address,
    ...shared,
  },
  { additionalProperties: false, title: 'Modbus RTU over TCP' },
);

const Serial = Type.Object(
  {
    transport: Type.Literal('serial', { description: '串口 RTU(RS-232 / RS-485)· RTU on a serial port' }),
    path: Type.String({ minLength: 1, maxLength: 255, description: '串口设备,如 /dev/ttyS1、COM3 · serial port' }),
    baudRate: Type.Optional(
      Type.Integer({ minimum: 300, maximum: 4_000_000, default: 9600, description: '波特率 · baud rate' }),
    ),
    dataBits: Type.Optional(
      Type.Union([Type.Literal(7), Type.Literal(8)], { default: 8, description: '数据位 · data bits' }),
    ),
    parity: Type.Optional(
      Type.Union([Type.Literal('none'), Type.Literal('even'), Type.Literal('odd')], {
        default: 'none',
        description: '校验:无、偶、奇 · parity',
      }),
    ),
    stopBits: Type.Optional(
      Type.Union([Type.Literal(1), Type.Literal(2)], { default: 1, description: '停止位 · stop bits' }),
    ),
    ...shared,
  },
  { additionalProperties: false, title: 'Modbus RTU' },
);

/** A channel: one serial port, one gateway, or a set of hosts that are asked side by side. */
export const ModbusSettings = Type.Union([Tcp, RtuOverTcp, Serial]);
export type ModbusSettings = Static<typeof ModbusSettings>;
