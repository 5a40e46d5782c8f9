import type { PolicyInForce } from '@keystead/apps/housing/policy';
import { dateOf, dayOf } from '@keystead/contracts/calendar';
import { type HomeLimits, keptDays, type PolicyNumber } from './facts.ts';

const numberOf = (pack: PolicyInForce, rule: string): PolicyNumber => ({
  ...{ rule, value: pack.value(rule), source: pack.source(rule), pack: pack.id },
});

/** The same day of the month so many months earlier, or the last of that month. */
function monthsBefore(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return dateOf(Date.UTC(year, month - 1 - months, Math.min(day, last)) / 86_400_000);
}

/** What the pack in force at a home says of its use on a day; idle months in days by the calendar. */
export function limitsOf(pack: PolicyInForce, today: string): HomeLimits {
  const idle = numberOf(pack, 'idle-months');
  const whole = (dayOf(today) ?? 0) - (dayOf(monthsBefore(today, idle.value)) ?? 0);
  return {
    idle,
    idleDays: [Math.ceil(whole / 3), Math.ceil((2 * whole) / 3), whole],
    area: numberOf(pack, 'crowding-area-per-head'),
  };
}

/** How long the use of a home is kept, so that it can be judged by its policy. */
export const keptFor = ({ idleDays: [, , whole] }: HomeLimits): number => Math.max(keptDays, whole + 16);
