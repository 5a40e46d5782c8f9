import type { FieldError } from '@keystead/contracts/problem';
import { type Static, Type } from 'typebox';

const nodePattern =
  '^(ns=\\d{1,5};)?(i=\\d{1,10}|s=.{1,512}|g=[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|b=[A-Za-z0-9+/=]{1,512})$';

const node = (description: string) => Type.String({ pattern: nodePattern, maxLength: 600, description });

export const OpcuaPoint = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 64,
      description: '点位名,与物模型属性标识一致 · name of the property',
    }),
    node: node('节点,如 ns=2;s=Line1.Temperature · node of the variable'),
    sampling: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 86_400_000,
        description: '采样周期,毫秒;缺省取发布周期 · how often the server looks at the value, ms',
      }),
    ),
    deadband: Type.Optional(
      Type.Number({ minimum: 0, description: '死区:变化不超过此值不上报(数值)· least change that is told' }),
    ),
    writable: Type.Optional(Type.Boolean({ default: false, description: '允许写入 · may be written' })),
    min: Type.Optional(Type.Number({ description: '写入下限 · least value that may be written' })),
    max: Type.Optional(Type.Number({ description: '写入上限 · greatest value that may be written' })),
    readBack: Type.Optional(
      Type.Boolean({ default: true, description: '写入后回读核对 · read again after a write and compare' }),
    ),
    settle: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 30_000,
        default: 0,
        description: '回读等待的最长时间,毫秒 · how long the value may take to be reached, ms',
      }),
    ),
  },
  { additionalProperties: false },
);
export type OpcuaPoint = Static<typeof OpcuaPoint>;

const Method = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 64, description: '服务名 · name of the service' }),
    object: node('方法所属对象的节点 · node of the object the method belongs to'),
    method: node('方法节点 · node of the method'),
  },
  { additionalProperties: false },
);

/** One device: nodes of the server that belong together. */
export const OpcuaDevice = Type.Object(
  {
    points: Type.Array(OpcuaPoint, { maxItems: 5000, description: '点位表 · points' }),
    methods: Type.Optional(
      Type.Array(Method, { maxItems: 64, description: '可调用的方法 · methods that may be called' }),
    ),
  },
  { additionalProperties: false },
);
export type OpcuaDevice = Static<typeof OpcuaDevice>;

const reserved = new Set(['read', 'write', 'browse']);

/** What the schema cannot say. Pointers are into `at`. */
export function deviceFaults(at: OpcuaDevice): FieldError[] {
  const faults: FieldError[] = [];
  const names = new Set<string>();
  for (const [index, { name, min, max }] of at.points.entries()) {
    if (names.has(name)) faults.push({ pointer: `/points/${index}/name`, code: 'duplicate' });
    names.add(name);
    if (min !== undefined && max !== undefined && min > max)
      faults.push({ pointer: `/points/${index}/min`, code: 'above-max' });
  }
  const methods = new Set<string>();
  for (const [index, { name }] of (at.methods ?? []).entries()) {
    if (reserved.has(name) || methods.has(name))
      faults.push({ pointer: `/methods/${index}/name`, code: reserved.has(name) ? 'reserved' : 'duplicate' });
    methods.add(name);
  }
  return faults;
}
