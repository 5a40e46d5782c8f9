/** Months as whole numbers since year 0, so that they can be counted with. */
export type Month = number;

const two = (n: number): string => String(n).padStart(2, '0');

export const monthOf = (date: string): Month => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
/** `2026-06`. */
export const monthText = (month: Month): string => `${Math.floor(month / 12)}-${two((month % 12) + 1)}`;
/** A day of a month; the last one when the month is shorter. */
export const dayIn = (month: Month, day: number): string => `${monthText(month)}-${two(Math.min(day, daysIn(month)))}`;
export const daysIn = (month: Month): number =>
  new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate();
export const firstDay = (month: Month): string => dayIn(month, 1);
export const lastDay = (month: Month): string => dayIn(month, 31);
/** Midday of a local date (UTC+8) and so many minutes, in ms since 1970. */
export const noon = (date: string, minutes = 0): number => Date.parse(`${date}T04:00:00Z`) + minutes * 60_000;
