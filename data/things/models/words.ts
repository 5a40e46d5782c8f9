import type { StoreLevel, TransferLevel } from '@keystead/contracts/labels';
import type { ModelEvent, Property, Service } from '@keystead/contracts/thing-model';

/** `中文|English` */
type Both = `${string}|${string}`;

export const named = (both: Both): { zh: string; en: string } => {
  const [zh = '', en = ''] = both.split('|');
  return { zh, en };
};

type Levels = readonly [transfer: TransferLevel, store: StoreLevel];
type More = Partial<Omit<Property, 'id' | 'key' | 'name' | 'type' | 'transferLevel' | 'storeLevel'>>;

const property =
  (type: Property['type']) =>
  (key: number, id: string, both: Both, [transferLevel, storeLevel]: Levels, more: More = {}): Property => ({
    id,
    key,
    name: named(both),
    type,
    access: 'r',
    ...more,
    transferLevel,
    storeLevel,
  });

export const number = property('number');
export const integer = property('integer');
export const flag = property('boolean');
export const text = property('string');

/** An enum from `value: '中文|English'`. */
export const oneOf = (
  key: number,
  id: string,
  both: Both,
  levels: Levels,
  values: Record<string, Both>,
  more: More = {},
): Property =>
  property('enum')(key, id, both, levels, {
    values: Object.entries(values).map(([value, name]) => ({ value, name: named(name) })),
    ...more,
  });

export const event = (
  id: string,
  both: Both,
  [transferLevel, storeLevel]: Levels,
  severity?: 1 | 2 | 3 | 4,
): ModelEvent => ({ id, name: named(both), ...(severity ? { severity } : {}), transferLevel, storeLevel });

export const service = (
  id: string,
  both: Both,
  risk: Service['risk'],
  deadline: number,
  input?: Record<string, unknown>,
): Service => ({ id, name: named(both), risk, deadline, ...(input ? { input } : {}) });

/** JSON Schema of an input with the given fields, all of them required. */
export const fields = (properties: Record<string, unknown>): Record<string, unknown> => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

/** Levels by what data is about: life and property, daily service, long-term operation (H-8.2); and who may see it (H-8.4). */
export const vital = [3, 2] as const;
export const daily = [2, 2] as const;
export const longTerm = [1, 2] as const;
export const personal = [3, 3] as const;

/** What every battery-driven radio device tells of itself; keys 100 and up in all families. */
export const battery: Property[] = [
  number(100, 'battery', '电池电量|Battery', longTerm, { unit: '%', min: 0, max: 100, resolution: 1 }),
];
export const signal: Property[] = [
  number(101, 'rssi', '信号强度|Signal strength', longTerm, { unit: 'dBm', min: -150, max: 0, resolution: 1 }),
];
export const lowBattery = event('low-battery', '电量低|Low battery', daily, 3);
export const tamper = event('tamper', '被拆|Tampered with', vital, 2);
export const fault = event('fault', '故障|Fault', daily, 3);
