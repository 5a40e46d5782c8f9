import type { Property, ThingModel } from '@keystead/contracts/thing-model';
import { type Convert, converterOf } from './convert.ts';

/** One property as the gateway needs it for each point. */
export interface QualityProperty {
  readonly id: string;
  readonly key: number;
  readonly type: Property['type'];
  readonly access: Property['access'];
  readonly transferLevel: Property['transferLevel'];
  readonly convert: Convert;
}

/** The limits of a model, as arrays by slot; a slot is one property that has anything to be checked. */
export interface Limits {
  /** Slot by property key; -1 = nothing to check. */
  readonly slotOf: Int16Array;
  readonly slots: number;
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** Largest change in units per µs; Infinity = any. */
  readonly maxRate: Float64Array;
  /** What the resolution alone can make of no change at all. */
  readonly slack: Float64Array;
  /** µs after which a value that never changed is suspect; Infinity = never. */
  readonly maxStill: Float64Array;
  readonly cumulative: Uint8Array;
}

const second = 1_000_000;

function isChecked(property: Property): boolean {
  if (property.type === 'string' || property.type === 'json') return false;
  const { min, max, maxRate, maxStill, cumulative } = property;
  return [min, max, maxRate, maxStill].some((limit) => limit !== undefined) || cumulative === true;
}

export function limitsOf(model: Pick<ThingModel, 'properties'>): Limits {
  const checked = model.properties.filter(isChecked);
  const highest = model.properties.reduce((most, { key }) => Math.max(most, key), 0);
  const slotOf = new Int16Array(highest + 1).fill(-1);
  checked.forEach(({ key }, slot) => {
    slotOf[key] = slot;
  });
  const numbers = (pick: (property: Property) => number) => Float64Array.from(checked, pick);
  return {
    slotOf,
    slots: checked.length,
    min: numbers(({ min }) => min ?? Number.NEGATIVE_INFINITY),
    max: numbers(({ max }) => max ?? Number.POSITIVE_INFINITY),
    maxRate: numbers(({ maxRate }) => (maxRate === undefined ? Number.POSITIVE_INFINITY : maxRate / second)),
    slack: numbers(({ resolution }) => resolution ?? 0),
    maxStill: numbers(({ maxStill }) => (maxStill === undefined ? Number.POSITIVE_INFINITY : maxStill * second)),
    cumulative: Uint8Array.from(checked, ({ cumulative }) => (cumulative ? 1 : 0)),
  };
}

export function propertiesOf(model: Pick<ThingModel, 'properties'>): ReadonlyMap<string, QualityProperty> {
  return new Map(
    model.properties.map((property) => {
      const { id, key, type, access, transferLevel } = property;
      return [id, { id, key, type, access, transferLevel, convert: converterOf(property) }];
    }),
  );
}
