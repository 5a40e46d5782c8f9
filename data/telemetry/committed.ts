import type { AcceptedBatch, AcceptedEvent } from '@keystead/contracts/telemetry';
import { type Db, sql } from '@keystead/kernel/db';
import { copyOut, readRows } from '@keystead/kernel/db/copy';
import type pg from 'pg';
import { type HotRow, hotColumns, readHotRow } from './hot-rows.ts';
import { instantText } from './instants.ts';
import { batchOf, seqOf } from './sequence.ts';

/** Most messages read at a time; a single batch may exceed it. */
const sliceMessages = 20_000;
const sliceBatches = 500;

interface BatchLine {
  batch: number;
  received: number;
  messages: number;
  events: number;
}

async function linesAfter(db: Db, gateway: number, after: number): Promise<BatchLine[]> {
  const lines = await db.systemRead(sql<BatchLine>`
    select batch, (extract(epoch from received) * 1000000)::int8 as received, messages, events
    from telemetry.batch where gateway = ${gateway} and batch > ${after} order by batch limit ${sliceBatches}`);
  let messages = 0;
  const fitting = lines.findIndex((line, index) => {
    messages += line.messages;
    return index > 0 && messages > sliceMessages;
  });
  return fitting < 0 ? lines : lines.slice(0, fitting);
}

/** A stretch of batches, and the receive times in it: they rise but where the clock was set back. */
interface Stretch {
  gateway: number;
  fromSeq: number;
  toSeq: number;
  earliest: string;
  latest: string;
}

function stretchOf(gateway: number, lines: readonly BatchLine[]): Stretch {
  const received = lines.map((line) => line.received);
  const numbers = lines.map((line) => line.batch);
  return {
    gateway,
    fromSeq: seqOf(Math.min(...numbers), 0),
    toSeq: seqOf(Math.max(...numbers) + 1, 0),
    earliest: instantText(Math.min(...received)),
    latest: instantText(Math.max(...received)),
  };
}

async function rowsOf(client: pg.Client, { gateway, fromSeq, toSeq, earliest, latest }: Stretch): Promise<HotRow[]> {
  const bytes = await copyOut(
    client,
    `copy (select ${hotColumns} from telemetry.hot where gateway = ${gateway} and seq >= ${fromSeq} and seq < ${toSeq}
      and received >= '${earliest}' and received <= '${latest}' order by seq) to stdout (format binary)`,
  );
  return readRows(bytes, readHotRow);
}

interface EventLine extends AcceptedEvent {
  seq: number;
}

function eventsOf(db: Db, { gateway, fromSeq, toSeq, earliest, latest }: Stretch): Promise<EventLine[]> {
  return db.systemRead(sql<EventLine>`
    select thing, (extract(epoch from time) * 1000000)::int8 as time, seq, event, data from telemetry.event
    where gateway = ${gateway} and seq >= ${fromSeq} and seq < ${toSeq}
      and received >= ${earliest} and received <= ${latest} order by seq`);
}

/**
 * The committed batches of a gateway after number `after`, oldest first, as many as fit in memory; none when there
 * are none. `client` is a connection that is not pipelined.
 */
export async function committedAfter(
  db: Db,
  client: pg.Client,
  gateway: number,
  after: number,
): Promise<AcceptedBatch[]> {
  const lines = await linesAfter(db, gateway, after);
  if (lines.length === 0) return [];
  const stretch = stretchOf(gateway, lines);
  const batches = new Map<number, AcceptedBatch>(
    lines.map(({ batch, received }) => [batch, { gateway, batch, received, messages: [], events: [] }]),
  );
  for (const row of await rowsOf(client, stretch)) {
    const { thing, time, keys, values, qualities, texts } = row;
    batches.get(batchOf(row.seq))?.messages.push({
      thing,
      time,
      keys: [...keys],
      values: [...values],
      qualities: qualities ? [...qualities] : new Array<number>(keys.length).fill(0),
      ...(texts ? { texts } : {}),
    });
  }
  if (lines.some((line) => line.events > 0)) {
    for (const { seq, thing, time, event, data } of await eventsOf(db, stretch)) {
      const said: AcceptedEvent = { thing, time, event };
      if (data !== null) said.data = data;
      batches.get(batchOf(seq))?.events.push(said);
    }
  }
  return [...batches.values()];
}

/** Newest committed number of each gateway. */
export async function newestBatches(db: Db): Promise<Map<number, number>> {
  const rows = await db.systemRead(sql<{ gateway: number; batch: number }>`
    with recursive each as (
      (select gateway, batch from telemetry.batch order by gateway desc, batch desc limit 1)
      union all
      select next.gateway, next.batch from each, lateral (
        select gateway, batch from telemetry.batch where gateway < each.gateway order by gateway desc, batch desc limit 1) next)
    select gateway, batch from each`);
  return new Map(rows.map(({ gateway, batch }) => [gateway, batch]));
}
