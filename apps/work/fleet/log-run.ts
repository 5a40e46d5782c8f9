import { SequenceRanges } from '@keystead/contracts/agent';
import type { TransferLevel } from '@keystead/contracts/labels';

/** Consecutive numbers of one level of a log, both ends included, with the event times they are of (µs since 1970). */
export interface LogRun {
  readonly from: number;
  readonly to: number;
  readonly first: number | null;
  readonly last: number | null;
}

const least = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.min(a, b));
const most = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.max(a, b));

/** Runs that touch or overlap become one, so a log sent without a gap stays a single run however long it grows. */
export function mergeRuns(runs: readonly LogRun[]): LogRun[] {
  const merged: LogRun[] = [];
  for (const run of runs.filter(({ from, to }) => from <= to).sort((a, b) => a.from - b.from)) {
    const before = merged.at(-1);
    if (before === undefined || run.from > before.to + 1) merged.push(run);
    else
      merged[merged.length - 1] = {
        from: before.from,
        to: Math.max(before.to, run.to),
        first: least(before.first, run.first),
        last: most(before.last, run.last),
      };
  }
  return merged;
}

/** One level of one log, as far as the centre knows it. */
export interface LevelLog {
  readonly log: string;
  readonly level: TransferLevel;
  readonly runs: readonly LogRun[];
  readonly dropped: readonly LogRun[];
  /** What the agent said of it last, when this is the log it writes now. */
  readonly told?: { readonly head: number; readonly waiting: number };
}

/** `pending` = the agent still has it; `dropped` = it told that it gave it up; `missing` = neither. */
export interface Gap {
  readonly log: string;
  readonly level: TransferLevel;
  readonly kind: 'missing' | 'dropped' | 'pending';
  readonly from: number;
  readonly to: number;
  /** Event times (µs) between which the records lie; null = open to that side. */
  readonly after: number | null;
  readonly before: number | null;
}

/** Everything between two event times (µs) that the centre does not have; empty = no gap among what is known. */
export function gapsBetween(logs: readonly LevelLog[], from: number, to: number): Gap[] {
  return logs.flatMap(gapsOf).filter(({ after, before }) => (after ?? from) <= to && (before ?? to) >= from);
}

function gapsOf({ log, level, runs, dropped, told }: LevelLog): Gap[] {
  const lost = new SequenceRanges(dropped.map(({ from, to }) => [from, to]));
  const committed = new SequenceRanges(runs.map(({ from, to }) => [from, to]));
  const gaps: Gap[] = dropped
    .filter((each) => committed.missing(each.from, each.to).length > 0)
    .map((each) => ({
      log,
      level,
      kind: 'dropped',
      from: each.from,
      to: each.to,
      after: each.first,
      before: each.last,
    }));
  let [next, after]: [number, number | null] = [1, null];
  const hole = (end: number, before: number | null, kind: Gap['kind']) => {
    for (const [first, last] of lost.missing(next, end))
      gaps.push({ log, level, kind, from: first, to: last, after, before });
  };
  // While an agent catches up, what is new goes ahead: a hole then is not lost, only not there yet.
  const within = told !== undefined && told.waiting > 0 ? 'pending' : 'missing';
  for (const run of [...runs].sort((a, b) => a.from - b.from)) {
    hole(run.from - 1, run.first, within);
    [next, after] = [run.to + 1, run.last];
  }
  if (told !== undefined) hole(told.head - 1, null, 'pending');
  return gaps;
}
