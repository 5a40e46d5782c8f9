import { instantOf, localTime } from '@keystead/contracts/calendar';
import type { PastRecords, Talk } from '@keystead/terminals/port';

/** Daily freezes of makers that keep them: number 1 is the total at the midnight that was last. */
export function dailyRecords(
  zone: string,
  { first, count }: { first: number; count: number },
  frozen: (talk: Talk, id: number) => Promise<Record<string, unknown> | undefined>,
): PastRecords {
  const periods = (now: number): number[] => {
    const { day } = localTime(zone, now);
    return Array.from({ length: count }, (_, back) => day - back);
  };
  return {
    periods,
    entry: async (talk, number) => {
      const period = periods(talk.now())[number - 1];
      const values = period === undefined ? undefined : await frozen(talk, first + number - 1);
      if (period === undefined || !values) return undefined;
      return { period, time: instantOf(zone, period, 0) * 1000, values };
    },
  };
}
