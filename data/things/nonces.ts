import type { Clock } from '@keystead/kernel/base';
import { type Db, sql } from '@keystead/kernel/db';

/** Connections of one thing by signature within the window; more is no device that works. */
const mostOfOne = 300;

/** Which nonces were shown within the window (ms); kept in the database, so that a restart or a second gateway forgets none. */
export function createNonces({ db, clock, window }: { db: Db; clock: Clock; window: number }) {
  /** True when the nonce is new and remembered; false when it was shown before, or there are too many. */
  async function take(thing: number, nonce: string): Promise<boolean> {
    const rows = await db.systemRead(sql<{ thing: number }>`
      insert into things.nonce (thing, nonce, at)
      select ${thing}, ${nonce}, ${clock.now()}
      where (select count(*) from things.nonce where thing = ${thing}) < ${mostOfOne}
      on conflict do nothing returning thing`);
    return rows.length > 0;
  }

  /** What is older than the window, with both clocks' error, cannot be replayed any more: its timestamp is stale. */
  const prune = () =>
    db.systemRead(sql`delete from things.nonce where at < ${new Date(clock.now().getTime() - 2 * window)}`);

  return { take, prune };
}

export type Nonces = ReturnType<typeof createNonces>;
