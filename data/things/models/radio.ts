import type { Property } from '@keystead/contracts/thing-model';
import { daily, longTerm, vital } from './levels.ts';
import { event, number } from './words.ts';

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
