import type { Property, ThingModel } from '@keystead/contracts/thing-model';

/** A value as people and programs read it; null when it has no number or word. */
export type ShownValue = number | boolean | string | null;

/** The stored number (or text) of a point as its model means it: booleans, names of an enum, words. */
export function shownValue(property: Property, value: number, text?: string): ShownValue {
  switch (property.type) {
    case 'boolean':
      return Number.isNaN(value) ? null : value !== 0;
    case 'enum':
      return property.values?.[value]?.value ?? null;
    case 'string':
    case 'json':
      return text ?? null;
    default:
      return Number.isFinite(value) ? value : null;
  }
}

/** True for properties whose points are states rather than quantities. */
export const isState = (property: Property): boolean => property.type === 'boolean' || property.type === 'enum';

export const isQuantity = (property: Property): boolean => property.type === 'number' || property.type === 'integer';

export const propertyById = (model: ThingModel, id: string): Property | undefined =>
  model.properties.find((property) => property.id === id);

/** Properties by key, made once a model version. */
const byKey = new WeakMap<ThingModel, Map<number, Property>>();

export function propertyByKey(model: ThingModel, key: number): Property | undefined {
  let keys = byKey.get(model);
  if (!keys) {
    keys = new Map(model.properties.map((property) => [property.key, property]));
    byKey.set(model, keys);
  }
  return keys.get(key);
}
