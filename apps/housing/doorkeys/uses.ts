import { type Actor, pathRange } from '@keystead/contracts/access';
import { LockLog, type LockRecord, lockRecordOf } from '@keystead/contracts/lock';
import type { AcceptedBatch } from '@keystead/contracts/telemetry';
import type { ThingRef, ThingsService } from '@keystead/data/things';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';

interface Parts extends Pick<Kernel, 'db' | 'clock'> {
  readonly things: Pick<ThingsService, 'refs'>;
  saveMark(tx: Tx, gateway: number, batch: number): Promise<void>;
  /** Keys of some house are to be looked at. */
  changed(): void;
}

/** One line of a lock's log, with the key it speaks of. */
export interface UseRow {
  readonly thing: string;
  readonly thingCode: string;
  readonly seq: number;
  readonly at: Date;
  readonly received: Date;
  readonly event: string;
  readonly direction: 'in' | 'out' | null;
  readonly means: string | null;
  readonly reason: string | null;
  readonly key: string | null;
  readonly kind: string | null;
  readonly label: string | null;
  readonly holderName: string | null;
}

export interface UseFilter {
  readonly house?: string;
  readonly thing?: string;
  readonly key?: string;
  readonly direction?: 'in' | 'out';
  readonly event?: string;
  readonly from?: Date;
  readonly to?: Date;
  /** Where the page before ended. */
  readonly before?: { readonly at: Date; readonly thing: string; readonly seq: number };
  readonly limit: number;
}

const markEvery = 2000; // ms
const logMost = 20_000;
/** Business copies are kept for five years (K27); the lock itself keeps 90 days. */
const keptMs = 5 * 366 * 86_400_000;
const isId = (text: string | undefined): text is string =>
  text !== undefined && /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text);

/** The log of the locks 使用记录: each line once by its number, in whatever order it comes (H-6.5-d). */
export function createUses({ db, clock, things, saveMark, changed }: Parts) {
  let marked = 0;

  /** Counts openings; true when one of the keys has had all it was given. */
  async function count(tx: Tx, used: readonly string[]): Promise<boolean> {
    let over = false;
    for (const [key, times] of Map.groupBy(used, (id) => id)) {
      const [row] = await tx.all(sql<{ house: string; over: boolean }>`
        update doorkeys.key set used = used + ${times.length} where id = ${key}
        returning house, uses is not null and used >= uses and ended_at is null as over`);
      if (!row?.over) continue;
      over = true;
      await tx.run(sql`update doorkeys.house set due = least(due, ${clock.now()}) where house = ${row.house}`);
    }
    return over;
  }

  /** Takes lines of one lock; those known already are passed over. */
  async function keep(tx: Tx, lock: ThingRef, lines: readonly LockRecord[], received: Date): Promise<boolean> {
    const of = <T>(pick: (line: LockRecord) => T): T[] => lines.map(pick);
    const fresh = await tx.all(sql<{ key: string | null; event: string }>`
      insert into doorkeys.record (thing, seq, organisation, place, key, at, received, event, direction, means, grant_id, reason)
      select ${lock.id}::uuid, l.seq, ${lock.organisation}::uuid, ${lock.place}, k.id, l.at, ${received}::timestamptz, l.event, l.direction,
        l.means, l.grant_id, l.reason
      from unnest(${of(({ seq }) => seq)}::bigint[], ${of(({ time }) => new Date(time))}::timestamptz[],
        ${of(({ event }) => event)}::text[], ${of(({ direction }) => direction ?? null)}::text[],
        ${of(({ means }) => means ?? null)}::text[], ${of(({ grant }) => grant ?? null)}::text[],
        ${of(({ reason }) => reason ?? null)}::text[], ${of(({ grant }) => (isId(grant) ? grant : null))}::uuid[])
        as l(seq, at, event, direction, means, grant_id, reason, key)
      left join doorkeys.key k on k.id = l.key and k.organisation = ${lock.organisation}
      on conflict (thing, seq) do nothing returning key, event`);
    return count(
      tx,
      fresh.flatMap(({ key, event }) => (key !== null && event === 'unlocked' ? [key] : [])),
    );
  }

  /** A committed batch of the stream; the same batch twice has one effect. */
  async function take(batch: AcceptedBatch): Promise<void> {
    const lines = batch.events.flatMap(({ thing, time, event, data }) => {
      const line = lockRecordOf(event, time / 1000, data);
      return line ? [{ thing, line }] : [];
    });
    const now = clock.now().getTime();
    if (lines.length === 0 && now - marked < markEvery) return;
    const refs = lines.length === 0 ? undefined : await things.refs([...new Set(lines.map(({ thing }) => thing))]);
    const over = await db.systemTransaction(async (tx) => {
      let ended = false;
      for (const [thing, own] of Map.groupBy(lines, (each) => each.thing)) {
        const ref = refs?.get(thing);
        if (ref?.model.family !== 'lock') continue;
        const once = [...new Map(own.map(({ line }) => [line.seq, line])).values()];
        ended = (await keep(tx, ref, once, new Date(batch.received / 1000))) || ended;
      }
      await saveMark(tx, batch.gateway, batch.batch);
      return ended;
    });
    marked = now;
    if (over) changed();
  }

  const columns = sql`r.thing, coalesce(t.code, '') as "thingCode", r.seq::int8 as seq, r.at, r.received, r.event, r.direction, r.means, r.reason, r.key,
    k.kind, k.label, k.holder_name as "holderName"`;

  return {
    take,

    /** What doors tell, newest first, within the actor's places; of a house: its own doors and uses of its keys at the gates. */
    list: (actor: Actor, filter: UseFilter, path?: string): Promise<UseRow[]> => {
      const { house, thing, key, direction, event, from, to, before, limit } = filter;
      const range = path === undefined ? undefined : pathRange(path);
      return db.read(
        actor.scope,
        sql<UseRow>`select ${columns} from doorkeys.record r left join doorkeys.key k on k.id = r.key
          left join things_pub.thing t on t.id = r.thing
          where r.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'r.place')}
          ${range ? sql`and ((r.place >= ${range.lo} collate "C" and r.place < ${range.hi} collate "C") or k.house = ${house ?? null})` : sql``}
          ${thing ? sql`and r.thing = ${thing}` : sql``} ${key ? sql`and r.key = ${key}` : sql``}
          ${direction ? sql`and r.direction = ${direction}` : sql``} ${event ? sql`and r.event = ${event}` : sql``}
          ${from ? sql`and r.at >= ${from}` : sql``} ${to ? sql`and r.at < ${to}` : sql``}
          ${before ? sql`and (r.at, r.thing, r.seq) < (${before.at}, ${before.thing}::uuid, ${before.seq}::bigint)` : sql``}
          order by r.at desc, r.thing desc, r.seq desc limit ${limit}`,
      );
    },

    /** The log of one lock, folded: in order of its numbers, with what is missing. */
    logOf: async (actor: Actor, thing: string, since: Date): Promise<LockLog> => {
      const rows = await db.read(
        actor.scope,
        sql<UseRow>`select ${columns} from doorkeys.record r left join doorkeys.key k on k.id = r.key left join things_pub.thing t on t.id = r.thing
          where r.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'r.place')} and r.thing = ${thing} and r.at >= ${since}
          order by r.seq limit ${logMost}`,
      );
      const log = new LockLog();
      for (const { seq, at, event, direction, means, key, reason } of rows) {
        const told = { seq: Number(seq), direction, means, grant: key ?? undefined, reason: reason ?? undefined };
        const line = lockRecordOf(event, at.getTime(), told);
        if (line) log.take(line);
      }
      return log;
    },

    /** Lets go of what no rule keeps any more; answers how much. */
    forget: (): Promise<number> =>
      db.systemTransaction((tx) =>
        tx.run(sql`delete from doorkeys.record where at < ${new Date(clock.now().getTime() - keptMs)}`),
      ),
  };
}

export type Uses = ReturnType<typeof createUses>;
