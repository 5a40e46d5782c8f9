import { Overloaded } from '@keystead/contracts/problem';
import type { AcceptedBatch, AcceptedEvent, AcceptedMessage } from '@keystead/contracts/telemetry';
import type { Clock, Log } from '@keystead/kernel/base';
import { inOwnTransaction, type Tx } from '@keystead/kernel/db';
import { CopyRows, CopyValueInvalid, copyIn } from '@keystead/kernel/db/copy';
import pg from 'pg';
import { type BatchHead, hotColumnCount, hotColumns, writeHotRows } from './hot-rows.ts';
import { hourMicros, hourName, instantText, microsOf } from './instants.ts';
import { BatchTooLarge, batchLimit, seqOf } from './sequence.ts';

/** What is to be committed together. `received`: µs since 1970, the lane's clock when absent. */
export interface Arrival {
  messages: AcceptedMessage[];
  events?: AcceptedEvent[];
  received?: number;
  /** Number of the foreign source; 0 or absent = the things themselves. */
  source?: number;
  /** What else must be committed with it or not at all. May be run again when the first try did not commit. */
  beside?(tx: Tx): Promise<void>;
}

export interface LaneOptions {
  gateway: number;
  clock: Clock;
  log: Log;
  connect(onLost: (cause: Error) => void): Promise<pg.Client>;
  /** Told of each batch once it is committed, in order. */
  committed(batch: AcceptedBatch): void;
}

/** Another process writes as this gateway, and did not end in time. */
export class LaneTaken extends Error {}

/** Batches that may wait for their turn; who sends more is told. */
const waitingLimit = 256;
const lockClass = 7_020_141;
const lockTries = 100; // of 100 ms: the session of a process that was killed ends within moments

/**
 * The one writer of a gateway: batches one after the other, each a transaction and a turn to the server, numbered
 * without a hole. When the connection breaks in a commit, the number tells afterwards whether it happened.
 */
export class Lane {
  readonly #options: LaneOptions;
  readonly #rows = new CopyRows(hotColumnCount, 1 << 20);
  readonly #hours = new Set<string>();
  #client: pg.Client | undefined;
  #last = 0;
  #lastReceived = 0;
  #tail: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /**
   * Resolves after the commit with the number of the batch. Nothing is committed when it rejects: with BatchTooLarge
   * past 16,384 messages or events, Overloaded when too many wait, CopyValueInvalid for a value no column holds, or
   * what the database said.
   */
  async accept(arrival: Arrival): Promise<{ batch: number }> {
    const size = Math.max(arrival.messages.length, arrival.events?.length ?? 0);
    if (size > batchLimit) throw new BatchTooLarge({ size, most: batchLimit });
    if (this.#waiting >= waitingLimit) throw new Overloaded({ waiting: this.#waiting });
    this.#waiting += 1;
    const done = this.#tail.then(() => this.#commit(arrival));
    this.#tail = done.then(
      () => {},
      () => {},
    );
    return done.finally(() => {
      this.#waiting -= 1;
    });
  }

  async close(): Promise<void> {
    await this.#tail;
    await this.#client?.end();
    this.#client = undefined;
  }

  async #commit(arrival: Arrival): Promise<{ batch: number }> {
    const { clock, gateway, committed } = this.#options;
    const client = await this.#ready();
    const received = this.#notBackwards(arrival.received ?? microsOf(clock.now()));
    const head = { gateway, batch: this.#last + 1, received, source: arrival.source ?? 0 };
    const table = await this.#tableOf(client, received);
    try {
      const { beside } = arrival;
      if (beside === undefined) await this.#write(client, head, arrival, table);
      else
        await inOwnTransaction(client, async (tx) => {
          await this.#write(client, head, arrival, table);
          await beside(tx);
        });
    } catch (cause) {
      if (!(await this.#happenedAfterAll(cause, head.batch))) throw cause;
    }
    this.#last = head.batch;
    this.#lastReceived = received;
    committed({ gateway, batch: head.batch, received, messages: arrival.messages, events: arrival.events ?? [] });
    return { batch: head.batch };
  }

  async #write(client: pg.Client, head: BatchHead, arrival: Arrival, table: string): Promise<void> {
    const { messages, events = [] } = arrival;
    const points = messages.reduce((sum, message) => sum + message.keys.length, 0);
    const at = `'${instantText(head.received)}'`;
    let text = `insert into telemetry.batch values (${head.gateway}, ${head.batch}, ${at}, ${messages.length}, ${points}, ${events.length})`;
    if (events.length > 0) text += `; ${eventInsert(client, head, events)}`;
    if (messages.length === 0) {
      await client.query(text);
      return;
    }
    this.#rows.reset();
    writeHotRows(this.#rows, head, messages);
    await copyIn(
      client,
      `${text}; copy telemetry.${table} (${hotColumns}) from stdin (format binary)`,
      this.#rows.finish(),
    );
  }

  /**
   * Within a gateway rows ascend by receive time, also when the machine's clock is set back a little; set back far, it
   * was wrong before, and is believed again.
   */
  #notBackwards(received: number): number {
    const behind = this.#lastReceived - received;
    return behind > 0 && behind <= hourMicros ? this.#lastReceived : received;
  }

  /** The partition of the hour, made now when nobody made it before; without it the rows go to the default one. */
  async #tableOf(client: pg.Client, received: number): Promise<string> {
    const name = hourName(received);
    if (this.#hours.has(name)) return name;
    try {
      const { rows } = await client.query('select telemetry.open_hour($1) as opened', [instantText(received)]);
      if (rows[0]?.opened !== true) return 'hot';
    } catch (cause) {
      this.#options.log.error({ err: cause, partition: name }, 'the partition of the hour could not be made');
      return 'hot';
    }
    this.#hours.clear();
    this.#hours.add(name);
    return name;
  }

  /** After a broken connection nobody knows whether the commit went through; the table does. */
  async #happenedAfterAll(cause: unknown, batch: number): Promise<boolean> {
    // A partition may have gone between the look and the copy: look again next time.
    this.#hours.clear();
    if (this.#client && !(cause instanceof pg.DatabaseError && cause.severity === 'FATAL')) return false;
    this.#client = undefined;
    await this.#ready();
    return this.#last >= batch;
  }

  /** The connection, made again when it broke; knows the last committed number then. */
  async #ready(): Promise<pg.Client> {
    if (this.#client) return this.#client;
    const { connect, gateway, log } = this.#options;
    const client = await connect((cause) => {
      log.warn({ err: cause, gateway }, 'the lane lost its connection');
      if (this.#client === client) this.#client = undefined;
    });
    try {
      await takeLock(client, gateway);
      const { rows } = await client.query(
        'select batch, (extract(epoch from received) * 1000000)::int8 as received from telemetry.batch where gateway = $1 order by batch desc limit 1',
        [gateway],
      );
      this.#last = Number(rows[0]?.batch ?? 0);
      this.#lastReceived = Number(rows[0]?.received ?? 0);
    } catch (cause) {
      await client.end();
      throw cause;
    }
    this.#hours.clear();
    this.#client = client;
    return client;
  }
}

async function takeLock(client: pg.Client, gateway: number): Promise<void> {
  for (let left = lockTries; left > 0; left--) {
    const { rows } = await client.query('select pg_try_advisory_lock($1, $2) as taken', [lockClass, gateway]);
    if (rows[0]?.taken === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new LaneTaken(`another process writes as gateway ${gateway}`);
}

/** Numbers that go into the text of a statement are checked here, whatever the compiler believed. */
function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new CopyValueInvalid({ type: 'int8', value });
  return String(value);
}

function eventInsert(client: pg.Client, head: BatchHead, events: readonly AcceptedEvent[]): string {
  const rows = events.map(({ thing, time, event, data }, i) => {
    const json = data === undefined ? 'null' : client.escapeLiteral(JSON.stringify(data));
    const source = head.source === 0 ? 'null' : String(head.source);
    return `(${whole(thing)}, '${instantText(time)}', '${instantText(head.received)}', ${seqOf(head.batch, i)}, ${head.gateway}, ${source}, ${client.escapeLiteral(event)}, ${json})`;
  });
  return `insert into telemetry.event values ${rows.join(', ')}`;
}
