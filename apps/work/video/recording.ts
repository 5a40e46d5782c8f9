import type { Span } from './media/media-server.ts';

/** A while without recordings, ms since 1970. */
export interface Gap {
  from: number;
  to: number;
}

const dayMs = 86_400_000;
/** Files follow one another within this; a camera that restarts is no gap. */
const tolerance = 120_000;
/** What is being recorded now is listed when its file is closed. */
const mostGaps = 50;

/** The least that is kept, whatever is set (H-6.2-d-1). */
export const leastDays = 30;

/** Whiles of [from, to) that no file covers, oldest first; at most fifty, the longest ones. */
export function gapsIn(spans: readonly Pick<Span, 'from' | 'to'>[], from: number, to: number): Gap[] {
  const gaps: Gap[] = [];
  let covered = from;
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    if (span.from - covered > tolerance && covered < to) gaps.push({ from: covered, to: Math.min(span.from, to) });
    covered = Math.max(covered, span.to);
  }
  if (to - covered > tolerance) gaps.push({ from: covered, to });
  if (gaps.length <= mostGaps) return gaps;
  const least = gaps.map((gap) => gap.to - gap.from).sort((one, other) => other - one)[mostGaps - 1] ?? 0;
  return gaps.filter((gap) => gap.to - gap.from >= least).slice(0, mostGaps);
}

/**
 * The while that must be there at `now`: from `days` ago, or from when the camera was entered, to one file before now.
 * `segment`: longest file in seconds.
 */
export const mustBeThere = (now: number, since: number, days: number, segment: number): Gap => ({
  from: Math.max(since + segment * 1000, now - days * dayMs),
  to: now - 2 * segment * 1000,
});

/** Whether a file may go: all of it is older than the days it must be kept, never less than thirty. */
export const isOver = (span: Pick<Span, 'to'>, now: number, days: number): boolean =>
  now - span.to > Math.max(days, leastDays) * dayMs;
