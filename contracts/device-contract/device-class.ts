import type { ThingModel } from '@keystead/contracts/thing-model';

/** Kinds of devices that have a contract (H-6.*). */
export const deviceClasses = [
  'lock',
  'fire-detector',
  'gas-detector',
  'fire-equipment',
  'water-meter',
  'electricity-meter',
  'gas-meter',
  'heat-meter',
  'camera',
  'entrance-guard',
] as const;
export type DeviceClass = (typeof deviceClasses)[number];

export const meterClasses: readonly DeviceClass[] = ['water-meter', 'electricity-meter', 'gas-meter', 'heat-meter'];

const driven = new Set(['hydrant-pump', 'smoke-exhaust', 'sounder']);

function meterOf(specification: string): DeviceClass {
  if (specification.includes('water')) return 'water-meter';
  if (specification.includes('gas')) return 'gas-meter';
  if (specification.includes('heat')) return 'heat-meter';
  return 'electricity-meter';
}

/** The class whose contract a model is held against, by its axes of type; undefined = no contract asks anything of it. */
export function deviceClassOf({ category }: Pick<ThingModel, 'category'>): DeviceClass | undefined {
  switch (category.function) {
    case 'access':
      return 'lock';
    case 'fire':
      return driven.has(category.specification) ? 'fire-equipment' : 'fire-detector';
    case 'gas-safety':
      return 'gas-detector';
    case 'metering':
      return meterOf(category.specification);
    case 'video':
      return 'camera';
    case 'entrance':
      return 'entrance-guard';
    default:
      return undefined;
  }
}
