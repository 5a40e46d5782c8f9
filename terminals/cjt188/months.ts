import { instantOfWall, wallOf } from '@keystead/terminals/port';

const kept = 12;

/** Months (year × 12 + month) whose settlement day has passed at `now`, newest first: what a meter keeps as D120 … D12B. */
export function settledMonths(zone: string, settlementDay: number): (now: number) => readonly number[] {
  return (now) => {
    const { year, month, day } = wallOf(zone, now);
    const newest = year * 12 + month - 1 - (day >= settlementDay ? 0 : 1);
    return Array.from({ length: kept }, (_, back) => newest - back);
  };
}

/** Midnight, ms since 1970, at which a month of `settledMonths` was settled. */
export function settlementOf(zone: string, settlementDay: number, period: number): number {
  const wall = { year: Math.floor(period / 12), month: (period % 12) + 1, day: settlementDay };
  return instantOfWall(zone, { ...wall, hour: 0, minute: 0, second: 0 }) ?? Number.NaN;
}
