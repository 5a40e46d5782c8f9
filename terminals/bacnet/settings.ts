import type { FieldError } from '@keystead/contracts/problem';
import { type Static, Type } from 'typebox';
import { mostInstance, objectIdOf, propertyOf } from './frame/names.ts';

const closed = { additionalProperties: false };
const Host = Type.String({ minLength: 1, maxLength: 253 });
const Port = Type.Integer({ minimum: 1, maximum: 65_535, default: 47_808 });

/** A channel: one UDP socket and the devices that are reached from it. */
export const BacnetSettings = Type.Object(
  {
    bind: Type.Optional(
      Type.String({ maxLength: 45, default: '0.0.0.0', description: '本机地址 · own address the socket is bound to' }),
    ),
    port: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 65_535,
        default: 47_808,
        description: '本机 UDP 端口;0 为任意,此时收不到广播 · own port; 0: any, broadcasts are then not heard',
      }),
    ),
    broadcast: Type.Optional(
      Type.Object(
        { host: Host, port: Type.Optional(Port) },
        { ...closed, description: '广播地址,用于寻找设备 · where devices are looked for, such as 192.168.1.255' },
      ),
    ),
    bbmd: Type.Optional(
      Type.Object(
        {
          host: Host,
          port: Type.Optional(Port),
          ttl: Type.Optional(Type.Integer({ minimum: 30, maximum: 65_535, default: 300 })),
        },
        { ...closed, description: '外部设备注册到广播管理设备 · registered there as a foreign device; ttl in seconds' },
      ),
    ),
    look: Type.Optional(
      Type.Integer({
        minimum: 1_000,
        maximum: 86_400_000,
        default: 300_000,
        description: '寻找设备的周期,毫秒 · how often devices are looked for, ms',
      }),
    ),
    timeout: Type.Optional(
      Type.Integer({ minimum: 50, maximum: 60_000, default: 3_000, description: '应答超时,毫秒 · patience, ms' }),
    ),
    retries: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 5, default: 2, description: '读重试次数;写入从不重试 · read again' }),
    ),
  },
  closed,
);
export type BacnetSettings = Static<typeof BacnetSettings>;

/** Types a value may be written in. */
const writtenTypes = ['boolean', 'unsigned', 'signed', 'real', 'double', 'string', 'enumerated'] as const;

const Point = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 64,
      description: '点位名,与物模型属性标识一致 · name of the property',
    }),
    object: Type.String({ pattern: '^[a-z0-9-]{1,40}:[0-9]{1,7}$', description: '对象,如 analog-input:3 · object' }),
    property: Type.Optional(
      Type.String({ pattern: '^[a-z0-9-]{1,40}$', default: 'present-value', description: '属性 · property' }),
    ),
    index: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535, description: '数组下标 · index of an array' })),
    cov: Type.Optional(
      Type.Enum(['unconfirmed', 'confirmed'], {
        description: '订阅变化上报;不能订阅时轮询 · told on change, else polled',
      }),
    ),
    labels: Type.Optional(
      Type.Record(Type.String({ pattern: '^[0-9]+$' }), Type.String({ minLength: 1, maxLength: 64 }), {
        maxProperties: 256,
        description: '枚举 · words of numbers',
      }),
    ),
    writable: Type.Optional(Type.Boolean({ default: false, description: '允许写入 · may be written' })),
    as: Type.Optional(
      Type.Unsafe<(typeof writtenTypes)[number]>(
        Type.Enum([...writtenTypes], { description: '写入类型;缺省按对象类型 · type it is written in' }),
      ),
    ),
    priority: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 16,
        default: 16,
        description: '写入优先级 1–16 · priority, 1 the strongest',
      }),
    ),
    min: Type.Optional(Type.Number({ description: '写入下限 · least value that may be written' })),
    max: Type.Optional(Type.Number({ description: '写入上限 · greatest value that may be written' })),
  },
  closed,
);
export type BacnetPoint = Static<typeof Point>;

export const BacnetDevice = Type.Object(
  {
    device: Type.Integer({ minimum: 0, maximum: mostInstance, description: '设备实例号 · device instance' }),
    host: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 253,
        description: '地址;缺省由 Who-Is 找到 · host; absent: found by Who-Is',
      }),
    ),
    port: Type.Optional(Port),
    every: Type.Optional(
      Type.Integer({ minimum: 100, maximum: 86_400_000, default: 10_000, description: '采集周期,毫秒 · interval, ms' }),
    ),
    lifetime: Type.Optional(
      Type.Integer({
        minimum: 10,
        maximum: 86_400,
        default: 300,
        description: '订阅有效期,秒 · subscription, seconds',
      }),
    ),
    batch: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 200,
        default: 30,
        description: '一次读取的属性数 · properties in one request',
      }),
    ),
    points: Type.Array(Point, { maxItems: 5_000, description: '点位表 · points' }),
  },
  closed,
);
export type BacnetDevice = Static<typeof BacnetDevice>;

/** What the schemas cannot say. */
export function faultsOf(devices: readonly { name: string; at: BacnetDevice }[]): FieldError[] {
  const faults: FieldError[] = [];
  const instances = new Set<number>();
  for (const [index, { at }] of devices.entries()) {
    if (instances.has(at.device)) faults.push({ pointer: `/devices/${index}/at/device`, code: 'duplicate' });
    instances.add(at.device);
    const names = new Set<string>();
    for (const [position, { name, object, property, min, max }] of at.points.entries()) {
      const add = (field: string, code: string) =>
        faults.push({ pointer: `/devices/${index}/at/points/${position}/${field}`, code });
      if (names.has(name)) add('name', 'duplicate');
      names.add(name);
      if (!objectIdOf(object)) add('object', 'unknown');
      if (property !== undefined && propertyOf(property) === undefined) add('property', 'unknown');
      if (min !== undefined && max !== undefined && min > max) add('min', 'above-max');
    }
  }
  return faults;
}
