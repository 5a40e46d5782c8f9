import type { EventEnvelope } from '@keystead/contracts/events/define';
import type { Clock, Log } from '@keystead/kernel/base';
import { type Db, sql, type Tx } from '@keystead/kernel/db';
import { eventChannel, notifyLimit } from './outbox.ts';

export type EventHandler = (event: EventEnvelope, tx: Tx) => Promise<void>;

export interface Subscription {
  name: string;
  type: string;
  handle: EventHandler;
  /** Whether it wants this one at all; what nobody wants costs no more than taking it off. */
  concerns(event: EventEnvelope): boolean;
  /** Before all others, in a round of its own. */
  prompt: boolean;
}

interface Row {
  id: string;
  type: string;
  organisation: string;
  place: string;
  at: Date;
  payload: unknown;
}

const batchSize = 100;
const longestRound = 20; // ms, but for the delivery in hand
const longestWait = 50; // ms for a lock, once the round holds those of earlier deliveries
const mostRetries = 20; // at a time
const pauses = [1, 5, 30, 120, 600, 3600]; // seconds before each further try; then the delivery is given up

/** PostgreSQL's word for a lock that was not to be had in time. */
const isLocked = (cause: unknown): boolean => (cause as { code?: unknown } | undefined)?.code === '55P03';

const envelope = (row: Row): EventEnvelope => ({ ...row, at: row.at.toISOString() });

/**
 * Takes rows from the outbox and gives each to its subscriptions, in the transaction that removes the row: a
 * subscription's own writes and its delivery happen together. A subscription that fails holds nobody up: its
 * delivery is set aside and tried again. Several relays may run: rows are taken with `skip locked`. A round that has
 * delivered something waits for no lock: it commits first, so that the deliveries of one round, which belong to nothing
 * common, never hold what one request needs while they want what it holds.
 */
export function createRelay(db: Db, clock: Clock, log: Log, subscriptions: () => readonly Subscription[]) {
  /** Returns whether it had not been delivered before. */
  async function deliver(tx: Tx, subscription: Subscription, event: EventEnvelope): Promise<boolean> {
    const fresh = await tx.run(sql`
      insert into kernel.inbox (subscription, event, at) values (${subscription.name}, ${event.id}, ${clock.now()}) on conflict do nothing`);
    if (fresh === 1) await subscription.handle(event, tx);
    return fresh === 1;
  }

  async function setAside(
    tx: Tx,
    subscription: Subscription,
    row: Row,
    attempts: number,
    cause: unknown,
  ): Promise<void> {
    const pause = pauses[attempts - 1];
    const next = pause === undefined ? null : new Date(clock.now().getTime() + pause * 1000);
    const text = cause instanceof Error ? cause.message : String(cause);
    log.error(
      { err: cause, subscription: subscription.name, event: row.id, attempts, givenUp: next === null },
      'event delivery failed',
    );
    await tx.run(sql`
      insert into kernel.delivery (subscription, event, type, organisation, place, at, payload, attempts, next_at, error)
      values (${subscription.name}, ${row.id}, ${row.type}, ${row.organisation}, ${row.place}, ${row.at}, ${JSON.stringify(row.payload)}, ${attempts}, ${next}, ${text})
      on conflict (subscription, event) do update set attempts = excluded.attempts, next_at = excluded.next_at, error = excluded.error`);
  }

  /** What deliveries of one round share. */
  function giving(tx: Tx, prompt: boolean) {
    let isFirst = true;
    let isBounded = false;
    /** Gives an event to all; false when a lock was not to be had and the rest must wait for the next round. */
    return async (row: Row): Promise<boolean> => {
      const event = envelope(row);
      for (const subscription of subscriptions()) {
        if (subscription.type !== row.type || subscription.prompt !== prompt || !subscription.concerns(event)) continue;
        if (!isFirst && !isBounded) tx.send(sql`select set_config('lock_timeout', ${String(longestWait)}, true)`);
        isBounded = !isFirst;
        try {
          const isFresh = await tx.savepoint(() => deliver(tx, subscription, event));
          if (!isFirst || !isFresh) continue;
        } catch (cause) {
          if (!isFirst && isLocked(cause)) return false;
          await setAside(tx, subscription, row, 1, cause);
        }
        isFirst = false;
      }
      return true;
    };
  }

  /**
   * One round over rows that wait; returns how many events it moved, or held up for the next. It commits after a moment
   * even when more is there: what subscriptions write is seen, and what they tell is told, only then.
   */
  async function round(
    prompt: boolean,
    wait: ReturnType<typeof sql<boolean>>,
    settle: (moved: string[]) => ReturnType<typeof sql>,
  ): Promise<number> {
    return db.systemTransaction(async (tx) => {
      const rows = await tx.all(sql<Row>`
        select id, type, organisation, place, at, payload from kernel.outbox where announced and ${wait} order by id limit ${batchSize} for update skip locked`);
      const until = performance.now() + longestRound;
      const moved: string[] = [];
      let isHeldUp = false;
      const give = giving(tx, prompt);
      for (const row of rows) {
        isHeldUp = !(await give(row));
        if (isHeldUp) break;
        moved.push(row.id);
        if (performance.now() > until) break;
      }
      if (moved.length > 0) tx.send(settle(moved));
      return moved.length + (isHeldUp ? 1 : 0);
    });
  }

  const promptTypes = (): string[] => [
    ...new Set(subscriptions().flatMap(({ type, prompt }) => (prompt ? [type] : []))),
  ];

  /** Gives events to the subscriptions that come before all others. */
  async function hurry(): Promise<number> {
    const types = promptTypes();
    if (types.length === 0) return 0;
    const wait = sql<boolean>`not prompted and type = any(${types}::text[])`;
    return round(true, wait, (moved) => sql`update kernel.outbox set prompted = true where id = any(${moved}::uuid[])`);
  }

  /** Gives events to all other subscriptions and takes them off. */
  async function pump(): Promise<number> {
    const wait = sql<boolean>`(prompted or type <> all(${promptTypes()}::text[]))`;
    return round(false, wait, (moved) => sql`delete from kernel.outbox where id = any(${moved}::uuid[])`);
  }

  /** Tells open pages of what has happened since, before anything is delivered; returns of how many events. */
  async function announce(): Promise<number> {
    return db.systemTransaction(async (tx) => {
      const rows = await tx.all(sql<Row>`
        update kernel.outbox set announced = true
        where id in (select id from kernel.outbox where not announced order by id limit ${batchSize} for update skip locked)
        returning id, type, organisation, place, at, payload`);
      rows.sort((a, b) => (a.id < b.id ? -1 : 1));
      notify(tx, rows.map(envelope));
      return rows.length;
    });
  }

  /** Hands events to every api process, in as few notifications as they fit; what is too long goes as its id alone. */
  function notify(tx: Tx, events: EventEnvelope[]): void {
    let part: string[] = [];
    let size = 0;
    const send = () => {
      if (part.length > 0) tx.send(sql`select pg_notify(${eventChannel}, ${`[${part.join(',')}]`})`);
      part = [];
      size = 0;
    };
    for (const event of events) {
      let text = JSON.stringify(event);
      if (Buffer.byteLength(text) > notifyLimit) text = JSON.stringify({ ...event, payload: null });
      const bytes = Buffer.byteLength(text) + 1;
      if (size + bytes > notifyLimit) send();
      part.push(text);
      size += bytes;
    }
    send();
  }

  /** Tries again what failed and is due, each in a transaction of its own; returns how many. */
  async function retry(): Promise<number> {
    let tried = 0;
    while (tried < mostRetries && (await retryNext())) tried += 1;
    return tried;
  }

  async function retryNext(): Promise<boolean> {
    return db.systemTransaction(async (tx) => {
      const row = await tx.maybe(sql<Row & { subscription: string; attempts: number }>`
        select subscription, event as id, type, organisation, place, at, payload, attempts from kernel.delivery
        where next_at <= ${clock.now()} and subscription = any(${subscriptions().map(({ name }) => name)}::text[])
        order by next_at limit 1 for update skip locked`);
      const subscription = subscriptions().find((each) => each.name === row?.subscription);
      if (!row || !subscription) return false;
      const { id, type, organisation, place, at, payload } = row;
      await tx
        .savepoint(async () => {
          await deliver(tx, subscription, envelope({ id, type, organisation, place, at, payload }));
          await tx.run(sql`delete from kernel.delivery where subscription = ${row.subscription} and event = ${id}`);
        })
        .catch((cause) => setAside(tx, subscription, row, row.attempts + 1, cause));
      return true;
    });
  }

  return { announce, hurry, pump, retry };
}

export type Relay = ReturnType<typeof createRelay>;
