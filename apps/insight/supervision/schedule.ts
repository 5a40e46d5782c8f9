import { dateOf, dayOf } from '@keystead/contracts/calendar';

/** When the report of the month before is made by itself. */
export interface Schedule {
  readonly template: string;
  readonly enabled: boolean;
  /** Day of the month, 1–28. */
  readonly day: number;
}

export const usualDay = 1;

const firstOf = (month: string): number => dayOf(`${month}-01`) ?? 0;

/** Whether the report of the month before is due on a day (`YYYY-MM-DD`). */
export const isDue = ({ enabled, day }: Schedule, today: string): boolean => enabled && Number(today.slice(8)) >= day;

/** The day the next one is made: in this month while its day is to come, else in the next. Null when it is switched off. */
export function nextDay({ enabled, day }: Schedule, today: string): string | null {
  if (!enabled) return null;
  const month = today.slice(0, 7);
  if (Number(today.slice(8)) < day) return dateOf(firstOf(month) + day - 1);
  const following = dateOf(firstOf(month) + 31).slice(0, 7);
  return dateOf(firstOf(following) + day - 1);
}
