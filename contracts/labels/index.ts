/** How urgent data is (H-8.2): 3 = life, property, transaction; 2 = daily service; 1 = long-term operation. */
export type TransferLevel = 1 | 2 | 3;

/** How sensitive data is (H-8.4, H-11.3): 3 = core or personal; 2 = internal; 1 = public. Never merged with the other. */
export type StoreLevel = 1 | 2 | 3;

export interface Labels {
  transferLevel: TransferLevel;
  storeLevel: StoreLevel;
}

export const isLevel = (value: unknown): value is 1 | 2 | 3 => value === 1 || value === 2 || value === 3;
