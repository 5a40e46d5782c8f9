import type { FieldError } from '@keystead/contracts/problem';
import { type Static, Type } from 'typebox';
import { most } from './frame/request.ts';
import { isForbidden } from './polling/plan.ts';
import { areas, formOf, isBits, PointSchema, widthOf } from './values/point.ts';

const Hole = Type.Object(
  {
    area: Type.Unsafe<(typeof areas)[number]>(Type.Enum([...areas], { description: '数据区 · table' })),
    from: Type.Integer({ minimum: 0, maximum: 65_535, description: '起始地址(含)· first address' }),
    to: Type.Integer({ minimum: 0, maximum: 65_535, description: '结束地址(含)· last address' }),
  },
  { additionalProperties: false },
);

const Write = Type.Object(
  {
    point: Type.String({ minLength: 1, maxLength: 64, description: '点位名 · point' }),
    value: Type.Optional(
      Type.Union([Type.Number(), Type.Boolean(), Type.String()], {
        description: '写入的值;缺省取调用参数 · what is written; absent: the parameter of the call',
      }),
    ),
    param: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: '参数名,缺省 value · name of the parameter' }),
    ),
  },
  { additionalProperties: false },
);

const Action = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 64, description: '服务名,如 start、open · name of the service' }),
    writes: Type.Array(Write, { minItems: 1, maxItems: 16, description: '依次写入并回读 · written in this order' }),
  },
  { additionalProperties: false },
);

/** One device of a channel: where it answers, what to read there and what may be written. */
export const ModbusDevice = Type.Object(
  {
    unit: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 255, default: 1, description: '站号(从站地址)· unit identifier' }),
    ),
    host: Type.Optional(
      Type.String({ minLength: 1, maxLength: 253, description: '设备自己的地址,缺省取通道地址 · its own host' }),
    ),
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535, description: '设备自己的端口 · its own port' })),
    every: Type.Optional(
      Type.Integer({ minimum: 50, maximum: 86_400_000, default: 1000, description: '采集周期,毫秒 · interval in ms' }),
    ),
    points: Type.Array(PointSchema, { maxItems: 2000, description: '点位表 · points' }),
    actions: Type.Optional(
      Type.Array(Action, { maxItems: 64, description: '服务:一次调用写入多个点位 · services made of writes' }),
    ),
    gap: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 120,
        default: 16,
        description: '合并读取时允许跨过的空寄存器数 · unused registers one request may span',
      }),
    ),
    mostRegisters: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: most.readRegisters,
        default: most.readRegisters,
        description: '一次最多读取的寄存器数 · most registers in one request',
      }),
    ),
    holes: Type.Optional(
      Type.Array(Hole, { maxItems: 256, description: '禁止读取的地址段 · addresses never to be read' }),
    ),
    maskWrite: Type.Optional(
      Type.Boolean({ default: false, description: '支持功能码 22 写寄存器中的位 · knows function 22' }),
    ),
    writeMultiple: Type.Optional(
      Type.Boolean({ default: false, description: '只接受功能码 15/16 写入 · only functions 15 and 16 write' }),
    ),
  },
  { additionalProperties: false },
);
export type ModbusDevice = Static<typeof ModbusDevice>;

/** What the schema cannot say: names twice, points outside their area, limits upside down. Pointers are into `at`. */
export function deviceFaults(at: ModbusDevice): FieldError[] {
  const faults: FieldError[] = [];
  const names = new Set<string>();
  for (const [index, point] of at.points.entries()) {
    const add = (field: string, code: string) => faults.push({ pointer: `/points/${index}/${field}`, code });
    const width = widthOf(point);
    if (names.has(point.name)) add('name', 'duplicate');
    names.add(point.name);
    if (point.address + width > 0x10000) add('address', 'out-of-range');
    if (isBits(point) && point.form !== undefined && point.form !== 'bit') add('form', 'only-bits-there');
    if (!isBits(point) && point.form === 'bit' && point.bit === undefined) add('bit', 'required');
    if (point.writable && (point.area === 'discrete' || point.area === 'input')) add('writable', 'read-only-area');
    if (point.scale === 0) add('scale', 'zero');
    if (point.min !== undefined && point.max !== undefined && point.min > point.max) add('min', 'above-max');
    if (!isBits(point) && width > (at.mostRegisters ?? most.readRegisters)) add('length', 'too-long');
    if (isForbidden(point, at.holes ?? [])) add('address', 'in-a-hole');
    if (formOf(point) === 'bit' && (point.scale !== undefined || point.offset !== undefined))
      add('scale', 'not-a-number');
  }
  for (const [index, action] of (at.actions ?? []).entries()) {
    for (const [position, { point }] of action.writes.entries()) {
      const target = at.points.find(({ name }) => name === point);
      const pointer = `/actions/${index}/writes/${position}/point`;
      if (!target) faults.push({ pointer, code: 'unknown' });
      else if (!target.writable) faults.push({ pointer, code: 'not-writable' });
    }
    if (action.name === 'write' || action.name === 'read')
      faults.push({ pointer: `/actions/${index}/name`, code: 'reserved' });
  }
  return faults;
}
