import type { Actor } from '@keystead/contracts/access';
import type { Clock, Log } from '@keystead/kernel/base';
import { type Db, inSubtrees, sql } from '@keystead/kernel/db';
import type { Directory } from './directory.ts';
import type { Operator } from './operator.ts';

/** One line of what was refused or flagged, gathered by a gateway over a second. */
export interface RefusalRow {
  thing?: number;
  peer: string;
  /** Stable problem type. */
  type: string;
  count: number;
  /** ms since 1970. */
  first: number;
  last: number;
  sample: string;
}

export interface RefusalView {
  thingId: string | null;
  thingCode: string | null;
  thingName: string | null;
  peer: string;
  type: string;
  count: number;
  first: string;
  last: string;
  sample: string;
}

/** Days a refusal is kept after it was last seen, and how many lines of strangers one organisation keeps. */
const keptDays = 30;
const strangersMost = 10_000;
const waitingMost = 20_000;

const subjectOf = (row: RefusalRow): string => (row.thing === undefined ? `peer:${row.peer}` : `thing:${row.thing}`);

/** What devices sent and was not taken, counted by sender and problem, for people to see. */
export function createRefusals(deps: { db: Db; clock: Clock; log: Log; directory: Directory; operator: Operator }) {
  const { db, clock, log, directory, operator } = deps;
  let waiting: RefusalRow[] = [];
  let writing: Promise<void> = Promise.resolve();

  async function write(rows: readonly RefusalRow[]): Promise<void> {
    const refs = await directory.byNumbers(rows.flatMap((row) => row.thing ?? []));
    const owner = await operator.find();
    const merged = new Map<string, RefusalRow & { organisation: string; place: string; subject: string }>();
    for (const row of rows) {
      const ref = row.thing === undefined ? undefined : refs.get(row.thing);
      const organisation = ref?.organisation ?? owner;
      if (organisation === undefined) continue;
      const known = ref ? row : { ...row, thing: undefined };
      const subject = subjectOf(known);
      const key = `${organisation} ${subject} ${row.type}`;
      const before = merged.get(key);
      merged.set(
        key,
        before
          ? {
              ...before,
              sample: known.sample.slice(0, 200),
              count: before.count + row.count,
              first: Math.min(before.first, row.first),
              last: Math.max(before.last, row.last),
            }
          : { ...known, organisation, place: ref?.place ?? '', subject, sample: row.sample.slice(0, 200) },
      );
    }
    const list = [...merged.values()]
      .map((row) => ({ ...row, thing: row.thing ?? null, first: new Date(row.first), last: new Date(row.last) }))
      .sort((a, b) =>
        `${a.organisation} ${a.subject} ${a.type}` < `${b.organisation} ${b.subject} ${b.type}` ? -1 : 1,
      );
    if (list.length === 0) return;
    await db.systemRead(sql`
      insert into things.refusal as f (organisation, place, subject, thing, peer, type, count, first, last, sample)
      select r.organisation, r.place, r.subject, (select number from things.thing t where t.number = r.thing), r.peer, r.type, r.count, r.first, r.last, r.sample
      from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as r(organisation uuid, place text, subject text, thing bigint, peer text,
        type text, count bigint, first timestamptz, last timestamptz, sample text)
      on conflict (organisation, subject, type) do update set count = f.count + excluded.count, place = excluded.place,
        peer = excluded.peer, first = least(f.first, excluded.first), last = greatest(f.last, excluded.last), sample = excluded.sample`);
  }

  async function writeWaiting(): Promise<void> {
    const rows = waiting;
    waiting = [];
    if (rows.length === 0) return;
    await write(rows).catch((cause) => {
      log.warn({ err: cause, rows: rows.length }, 'refusals could not be written; kept');
      waiting = [...rows, ...waiting].slice(0, waitingMost);
    });
  }

  /** The newest first; of one thing, or of everything in sight. */
  async function list(
    actor: Actor,
    { thing, limit = 100 }: { thing?: string; limit?: number } = {},
  ): Promise<RefusalView[]> {
    type Raw = Omit<RefusalView, 'first' | 'last'> & { first: Date; last: Date };
    const rows = await db.read(
      actor.scope,
      sql<Raw>`select t.id as "thingId", t.code as "thingCode", t.name as "thingName", f.peer, f.type, f.count, f.first, f.last, f.sample
        from things.refusal f left join things.thing t on t.number = f.thing
        where ${inSubtrees(actor.scope, 'f.place')} ${thing === undefined ? sql`` : sql`and t.id = ${thing}`}
        order by f.last desc limit ${limit}`,
    );
    return rows.map((row) => ({ ...row, first: row.first.toISOString(), last: row.last.toISOString() }));
  }

  /** Drops what is old, and the oldest strangers where there are too many. */
  async function prune(): Promise<void> {
    await db.systemRead(
      sql`delete from things.refusal where last < ${new Date(clock.now().getTime() - keptDays * 86_400_000)}`,
    );
    await db.systemRead(sql`
      delete from things.refusal f using (
        select organisation, subject, type, row_number() over (partition by organisation order by last desc) as at
        from things.refusal where thing is null) old
      where old.at > ${strangersMost} and f.organisation = old.organisation and f.subject = old.subject and f.type = old.type`);
  }

  return {
    /** Takes rows at once and writes them behind the caller's back; `settled` waits for that. */
    flush: (rows: readonly RefusalRow[]): void => {
      waiting.push(...rows.slice(0, waitingMost - waiting.length));
      writing = writing.then(writeWaiting);
    },
    settled: (): Promise<void> => {
      writing = writing.then(writeWaiting);
      return writing;
    },
    list,
    prune,
  };
}
