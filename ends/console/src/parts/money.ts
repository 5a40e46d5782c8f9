/** Minor units as people write them: 123456 → `1,234.56`. */
export const money = (minor: number): string =>
  (minor / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** What someone typed, in minor units, without the error of floating point. */
export const minorOf = (amount: number): number => Math.round(amount * 100);
