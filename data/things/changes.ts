import type { Clock, Log } from '@keystead/kernel/base';
import { type Db, sql, type Tx } from '@keystead/kernel/db';

/** `thing` = its facts, `right` = what it may do, `shared` = attributes to be told to it, `all` = the facts of many. */
export type ChangeKind = 'thing' | 'right' | 'shared' | 'all';

export interface Change {
  /** Number of the thing; 0 = new ones came. */
  thing: number;
  /** `missed` = this process could not look for so long that anything may have changed. */
  kind: ChangeKind | 'missed';
}

interface Look {
  floor: string;
  rows: [seq: number, thing: number, kind: ChangeKind][];
}

/** How long changes are kept for processes that could not look. */
export const changeRetention = 3600; // s

/**
 * Tells every process what it must forget, within one look (250 ms). Rows are found by the number of the transaction
 * that wrote them: each look begins at the oldest transaction still open at the look before, so that one that commits
 * late is not passed over, as it would be by sequence numbers.
 */
export function createChanges({ db, clock, log }: { db: Db; clock: Clock; log: Log }) {
  const ears: ((change: Change) => void)[] = [];
  let floor: string | undefined;
  let seen = new Set<number>();
  let lookedAt = 0;
  let heard = 0;

  const tell = (change: Change) => {
    heard++;
    for (const hear of ears) hear(change);
  };

  async function announce(tx: Tx, thing: number, kind: ChangeKind): Promise<void> {
    await tx.run(sql`insert into things.change (thing, kind, at) values (${thing}, ${kind}, ${clock.now()})`);
    tx.afterCommit(() => tell({ thing, kind }));
  }

  async function look(): Promise<void> {
    const now = clock.now().getTime();
    const [found] = await db.systemRead(sql<Look>`
      select pg_snapshot_xmin(pg_current_snapshot())::text as floor,
        (select coalesce(jsonb_agg(jsonb_build_array(seq, thing, kind) order by seq), '[]') from things.change
         where ${floor ?? null}::text is not null and written >= ${floor ?? '0'}::text::xid8) as rows`);
    if (!found) return;
    const missed = floor === undefined || now - lookedAt > (changeRetention * 1000) / 2;
    floor = found.floor;
    lookedAt = now;
    if (missed) tell({ thing: 0, kind: 'missed' });
    else for (const [seq, thing, kind] of found.rows) if (!seen.has(seq)) tell({ thing, kind });
    seen = new Set(found.rows.map(([seq]) => seq));
  }

  /** Looks every 250 ms until stopped. */
  function start(): () => Promise<void> {
    let stopped = false;
    let timer: NodeJS.Timeout | undefined;
    let running: Promise<void> = Promise.resolve();
    const again = () => {
      running = look()
        .catch((cause) => log.warn({ err: cause }, 'looking for changed things failed'))
        .finally(() => {
          if (!stopped) timer = setTimeout(again, 250);
        });
    };
    again();
    return async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    };
  }

  return {
    announce,
    look,
    start,
    on: (hear: (change: Change) => void) => {
      ears.push(hear);
      return () => void ears.splice(ears.indexOf(hear), 1);
    },
    /** Changes heard so far: the version of what this process knows. */
    heard: () => heard,
    prune: () =>
      db.systemRead(
        sql`delete from things.change where at < ${new Date(clock.now().getTime() - changeRetention * 1000)}`,
      ),
  };
}

export type Changes = ReturnType<typeof createChanges>;
