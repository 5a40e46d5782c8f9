import type { Property, ThingModel } from '@keystead/contracts/thing-model';
import type { LatestPoint, LatestPoints } from '@keystead/data/telemetry';
import type { WantedReading } from './command.ts';

type Shown = string | number | boolean;

/** A stored point as the model means it: enums by their value, booleans as such. */
export function shownValue(property: Property, point: LatestPoint): Shown | undefined {
  if (property.type === 'enum') return property.values?.[point.value]?.value;
  if (property.type === 'boolean') return point.value !== 0;
  if (property.type === 'string' || property.type === 'json') return point.text;
  return Number.isNaN(point.value) ? undefined : point.value;
}

/** The newest value of a property; undefined when there is none. */
export function currentValue(model: ThingModel, id: string, points: LatestPoints | undefined): Shown | undefined {
  const property = model.properties.find((each) => each.id === id);
  const point = property && points?.get(property.key);
  return property && point ? shownValue(property, point) : undefined;
}

/** Clocks of devices are trusted this far, in ms. */
const clockSlack = 1000;

/** Does what the device has reported since `since` show what was wanted (I-5.2.2.3-b)? */
export function isSeen(
  model: ThingModel,
  wanted: WantedReading,
  since: Date,
  points: LatestPoints | undefined,
): boolean {
  const property = model.properties.find(({ id }) => id === wanted.property);
  const point = property && points?.get(property.key);
  if (!property || !point || point.time / 1000 < since.getTime() - clockSlack) return false;
  const shown = shownValue(property, point);
  if (typeof shown === 'number' && typeof wanted.value === 'number')
    return Math.abs(shown - wanted.value) <= wanted.tolerance + Number.EPSILON * Math.abs(wanted.value);
  return shown === wanted.value;
}
