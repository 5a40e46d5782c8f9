import {
  CodecFailed,
  type DecodedPayload,
  type EncodedPayload,
  type Occurrence,
  type Reading,
  type Refusal,
  refuse,
  type StreamCut,
} from '@keystead/terminals/port';
import type { ScriptLimits } from './limits.ts';

// What a script gave is judged as if a stranger had sent it: only words of the right form get through.

type Fields = Record<string, unknown>;

const failed = (detail: string): Refusal => refuse(CodecFailed, detail.slice(0, 256));
const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** How many parts of each kind one payload may carry, and how long a name may be. */
const most = 1_000;
const longestName = 128;

function shallow(value: unknown, depth: number): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (depth === 0) return false;
  return Object.values(value).every((inner) => shallow(inner, depth - 1));
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
const texts = (value: unknown): string[] =>
  list(value)
    .slice(0, 20)
    .map((one) => String(typeof one === 'object' ? JSON.stringify(one) : one).slice(0, 256));

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= longestName;

/** ms since 1970, or a text of ISO 8601 (what a Date becomes in JSON) → µs. */
function timeOf(value: unknown): number | undefined | 'wrong' {
  if (value === undefined || value === null) return undefined;
  const ms = typeof value === 'string' ? Date.parse(value) : value;
  return typeof ms === 'number' && Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? Math.round(ms * 1000) : 'wrong';
}

export function bytesOf(value: unknown, limit: number): Uint8Array | undefined {
  if (!Array.isArray(value) || value.length > limit) return undefined;
  return value.every((one) => Number.isInteger(one) && one >= 0 && one <= 255) ? Uint8Array.from(value) : undefined;
}

/** The result as an object, or why it is none: not JSON, too deep, or the script's own errors. */
export function fieldsOf(json: string | undefined, limits: ScriptLimits): Fields | Refusal {
  if (json === undefined) return failed('it returned nothing');
  let value: unknown;
  try {
    // A key of this name would set a prototype where values are copied one by one.
    value = JSON.parse(json, (key, inner) => (key === '__proto__' ? undefined : inner));
  } catch {
    return failed('it returned no JSON');
  }
  if (!isFields(value)) return failed('it returned no object');
  if (!shallow(value, limits.depth)) return failed('it returned something nested too deep');
  const errors = texts(value.errors);
  return errors.length > 0 ? failed(errors.join('; ')) : value;
}

function readingOf(item: unknown): Reading | string {
  if (!isFields(item) || !isFields(item.data)) return 'a reading has no data';
  const time = timeOf(item.time);
  if (time === 'wrong') return 'a time is no time';
  if (item.device !== undefined && !isText(item.device)) return 'a device is no name';
  const reading: Reading = { values: item.data };
  if (item.device !== undefined) reading.device = item.device;
  if (time !== undefined) reading.time = time;
  return reading;
}

function occurrenceOf(item: unknown): Occurrence | string {
  if (!isFields(item) || !isText(item.event)) return 'an event has no name';
  const time = timeOf(item.time);
  if (time === 'wrong') return 'a time is no time';
  if (item.device !== undefined && !isText(item.device)) return 'a device is no name';
  const occurrence: Occurrence = { event: item.event };
  if (item.device !== undefined) occurrence.device = item.device;
  if (time !== undefined) occurrence.time = time;
  if (item.data !== undefined) occurrence.data = item.data;
  return occurrence;
}

function replyOf(item: unknown): DecodedPayload['reply'] | 'wrong' {
  if (item === undefined) return undefined;
  if (!isFields(item) || !('value' in item || 'error' in item)) return { value: item };
  const { request, value, error } = item;
  if (request !== undefined && !Number.isSafeInteger(request)) return 'wrong';
  const reply: NonNullable<DecodedPayload['reply']> = { value };
  if (request !== undefined) reply.request = Number(request);
  if (error !== undefined) reply.error = String(error).slice(0, 256);
  return reply;
}

/**
 * `{ data, errors, warnings }` as TS013 has it, and beside it what TS013 has no words for: `time`, `device`,
 * `readings: [{ data, time, device }]`, `events: [{ event, data, time, device }]`, `attributes`,
 * `reply: { request, value }` or `{ request, error }`, `answer: [bytes]`.
 */
export function decodedOf(given: Fields, limits: ScriptLimits): DecodedPayload | Refusal {
  const items = list(given.readings);
  if (isFields(given.data) && Object.keys(given.data).length > 0)
    items.unshift({ data: given.data, time: given.time, device: given.device });
  else if (given.data !== undefined && given.data !== null && !isFields(given.data)) return failed('data is no object');
  const events = list(given.events);
  if (items.length > most || events.length > most) return failed(`more than ${most} parts`);
  if (given.device !== undefined && !isText(given.device)) return failed('device is no name');
  if (given.attributes !== undefined && !isFields(given.attributes)) return failed('attributes is no object');
  const reply = replyOf(given.reply);
  if (reply === 'wrong') return failed('the number of a reply is no number');
  const answer = given.answer === undefined ? undefined : bytesOf(given.answer, limits.input);
  if (given.answer !== undefined && answer === undefined) return failed('answer is no list of bytes');
  const readings = items.map(readingOf);
  const occurrences = events.map(occurrenceOf);
  const wrong = [...readings, ...occurrences].find((one) => typeof one === 'string');
  if (typeof wrong === 'string') return failed(wrong);
  return {
    readings: readings.filter((one) => typeof one !== 'string'),
    occurrences: occurrences.filter((one) => typeof one !== 'string'),
    attributes: given.attributes,
    reply,
    device: given.device,
    answer,
    warnings: texts(given.warnings),
  };
}

export function encodedOf(given: Fields, limits: ScriptLimits): EncodedPayload | Refusal {
  const bytes = bytesOf(given.bytes, limits.input);
  if (!bytes) return failed('bytes is no list of bytes');
  const { fPort } = given;
  if (fPort !== undefined && fPort !== null && !(Number.isInteger(fPort) && Number(fPort) >= 0 && Number(fPort) <= 255))
    return failed('fPort is no port');
  return { bytes, fPort: typeof fPort === 'number' ? fPort : undefined, replies: given.replies !== false };
}

/** `frames` as the harness counted them: [start, end], or [-1, n] for n bytes of no use. */
export function cutOf(given: Fields, length: number): StreamCut | Refusal {
  const { frames, rest } = given;
  if (!Array.isArray(frames) || typeof rest !== 'number') return failed('it cut nothing');
  const cut: StreamCut = { frames: [], rest: 0, skipped: 0 };
  for (const pair of frames) {
    const [start, end] = Array.isArray(pair) ? pair : [];
    if (!Number.isInteger(start) || !Number.isInteger(end)) return failed('a length is no whole number');
    if (start === -1) {
      const skip = Math.min(end, length - cut.rest);
      cut.rest += skip;
      cut.skipped += skip;
    } else {
      if (start !== cut.rest || end <= start || end > length) return failed('a frame lies outside the stream');
      cut.frames.push({ start, end });
      cut.rest = end;
    }
  }
  return cut;
}
