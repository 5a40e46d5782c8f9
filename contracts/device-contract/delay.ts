import type { ThingModel } from '@keystead/contracts/thing-model';

/**
 * Seconds from an event at a device until it must be here, by what the device is for: fire and gas 30 (H-6.3-a-2,
 * H-6.3-b-1), doors (H-6.5-c-4, H-6.6-a-2) and vital signs 20 (H-7.3-b). Undefined = no limit is set.
 */
export function delayLimitOf({ category }: Pick<ThingModel, 'category'>): number | undefined {
  switch (category.function) {
    case 'fire':
    case 'gas-safety':
      return 30;
    case 'access':
    case 'entrance':
    case 'health':
      return 20;
    default:
      return undefined;
  }
}
