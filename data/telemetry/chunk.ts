import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { ByteReader, ByteWriter } from './bytes.ts';
import { everyRow, readPresence, readRuns, readSteps, writePresence, writeRuns, writeSteps } from './number-runs.ts';
import type { SignalRow } from './signal-row.ts';
import { addPoint, emptyStatistics, type Statistics } from './statistics.ts';
import { readValues, writeValues } from './value-column.ts';

/** First byte of a chunk: how the rest is written. */
const plain = 1;
const zstd = 2;
const options = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
/** More than any hour of one thing holds; a damaged length is refused instead of allocated. */
const decodedLimit = 512 * 1024 * 1024;

/** The points of one property in a chunk. `at[i]` is the row of point i. */
export interface Column {
  key: number;
  at: Uint32Array;
  values: Float64Array;
  /** Absent when every point is good. */
  qualities?: Uint8Array;
  /** Absent when no point has a text; a number among texts has ''. */
  texts?: string[];
}

export interface ChunkRows {
  /** Event times, µs since 1970, ascending. */
  times: Float64Array;
  received: Float64Array;
  sources?: Uint16Array;
}

export interface EncodedChunk {
  blob: Buffer;
  /** In the order of the columns of the blob. */
  keys: number[];
  statistics: Statistics[];
  points: number;
}

interface Building {
  key: number;
  count: number;
  at: Uint32Array;
  values: Float64Array;
  qualities: Uint8Array;
  good: boolean;
  texts: string[] | undefined;
}

function columnsOf(rows: readonly SignalRow[]): Building[] {
  const found = new Map<number, Building>();
  for (let r = 0; r < rows.length; r++) {
    const { keys, values, qualities, texts } = rows[r] as SignalRow;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as number;
      let column = found.get(key);
      if (column === undefined) {
        column = {
          key,
          count: 0,
          at: new Uint32Array(rows.length),
          values: new Float64Array(rows.length),
          qualities: new Uint8Array(rows.length),
          good: true,
          texts: undefined,
        };
        found.set(key, column);
      }
      const n = column.count++;
      column.at[n] = r;
      column.values[n] = values[i] as number;
      const code = qualities === undefined ? 0 : (qualities[i] as number);
      if (code !== 0) {
        column.qualities[n] = code;
        column.good = false;
      }
      const text = texts?.[key];
      if (text !== undefined) {
        column.texts ??= [];
        column.texts[n] = text;
      }
    }
  }
  return [...found.values()].sort((a, b) => a.key - b.key);
}

const flag = { qualities: 1, texts: 2 } as const;

function writeColumn(out: ByteWriter, column: Building, rows: number): void {
  out.unsigned(column.count);
  out.byte((column.good ? 0 : flag.qualities) | (column.texts ? flag.texts : 0));
  if (column.count < rows) writePresence(out, column.at, column.count, rows);
  writeValues(out, column.values, column.count);
  if (!column.good) writeRuns(out, column.qualities, column.count);
  if (column.texts) for (let i = 0; i < column.count; i++) out.text(column.texts[i] ?? '');
}

function readColumn(from: ByteReader, key: number, rows: number): Column {
  const count = from.unsigned();
  const flags = from.byte();
  const at = count < rows ? readPresence(from, count, rows) : everyRow(rows);
  const column: Column = { key, at, values: readValues(from, count) };
  if (flags & flag.qualities) {
    column.qualities = new Uint8Array(count);
    readRuns(from, column.qualities);
  }
  if (flags & flag.texts) column.texts = Array.from({ length: count }, () => from.text());
  return column;
}

const whole = new ByteWriter(65_536);
const part = new ByteWriter(65_536);

/**
 * Encodes the settled rows of one thing in one hour. `hour` is the start of the hour, µs since 1970; times are kept
 * relative to it, receive times relative to event times. Every value comes back bit for bit (I-6.1.1-a2).
 */
export function encodeChunk(hour: number, rows: readonly SignalRow[]): EncodedChunk {
  const columns = columnsOf(rows);
  whole.reset();
  whole.unsigned(rows.length);
  const times = new Float64Array(rows.length);
  const delays = new Float64Array(rows.length);
  let foreign = false;
  for (let i = 0; i < rows.length; i++) {
    const { time, received, source } = rows[i] as SignalRow;
    times[i] = time - hour;
    delays[i] = received - time;
    foreign ||= source !== 0;
  }
  writeSteps(whole, times, 1);
  writeSteps(whole, delays, 0);
  whole.byte(foreign ? 1 : 0);
  if (foreign)
    writeRuns(
      whole,
      rows.map((row) => row.source),
      rows.length,
    );
  whole.unsigned(columns.length);
  const statistics: Statistics[] = [];
  let points = 0;
  for (const column of columns) {
    part.reset();
    writeColumn(part, column, rows.length);
    whole.unsigned(column.key);
    whole.unsigned(part.length);
    whole.put(part.view());
    const known = emptyStatistics();
    for (let i = 0; i < column.count; i++) addPoint(known, column.values[i] as number, column.qualities[i] as number);
    statistics.push(known);
    points += column.count;
  }
  const bytes = whole.view();
  const packed = zstdCompressSync(bytes, options);
  const blob = packed.length < bytes.length ? [Buffer.of(zstd), packed] : [Buffer.of(plain), bytes];
  return { blob: Buffer.concat(blob), keys: columns.map(({ key }) => key), statistics, points };
}

/** Reads the rows' times and, of the columns, those `wanted` (all when absent). Throws RangeError for damaged bytes. */
export function decodeChunk(hour: number, blob: Buffer, wanted?: number): { rows: ChunkRows; columns: Column[] } {
  const packed = blob.subarray(1);
  if (blob[0] !== zstd && blob[0] !== plain) throw new RangeError('a chunk of an unknown form');
  const from = new ByteReader(
    blob[0] === zstd ? zstdDecompressSync(packed, { maxOutputLength: decodedLimit }) : packed,
  );
  const count = from.unsigned();
  const times = readSteps(from, count, 1);
  const received = readSteps(from, count, 0);
  for (let i = 0; i < count; i++) {
    const time = (times[i] as number) + hour;
    times[i] = time;
    received[i] = (received[i] as number) + time;
  }
  const rows: ChunkRows = { times, received };
  if (from.byte() === 1) {
    rows.sources = new Uint16Array(count);
    readRuns(from, rows.sources);
  }
  const columns: Column[] = [];
  for (let left = from.unsigned(); left > 0; left--) {
    const key = from.unsigned();
    const bytes = from.take(from.unsigned());
    if (wanted === undefined || wanted === key) columns.push(readColumn(new ByteReader(bytes), key, count));
  }
  return { rows, columns };
}

/** The rows of a chunk as they were encoded, to be merged with later arrivals. */
export function chunkRows(hour: number, blob: Buffer): SignalRow[] {
  const { rows, columns } = decodeChunk(hour, blob);
  const found = Array.from(rows.times, (time, i) => ({
    time,
    received: rows.received[i] as number,
    source: rows.sources?.[i] ?? 0,
    keys: [] as number[],
    values: [] as number[],
    qualities: [] as number[],
    texts: undefined as Record<string, string> | undefined,
  }));
  for (const { key, at, values, qualities, texts } of columns) {
    for (let i = 0; i < at.length; i++) {
      const row = found[at[i] as number];
      if (row === undefined) throw new RangeError('a column of more rows than the chunk');
      row.keys.push(key);
      row.values.push(values[i] as number);
      row.qualities.push(qualities?.[i] ?? 0);
      const text = texts?.[i];
      if (text !== undefined && Number.isNaN(values[i])) {
        row.texts ??= {};
        row.texts[key] = text;
      }
    }
  }
  return found;
}
