import { quality } from '@keystead/contracts/telemetry';
import type { Bucket } from './buckets.ts';
import { instantText } from './instants.ts';
import type { BucketView } from './schemas.ts';

/** A quality code in words: suspect ones with their reason. */
export function qualityView(code: number): { quality: string; reason?: string } {
  switch (code) {
    case quality.good:
      return { quality: 'good' };
    case quality.test:
      return { quality: 'test' };
    case quality.corrected:
      return { quality: 'corrected' };
    case quality.missing:
      return { quality: 'missing' };
    case quality.suspectRange:
      return { quality: 'suspect', reason: 'range' };
    case quality.suspectRate:
      return { quality: 'suspect', reason: 'rate' };
    case quality.suspectStuck:
      return { quality: 'suspect', reason: 'stuck' };
    case quality.suspectClock:
      return { quality: 'suspect', reason: 'clock' };
    case quality.suspectFell:
      return { quality: 'suspect', reason: 'fell' };
    default:
      return { quality: 'suspect', reason: `code-${code}` };
  }
}

const figure = (value: number): number | null => (Number.isFinite(value) ? value : null);

export function bucketView(bucket: Bucket): BucketView {
  const { time, count, min, max, sum, first, last, worst } = bucket;
  const none = count === 0;
  return {
    time: instantText(time),
    count,
    min: none ? null : min,
    max: none ? null : max,
    sum: none ? null : figure(sum),
    avg: none ? null : figure(sum / count),
    first: none ? null : first,
    last: none ? null : last,
    ...qualityView(worst),
  };
}
