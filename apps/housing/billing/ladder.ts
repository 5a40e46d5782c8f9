import { dayOf } from '@keystead/contracts/calendar';

export interface LadderStep {
  readonly name: string;
  /** Days after the day it was due. */
  readonly after: number;
  /** `text` goes by itself; `call`, `letter` and `talk` wait for a person to say how they ended. */
  readonly channel: 'text' | 'call' | 'letter' | 'talk';
  /** Staff are warned from this step on, by this grade. */
  readonly warn?: 2 | 3 | 4;
}

/** Escalating, each once for a fee since it became late; the city's policy may give another. No step acts on a door or a meter. */
export const standardLadder: readonly LadderStep[] = [
  { name: 'd1', after: 1, channel: 'text' },
  { name: 'd7', after: 7, channel: 'text' },
  { name: 'd15', after: 15, channel: 'call', warn: 4 },
  { name: 'd30', after: 30, channel: 'letter', warn: 4 },
  { name: 'm2', after: 60, channel: 'talk', warn: 3 },
  { name: 'm3', after: 90, channel: 'letter', warn: 3 },
  { name: 'm6', after: 180, channel: 'letter', warn: 2 },
];

/** The step a fee stands on after so many days, and those before it that were not taken: they are skipped, not sent late. */
export function stepsDue(
  ladder: readonly LadderStep[],
  dueOn: string,
  today: string,
  taken: ReadonlySet<string>,
): { take?: LadderStep; skip: LadderStep[] } {
  const days = (dayOf(today) ?? 0) - (dayOf(dueOn) ?? 0);
  const reached = ladder.filter(({ after }) => after <= days);
  const last = reached.at(-1);
  if (!last || taken.has(last.name)) return { skip: [] };
  return { take: last, skip: reached.slice(0, -1).filter(({ name }) => !taken.has(name)) };
}

const yuan = (amount: number): string => `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;

export const noticeText = (facts: {
  code: string;
  name: string;
  since: string;
  amount: number;
  days: number;
}): string =>
  `【安枢】合同 ${facts.code} 的${facts.name}自 ${facts.since} 起逾期 ${facts.days} 天，尚欠 ${yuan(facts.amount)} 元，请尽快缴纳；如有困难请联系管理处。`;
