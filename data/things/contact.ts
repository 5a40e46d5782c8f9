import { thingOnlineChanged } from '@keystead/contracts/events/things';
import type { Clock, Log } from '@keystead/kernel/base';
import type { Outbox } from '@keystead/kernel/bus';
import { type Db, sql, type Tx } from '@keystead/kernel/db';
import type { Directory } from './directory.ts';
import { contactPause, dueAfter, lossAfter } from './online.ts';
import type { OnlineState, ThingRef } from './thing.ts';

export interface Heard {
  thing: number;
  /** Time of the last word, µs since 1970. */
  time: number;
}

interface Waiting {
  /** ms since 1970; undefined = only the connection changed. */
  heard?: number;
  connected?: boolean;
  /** Connections that ended without a word of farewell. */
  breaks?: number;
}

interface Row {
  thing: number;
  organisation: string;
  heard: Date | null;
  due: Date | null;
  connected: boolean | null;
  interval: number;
  grace: number;
  breaks: number;
  /** Share of lost beats as it is to be written. */
  loss?: number;
}

interface Before {
  thing: number;
  state: OnlineState;
  heard: Date | null;
  loss: number;
}

export interface OnlineChange {
  thing: Pick<ThingRef, 'id' | 'code' | 'organisation' | 'place'>;
  from: OnlineState;
  to: OnlineState;
  since: Date;
}

/** Tells that things came or went; in the transaction that writes it. */
export async function tellOnline(tx: Tx, outbox: Outbox, changes: readonly OnlineChange[]): Promise<void> {
  for (const { thing, from, to, since } of changes) {
    const { id, code, organisation, place } = thing;
    await outbox.add(
      tx,
      thingOnlineChanged,
      { organisation, place },
      { id, code, from, to, since: since.toISOString() },
    );
  }
}

const chunk = 1000;
const waitingMost = 500_000;

/**
 * Signs of life, gathered in memory and written once a second, many in a statement. A thing known to be online is
 * written again only when a part of its grace has passed, so that a busy device costs one row in some seconds.
 */
export function createContact(deps: { db: Db; clock: Clock; log: Log; outbox: Outbox; directory: Directory }) {
  const { db, clock, log, outbox, directory } = deps;
  let waiting = new Map<number, Waiting>();
  /** When this process last wrote that a thing was heard, ms. */
  const written = new Map<number, number>();
  const sessions = new Map<number, string>();
  let flushing: Promise<void> = Promise.resolve();

  function note(thing: number, more: Waiting): void {
    const before = waiting.get(thing);
    if (!before && waiting.size >= waitingMost) return;
    const heard = Math.max(before?.heard ?? 0, more.heard ?? 0);
    const breaks = (before?.breaks ?? 0) + (more.breaks ?? 0);
    waiting.set(thing, { ...before, ...more, ...(heard > 0 ? { heard } : {}), ...(breaks > 0 ? { breaks } : {}) });
  }

  function rowsOf(batch: Map<number, Waiting>, refs: Map<number, ThingRef>): Row[] {
    const rows: Row[] = [];
    for (const [thing, { heard, connected, breaks = 0 }] of batch) {
      const ref = refs.get(thing);
      if (!ref) continue;
      const { interval, grace } = ref.model;
      const known = written.get(thing);
      if (
        connected === undefined &&
        breaks === 0 &&
        heard !== undefined &&
        known !== undefined &&
        heard - known < contactPause(grace) * 1000
      ) {
        note(thing, { heard });
        continue;
      }
      rows.push({
        thing,
        organisation: ref.organisation,
        heard: heard === undefined ? null : new Date(heard),
        due: heard === undefined ? null : new Date(dueAfter(heard, interval, grace)),
        connected: connected ?? null,
        interval,
        grace,
        breaks,
      });
    }
    return rows.sort((a, b) => a.thing - b.thing);
  }

  async function write(rows: readonly Row[], refs: Map<number, ThingRef>): Promise<void> {
    const now = clock.now();
    await db.systemTransaction(async (tx) => {
      const before = new Map(
        (
          await tx.all(sql<Before>`
            select thing, state, last_heard as heard, loss from things.contact where thing = any(${rows.map((row) => row.thing)}::bigint[]) order by thing for update`)
        ).map((row) => [row.thing, row]),
      );
      for (const row of rows) {
        const known = before.get(row.thing);
        if (!known?.heard || !row.heard) continue;
        row.loss = lossAfter(known.loss, (row.heard.getTime() - known.heard.getTime()) / 1000, row.interval);
      }
      await tx.run(sql`
        insert into things.contact as c (thing, organisation, state, since, last_heard, due, connected, interval_s, grace_s, breaks, loss)
        select r.thing, r.organisation, case when r.due > ${now} then 'online' when r.due is null then 'unknown' else 'offline' end,
          ${now}, r.heard, r.due, r.connected, r.interval, r.grace, r.breaks, coalesce(r.loss, 0)
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as r(thing bigint, organisation uuid, heard timestamptz, due timestamptz, connected boolean, interval int, grace int, breaks int, loss real)
        join things.thing t on t.number = r.thing and t.state not in ('retired', 'scrapped')
        on conflict (thing) do update set
          last_heard = greatest(c.last_heard, excluded.last_heard),
          due = greatest(c.due, excluded.due),
          interval_s = excluded.interval_s, grace_s = excluded.grace_s, breaks = c.breaks + excluded.breaks,
          loss = case when excluded.last_heard > c.last_heard then excluded.loss else c.loss end,
          connected = coalesce(excluded.connected, c.connected),
          state = case when excluded.due > ${now} then 'online' else c.state end,
          since = case when excluded.due > ${now} and c.state <> 'online' then ${now} else c.since end`);
      const changes: OnlineChange[] = [];
      for (const row of rows) {
        const [ref, from] = [refs.get(row.thing), before.get(row.thing)?.state ?? 'unknown'];
        if (ref && row.due && row.due > now && from !== 'online')
          changes.push({ thing: ref, from, to: 'online', since: now });
      }
      await tellOnline(tx, outbox, changes);
    });
    for (const row of rows) if (row.heard) written.set(row.thing, row.heard.getTime());
    if (written.size > waitingMost) written.clear();
  }

  async function flushNow(): Promise<void> {
    if (waiting.size === 0) return;
    const batch = waiting;
    waiting = new Map();
    const entries = [...batch];
    for (let at = 0; at < entries.length; at += chunk) {
      const part = new Map(entries.slice(at, at + chunk));
      try {
        const refs = await directory.byNumbers([...part.keys()]);
        const rows = rowsOf(part, refs);
        if (rows.length > 0) await write(rows, refs);
      } catch (cause) {
        // Kept for the next second; a newer word about the same thing wins.
        for (const [thing, { heard, connected, breaks }] of part) {
          const newer = waiting.get(thing);
          note(thing, { heard, connected: newer?.connected ?? connected, breaks });
        }
        log.warn({ err: cause, things: part.size }, 'signs of life could not be written; kept');
      }
    }
  }

  return {
    heard: (rows: readonly Heard[]): void => {
      for (const { thing, time } of rows) note(thing, { heard: Math.floor(time / 1000) });
    },
    connected: (thing: number, session: string): void => {
      sessions.set(thing, session);
      note(thing, { connected: true, heard: clock.now().getTime() });
    },
    /** The end of a session that was taken over already changes nothing; `broken`: it ended without a farewell. */
    disconnected: (thing: number, session: string, broken = false): void => {
      if (sessions.get(thing) !== session) {
        if (broken) note(thing, { breaks: 1 });
        return;
      }
      sessions.delete(thing);
      note(thing, { connected: false, ...(broken ? { breaks: 1 } : {}) });
    },
    /** Writes what was gathered; one at a time. */
    flush: (): Promise<void> => {
      flushing = flushing.then(flushNow);
      return flushing;
    },
  };
}

export type ThingContact = ReturnType<typeof createContact>;
