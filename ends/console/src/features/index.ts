import type { Feature } from '../shell/feature.ts';

/** Every feature of the console, in no particular order: the menu sorts by group and order. */
export const features: Feature[] = [];
