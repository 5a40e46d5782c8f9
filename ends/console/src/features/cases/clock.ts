/** How a promise of time stands: kept or broken for good, or how long there is still to go. */
export type ClockStanding =
  | { need: 'kept' | 'broken' | 'paused' | 'none' }
  | { need: 'late' | 'soon' | 'fine'; seconds: number };

/** Share of the time below which a deadline counts as near. */
const nearShare = 0.2;

/** A running deadline as it stands at `now`; `from` is when the promise was made. All in milliseconds. */
export function standingOf(due: number, from: number, now: number): ClockStanding {
  const left = due - now;
  if (left <= 0) return { need: 'late', seconds: Math.abs(left) / 1000 };
  return { need: left < (due - from) * nearShare ? 'soon' : 'fine', seconds: left / 1000 };
}

interface Clock {
  target: number;
  running: boolean;
  stoppedAt?: string;
  warnAt?: string;
  dueAt?: string;
  breachedAt?: string;
}

/** One clock of a case's file. Near is what the server warns of. */
export function clockStanding(clock: Clock, now: number): ClockStanding {
  if (clock.stoppedAt) return { need: clock.breachedAt ? 'broken' : 'kept' };
  if (!clock.running || !clock.dueAt) return { need: clock.breachedAt ? 'broken' : 'paused' };
  const left = (Date.parse(clock.dueAt) - now) / 1000;
  if (left <= 0) return { need: 'late', seconds: Math.abs(left) };
  const near = clock.warnAt !== undefined && Date.parse(clock.warnAt) <= now;
  return { need: near ? 'soon' : 'fine', seconds: left };
}
