import type { FieldError } from '@keystead/contracts/problem';
import { BrokerSettings } from '@keystead/terminals/port';
import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false };

export const HomeAssistantSettings = Type.Object(
  {
    broker: BrokerSettings,
    prefix: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 128,
        pattern: '^[^+#]*[^+#/]$',
        default: 'homeassistant',
        description: '发现主题前缀 · prefix of discovery topics',
      }),
    ),
    kept: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          '代理保留的状态也作为读数(时间不详,记为收到时) · states kept by the broker count as readings of now',
      }),
    ),
    announce: Type.Optional(
      Type.Boolean({
        default: false,
        description: '连接后发布“<前缀>/status online”,请设备重新上报 · asks devices to tell everything again',
      }),
    ),
  },
  closed,
);
export type HomeAssistantSettings = Static<typeof HomeAssistantSettings>;

const Point = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 64,
      description: '点位名,与物模型属性标识一致 · name of the property',
    }),
    entity: Type.String({
      minLength: 1,
      maxLength: 256,
      description: '实体标识(发现主题中的对象标识) · object id of the entity',
    }),
  },
  closed,
);

export const HomeAssistantDevice = Type.Object(
  {
    device: Type.String({
      minLength: 1,
      maxLength: 300,
      description: '设备标识:identifiers 之一,或 mac:… 连接 · one of its identifiers, or connections as mac:…',
    }),
    points: Type.Optional(
      Type.Array(Point, {
        maxItems: 500,
        description: '点位表;缺省为全部实体,以实体标识命名 · points; absent: every entity under its own id',
      }),
    ),
  },
  closed,
);
export type HomeAssistantDevice = Static<typeof HomeAssistantDevice>;

/** What the schemas cannot say. */
export function faultsOf(devices: readonly { name: string; at: HomeAssistantDevice }[]): FieldError[] {
  const faults: FieldError[] = [];
  const seen = new Set<string>();
  for (const [index, { at }] of devices.entries()) {
    const pointer = `/devices/${index}/at`;
    if (seen.has(at.device)) faults.push({ pointer: `${pointer}/device`, code: 'duplicate' });
    seen.add(at.device);
    for (const field of ['name', 'entity'] as const) {
      const words = new Set<string>();
      for (const [position, point] of (at.points ?? []).entries()) {
        if (words.has(point[field]))
          faults.push({ pointer: `${pointer}/points/${position}/${field}`, code: 'duplicate' });
        words.add(point[field]);
      }
    }
  }
  return faults;
}
