import {
  type Occurrence,
  PayloadMalformed,
  type Reading,
  type Refusal,
  refuse,
  TimeOutOfRange,
} from '@keystead/terminals/port';
import { isObject, type JsonLimits, jsonLimits, readJson } from './json.ts';

/** Records an agent never will send, with the times they were of (µs since 1970). */
export interface DroppedRecords {
  from: number;
  to: number;
  first: number;
  last: number;
}

/** One record of an agent's log: what it is about, and its number. */
export type LogRecord = { sequence: number } & (
  | { kind: 'reading'; reading: Reading & { time: number } }
  | { kind: 'occurrence'; occurrence: Occurrence & { time: number } }
  | { kind: 'refused'; refusal: Refusal }
);

/** One message on `v1/agent/up`: consecutive records of one level of one log. */
export interface AgentLogPart {
  /** Names the log: another one numbers from 1 again. */
  log: string;
  level: 1 | 2 | 3;
  /** Number of the first record; without records the next one there will be. */
  from: number;
  dropped: DroppedRecords[];
  records: LogRecord[];
}

const logName = /^[a-z0-9]{8,32}$/;
const mostRecords = 5_000;
const mostDropped = 1_000;

const form = (detail: string, pointer = '') => refuse(PayloadMalformed, detail, pointer);
const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) < 8.64e18;

/**
 * `{log, level, from, offset, dropped, records}`; a record is `[device, µs, values]` or `[device, µs, event, data]`, with
 * '' for the agent itself and a fifth element 1 when the time is the device's own. `offset` (µs) is added to the other
 * times: the agent's clock as it was stays readable in the record. A broken record is refused alone and keeps its number.
 */
export function readAgentLog(payload: Uint8Array, limits: JsonLimits = jsonLimits): AgentLogPart | Refusal {
  const json = readJson(payload, limits);
  if ('problem' in json) return json;
  if (!isObject(json.value)) return form('expected an object');
  const { log, level, from, offset = 0, dropped = [], records } = json.value;
  if (typeof log !== 'string' || !logName.test(log)) return form('expected the name of a log', '/log');
  if (level !== 1 && level !== 2 && level !== 3) return form('expected 1, 2 or 3', '/level');
  if (!isCount(from)) return form('expected a number', '/from');
  if (!isTime(offset)) return form('expected microseconds', '/offset');
  if (!Array.isArray(records) || records.length > mostRecords)
    return form(`at most ${mostRecords} records`, '/records');
  if (!Array.isArray(dropped) || dropped.length > mostDropped) return form('expected ranges', '/dropped');
  const gone = dropped.map(readDropped);
  if (!gone.every((each) => each !== undefined)) return form('expected [from, to, first, last]', '/dropped');
  const read = records.map((record: unknown, index) => readRecord(record, from + index, offset, `/records/${index}`));
  return { log, level, from, dropped: gone, records: read };
}

function readDropped(value: unknown): DroppedRecords | undefined {
  if (!Array.isArray(value) || value.length !== 4) return undefined;
  const [from, to, first, last]: unknown[] = value;
  return isCount(from) && isCount(to) && to >= from && isTime(first) && isTime(last)
    ? { from, to, first, last }
    : undefined;
}

function readRecord(record: unknown, sequence: number, offset: number, pointer: string): LogRecord {
  const refused = (refusal: Refusal): LogRecord => ({ sequence, kind: 'refused', refusal });
  if (!Array.isArray(record)) return refused(form('expected a list', pointer));
  const [name, at, what, data, own]: unknown[] = record;
  if (typeof name !== 'string') return refused(form('expected the name of a device', `${pointer}/0`));
  const device = name === '' ? undefined : name;
  if (!isTime(at)) return refused(refuse(TimeOutOfRange, 'not microseconds', `${pointer}/1`, device));
  const time = own === 1 ? at : at + offset;
  if (isObject(what)) return { sequence, kind: 'reading', reading: { device, time, values: what } };
  if (typeof what !== 'string' || what === '')
    return refused(refuse(PayloadMalformed, 'expected values or an event', `${pointer}/2`, device));
  const occurrence = { device, time, event: what, ...(data !== null && data !== undefined && { data }) };
  return { sequence, kind: 'occurrence', occurrence };
}

/** What a record is made of, before it has a number. */
export interface RecordText {
  /** '' = the agent itself. */
  device: string;
  /** µs since 1970, by the agent's clock or, when `own`, by the device's. */
  time: number;
  own?: boolean;
  values?: Record<string, unknown>;
  event?: string;
  data?: unknown;
}

/** A record as it stands in the log and in the message. */
export function writeRecord({ device, time, own, values, event, data }: RecordText): Buffer {
  const what = values ?? event;
  const list = own
    ? [device, time, what, data ?? null, 1]
    : [device, time, what, ...(data === undefined ? [] : [data])];
  return Buffer.from(JSON.stringify(list));
}

export interface AgentLogHead {
  log: string;
  level: 1 | 2 | 3;
  from: number;
  /** µs, added to times of the agent's clock. */
  offset: number;
  dropped: readonly DroppedRecords[];
}

const comma = Buffer.from(',');
const end = Buffer.from(']}');

/** The message of records that are already text: nothing is parsed or made anew. */
export function writeAgentLog(head: AgentLogHead, records: readonly Uint8Array[]): Buffer {
  const { log, level, from, offset, dropped } = head;
  const gone = dropped.map((each) => [each.from, each.to, each.first, each.last]);
  const fields = { log, level, from, ...(offset !== 0 && { offset }), ...(gone.length > 0 && { dropped: gone }) };
  const parts: Uint8Array[] = [Buffer.from(`${JSON.stringify(fields).slice(0, -1)},"records":[`)];
  records.forEach((record, index) => {
    if (index > 0) parts.push(comma);
    parts.push(record);
  });
  parts.push(end);
  return Buffer.concat(parts);
}
