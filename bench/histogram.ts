/** Counts of times on a logarithmic scale: percentiles within 2 %, whatever the number of samples. */
export interface Histogram {
  counts: number[];
  total: number;
  sum: number;
  most: number;
}

const perDoubling = 32;
/** Smallest time told apart, in ms. */
const least = 0.001;

export const newHistogram = (): Histogram => ({ counts: [], total: 0, sum: 0, most: 0 });

export function record(into: Histogram, ms: number): void {
  const bucket = Math.max(0, Math.floor(Math.log2(Math.max(ms, least) / least) * perDoubling));
  into.counts[bucket] = (into.counts[bucket] ?? 0) + 1;
  into.total += 1;
  into.sum += ms;
  if (ms > into.most) into.most = ms;
}

export function merge(histograms: readonly Histogram[]): Histogram {
  const all = newHistogram();
  for (const { counts, total, sum, most } of histograms) {
    counts.forEach((count, bucket) => {
      all.counts[bucket] = (all.counts[bucket] ?? 0) + (count ?? 0);
    });
    all.total += total;
    all.sum += sum;
    all.most = Math.max(all.most, most);
  }
  return all;
}

/** The time that a share (0…1) of the samples does not exceed; NaN without samples. */
export function percentile({ counts, total, most }: Histogram, share: number): number {
  if (total === 0) return Number.NaN;
  let left = Math.max(1, Math.ceil(total * share));
  for (let bucket = 0; bucket < counts.length; bucket++) {
    left -= counts[bucket] ?? 0;
    // The upper edge of the bucket: never better than it was.
    if (left <= 0) return Math.min(most, least * 2 ** ((bucket + 1) / perDoubling));
  }
  return most;
}
