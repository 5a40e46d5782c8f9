import { dayOf, instantOf } from '@keystead/contracts/calendar';

const local = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?)?(Z|[+-]\d{2}:?\d{2})?$/;
const epoch = /^\d{10}(\d{3})?(\.\d+)?$/;

/**
 * Reads a time as tables hold it: `2015-02-04 17:51:00`, ISO 8601, seconds or milliseconds since 1970. Answers µs since
 * 1970; undefined for anything else (a date that does not exist is not moved to another). Without an offset in the
 * text the wall clock of `zone` is meant.
 */
export function readTime(text: string, zone: string): number | undefined {
  const trimmed = text.trim();
  if (epoch.test(trimmed)) {
    const value = Number(trimmed);
    return Math.round(value < 1e11 ? value * 1e6 : value * 1e3);
  }
  const match = local.exec(trimmed);
  const day = match?.[1] === undefined ? undefined : dayOf(match[1]);
  if (!match || day === undefined) return undefined;
  const [hour, minute, second] = [Number(match[2] ?? 0), Number(match[3] ?? 0), Number(match[4] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const inDay = ((hour * 60 + minute) * 60 + second) * 1000;
  const micros = Number((match[5] ?? '').padEnd(6, '0'));
  const offset = match[6];
  if (offset === undefined) return instantOf(zone, day, inDay) * 1000 + micros;
  const minutes = offset === 'Z' ? 0 : Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return (day * 86_400_000 + inDay - (offset.startsWith('-') ? -minutes : minutes) * 60_000) * 1000 + micros;
}
