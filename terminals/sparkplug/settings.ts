import type { FieldError } from '@keystead/contracts/problem';
import { BrokerSettings } from '@keystead/terminals/port';
import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false };
const id = (description: string) =>
  Type.String({ minLength: 1, maxLength: 128, pattern: '^[^/+#\\u0000]+$', description });

/** A channel: one broker and the groups on it. */
export const SparkplugSettings = Type.Object(
  {
    broker: BrokerSettings,
    groups: Type.Array(id('组标识 · group'), { minItems: 1, maxItems: 64, uniqueItems: true }),
    host: Type.Optional(
      id('主机标识:以 STATE 主题声明在线,缺省不声明 · host id, told on the STATE topic; absent: not a primary host'),
    ),
    rebirth: Type.Optional(
      Type.Integer({
        minimum: 100,
        maximum: 3_600_000,
        default: 5_000,
        description: '同一节点两次重生请求的最小间隔,毫秒 · least time between two rebirth requests to a node, ms',
      }),
    ),
  },
  closed,
);
export type SparkplugSettings = Static<typeof SparkplugSettings>;

const Point = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 64,
      description: '点位名,与物模型属性标识一致 · name of the property',
    }),
    metric: Type.String({ minLength: 1, maxLength: 512, description: '度量名 · name of the metric' }),
    writable: Type.Optional(Type.Boolean({ default: false, description: '允许写入 · may be written' })),
    min: Type.Optional(Type.Number({ description: '写入下限 · least value that may be written' })),
    max: Type.Optional(Type.Number({ description: '写入上限 · greatest value that may be written' })),
  },
  closed,
);
export type SparkplugPoint = Static<typeof Point>;

/** One device: an edge node, or what stands behind it. */
export const SparkplugDevice = Type.Object(
  {
    group: id('组标识 · group'),
    node: id('边缘节点标识 · edge node'),
    device: Type.Optional(id('设备标识;缺省为节点自身 · device; absent: the node itself')),
    points: Type.Optional(
      Type.Array(Point, {
        maxItems: 5_000,
        description:
          '点位表;缺省按度量名上报全部度量,不可写 · points; absent: every metric under its own name, none writable',
      }),
    ),
  },
  closed,
);
export type SparkplugDevice = Static<typeof SparkplugDevice>;

/** What the schemas cannot say. */
export function faultsOf(
  settings: SparkplugSettings,
  devices: readonly { name: string; at: SparkplugDevice }[],
): FieldError[] {
  const faults: FieldError[] = [];
  const seen = new Set<string>();
  for (const [index, { at }] of devices.entries()) {
    const pointer = `/devices/${index}/at`;
    const speaker = JSON.stringify([at.group, at.node, at.device]);
    if (seen.has(speaker)) faults.push({ pointer, code: 'duplicate' });
    seen.add(speaker);
    if (!settings.groups.includes(at.group)) faults.push({ pointer: `${pointer}/group`, code: 'unknown' });
    const names = new Set<string>();
    const metrics = new Set<string>();
    for (const [position, { name, metric, min, max }] of (at.points ?? []).entries()) {
      const add = (field: string, code: string) =>
        faults.push({ pointer: `${pointer}/points/${position}/${field}`, code });
      if (names.has(name)) add('name', 'duplicate');
      if (metrics.has(metric)) add('metric', 'duplicate');
      names.add(name);
      metrics.add(metric);
      if (min !== undefined && max !== undefined && min > max) add('min', 'above-max');
    }
  }
  return faults;
}
