import type { Feature } from '../shell/feature.ts';
import { alarms } from './alarms/feature.tsx';

/** Every feature of the console, in no particular order: the menu sorts by group and order. */
export const features: Feature[] = [alarms];
