/** A stretch of history as the platform samples it down: figures of the readings that began in it. */
export interface CurveBucket {
  /** ISO 8601. */
  time: string;
  count: number;
  min: number | null;
  max: number | null;
  avg: number | null;
  quality: string;
}

export interface CurvePoint {
  /** Milliseconds since 1970; the middle of the bucket. */
  at: number;
  min: number | null;
  max: number | null;
  avg: number | null;
  suspect: boolean;
}

const nothing = (at: number): CurvePoint => ({ at, min: null, max: null, avg: null, suspect: false });

/**
 * Points of a curve with a hole wherever data is missing: buckets without readings are left out of the answer, so two
 * that lie further apart than `gapAfter` seconds (and than one bucket) must not be joined by a line.
 */
export function curveOf(buckets: readonly CurveBucket[], width: number, gapAfter: number): CurvePoint[] {
  // A bucket's time is its beginning, up to a width off the reading in it.
  const hole = Math.max(gapAfter + width, width * 1.5) * 1000;
  const points: CurvePoint[] = [];
  let before: number | undefined;
  for (const { time, count, min, max, avg, quality } of buckets) {
    const at = Date.parse(time) + (count > 1 ? width * 500 : 0);
    if (before !== undefined && at - before > hole) points.push(nothing((at + before) / 2));
    points.push(count === 0 ? nothing(at) : { at, min, max, avg, suspect: quality === 'suspect' });
    before = at;
  }
  return points;
}

/** The bucket nearest to an instant, for a click on the curve. */
export function nearest(buckets: readonly CurveBucket[], at: number): CurveBucket | undefined {
  let best: CurveBucket | undefined;
  for (const bucket of buckets) {
    if (!best || Math.abs(Date.parse(bucket.time) - at) < Math.abs(Date.parse(best.time) - at)) best = bucket;
  }
  return best;
}
