import { clockSkew, earliestTime } from '@keystead/contracts/quality';
import { type Refusal, refuse, TimeOutOfRange } from '@keystead/terminals/port';

/** A time further ahead than this is not stored at all, µs: it would open storage for days that never were. */
const aheadMost = 24 * 3600 * 1_000_000;

export type TimeVerdict = 'good' | 'suspect' | 'refused';

/** How a device's own event time stands to the clock; both µs since 1970. The time itself is never rewritten. */
export function judgeTime(time: number, now: number): TimeVerdict {
  if (time >= earliestTime && time <= now + clockSkew) return 'good';
  return time >= 0 && time <= now + aheadMost ? 'suspect' : 'refused';
}

export function timeRefusal(device?: string): Refusal {
  return refuse(TimeOutOfRange, 'before 1970 or more than a day ahead', '/ts', device);
}
