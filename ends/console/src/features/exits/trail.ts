import type { TrailStep } from '../../parts/index.ts';
import { type Exit, states } from './queries.ts';

export const trailSteps = ['request', 'accept', 'inspect', 'settle', 'keys', 'hand-over', 'report', 'archive'] as const;
export type TrailKey = (typeof trailSteps)[number];

/** Keys of the household for the house: how many there were, how many still stand in a lock. */
export interface KeysLeft {
  readonly known: number;
  readonly left: number;
}

interface Words {
  title(key: TrailKey): string;
  by: string;
  keys: string;
}

type Facts = Pick<Exit, 'state' | 'leaseState' | 'history' | 'inspectBy' | 'settleBy' | 'depositBy' | 'ack'>;

/** The way of an exit, step by step: request → inspection → settlement → keys → handover → report → archive. */
export function trailOf(
  exit: Facts,
  keys: KeysLeft | undefined,
  words: Words,
  show: (at: string) => string,
): TrailStep[] {
  const cancelled = exit.state === 'cancelled';
  const before = cancelled ? exit.history.filter(({ state }) => state !== 'cancelled').at(-1)?.state : exit.state;
  const reached = states.indexOf(before ?? 'initiated');
  const took = (state: Exit['state']) => {
    const found = exit.history.find((each) => each.state === state);
    return { at: found?.at, who: found?.actorName };
  };
  const settled = reached >= states.indexOf('settled');
  const due = (by: string) => `${words.by} ${show(by)}`;
  const done: Record<TrailKey, boolean> = {
    request: true,
    accept: reached >= 1,
    inspect: reached >= 2,
    settle: settled,
    keys: settled && keys?.left === 0,
    'hand-over': reached >= 4,
    report: reached >= 5,
    archive: exit.leaseState === 'archived',
  };
  const facts: Record<TrailKey, Partial<TrailStep>> = {
    request: took('initiated'),
    accept: took('accepted'),
    inspect: done.inspect ? took('inspected') : { note: due(exit.inspectBy) },
    settle: done.settle ? took('settled') : { note: due(exit.settleBy) },
    keys: { note: words.keys },
    'hand-over': done['hand-over'] ? took('handed-over') : { note: due(exit.depositBy) },
    report: done.report ? { at: took('reported').at, note: exit.ack } : {},
    archive: {},
  };
  // Keys come off the locks by themselves: nobody waits at that step.
  const current = trailSteps.find((key) => !done[key] && key !== 'keys');
  return trailSteps.map((key) => ({
    key,
    title: words.title(key),
    state: done[key] ? 'done' : key !== current ? 'next' : cancelled ? 'failed' : 'now',
    ...facts[key],
  }));
}
