import type { ModelEvent, Property, Service } from '@keystead/contracts/thing-model';
import type { Levels } from './levels.ts';

/** `中文|English` */
type Both = `${string}|${string}`;

export const named = (both: Both): { zh: string; en: string } => {
  const [zh = '', en = ''] = both.split('|');
  return { zh, en };
};

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
