import type { Clock } from '@keystead/kernel/base';
import { type Db, sql, type Tx } from '@keystead/kernel/db';

/** A follower not seen for so long holds up no compaction any more; what it missed by then is gone from the hot table. */
export const forgottenAfterDays = 7;

/**
 * Writes how far a follower has come, in the transaction of what it did with the batch: after a restart it is given
 * the batches after this one.
 */
export async function saveMark(tx: Tx, clock: Clock, follower: string, gateway: number, batch: number): Promise<void> {
  await tx.run(sql`
    insert into telemetry.mark (follower, gateway, batch, seen_at) values (${follower}, ${gateway}, ${batch}, ${clock.now()})
    on conflict (follower, gateway) do update set batch = excluded.batch, seen_at = excluded.seen_at`);
}

/** The marks of a follower for the given gateways; a new follower begins with the oldest batch that is still hot. */
export async function openMarks(
  db: Db,
  clock: Clock,
  follower: string,
  gateways: readonly number[],
): Promise<Map<number, number>> {
  const rows = await db.systemRead(sql<{ gateway: number; batch: number }>`
    insert into telemetry.mark (follower, gateway, batch, seen_at)
    select ${follower}, g, coalesce((select min(batch) - 1 from telemetry.batch b where b.gateway = g), 0), ${clock.now()}
    from unnest(${gateways}::int4[]) g
    on conflict (follower, gateway) do update set seen_at = excluded.seen_at returning gateway, batch`);
  return new Map(rows.map(({ gateway, batch }) => [gateway, batch]));
}

/** Says that a follower is there although nothing came. */
export async function renewMarks(db: Db, clock: Clock, follower: string): Promise<void> {
  await db.systemRead(sql`update telemetry.mark set seen_at = ${clock.now()} where follower = ${follower}`);
}
