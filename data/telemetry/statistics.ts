import { quality } from '@keystead/contracts/telemetry';

/**
 * What is known of the points of one property over a span without reading them. `count` to `last` speak of the
 * numeric points (finite, not marked missing); `worst` of all: quality codes rise with doubt.
 */
export interface Statistics {
  count: number;
  min: number;
  max: number;
  sum: number;
  first: number;
  last: number;
  worst: number;
}

export const emptyStatistics = (): Statistics => ({
  count: 0,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
  sum: 0,
  first: Number.NaN,
  last: Number.NaN,
  worst: quality.good,
});

/** Takes the next point, in order of event time. */
export function addPoint(to: Statistics, value: number, code: number): void {
  if (code > to.worst) to.worst = code;
  if (!Number.isFinite(value) || code === quality.missing) return;
  if (to.count === 0) to.first = value;
  to.last = value;
  to.count += 1;
  to.sum += value;
  if (value < to.min) to.min = value;
  if (value > to.max) to.max = value;
}

/** Takes the statistics of the span that follows. */
export function addStatistics(to: Statistics, next: Statistics): void {
  if (next.worst > to.worst) to.worst = next.worst;
  if (next.count === 0) return;
  if (to.count === 0) to.first = next.first;
  to.last = next.last;
  to.count += next.count;
  to.sum += next.sum;
  to.min = Math.min(to.min, next.min);
  to.max = Math.max(to.max, next.max);
}
