import { type Db, sql } from '@keystead/kernel/db';
import { decodeChunk } from './chunk.ts';
import { hourMicros, hourOf, instantText } from './instants.ts';
import { type HourStatistics, readChunks, readChunksOf, readStatistics, type StoredChunk } from './warm-store.ts';

/** One point as it is kept. Times in µs since 1970. */
export interface Point {
  time: number;
  received: number;
  value: number;
  quality: number;
  source: number;
  text?: string;
}

/** An hour of one property: all its points, or (where that is enough) what is known of them. */
export type HourPiece =
  | { hour: number; statistics: HourStatistics }
  | {
      hour: number;
      points: Point[];
      /** Event times of everything the thing said in the hour, ascending. */
      contacts: number[];
    };

export interface Span {
  thing: number;
  key: number;
  /** µs since 1970; the span is [from, to). */
  from: number;
  to: number;
}

interface HotPoint extends Point {
  /** Null when the message has another property only. */
  at: number | null;
}

const chunkPage = 120;

/** Hot rows are read before chunks: what moves in between is seen twice, which settles, and never not at all. */
async function hotPoints(db: Db, { thing, key, from, to }: Span): Promise<Map<number, HotPoint[]>> {
  const rows = await db.systemRead(sql<HotPoint & { text: string | null }>`
    select (extract(epoch from time) * 1000000)::int8 as time, (extract(epoch from hot.received) * 1000000)::int8 as received,
      coalesce(source, 0) as source, at, vals[at] as value, coalesce(get_byte(quals, at - 1), 0) as quality, texts ->> ${String(key)} as text
    from telemetry.hot, lateral array_position(keys, ${key}::int2) as at
    where thing = ${thing} and time >= ${instantText(from)} and time < ${instantText(to)}
    order by time, hot.received, gateway, seq`);
  const hours = new Map<number, HotPoint[]>();
  for (const { text, ...row } of rows) {
    const hour = hourOf(row.time);
    const points = hours.get(hour);
    const point = text === null ? row : { ...row, text };
    if (points) points.push(point);
    else hours.set(hour, [point]);
  }
  return hours;
}

function chunkPoints({ hour, blob }: StoredChunk, { key, from, to }: Span): { points: Point[]; contacts: number[] } {
  const { rows, columns } = decodeChunk(hour, blob, key);
  const points: Point[] = [];
  const [column] = columns;
  if (column) {
    const { at, values, qualities, texts } = column;
    for (let i = 0; i < at.length; i++) {
      const row = at[i] as number;
      const time = rows.times[row] as number;
      if (time < from || time >= to) continue;
      const point: Point = {
        time,
        received: rows.received[row] as number,
        value: values[i] as number,
        quality: qualities === undefined ? 0 : (qualities[i] as number),
        source: rows.sources?.[row] ?? 0,
      };
      if (texts && Number.isNaN(point.value)) point.text = texts[i] ?? '';
      points.push(point);
    }
  }
  return { points, contacts: [...rows.times].filter((time) => time >= from && time < to) };
}

/** One point an event time: the later received, and of two received at once the one that stands later. */
function settlePoints(stored: readonly Point[], hot: readonly HotPoint[]): Point[] {
  const all: Point[] = [...stored];
  for (const { at, ...point } of hot) if (at !== null) all.push(point);
  all.sort((a, b) => a.time - b.time || a.received - b.received);
  return all.filter((point, index) => all[index + 1]?.time !== point.time);
}

function piece(span: Span, hour: number, chunk: StoredChunk | undefined, hot: HotPoint[] | undefined): HourPiece {
  const stored = chunk ? chunkPoints(chunk, span) : { points: [], contacts: [] };
  if (!hot) return { hour, ...stored };
  const contacts = [...stored.contacts, ...hot.map(({ time }) => time)].sort((a, b) => a - b);
  return { hour, points: settlePoints(stored.points, hot), contacts };
}

async function* chunksIn(db: Db, { thing, from, to }: Span): AsyncGenerator<StoredChunk> {
  let next = hourOf(from);
  for (;;) {
    const page = await readChunks(db, thing, next, to, chunkPage);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < chunkPage) return;
    next = last.hour + hourMicros;
  }
}

async function* chunksOf(db: Db, thing: number, hours: readonly number[]): AsyncGenerator<StoredChunk> {
  for (let from = 0; from < hours.length; from += chunkPage)
    yield* await readChunksOf(db, thing, hours.slice(from, from + chunkPage));
}

/**
 * Reads one property of one thing, hot and warm as one, hour by hour in order of event time. `coarse` says of which
 * hours the statistics are enough; such an hour comes without its points when none of them is still hot.
 */
export async function* readHours(db: Db, span: Span, coarse?: (hour: number) => boolean): AsyncGenerator<HourPiece> {
  const hot = await hotPoints(db, span);
  let known: HourStatistics[] = [];
  let chunks: AsyncGenerator<StoredChunk>;
  if (coarse) {
    const all = await readStatistics(db, span.thing, span.key, hourOf(span.from), span.to);
    known = all.filter(({ hour }) => coarse(hour) && !hot.has(hour));
    const enough = new Set(known.map(({ hour }) => hour));
    chunks = chunksOf(
      db,
      span.thing,
      all.map(({ hour }) => hour).filter((hour) => !enough.has(hour)),
    );
  } else chunks = chunksIn(db, span);

  const hours = [...hot.keys()].sort((a, b) => a - b);
  let k = 0;
  let h = 0;
  /** What lies before the hour of the next chunk. */
  function* before(limit: number): Generator<HourPiece> {
    for (;;) {
      const nextKnown = known[k]?.hour ?? Number.POSITIVE_INFINITY;
      const nextHot = hours[h] ?? Number.POSITIVE_INFINITY;
      if (Math.min(nextKnown, nextHot) >= limit) return;
      if (nextKnown < nextHot) {
        const statistics = known[k++] as HourStatistics;
        yield { hour: statistics.hour, statistics };
      } else {
        h += 1;
        yield piece(span, nextHot, undefined, hot.get(nextHot));
      }
    }
  }
  for await (const chunk of chunks) {
    yield* before(chunk.hour);
    if (hours[h] === chunk.hour) h += 1;
    yield piece(span, chunk.hour, chunk, hot.get(chunk.hour));
  }
  yield* before(Number.POSITIVE_INFINITY);
}
