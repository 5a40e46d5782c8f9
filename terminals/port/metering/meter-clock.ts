import { instantOf, localTime } from '@keystead/contracts/calendar';

/** What a meter's own clock shows: a wall clock without a zone. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const dayMs = 86_400_000;

/** ms since 1970 of what a wall clock in `zone` shows; undefined for a date or time that does not exist. */
export function instantOfWall(zone: string, wall: WallTime): number | undefined {
  const { year, month, day, hour, minute, second } = wall;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const midnight = Date.UTC(year, month - 1, day);
  const date = new Date(midnight);
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return instantOf(zone, midnight / dayMs, ((hour * 60 + minute) * 60 + second) * 1000);
}

/** What a wall clock in `zone` shows at `time` (ms since 1970). */
export function wallOf(zone: string, time: number): WallTime {
  const { day, inDay } = localTime(zone, time);
  const date = new Date(day * dayMs);
  const seconds = Math.floor(inDay / 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
  };
}
