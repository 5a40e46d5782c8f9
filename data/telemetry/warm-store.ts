import { type Db, sql } from '@keystead/kernel/db';
import type { CopyRows } from '@keystead/kernel/db/copy';
import { encodeChunk } from './chunk.ts';
import { hourMicros, hourOf, instantText } from './instants.ts';
import type { Settled } from './signal-row.ts';
import type { Statistics } from './statistics.ts';

/** Columns of `telemetry.chunk` in the order they are copied. */
export const chunkColumns = 'thing, hour, points, replaced, keys, worst, stats, blob';
export const chunkColumnCount = 8;

/** Writes the settled rows of one thing-hour as a row for COPY; answers the points in it. */
export function writeChunkRow(out: CopyRows, thing: number, hour: number, settled: Settled): number {
  const { blob, keys, statistics, points } = encodeChunk(hour, settled.rows);
  out.row().int8(thing).timestamptz(hour).int4(points).int4(settled.replaced);
  out.int2s(keys);
  out.int2s(statistics.map(({ worst }) => worst));
  out.float8s(statistics.flatMap(({ count, min, max, sum, first, last }) => [count, min, max, sum, first, last]));
  out.bytea(blob);
  return points;
}

/** What is known of one property in one hour, beside the blob. */
export interface HourStatistics extends Statistics {
  /** Start of the hour, µs since 1970. */
  hour: number;
}

/** Statistics of one property for whole hours in [from, to), ascending. */
export async function readStatistics(
  db: Db,
  thing: number,
  key: number,
  from: number,
  to: number,
): Promise<HourStatistics[]> {
  return db.systemRead(sql<HourStatistics>`
    select (extract(epoch from hour) * 1000000)::int8 as hour, worst[at] as worst, stats[at * 6 - 5] as count,
      stats[at * 6 - 4] as min, stats[at * 6 - 3] as max, stats[at * 6 - 2] as sum, stats[at * 6 - 1] as first, stats[at * 6] as last
    from telemetry.chunk, lateral array_position(keys, ${key}::int2) as at
    where thing = ${thing} and hour >= ${instantText(from)} and hour < ${instantText(to)} and at is not null
    order by hour`);
}

export interface StoredChunk {
  /** Start of the hour, µs since 1970. */
  hour: number;
  blob: Buffer;
}

const chunkFields = sql`(extract(epoch from hour) * 1000000)::int8 as hour, blob`;

/** The chunks of one thing for hours in [from, to), at most `limit`, oldest first unless told. */
export async function readChunks(
  db: Db,
  thing: number,
  from: number,
  to: number,
  limit: number,
  newestFirst = false,
): Promise<StoredChunk[]> {
  return db.systemRead(sql<StoredChunk>`
    select ${chunkFields} from telemetry.chunk
    where thing = ${thing} and hour >= ${instantText(from)} and hour < ${instantText(to)}
    order by hour ${newestFirst ? sql`desc` : sql`asc`} limit ${limit}`);
}

/** The chunks of one thing for the named hours, oldest first. */
export async function readChunksOf(db: Db, thing: number, hours: readonly number[]): Promise<StoredChunk[]> {
  return db.systemRead(sql<StoredChunk>`
    select ${chunkFields} from telemetry.chunk
    where thing = ${thing} and hour = any(${hours.map(instantText)}::timestamptz[]) order by hour`);
}

/** How far back a value is looked for that still stands. */
const carriedDays = 90;

/**
 * The last value of a property before the hour that begins at `before` (µs since 1970), hot or warm, looked for in
 * the 90 days before it.
 */
export async function lastBefore(db: Db, thing: number, key: number, before: number): Promise<number | undefined> {
  const least = instantText(before - carriedDays * 24 * hourMicros);
  const rows = await db.systemRead(sql<{ warm: boolean; time: number; value: number }>`
    (select false as warm, (extract(epoch from time) * 1000000)::int8 as time, vals[at] as value
      from telemetry.hot, lateral array_position(keys, ${key}::int2) as at
      where thing = ${thing} and time < ${instantText(before)} and time >= ${least} and at is not null
      order by hot.time desc, hot.received desc, seq desc limit 1)
    union all
    (select true, (extract(epoch from hour) * 1000000)::int8, stats[at * 6]
      from telemetry.chunk, lateral array_position(keys, ${key}::int2) as at
      where thing = ${thing} and hour < ${instantText(before)} and hour >= ${least} and at is not null and stats[at * 6 - 5] > 0
      order by hour desc limit 1)`);
  const hot = rows.find(({ warm }) => !warm);
  const warm = rows.find((row) => row.warm);
  if (!hot || !warm) return (hot ?? warm)?.value;
  return warm.time > hourOf(hot.time) ? warm.value : hot.value;
}
