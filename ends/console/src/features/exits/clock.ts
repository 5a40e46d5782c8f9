import type { Line } from './queries.ts';

export type Due = 'inspection' | 'settlement' | 'handover' | 'report';

/** What an exit waits for and until when; undefined once nothing has a day any more. */
export function dueOf(
  exit: Pick<Line, 'state' | 'inspectBy' | 'settleBy' | 'depositBy'>,
): { what: Due; by: string | undefined } | undefined {
  if (exit.state === 'initiated' || exit.state === 'accepted') return { what: 'inspection', by: exit.inspectBy };
  if (exit.state === 'inspected') return { what: 'settlement', by: exit.settleBy };
  if (exit.state === 'settled') return { what: 'handover', by: exit.depositBy };
  if (exit.state === 'handed-over') return { what: 'report', by: undefined };
  return undefined;
}

/** Below this the clock is near. */
const nearMs = 3 * 86_400_000;

export const nearness = (by: string, now: number): 'late' | 'near' | 'far' => {
  const left = new Date(by).getTime() - now;
  return left < 0 ? 'late' : left < nearMs ? 'near' : 'far';
};
