import type { StoreLevel, TransferLevel } from '@keystead/contracts/labels';

export type Levels = readonly [transfer: TransferLevel, store: StoreLevel];

/** Levels by what data is about: life and property, daily service, long-term operation (H-8.2); and who may see it (H-8.4). */
export const vital = [3, 2] as const;
export const daily = [2, 2] as const;
export const longTerm = [1, 2] as const;
export const personal = [3, 3] as const;
