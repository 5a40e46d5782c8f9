/** Zones without daylight saving answer by table; the offset is minutes east of Greenwich. */
const fixedOffsets: ReadonlyMap<string, number> = new Map([
  ['UTC', 0],
  ['Asia/Shanghai', 480],
  ['Asia/Chongqing', 480],
  ['Asia/Urumqi', 360],
  ['Asia/Hong_Kong', 480],
  ['Asia/Macau', 480],
  ['Asia/Taipei', 480],
  ['Asia/Singapore', 480],
  ['Asia/Tokyo', 540],
]);

export const defaultZone = 'Asia/Shanghai';

const dayMs = 86_400_000;
const quarterMs = 900_000;
const cacheLimit = 4096;

const formatters = new Map<string, Intl.DateTimeFormat>();
const seen = new Map<string, number>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** True for an IANA zone name this runtime knows. */
export function isZone(zone: string): boolean {
  if (fixedOffsets.has(zone)) return true;
  try {
    formatterOf(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * Milliseconds that local time is ahead of UTC at `time` (ms since 1970). The zones in the table above are taken at
 * their present fixed offset for all times; other zones ask Intl, at most once a quarter of an hour.
 * Throws RangeError for an unknown zone.
 */
export function zoneOffset(zone: string, time: number): number {
  const fixed = fixedOffsets.get(zone);
  if (fixed !== undefined) return fixed * 60_000;
  const quarter = Math.floor(time / quarterMs);
  const key = `${zone} ${quarter}`;
  const known = seen.get(key);
  if (known !== undefined) return known;
  const instant = quarter * quarterMs;
  const part: Record<string, number> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(instant)) part[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - instant;
  if (seen.size >= cacheLimit) seen.clear();
  seen.set(key, offset);
  return offset;
}

export interface LocalTime {
  /** Days since 1970-01-01 on the local calendar. */
  readonly day: number;
  /** Milliseconds since local midnight. */
  readonly inDay: number;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekday: number;
}

/** 1 = Monday … 7 = Sunday, of a day counted from 1970-01-01 (a Thursday). */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** What the wall clock of `zone` shows at `time` (ms since 1970). */
export function localTime(zone: string, time: number): LocalTime {
  const local = time + zoneOffset(zone, time);
  const day = Math.floor(local / dayMs);
  return { day, inDay: local - day * dayMs, weekday: weekdayOf(day) };
}

/**
 * The instant (ms since 1970) at which the wall clock of `zone` shows `inDay` ms on `day`. A time that summer time
 * skips becomes the instant of the leap; one that exists twice becomes the first.
 */
export function instantOf(zone: string, day: number, inDay: number): number {
  const local = day * dayMs + inDay;
  const fixed = fixedOffsets.get(zone);
  if (fixed !== undefined) return local - fixed * 60_000;
  const before = local - zoneOffset(zone, local - dayMs);
  if (before + zoneOffset(zone, before) === local) return before;
  const after = local - zoneOffset(zone, local + dayMs);
  if (after + zoneOffset(zone, after) === local) return after;
  return leapBetween(zone, Math.min(before, after), Math.max(before, after));
}

function leapBetween(zone: string, from: number, to: number): number {
  const start = zoneOffset(zone, from);
  let [low, high] = [Math.floor(from / quarterMs), Math.ceil(to / quarterMs)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zoneOffset(zone, middle * quarterMs) === start) low = middle;
    else high = middle;
  }
  return high * quarterMs;
}

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days since 1970-01-01 of `YYYY-MM-DD`; undefined for text that is no real date. */
export function dayOf(date: string): number | undefined {
  const match = datePattern.exec(date);
  if (!match) return undefined;
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return new Date(ms).toISOString().startsWith(date) ? ms / dayMs : undefined;
}

/** `YYYY-MM-DD` of a day counted from 1970-01-01. */
export const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

const clockPattern = /^([01]\d|2[0-4]):([0-5]\d)$/;

/** Milliseconds since midnight of `HH:MM` (`24:00` = the end of the day); undefined for anything else. */
export function clockOf(text: string): number | undefined {
  const match = clockPattern.exec(text);
  if (!match) return undefined;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return minutes <= 1440 ? minutes * 60_000 : undefined;
}
