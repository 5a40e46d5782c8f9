import type { Clock, Log } from '@keystead/kernel/base';
import type { Db } from '@keystead/kernel/db';
import { CopyRows, copyIn, copyOut, readRows } from '@keystead/kernel/db/copy';
import pg from 'pg';
import { chunkRows } from './chunk.ts';
import { type HotRow, hotColumns, readHotRow } from './hot-rows.ts';
import { followersBehind, forgetBatches, hotHours } from './hours.ts';
import { hourMicros, hourName, hourOf, instantText, microsOf } from './instants.ts';
import { type SignalRow, settle } from './signal-row.ts';
import { chunkColumnCount, chunkColumns, writeChunkRow } from './warm-store.ts';

/** Rows moved in one transaction: small enough that nobody waits for the event loop. */
const sliceRows = 20_000;
/** An hour is left alone for so long after its end: a batch in flight still arrives. */
const graceMicros = 60_000_000;
const lockClass = 7_020_142;
/** Readers hold a partition for moments; rather come again than make writers queue behind us. */
const dropPatience = '300ms';
const lockNotAvailable = '55P03';

export interface Compacted {
  hours: number;
  rows: number;
  points: number;
}

interface Stored {
  replaced: number;
  blob: Buffer;
}

const keyOf = (thing: number, hour: number): string => `${thing} ${hour}`;

/**
 * Moves past hours from rows to chunks: slice by slice, each its own transaction with how far it came, so that a stop
 * anywhere costs one slice. The partition goes last, and only when it holds exactly what was moved.
 */
export class Compaction {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #connect: (onLost: (cause: Error) => void) => Promise<pg.Client>;
  readonly #chunks = new CopyRows(chunkColumnCount, 1 << 20);

  constructor(parts: {
    db: Db;
    clock: Clock;
    log: Log;
    connect(onLost: (cause: Error) => void): Promise<pg.Client>;
  }) {
    this.#db = parts.db;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#connect = parts.connect;
  }

  /** All hours that are over and that no follower needs any more. One at a time in an installation. */
  async run(signal?: AbortSignal): Promise<Compacted> {
    const done: Compacted = { hours: 0, rows: 0, points: 0 };
    const client = await this.#connect((cause) => this.#log.warn({ err: cause }, 'compaction lost its connection'));
    try {
      const { rows } = await client.query('select pg_try_advisory_lock($1, 0) as taken', [lockClass]);
      if (rows[0]?.taken !== true) return done;
      // A slice lost in a crash is moved again, as its progress is lost with it; only the drop waits for the disk.
      await client.query('set synchronous_commit = off');
      const now = microsOf(this.#clock.now());
      const until = hourOf(now - graceMicros);
      const behind = await followersBehind(this.#db, this.#clock.now(), until);
      const past = (await hotHours(this.#db)).filter((hour) => hour + hourMicros <= until);
      for (const hour of past) {
        if (signal?.aborted) return done;
        const waiting = behind.length > 0 ? await followersBehind(this.#db, this.#clock.now(), hour + hourMicros) : [];
        if (waiting.length > 0) {
          this.#log.warn(
            { followers: waiting, hour: instantText(hour) },
            'an hour stays hot: followers have not taken it',
          );
          return done;
        }
        await this.#moveHour(client, hour, done, signal);
      }
      if (behind.length === 0) await this.#moveStrays(client, until, done, signal);
      const [oldest] = await hotHours(this.#db);
      await forgetBatches(this.#db, Math.min(oldest ?? until, until));
      return done;
    } finally {
      await client.end();
    }
  }

  async #moveHour(client: pg.Client, hour: number, done: Compacted, signal?: AbortSignal): Promise<void> {
    const at = instantText(hour);
    await client.query('insert into telemetry.compaction values ($1, -1, 0, 0) on conflict do nothing', [at]);
    for (;;) {
      if (signal?.aborted) return;
      const { rows: progress } = await client.query('select after_thing from telemetry.compaction where hour = $1', [
        at,
      ]);
      const after = Number(progress[0]?.after_thing ?? -1);
      const moved = await this.#inTransaction(client, async () => {
        const rows = await nextRows(client, `telemetry.${hourName(hour)}`, after);
        if (rows.length === 0) return undefined;
        const points = await this.#intoChunks(client, rows);
        const last = (rows.at(-1) as HotRow).thing;
        await client.query(
          'update telemetry.compaction set after_thing = $2, rows = rows + $3, points = points + $4 where hour = $1',
          [at, last, rows.length, points],
        );
        return { rows: rows.length, points };
      });
      if (!moved) break;
      done.rows += moved.rows;
      done.points += moved.points;
    }
    if (await this.#dropHour(client, at)) done.hours += 1;
  }

  /** False when the partition stays: somebody reads it just now, or rows came to it after all. */
  async #dropHour(client: pg.Client, at: string): Promise<boolean> {
    try {
      return await this.#inTransaction(client, async () => {
        await client.query(`set local lock_timeout = '${dropPatience}'; set local synchronous_commit = on`);
        const { rows } = await client.query('delete from telemetry.compaction where hour = $1 returning rows', [at]);
        const { rows: dropped } = await client.query('select telemetry.drop_hour($1, $2) as done', [at, rows[0]?.rows]);
        // The hour is moved again from its first thing on; what is in chunks already settles.
        if (dropped[0]?.done !== true) this.#log.warn({ hour: at }, 'rows arrived in an hour that was over');
        return dropped[0]?.done === true;
      });
    } catch (cause) {
      if (!(cause instanceof pg.DatabaseError) || cause.code !== lockNotAvailable) throw cause;
      this.#log.info({ hour: at }, 'a partition is being read; it is dropped at the next run');
      return false;
    }
  }

  /** What the default partition caught, thing by thing: few, and taken out as they are moved. */
  async #moveStrays(client: pg.Client, until: number, done: Compacted, signal?: AbortSignal): Promise<void> {
    while (!signal?.aborted) {
      const moved = await this.#inTransaction(client, async () => {
        const bytes = await copyOut(
          client,
          `copy (delete from telemetry.hot_default where received < '${instantText(until)}' and thing in (
             select thing from telemetry.hot_default where received < '${instantText(until)}' order by thing limit 50)
           returning ${hotColumns}) to stdout (format binary)`,
        );
        const rows = readRows(bytes, readHotRow).sort(
          (a, b) => a.thing - b.thing || a.time - b.time || a.received - b.received || a.seq - b.seq,
        );
        return { rows: rows.length, points: rows.length > 0 ? await this.#intoChunks(client, rows) : 0 };
      });
      if (moved.rows === 0) return;
      done.rows += moved.rows;
      done.points += moved.points;
    }
  }

  /** Merges rows, ordered by thing and time, into the chunks of their thing-hours; answers the points taken. */
  async #intoChunks(client: pg.Client, rows: readonly HotRow[]): Promise<number> {
    const stored = await storedChunks(client, rows);
    const merged: { thing: number; hour: string }[] = [];
    this.#chunks.reset();
    let points = 0;
    let pausedAt = performance.now();
    for (let from = 0; from < rows.length; ) {
      const first = rows[from] as HotRow;
      const hour = hourOf(first.time);
      let to = from + 1;
      for (let next = rows[to]; next && next.thing === first.thing && next.time < hour + hourMicros; next = rows[++to]);
      const before = stored.get(keyOf(first.thing, hour));
      const arrived: SignalRow[] = rows.slice(from, to);
      const settled = settle(before ? [...chunkRows(hour, before.blob), ...arrived] : arrived);
      if (before) {
        merged.push({ thing: first.thing, hour: instantText(hour) });
        settled.replaced += before.replaced;
      }
      for (const { keys } of arrived) points += keys.length;
      writeChunkRow(this.#chunks, first.thing, hour, settled);
      from = to;
      if (performance.now() - pausedAt > 5) {
        await new Promise((resolve) => setImmediate(resolve));
        pausedAt = performance.now();
      }
    }
    if (merged.length > 0)
      await client.query(
        'delete from telemetry.chunk c using unnest($1::int8[], $2::timestamptz[]) as m (thing, hour) where c.thing = m.thing and c.hour = m.hour',
        [merged.map(({ thing }) => thing), merged.map(({ hour }) => hour)],
      );
    await copyIn(client, `copy telemetry.chunk (${chunkColumns}) from stdin (format binary)`, this.#chunks.finish());
    return points;
  }

  async #inTransaction<T>(client: pg.Client, run: () => Promise<T>): Promise<T> {
    await client.query('begin');
    try {
      const result = await run();
      await client.query('commit');
      return result;
    } catch (cause) {
      await client.query('rollback');
      throw cause;
    }
  }
}

/** The next rows in order of thing and time, whole things only. */
async function nextRows(client: pg.Client, table: string, after: number): Promise<HotRow[]> {
  const ordered = 'order by thing, time, received, gateway, seq';
  const read = async (which: string): Promise<HotRow[]> =>
    readRows(
      await copyOut(client, `copy (select ${hotColumns} from ${table} where ${which}) to stdout (format binary)`),
      readHotRow,
    );
  const rows = await read(`thing > ${after} ${ordered} limit ${sliceRows}`);
  if (rows.length < sliceRows) return rows;
  // The last thing may go on beyond the slice: it is left for the next one, or read whole when it fills this one alone.
  const last = (rows.at(-1) as HotRow).thing;
  const whole = rows.findIndex(({ thing }) => thing === last);
  return whole > 0 ? rows.slice(0, whole) : read(`thing = ${last} ${ordered}`);
}

/** The chunks that exist already for the things and the hours of the rows. */
async function storedChunks(client: pg.Client, rows: readonly HotRow[]): Promise<Map<string, Stored>> {
  const first = (rows[0] as HotRow).thing;
  const last = (rows.at(-1) as HotRow).thing;
  const hours = [...new Set(rows.map(({ time }) => hourOf(time)))].map((hour) => `'${instantText(hour)}'`);
  const bytes = await copyOut(
    client,
    `copy (select thing, hour, replaced, blob from telemetry.chunk
       where thing between ${first} and ${last} and hour in (${hours.join(', ')})) to stdout (format binary)`,
  );
  const found = new Map<string, Stored>();
  for (const { thing, hour, replaced, blob } of readRows(bytes, (row) => ({
    thing: row.int8(),
    hour: row.timestamptz(),
    replaced: row.int4(),
    blob: row.bytea(),
  }))) {
    found.set(keyOf(thing, hour), { replaced, blob });
  }
  return found;
}
