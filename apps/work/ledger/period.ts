import { localDate } from '@keystead/contracts/calendar';

/** Month of the accounts a moment belongs to: `2026-06`. */
export const periodOf = (at: Date): string => localDate(at).slice(0, 7);

export const isPeriod = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
