import { isUtf8 } from 'node:buffer';
import {
  isJsonObject,
  type Occurrence,
  PayloadMalformed,
  PayloadNotUtf8,
  type Reading,
  type Refusal,
  refuse,
  TimeOutOfRange,
  type Uplink,
} from '@keystead/terminals/port';

const deepest = 16;

function within(value: unknown, depth: number): boolean {
  if (value === null || typeof value !== 'object') return true;
  return depth > 0 && Object.values(value).every((inner) => within(inner, depth - 1));
}

/** Any JSON value, wrapped; nested at most 16 deep. */
export function readJson(bytes: Uint8Array): { value: unknown } | Refusal {
  if (!isUtf8(bytes)) return refuse(PayloadNotUtf8);
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
    return within(value, deepest) ? { value } : refuse(PayloadMalformed, 'nested too deep');
  } catch {
    return refuse(PayloadMalformed, 'not JSON');
  }
}

/** `ts` in ms as µs; `undefined` when it is no time. */
const timeOf = (ts: unknown): number | undefined =>
  typeof ts === 'number' && Number.isFinite(ts) && Math.abs(ts) < 8.64e15 ? Math.round(ts * 1000) : undefined;

function readingOf(item: unknown, pointer: string, device: string): Reading | Refusal {
  if (!isJsonObject(item)) return refuse(PayloadMalformed, 'expected an object of values', pointer, device);
  if (!('ts' in item && 'values' in item)) return { device, values: item };
  const time = timeOf(item.ts);
  if (time === undefined) return refuse(TimeOutOfRange, 'ts is not a number of milliseconds', `${pointer}/ts`, device);
  if (!isJsonObject(item.values))
    return refuse(PayloadMalformed, 'expected an object of values', `${pointer}/values`, device);
  return { device, time, values: item.values };
}

function occurrenceOf(item: unknown, pointer: string, device: string): Occurrence | Refusal {
  if (!isJsonObject(item) || typeof item.event !== 'string' || item.event === '')
    return refuse(PayloadMalformed, 'expected an object with event', pointer, device);
  const time = 'ts' in item ? timeOf(item.ts) : undefined;
  if ('ts' in item && time === undefined)
    return refuse(TimeOutOfRange, 'ts is not a number of milliseconds', `${pointer}/ts`, device);
  return { device, time, event: item.event, data: item.data };
}

/** One item or an array of items; in an array a broken one is refused alone. */
function each<T extends object>(
  value: unknown,
  device: string,
  read: (item: unknown, pointer: string, device: string) => T | Refusal,
): { taken: T[]; refused?: Refusal[] } | Refusal {
  const isRefused = (one: T | Refusal): one is Refusal => 'problem' in one;
  if (!Array.isArray(value)) {
    const one = read(value, '', device);
    return isRefused(one) ? one : { taken: [one] };
  }
  const taken: T[] = [];
  const refused: Refusal[] = [];
  value.forEach((item, index) => {
    const one = read(item, `/${index}`, device);
    if (isRefused(one)) refused.push(one);
    else taken.push(one);
  });
  return refused.length > 0 ? { taken, refused } : { taken };
}

/** `{k:v}`, `{ts, values}`, or an array of these. */
export function readTelemetry(value: unknown, device: string): Uplink | Refusal {
  const read = each(value, device, readingOf);
  return 'taken' in read ? { kind: 'readings', readings: read.taken, refused: read.refused } : read;
}

/** `{event, ts?, data?}`, or an array of these. */
export function readEvents(value: unknown, device: string): Uplink | Refusal {
  const read = each(value, device, occurrenceOf);
  return 'taken' in read ? { kind: 'occurrences', occurrences: read.taken, refused: read.refused } : read;
}

export function readAttributes(value: unknown, device: string): Uplink | Refusal {
  if (!isJsonObject(value)) return refuse(PayloadMalformed, 'expected an object', '', device);
  return { kind: 'attributes', sets: [{ device, values: value }] };
}
