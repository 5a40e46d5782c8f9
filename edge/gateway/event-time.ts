import { type Refusal, refuse, TimeOutOfRange } from '@keystead/terminals/port';

/** 2000-01-01, µs: an earlier time is a clock that was never set. */
const earliest = 946_684_800_000_000;
/** A device's clock may run ahead by this much unremarked, µs. */
const aheadGood = 5 * 60 * 1_000_000;
/** A time further ahead than this is not stored at all, µs: it would open storage for days that never were. */
const aheadMost = 24 * 3600 * 1_000_000;

export type TimeVerdict = 'good' | 'suspect' | 'refused';

/** How a device's own event time stands to the clock; both µs since 1970. The time itself is never rewritten. */
export function judgeTime(time: number, now: number): TimeVerdict {
  if (time >= earliest && time <= now + aheadGood) return 'good';
  return time >= 0 && time <= now + aheadMost ? 'suspect' : 'refused';
}

export function timeRefusal(device?: string): Refusal {
  return refuse(TimeOutOfRange, 'before 1970 or more than a day ahead', '/ts', device);
}
