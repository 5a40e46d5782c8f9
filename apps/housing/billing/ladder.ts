import { dayOf } from '@keystead/contracts/calendar';

export interface LadderStep {
  /** `d` and its days: `d-5` five days before the day it is due, `d30` thirty days after. */
  readonly name: string;
  /** Days after the day it was due; 0 or less says that it will be. */
  readonly after: number;
  /** `text` goes by itself; `call`, `letter` and `talk` wait for a person to say how they ended. */
  readonly channel: 'text' | 'call' | 'letter' | 'talk';
  /** Staff are warned from this step on, by this grade. */
  readonly warn?: 2 | 3 | 4;
}

/**
 * How a step is said, and how gravely staff are warned of it, by how late it is, whichever days a city writes: a text to the end
 * of the first week, then a call, from a month on a letter, from two a talk, and letters again from three months and from half a
 * year on. No step acts on a door or a meter.
 */
const manners: readonly (Pick<LadderStep, 'channel' | 'warn'> & { readonly from: number })[] = [
  { from: 180, channel: 'letter', warn: 2 },
  { from: 90, channel: 'letter', warn: 3 },
  { from: 60, channel: 'talk', warn: 3 },
  { from: 30, channel: 'letter', warn: 4 },
  { from: 8, channel: 'call', warn: 4 },
];

export function stepAt(after: number): LadderStep {
  const { from: _, ...manner } = manners.find(({ from }) => after >= from) ?? { from: 0, channel: 'text' as const };
  return { name: `d${after}`, after, ...manner };
}

/** The days of a step by its name. */
export const daysOf = (step: string): number => Number(step.slice(1));

/** Days since a day; less than nothing while it is to come. */
export const daysSince = (day: string, today: string): number => (dayOf(today) ?? 0) - (dayOf(day) ?? 0);

/**
 * The step a fee stands on, and those before it that were not taken: they are skipped, not sent late. What says that a fee will be due
 * is said up to that day and never after it, nor noted as skipped. A ladder that changed meanwhile does not lead back down.
 */
export function stepsDue(
  ladder: readonly LadderStep[],
  dueOn: string,
  today: string,
  taken: ReadonlySet<string>,
): { take?: LadderStep; skip: LadderStep[] } {
  const days = daysSince(dueOn, today);
  const furthest = Math.max(...[...taken].map(daysOf), Number.NEGATIVE_INFINITY);
  const reached = ladder.filter(({ after }) => after <= days);
  const last = reached.at(-1);
  if (!last || last.after <= furthest || (days > 0 && last.after <= 0)) return { skip: [] };
  return { take: last, skip: reached.filter(({ after }) => after > Math.max(0, furthest) && after < last.after) };
}

const yuan = (amount: number): string => `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;

/** `days` since it was due: 0 or less tells of what is to be paid, more of what is late. */
export function noticeText(facts: { code: string; name: string; since: string; amount: number; days: number }): string {
  const { code, name, since, amount, days } = facts;
  if (days > 0)
    return `【安枢】合同 ${code} 的${name}自 ${since} 起逾期 ${days} 天，尚欠 ${yuan(amount)} 元，请尽快缴纳；如有困难请联系管理处。`;
  const when = days === 0 ? '今天' : `${-days} 天后`;
  return `【安枢】合同 ${code} 的${name} ${yuan(amount)} 元将于 ${since}（${when}）到期，请按时缴纳；已缴纳的请忽略。`;
}
