import { DeviceRefused, type Refusal, refuse, ValueWrongType } from '@keystead/terminals/port';
import { objectIdOf, objectText, presentValue, propertyOf } from './frame/names.ts';
import type { PropertyAddress, ReadResult } from './frame/services.ts';
import type { BacnetValue, ValueType } from './frame/values.ts';
import type { BacnetPoint } from './settings.ts';

/** A configured point with its numbers. */
export interface Placed extends PropertyAddress {
  point: BacnetPoint;
}

/** Undefined for what `faultsOf` names. */
export function placed(point: BacnetPoint): Placed | undefined {
  const object = objectIdOf(point.object);
  const property = propertyOf(point.property ?? 'present-value');
  if (!object || property === undefined) return undefined;
  return { point, object, property, ...(point.index !== undefined && { index: point.index }) };
}

export const addressKey = ({ object, property, index }: PropertyAddress): string =>
  `${objectText(object)} ${property} ${index ?? ''}`;

const binary = new Set([3, 4, 5]);
const types: Readonly<Record<number, ValueType>> = {
  0: 'real',
  1: 'real',
  2: 'real',
  3: 'enumerated',
  4: 'enumerated',
  5: 'enumerated',
  13: 'unsigned',
  14: 'unsigned',
  19: 'unsigned',
  40: 'string',
  45: 'signed',
  46: 'double',
  48: 'unsigned',
  54: 'real',
};

/** The type a point is written in; undefined when neither it nor its object says. */
export const typeOf = ({ point, object, property }: Placed): ValueType | undefined =>
  point.as ?? (property === presentValue ? types[object.type] : undefined);

/** A value in the words of the platform: a binary object is true or false, a number with a label is that word. */
export function wordOf({ point, object, property }: Placed, values: readonly BacnetValue[]): unknown {
  const words = values.map(({ type, value }) => {
    if (typeof value !== 'number') return value;
    const label = point.labels?.[String(value)];
    if (label !== undefined) return label;
    return type === 'enumerated' && binary.has(object.type) && property === presentValue && value <= 1
      ? value === 1
      : value;
  });
  return words.length === 1 ? words[0] : words;
}

const isUntold = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'number' && !Number.isFinite(value));

/** The word of an answer, or why there is none. */
export function toldBy(place: Placed, result: ReadResult | undefined): { value: unknown } | { refusal: Refusal } {
  const pointer = `/${place.point.name}`;
  if (!result) return { refusal: refuse(DeviceRefused, 'left out of its answer', pointer) };
  if (result.error !== undefined) return { refusal: refuse(DeviceRefused, result.error, pointer) };
  if (!result.values) return { refusal: refuse(ValueWrongType, 'no primitive value', pointer) };
  const value = wordOf(place, result.values);
  return isUntold(value) ? { refusal: refuse(ValueWrongType, 'no value', pointer) } : { value };
}

/** The number or truth that is sent for a word of the platform. */
export function sentFor({ point }: Placed, value: unknown): unknown {
  if (typeof value !== 'string' || !point.labels) return value;
  const label = Object.entries(point.labels).find(([, word]) => word === value);
  return label ? Number(label[0]) : value;
}
